// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/single_cosine.hpp"

#include <nordheim/momentum/lattice_grid.hpp>

#include "momentum/fft.hpp"

#include <algorithm>
#include <complex>
#include <cstddef>

namespace nordheim::detail {

bool is_single_cosine(const Dispersion& dispersion) {
  // Enough to tell one harmonic from several: a band with a second one beyond 12 sites is not single either, as it is
  // folded back to another place.
  const LatticeGrid grid(24, dispersion);
  AlignedArray<Complex> modes(grid.size());
  for (std::size_t a = 0; a < grid.size(); ++a) modes[a] = grid.energies()[a];
  FftPlan(grid.dimension(), grid.points(), 1, {}, FftSign::forward).execute(modes.data());
  modes[0] = 0.0;
  double largest = 0.0;
  for (std::size_t a = 0; a < grid.size(); ++a) largest = std::max(largest, std::abs(modes[a]));
  std::size_t count = 0;
  for (std::size_t a = 0; a < grid.size(); ++a) count += std::abs(modes[a]) > 1e-12 * largest ? 1 : 0;
  return count <= 2;  // R and −R
}

}  // namespace nordheim::detail
