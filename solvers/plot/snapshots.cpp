// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/snapshots.hpp"

#include <algorithm>
#include <cstdio>

namespace nordheim::program {

std::vector<std::size_t> choose_snapshots(std::size_t count, std::size_t most) {
  const std::size_t chosen = std::min(count, most);
  if (chosen == 1) return {0};
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < chosen; ++i) indices.push_back((i * (count - 1) + (chosen - 1) / 2) / (chosen - 1));
  return indices;
}

std::string time_label(double time) {
  char text[32];
  (void)std::snprintf(text, sizeof text, "t = %.4g", time);
  return text;
}

}  // namespace nordheim::program
