// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plot/momentum_grid.hpp"
#include "plot/script_text.hpp"

#include <cstddef>
#include <span>
#include <string>

namespace nordheim::program {

/// Writes one block: rows k_x, k_y, value of the torus or of the plane k_z nearest to zero; in one dimension k_x,
/// value.
void write_map(const MomentumGrid& grid, std::span<const double> values, DataText& data);

/// In words what such a map shows: "the line of all k", "the torus of all k", "the plane k_z = 0".
[[nodiscard]] std::string map_words(const MomentumGrid& grid);

/// Axes of a map for gnuplot: ranges that hold every cell whole, labels, equal scales.
[[nodiscard]] std::string map_axes(const MomentumGrid& grid);

}  // namespace nordheim::program
