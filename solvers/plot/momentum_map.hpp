// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plot/figure.hpp"
#include "plot/momentum_grid.hpp"
#include "plot/script_text.hpp"

#include <span>
#include <string>
#include <vector>

namespace nordheim::program {

/// Smallest and largest of some values.
struct ValueRange {
  double low;
  double high;
};

/// How the colours of maps are chosen and named.
struct MapColours {
  std::string palette;  ///< command for gnuplot
  std::string label;    ///< quantity and unit
  ValueRange range;     ///< values at the two ends
};

/// Names of the axes of maps, and where they have marks.
struct MapAxes {
  std::string x, y;       ///< "k_x"
  std::string units;      ///< of both
  std::string tics{};     ///< command for gnuplot; empty: where gnuplot puts them
  std::string y_units{};  ///< where y has others than x
};

/// The axes of the torus.
[[nodiscard]] MapAxes torus_axes();
/// The axes of the plane of a result in the continuum.
[[nodiscard]] MapAxes continuum_axes();

/// Writes rows "k value" in increasing order of k as one block (d = 1).
void write_line(const MomentumGrid& grid, std::span<const double> values, const std::string& columns, DataText& data);

/// Writes rows "kx ky value" over the torus (d = 2) or the plane of smallest |k_z| (d = 3) as one block.
/// @return the range of what was written
ValueRange write_map(const MomentumGrid& grid, std::span<const double> values, const std::string& columns,
                     DataText& data);

/// "torus", or "plane k_z = 0".
[[nodiscard]] std::string plane_name(const MomentumGrid& grid);

/// One map for each block of @p file side by side, of equal scale in both directions, with one colour bar; sets the
/// size of @p figure.
[[nodiscard]] std::string map_commands(const std::string& file, const std::vector<std::string>& labels,
                                       const MapAxes& axes, const MapColours& colours, Figure& figure);

}  // namespace nordheim::program
