// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/output_times.hpp"

#include <algorithm>
#include <variant>

namespace nordheim::program {

std::vector<double> output_times(const Case& input) {
  if (const auto* times = std::get_if<std::vector<double>>(&input.output.times)) return *times;
  if (!input.time.end || input.time.until_equilibrium) return {};
  const int intervals = std::get<int>(input.output.times);
  const double end = *input.time.end;
  std::vector<double> times(static_cast<std::size_t>(intervals) + 1);
  for (int i = 0; i <= intervals; ++i) times[static_cast<std::size_t>(i)] = i == intervals ? end : end * i / intervals;
  return times;
}

std::vector<bool> snapshot_outputs(std::size_t count, int snapshots) {
  std::vector<bool> chosen(count, false);
  const auto intervals = static_cast<std::size_t>(std::max(1, snapshots - 1));
  for (std::size_t i = 0; i <= intervals && count > 0; ++i) chosen[(count - 1) * i / intervals] = true;
  return chosen;
}

}  // namespace nordheim::program
