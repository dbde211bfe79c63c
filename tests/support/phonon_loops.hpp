// SPDX-License-Identifier: GPL-3.0-or-later
// Phonon collision terms as sums over momenta: the obvious, slow evaluations that the engine must equal.
#pragma once

#include <nordheim/momentum/lattice_grid.hpp>

#include "support/triple_loop.hpp"

#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

namespace nordheim::test {

/// Node of ±k_a ± k_b ± k_c.
inline std::size_t node_of_sum(const LatticeGrid& grid, const std::vector<std::pair<int, std::size_t>>& terms) {
  const auto N = static_cast<std::size_t>(grid.points());
  std::array<int, 3> index{};
  for (auto [sign, node] : terms) {
    for (auto j = static_cast<std::size_t>(grid.dimension()); j-- > 0; node /= N) {
      index[j] += sign * static_cast<int>(node % N);
    }
  }
  return grid.node(index);
}

/// One leg of a collision: +1 if the wave is made, −1 if it is destroyed, in the rate of change of the first leg.
struct LegOf {
  int sign;
  std::size_t node;
};

/// @brief The bracket of a collision for a reference exponent x(ω) = β(ω − μ), in the form that vanishes at its
/// equilibrium: Π_made (1+W) Π_destroyed W · e^{−D/2} − reversed · e^{D/2}, D = Σ_made x − Σ_destroyed x; of classical
/// waves Π W · Σ_legs sign (1/W − x).
template <class Legs>
double bracket(const LatticeGrid& grid, Statistics statistics, const Equilibrium& reference,
               const std::vector<double>& W, const Legs& legs) {
  double D = 0.0, forth = 1.0, back = 1.0, all = 1.0, slope = 0.0;
  for (const LegOf& leg : legs) {
    const double x = reference.exponent(grid.energies()[leg.node]), w = W[leg.node];
    D += leg.sign * x;
    forth *= leg.sign > 0 ? 1.0 + w : w;
    back *= leg.sign > 0 ? w : 1.0 + w;
    all *= w;
    slope += leg.sign * (1.0 / w - x);
  }
  return statistics == Statistics::classical_wave ? all * slope : std::exp(-0.5 * D) * forth - std::exp(0.5 * D) * back;
}

/// Four-phonon collisions without 576πλ²: scattering, and with @p decays one to three and back.
inline std::vector<double> four_phonon_loop(const LatticeGrid& grid, Statistics statistics, bool decays,
                                            const Equilibrium& reference, const SampledDelta& delta,
                                            const std::vector<double>& W) {
  const std::size_t n = grid.size();
  const auto omega = grid.energies();
  std::vector<double> C(n);
  const auto add = [&](std::size_t a, double factor, const std::array<LegOf, 4>& legs) {
    double energy = 0.0;
    for (const LegOf& leg : legs) {
      energy += leg.sign * omega[leg.node];
      factor /= 2.0 * omega[leg.node];
    }
    C[a] += factor * delta(energy) * bracket(grid, statistics, reference, W, legs);
  };
  const double weight = 1.0 / (static_cast<double>(n) * static_cast<double>(n));
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < n; ++b) {
      for (std::size_t c = 0; c < n; ++c) {
        add(a, weight, {{{+1, a}, {+1, b}, {-1, c}, {-1, node_of_sum(grid, {{1, a}, {1, b}, {-1, c}})}}});
        if (!decays) continue;
        // a from or to b, c and the rest; a, b, c to or from one.
        add(a, weight / 3.0, {{{+1, a}, {-1, b}, {-1, c}, {-1, node_of_sum(grid, {{1, a}, {-1, b}, {-1, c}})}}});
        add(a, weight, {{{+1, a}, {+1, b}, {+1, c}, {-1, node_of_sum(grid, {{1, a}, {1, b}, {1, c}})}}});
      }
    }
  }
  return C;
}

}  // namespace nordheim::test
