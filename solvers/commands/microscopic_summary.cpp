// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/microscopic_summary.hpp"

#include <algorithm>

namespace nordheim::program {

Json facts_of(const MicroscopicState& state) {
  return {{"sites", state.sites},
          {"spacing", state.spacing},
          {"function", state.husimi ? "husimi" : "wigner"},
          {"smoothing", state.smoothing ? Json(*state.smoothing) : Json()},
          {"particles", state.particles},
          {"particles_of_W", state.of_W},
          {"smallest_eigenvalue", state.spectrum.lowest},
          {"largest_eigenvalue", state.spectrum.highest},
          {"eigenvalue_error", state.spectrum.error},
          {"min_W", *std::min_element(state.W.begin(), state.W.end())},
          {"max_W", *std::max_element(state.W.begin(), state.W.end())}};
}

}  // namespace nordheim::program
