// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace nordheim::program {

/// At most @p most of @p count snapshots, evenly chosen, always with the first and the last.
[[nodiscard]] std::vector<std::size_t> choose_snapshots(std::size_t count, std::size_t most);

/// "t = 0.25", with at most four digits.
[[nodiscard]] std::string time_label(double time);

}  // namespace nordheim::program
