// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/momentum_map.hpp"

#include <nordheim/io/number_text.hpp>

#include <algorithm>
#include <cstdio>
#include <limits>

namespace nordheim::program {

namespace {

constexpr int map_side = 225;  ///< pixels
constexpr int left = 100, gap = 16, right = 118, above = 36, below = 68;

std::string fraction(int part, int whole) {
  return shortest_text(static_cast<double>(part) / static_cast<double>(whole));
}

constexpr const char* head = R"(  @palette@
  set cbrange [@low@:@high@]
  set border 15
  unset grid
  unset key
  set tics out
  set autoscale xfix
  set autoscale yfix
@tics@  set xlabel '{/:Italic @x@}  [@units@]'
  set multiplot
)";

constexpr const char* panel = R"(  set lmargin at screen @left@
  set rmargin at screen @right@
  set bmargin at screen @bottom@
  set tmargin at screen @top@
@first@  set title '@label@' offset 0,-0.6
  plot '@file@' index @i@ using 1:2:3 with image
)";

}  // namespace

void write_line(const MomentumGrid& grid, std::span<const double> values, const std::string& columns, DataText& data) {
  data.block(columns);
  for (std::size_t i = 0; i < grid.axes[0].size(); ++i) data.row({grid.axes[0][i], values[grid.nodes[i]]});
}

ValueRange write_map(const MomentumGrid& grid, std::span<const double> values, const std::string& columns,
                     DataText& data) {
  data.block(columns);
  ValueRange range{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  for (std::size_t i = 0; i < grid.axes[0].size(); ++i) {
    if (i > 0) data.end_of_grid_line();
    for (std::size_t j = 0; j < grid.axes[1].size(); ++j) {
      const double value = values[grid.node(i, j)];
      data.row({grid.axes[0][i], grid.axes[1][j], value});
      range = {std::min(range.low, value), std::max(range.high, value)};
    }
  }
  return range;
}

std::string plane_name(const MomentumGrid& grid) {
  if (grid.axes.size() == 2) return "torus (k_x, k_y)";
  char text[64];
  (void)std::snprintf(text, sizeof text, "plane k_z = %.4g", grid.axes[2][grid.middle()]);
  return text;
}

MapAxes torus_axes() {
  return {"k_x", "k_y", "2π / lattice constant", "  set xtics -0.5,0.25,0.5 format '%g'\n  set ytics -0.5,0.25,0.5\n"};
}

MapAxes continuum_axes() { return {"k_x", "k_z", "momentum", "  set xtics format '%g'\n"}; }

std::string map_commands(const std::string& file, const std::vector<std::string>& labels, const MapAxes& axes,
                         const MapColours& colours, Figure& figure) {
  const int count = static_cast<int>(labels.size());
  figure.width = left + count * map_side + (count - 1) * gap + right;
  figure.height = above + map_side + below;
  std::string text = fill(head, {{"palette", colours.palette},
                                 {"tics", axes.tics},
                                 {"x", axes.x},
                                 {"units", axes.units},
                                 {"low", shortest_text(colours.range.low)},
                                 {"high", shortest_text(colours.range.high)}});
  for (int i = 0; i < count; ++i) {
    const int start = left + i * (map_side + gap);
    std::string first = i == 0 ? "  set ylabel '{/:Italic " + axes.y + "}  [" +
                                     (axes.y_units.empty() ? axes.units : axes.y_units) + "]'\n  set format y '%g'\n"
                               : "  unset ylabel\n  set format y ''\n";
    if (i + 1 == count) {
      first += "  set colorbox user origin screen " + fraction(start + map_side + 10, figure.width) + "," +
               fraction(below, figure.height) + " size screen " + fraction(12, figure.width) + "," +
               fraction(map_side, figure.height) + "\n  set cblabel '" + colours.label +
               "' offset 1.2,0\n  set format cb '%g'\n";
    } else {
      first += "  unset colorbox\n";
    }
    text += fill(panel, {{"left", fraction(start, figure.width)},
                         {"right", fraction(start + map_side, figure.width)},
                         {"bottom", fraction(below, figure.height)},
                         {"top", fraction(below + map_side, figure.height)},
                         {"first", first},
                         {"label", labels[static_cast<std::size_t>(i)]},
                         {"file", file},
                         {"i", std::to_string(i)}});
  }
  return text + "  unset multiplot\n";
}

}  // namespace nordheim::program
