// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/io/number_text.hpp>

#include "plot/figures.hpp"
#include "plot/momentum_map.hpp"
#include "plot/thinning.hpp"

#include <algorithm>
#include <cmath>

namespace nordheim::program {

namespace {

constexpr std::size_t bins = 1500;

void write_points(const std::vector<double>& x, const std::vector<double>& y, DataText& data) {
  for (const std::size_t a : thin(x, y, bins)) data.row({x[a], y[a]});
}

}  // namespace

Figure collision_figure(const ResultData& result) {
  Figure figure{"collision", "Collision term against energy and occupation",
                "One point a node: C(k) = ∂W/∂t against the energy ω and against the occupation W. Positive: the mode "
                "gains particles. Points of one energy at different heights belong to different directions of k."};
  figure.missing = result.missing({"energies", "W", "C"});
  if (!figure.missing.empty()) return figure;
  DataText data("Collision term: block 0 against the energy, block 1 against the occupation");
  data.block("omega C");
  write_points(result["energies"].values, result["C"].values, data);
  data.block("W C");
  write_points(result["W"].values, result["C"].values, data);
  figure.data = data.text();
  figure.commands =
      "  set multiplot layout 1,2 margins 0.13,0.965,0.18,0.96 spacing 0.11,0\n  unset key\n"
      "  set xzeroaxis linetype 1 linewidth 0.8 linecolor rgb '#777777'\n"
      "  set ylabel 'collision term {/:Italic C}  [1/time]'\n  set xlabel 'energy ω  [energy]'\n"
      "  plot 'collision.dat' index 0 using 1:2 with points pointtype 7 pointsize 0.3 linecolor rgb '#0072b2'\n"
      "  unset ylabel\n  set xlabel 'occupation {/:Italic W}  [dimensionless]'\n"
      "  plot 'collision.dat' index 1 using 1:2 with points pointtype 7 pointsize 0.3 linecolor rgb '#0072b2'\n"
      "  unset multiplot\n";
  figure.width = 860;
  figure.height = 400;
  return figure;
}

Figure collision_plane_figure(const ResultData& result) {
  Figure figure{"collision_plane", "Collision term in the space of momenta", ""};
  figure.missing = result.missing({"momenta", "C"});
  if (!figure.missing.empty()) return figure;
  const auto grid = momentum_grid(result["momenta"]);
  if (!grid) {
    figure.missing = "The nodes are not those of a grid, so no map of them can be drawn.";
    return figure;
  }
  const std::vector<double>& C = result["C"].values;
  DataText data("Collision term C(k)");
  data.block("momentum C");
  write_map(*grid, C, data);
  figure.data = data.text();
  figure.caption = "C(k) on " + map_words(*grid) + ": red modes gain particles, blue ones lose them, white is zero.";
  if (grid->axes.size() == 1) {
    figure.commands =
        "  unset key\n  set xzeroaxis linetype 1 linewidth 0.8 linecolor rgb '#777777'\n"
        "  set xlabel 'momentum {/:Italic k}  [2π / lattice constant]'\n"
        "  set ylabel 'collision term {/:Italic C}  [1/time]'\n"
        "  plot 'collision_plane.dat' index 0 using 1:2 with linespoints pointtype 7 pointsize 0.3 linecolor rgb "
        "'#0072b2'\n";
    return figure;
  }
  double largest = 1e-300;  // a scale needs a length
  for (const double value : C) largest = std::max(largest, std::abs(value));
  figure.commands = "  " + diverging_palette() + "\n  set cbrange [" + shortest_text(-largest) + ":" +
                    shortest_text(largest) + "]\n" + map_axes(*grid) +
                    "  set border 15\n  set lmargin at screen 0.14\n  set rmargin at screen 0.76\n  set cblabel "
                    "'collision term {/:Italic C}  [1/time]'\n"
                    "  plot 'collision_plane.dat' index 0 using 1:2:3 with image\n";
  figure.width = 620;
  figure.height = 470;
  return figure;
}

std::vector<Figure> all_figures(const ResultData& result, const Summary& summary) {
  if (result.command == "collide") return {collision_figure(result), collision_plane_figure(result)};
  return {occupation_figure(result, summary), distance_figure(result), entropy_figure(result),
          invariants_figure(result),          moments_figure(result),  momentum_plane_figure(result)};
}

}  // namespace nordheim::program
