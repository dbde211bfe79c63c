// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/single_cosine.hpp"

#include "model/torus_search.hpp"
#include "momentum/fft.hpp"

#include <algorithm>
#include <complex>
#include <cstddef>

namespace nordheim::detail {

bool is_single_cosine(const Dispersion& dispersion) {
  // As many samples as the band edges were searched with: no hopping band reaches so far that two of its harmonics
  // would fall on one another.
  const int d = dispersion.dimension();
  const int samples = samples_per_axis(d);
  std::size_t n = 1;
  for (int j = 0; j < d; ++j) n *= static_cast<std::size_t>(samples);
  AlignedArray<Complex> modes(n);
  for (std::size_t a = 0; a < n; ++a) {
    Vector3 k{};
    std::size_t rest = a;
    for (auto j = static_cast<std::size_t>(d); j-- > 0; rest /= static_cast<std::size_t>(samples)) {
      k[j] = static_cast<double>(rest % static_cast<std::size_t>(samples)) / samples;
    }
    modes[a] = dispersion(k);
  }
  FftPlan(d, samples, 1, {}, FftSign::forward).execute(modes.data());
  modes[0] = 0.0;
  double largest = 0.0;
  for (std::size_t a = 0; a < n; ++a) largest = std::max(largest, std::abs(modes[a]));
  std::size_t count = 0;
  for (std::size_t a = 0; a < n; ++a) count += std::abs(modes[a]) > 1e-12 * largest ? 1 : 0;
  return count <= 2;  // R and −R
}

}  // namespace nordheim::detail
