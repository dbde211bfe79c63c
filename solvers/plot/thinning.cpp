// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/thinning.hpp"

#include <algorithm>
#include <numeric>

namespace nordheim::program {

std::vector<std::size_t> thin(std::span<const double> x, std::span<const double> y, std::size_t bins) {
  std::vector<std::size_t> kept(x.size());
  std::iota(kept.begin(), kept.end(), std::size_t{0});
  if (x.size() <= 3 * bins) return kept;
  const auto [low, high] = std::minmax_element(x.begin(), x.end());
  const double start = *low, width = *high - *low;
  std::vector<std::vector<std::size_t>> members(bins);
  for (const std::size_t a : kept) {
    const double position = width > 0.0 ? (x[a] - start) / width : 0.0;
    members[std::min(static_cast<std::size_t>(position * static_cast<double>(bins)), bins - 1)].push_back(a);
  }
  kept.clear();
  for (std::vector<std::size_t>& bin : members) {
    if (bin.size() > 3) {
      std::sort(bin.begin(), bin.end(), [&](std::size_t a, std::size_t b) { return y[a] < y[b]; });
      bin = {bin.front(), bin[bin.size() / 2], bin.back()};
    }
    kept.insert(kept.end(), bin.begin(), bin.end());
  }
  return kept;
}

}  // namespace nordheim::program
