// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/figures.hpp"
#include "plot/momentum_map.hpp"
#include "plot/script_text.hpp"
#include "plot/thinning.hpp"

#include <algorithm>
#include <cmath>

namespace nordheim::program {

namespace {

constexpr std::size_t bins = 700;

constexpr const char* scatter_commands = R"(  set multiplot layout 1,2 margins 0.115,0.965,0.165,0.95 spacing 0.145,0
  set xzeroaxis linetype 1 linewidth 0.8 linecolor rgb '#777777'
  set ylabel 'collision rate {/:Italic C}  [energy]'
  set xlabel 'energy ω  [energy]'
  plot 'collision.dat' index 0 using 1:3 with points pointtype 7 pointsize 0.35 linecolor rgb '#0072b2' notitle
  set xlabel 'occupation {/:Italic W}  [dimensionless]'
  plot 'collision.dat' index 1 using 2:3 with points pointtype 7 pointsize 0.35 linecolor rgb '#0072b2' notitle
  unset multiplot
)";

void write_nodes(const ResultData& result, const std::vector<double>& along, DataText& data) {
  const std::vector<double>& C = result["C"].values;
  data.block("omega W C");
  for (const std::size_t a : thin(along, C, bins)) {
    data.row({result["energies"].values[a], result["W"].values[a], C[a]});
  }
}

void draw_line(const MomentumGrid& grid, const std::vector<double>& C, Figure& figure) {
  DataText data("Collision term along k");
  write_line(grid, C, "k C", data);
  figure.commands = R"(  set xzeroaxis linetype 1 linewidth 0.8 linecolor rgb '#777777'
  set xlabel 'momentum {/:Italic k}  [2π / lattice constant]'
  set xrange [-0.5:0.5]
  set ylabel 'collision rate {/:Italic C}  [energy]'
  plot 'collision_plane.dat' using 1:2 with lines linewidth 1.3 linecolor rgb '#0072b2' notitle
)";
  figure.caption =
      "The collision term C(k), the rate at which the occupation changes: where it is positive, particles "
      "arrive; where it is negative, they leave.";
  figure.data = data.text();
}

void draw_map(const MomentumGrid& grid, const std::vector<double>& C, bool continuum, Figure& figure) {
  DataText data("Collision term on a plane of momenta");
  const ValueRange range = write_map(grid, C, continuum ? "kx kz C" : "kx ky C", data);
  double end = std::max(std::abs(range.low), std::abs(range.high));
  if (end == 0.0) end = 1.0;
  figure.commands =
      map_commands("collision_plane.dat", {"{/:Italic C}({/:Italic k})"}, continuum ? continuum_axes() : torus_axes(),
                   {palette(diverging_colours()), "collision rate {/:Italic C}  [energy]", {-end, end}}, figure);
  figure.caption = "The collision term C on the " +
                   (continuum ? "plane (k_x, k_z) through the centre of the grid" : plane_name(grid)) +
                   ", the rate at which the occupation changes: particles arrive at the red momenta and leave the blue "
                   "ones. The colours are symmetrical about zero, which is white.";
  figure.data = data.text();
}

}  // namespace

Figure collision_figure(const ResultData& result) {
  Figure figure{"collision", "Collision term against energy and occupation",
                "One point a node: the collision term C, the rate at which its occupation changes, against its energy "
                "ω (left) and its occupation W (right). Above the line of zero particles arrive, below it they leave. "
                "In an equilibrium every point lies on the line."};
  figure.missing = result.missing({"energies", "W", "C"});
  if (!figure.missing.empty()) return figure;
  DataText data("Collision term at the nodes: block 0 for the energy, block 1 for the occupation");
  write_nodes(result, result["energies"].values, data);
  write_nodes(result, result["W"].values, data);
  figure.data = data.text();
  figure.commands = scatter_commands;
  figure.width = 860;
  figure.height = 400;
  if (result["C"].values.size() > 3 * bins) {
    figure.caption += " Of many nodes those of lowest, middle and highest C in each of " + std::to_string(bins) +
                      " intervals are drawn.";
  }
  return figure;
}

Figure collision_plane_figure(const ResultData& result) {
  Figure figure{"collision_plane", "Collision term in momentum space", ""};
  const bool continuum = result.space == "continuum";
  const char* const momenta = continuum ? "plane_momenta" : "momenta";
  const char* const values = continuum ? "plane_C" : "C";
  figure.missing = result.missing({momenta, values});
  if (!figure.missing.empty()) return figure;
  const std::optional<MomentumGrid> grid = momentum_grid(result[momenta]);
  if (!grid) {
    figure.missing = "The nodes are not the points of a grid in k.";
  } else if (grid->axes.size() == 1) {
    draw_line(*grid, result[values].values, figure);
  } else {
    draw_map(*grid, result[values].values, continuum, figure);
  }
  return figure;
}

}  // namespace nordheim::program
