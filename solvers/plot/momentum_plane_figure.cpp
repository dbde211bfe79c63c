// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/io/number_text.hpp>

#include "plot/figures.hpp"
#include "plot/momentum_map.hpp"
#include "plot/script_text.hpp"
#include "plot/snapshots.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace nordheim::program {

namespace {

constexpr std::size_t most_maps = 3;
constexpr std::size_t most_lines = 9;

/// What is drawn: the nodes of a lattice, or the plane of a result in the continuum.
const Dataset& drawn(const ResultData& result) { return result[result.space == "continuum" ? "plane_W" : "W"]; }

std::span<const double> snapshot(const ResultData& result, std::size_t s) {
  const Dataset& W = drawn(result);
  return {W.values.data() + s * W.shape[1], W.shape[1]};
}

void draw_lines(const ResultData& result, const MomentumGrid& grid, Figure& figure) {
  const std::vector<std::size_t> shown = choose_snapshots(result["W"].shape[0], most_lines);
  DataText data("Occupation along k: one block a snapshot");
  std::string plots;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const std::string label = time_label(result["snapshot_time"].values[shown[i]]);
    write_line(grid, snapshot(result, shown[i]), "k W at " + label, data);
    const double place = shown.size() == 1 ? 0.3 : static_cast<double>(i) / static_cast<double>(shown.size() - 1);
    plots +=
        (i > 0 ? ", \\\n" : "") +
        fill(
            "    'momentum_plane.dat' index @i@ using 1:2 with lines linewidth 1.3 linecolor rgb '@c@' title '@label@'",
            {{"i", std::to_string(i)}, {"c", viridis(place)}, {"label", label}});
  }
  figure.commands =
      "  set key outside right top\n  set xlabel 'momentum {/:Italic k}  [2π / lattice constant]'\n"
      "  set xrange [-0.5:0.5]\n  set ylabel 'occupation {/:Italic W}  [dimensionless]'\n  plot \\\n" +
      plots + "\n";
  figure.caption =
      "The occupation W along the momentum k, from the first time (dark) to the last (light). A relaxed "
      "state has the same value at all k of the same energy.";
  figure.data = data.text();
}

void draw_maps(const ResultData& result, const MomentumGrid& grid, Figure& figure) {
  const std::vector<std::size_t> shown = choose_snapshots(drawn(result).shape[0], most_maps);
  DataText data("Occupation on the plane (k_x, k_y): one block a snapshot");
  double low = std::numeric_limits<double>::infinity(), high = -low;
  std::vector<std::string> labels;
  for (const std::size_t s : shown) {
    labels.push_back(time_label(result["snapshot_time"].values[s]));
    const ValueRange range = write_map(grid, snapshot(result, s), "kx ky W at " + labels.back(), data);
    low = std::min(low, range.low);
    high = std::max(high, range.high);
  }
  if (high - low <= 1e-9 * std::abs(high)) {  // a flat state: a scale that shows it as flat
    const double half = high != 0.0 ? 0.1 * std::abs(high) : 1.0;
    low -= half;
    high += half;
  }
  const bool continuum = result.space == "continuum";
  figure.commands =
      map_commands("momentum_plane.dat", labels, continuum ? continuum_axes() : torus_axes(),
                   {palette(viridis_colours()), "occupation {/:Italic W}  [dimensionless]", {low, high}}, figure);
  figure.caption = "The occupation W on the " +
                   (continuum ? "plane (k_x, k_z) through the centre of the grid" : plane_name(grid)) +
                   " at the first, a middle and the last snapshot, all in the same colours. Structure that does not " +
                   (continuum ? "follow circles about the mean velocity" : "follow the lines of constant energy") +
                   " is what the collisions wipe out.";
  figure.data = data.text();
}

}  // namespace

Figure momentum_plane_figure(const ResultData& result) {
  Figure figure{"momentum_plane", "Occupation in momentum space", ""};
  const char* const momenta = result.space == "continuum" ? "plane_momenta" : "momenta";
  figure.missing = result.missing({"snapshot_time", result.space == "continuum" ? "plane_W" : "W", momenta});
  if (!figure.missing.empty()) return figure;
  const std::optional<MomentumGrid> grid = momentum_grid(result[momenta]);
  if (!grid) {
    figure.missing = "The nodes are not the points of a grid in k.";
  } else if (grid->axes.size() == 1) {
    draw_lines(result, *grid, figure);
  } else {
    draw_maps(result, *grid, figure);
  }
  return figure;
}

}  // namespace nordheim::program
