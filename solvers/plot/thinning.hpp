// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace nordheim::program {

/// @brief A choice of the points (x_a, y_a) that looks like all of them: the range of x is cut into @p bins equal
/// parts, and of each part the points of lowest, middle and highest y are kept.
///
/// So the outline of the cloud stays exactly what it is, whatever the density of the points along x.
/// @return indices, bin after bin; all points if there are no more than 3 @p bins
[[nodiscard]] std::vector<std::size_t> thin(std::span<const double> x, std::span<const double> y, std::size_t bins);

}  // namespace nordheim::program
