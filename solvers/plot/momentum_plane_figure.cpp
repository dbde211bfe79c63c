// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/io/number_text.hpp>

#include "plot/figures.hpp"
#include "plot/momentum_map.hpp"
#include "plot/snapshots.hpp"

#include <algorithm>

namespace nordheim::program {

namespace {

constexpr std::size_t panels = 3;

std::span<const double> state(const ResultData& result, std::size_t snapshot) {
  const Dataset& W = result["W"];
  return {W.values.data() + snapshot * W.shape[1], W.shape[1]};
}

/// Lines W(k) of one dimension.
std::string line_commands(const std::vector<std::size_t>& shown, const ResultData& result) {
  std::string text =
      "  set xlabel 'momentum {/:Italic k}  [2π / lattice constant]'\n"
      "  set ylabel 'occupation {/:Italic W}  [dimensionless]'\n  set key outside right top\n  plot \\\n";
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const double place = shown.size() > 1 ? static_cast<double>(i) / static_cast<double>(shown.size() - 1) : 0.3;
    text += fill(
        "    'momentum_plane.dat' index @i@ using 1:2 with linespoints pointtype 7 pointsize 0.3 linecolor rgb "
        "'@c@' title '@label@'@end@\n",
        {{"i", std::to_string(i)},
         {"c", viridis(place)},
         {"label", time_label(result["snapshot_time"].values[shown[i]])},
         {"end", i + 1 < shown.size() ? ", \\" : ""}});
  }
  return text;
}

/// Maps side by side with one colour scale.
std::string map_commands(const std::vector<std::size_t>& shown, const ResultData& result, const MomentumGrid& grid) {
  double low = state(result, shown[0])[0], high = low;
  for (const std::size_t snapshot : shown) {
    const auto [least, most] = std::minmax_element(state(result, snapshot).begin(), state(result, snapshot).end());
    low = std::min(low, *least);
    high = std::max(high, *most);
  }
  if (high - low < 1e-12) high = low + 1e-12;  // a scale needs a length
  std::string text = "  " + viridis_palette() + "\n  set cbrange [" + shortest_text(low) + ":" + shortest_text(high) +
                     "]\n  set multiplot layout 1," + std::to_string(shown.size()) +
                     " margins 0.095,0.87,0.2,0.9 spacing 0.02,0\n" + map_axes(grid) +
                     "  unset colorbox\n  set border 15\n";
  for (std::size_t i = 0; i < shown.size(); ++i) {
    if (i == 1) text += "  unset ylabel\n  set format y ''\n";
    if (i + 1 == shown.size()) {
      text += "  set colorbox user origin 0.885,0.27 size 0.016,0.56\n  set cblabel 'occupation {/:Italic W}'\n";
    }
    text += "  set title '" + time_label(result["snapshot_time"].values[shown[i]]) +
            "'\n  plot 'momentum_plane.dat' index " + std::to_string(i) + " using 1:2:3 with image\n";
  }
  return text + "  unset multiplot\n  set format y '% h'\n";
}

}  // namespace

Figure momentum_plane_figure(const ResultData& result) {
  Figure figure{"momentum_plane", "Occupation in the space of momenta", ""};
  figure.missing = result.missing({"snapshot_time", "W", "momenta"});
  if (!figure.missing.empty()) return figure;
  const auto grid = momentum_grid(result["momenta"]);
  if (!grid) {
    figure.missing = "The nodes are not those of a grid, so no map of them can be drawn.";
    return figure;
  }
  const std::vector<std::size_t> shown = choose_snapshots(result["snapshot_time"].values.size(), panels);
  DataText data("Occupation W: one block a snapshot");
  for (const std::size_t snapshot : shown) {
    data.block(time_label(result["snapshot_time"].values[snapshot]));
    write_map(*grid, state(result, snapshot), data);
  }
  figure.data = data.text();
  figure.caption = "W(k) on " + map_words(*grid) +
                   " at the first, a middle and the last time, with one scale of colours. The torus is cut at "
                   "k = ±1/2. In equilibrium W depends on k through the energy only, so the map takes the shape of the "
                   "surfaces of constant energy.";
  if (grid->axes.size() == 1) {
    figure.commands = line_commands(shown, result);
  } else {
    figure.commands = map_commands(shown, result, *grid);
    figure.width = 60 + 290 * static_cast<int>(shown.size());
    figure.height = 340;
  }
  return figure;
}

}  // namespace nordheim::program
