// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/momentum_map.hpp"

#include <nordheim/io/number_text.hpp>

namespace nordheim::program {

namespace {

/// "[low:high]" half a cell beyond the first and the last value.
std::string whole_cells(const std::vector<double>& axis) {
  const double half = axis.size() > 1 ? 0.5 * (axis[1] - axis[0]) : 0.5;
  return "[" + shortest_text(axis.front() - half) + ":" + shortest_text(axis.back() + half) + "]";
}

}  // namespace

void write_map(const MomentumGrid& grid, std::span<const double> values, DataText& data) {
  if (grid.axes.size() == 1) {
    for (std::size_t i = 0; i < grid.axes[0].size(); ++i) data.row({grid.axes[0][i], values[grid.node(i, 0)]});
    return;
  }
  for (std::size_t i = 0; i < grid.axes[0].size(); ++i) {
    for (std::size_t j = 0; j < grid.axes[1].size(); ++j) {
      data.row({grid.axes[0][i], grid.axes[1][j], values[grid.node(i, j)]});
    }
    data.end_of_grid_line();
  }
}

std::string map_words(const MomentumGrid& grid) {
  if (grid.axes.size() == 1) return "the line of all momenta";
  if (grid.axes.size() == 2) return "the plane of all momenta";
  return "the plane k_z = " + shortest_text(grid.axes[2][grid.middle()]);
}

std::string map_axes(const MomentumGrid& grid) {
  return "  set xrange " + whole_cells(grid.axes[0]) + "\n  set yrange " + whole_cells(grid.axes[1]) +
         "\n  set size ratio -1\n  set xtics -0.5,0.25,0.5\n  set ytics -0.5,0.25,0.5\n  unset grid\n  unset key\n" +
         "  set xlabel '{/:Italic k_x}  [2π / lattice constant]'\n" +
         "  set ylabel '{/:Italic k_y}  [2π / lattice constant]'\n";
}

}  // namespace nordheim::program
