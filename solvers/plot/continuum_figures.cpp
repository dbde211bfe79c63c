// SPDX-License-Identifier: GPL-3.0-or-later
// Figures of relaxations in R³ alone.
#include "plot/figures.hpp"
#include "plot/script_text.hpp"
#include "plot/snapshots.hpp"
#include "plot/time_axis.hpp"

#include <algorithm>
#include <span>

namespace nordheim::program {

namespace {

constexpr std::size_t most_snapshots = 9;
constexpr double zero_level = 1e-17;  ///< where a zero is drawn on the logarithmic axis
constexpr const char* colours[] = {colour::blue, colour::vermilion, colour::green, colour::purple};

void write_curve(const std::vector<double>& k, std::span<const double> W, DataText& data) {
  for (std::size_t i = 0; i < k.size(); ++i) data.row({k[i], W[i]});
}

}  // namespace

Figure shell_figure(const ResultData& result) {
  Figure figure{"shells", "Occupation against the length of the momentum",
                "The mean of the occupation W over all directions of k, at a distance |k − k_0| from the centre k_0 of "
                "the grid, which is the mean velocity of the gas unless the case says otherwise; from the first time "
                "(dark) to the last (light). Black: the same mean of the equilibrium. Between the radial nodes the "
                "curves are the functions of the grid."};
  figure.missing = result.missing({"snapshot_time", "shell_k", "shell_W", "shell_equilibrium"});
  if (!figure.missing.empty()) return figure;
  const std::vector<double>& k = result["shell_k"].values;
  const Dataset& W = result["shell_W"];
  const std::vector<std::size_t> shown = choose_snapshots(W.shape[0], most_snapshots);
  DataText data("Mean occupation of shells: one block a snapshot, the last block is the equilibrium");
  std::string plots;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const std::string label = time_label(result["snapshot_time"].values[shown[i]]);
    data.block("distance mean of W at " + label);
    write_curve(k, std::span(W.values).subspan(shown[i] * W.shape[1], W.shape[1]), data);
    const double place = shown.size() == 1 ? 0.3 : static_cast<double>(i) / static_cast<double>(shown.size() - 1);
    plots +=
        fill("    'shells.dat' index @i@ using 1:2 with lines linewidth 1.3 linecolor rgb '@c@' title '@label@', \\\n",
             {{"i", std::to_string(i)}, {"c", viridis(place)}, {"label", label}});
  }
  data.block("distance mean of the equilibrium");
  write_curve(k, result["shell_equilibrium"].values, data);
  figure.data = data.text();
  figure.commands =
      "  set key outside right top\n  set xlabel 'distance |{/:Italic k} − {/:Italic k}_0|  [momentum]'\n"
      "  set ylabel 'mean occupation  [dimensionless]'\n  set xrange [0:*]\n  plot \\\n" +
      plots + "    'shells.dat' index " + std::to_string(shown.size()) +
      " using 1:2 with lines linewidth 1.3 dashtype 2 linecolor rgb '#000000' title 'equilibrium'\n";
  return figure;
}

Figure angular_moments_figure(const ResultData& result) {
  Figure figure{"angular_moments", "Anisotropy over time",
                "The root mean square of the part of W − W_eq with angular momentum l about the centre of the grid, "
                "relative to that of the part of W with l = 0, on a logarithmic axis: l = 1 is a shift of the "
                "momenta, l = 2 a difference of temperatures between directions, higher l finer structure. Straight "
                "lines are exponential decay; parts below 1e-17 are drawn there."};
  figure.missing = missing_over_time(result, {"angular_moments"});
  if (!figure.missing.empty()) return figure;
  const std::vector<double>& times = result["time"].values;
  const Dataset& moments = result["angular_moments"];
  const TimeAxis axis = time_axis(times);
  const std::size_t count = std::min(moments.shape[1], std::size(colours));
  DataText data("Anisotropy: one block for each angular momentum l = 1, 2, ...");
  std::string plots;
  for (std::size_t l = 0; l < count; ++l) {
    data.block("time part of l = " + std::to_string(l + 1));
    for (std::size_t i = 0; i < times.size(); ++i) data.row({times[i], std::max(moments.at(i, l), zero_level)});
    plots += (l > 0 ? ", \\\n" : "") +
             fill(
                 "    'angular_moments.dat' index @i@ using 1:2 with linespoints pointtype 7 pointsize 0.35 "
                 "linecolor rgb '@c@' title '{/:Italic l} = @l@'",
                 {{"i", std::to_string(l)}, {"c", colours[l]}, {"l", std::to_string(l + 1)}});
  }
  figure.data = data.text();
  figure.commands = axis.commands +
                    "  set logscale y\n  set format y '10^{%T}'\n  unset mytics\n"
                    "  set ylabel 'part relative to {/:Italic l} = 0  [dimensionless]'\n"
                    "  set key above left horizontal\n  plot \\\n" +
                    plots + "\n";
  figure.caption += axis.remark;
  return figure;
}

}  // namespace nordheim::program
