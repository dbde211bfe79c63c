// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/io/number_text.hpp>

#include "plot/box_image.hpp"
#include "plot/box_profiles.hpp"
#include "plot/figures.hpp"
#include "plot/momentum_map.hpp"
#include "plot/script_text.hpp"
#include "plot/snapshots.hpp"
#include "plot/time_axis.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nordheim::program {

namespace {

constexpr std::size_t rows = 160;  ///< of a map over time

void widen(ValueRange& range, double value) { range = {std::min(range.low, value), std::max(range.high, value)}; }

constexpr ValueRange nothing{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};

/// Values with a sign get colours about zero, others those from their least to their largest.
MapColours colours_of(ValueRange range, bool about_zero, const std::string& label) {
  if (!about_zero) {
    if (range.high <= range.low) range.high = range.low + 1.0;
    return {palette(viridis_colours()), label, range};
  }
  const double reach = std::max(std::abs(range.low), std::abs(range.high));
  return {palette(diverging_colours()), label, {-reach, reach}};
}

constexpr const char* time_map = R"(  @palette@
  set cbrange [@low@:@high@]
  set border 15
  unset grid
  unset key
  set tics out
@xrange@  set xlabel '{/:Italic x}  [@length@]'
  set ylabel 'time {/:Italic t}  [1/energy]'
  set yrange [@first@:@last@]
@format@  set cblabel '@label@' offset 1.2,0
  set format cb '%g'
  set rmargin at screen 0.78
  plot '@name@.dat' index 0 using 1:2:3 with image
)";

/// Rows at even distances in t, or log t, each between the two output times next to it.
void draw_in_time(const ResultData& result, const std::string& dataset, const std::string& symbol, Figure& figure) {
  const BoxProfiles profiles(result, dataset);
  if (profiles.scale() == BoxProfiles::Scale::flat) {
    figure.missing = "It is the same everywhere and at all times, to round-off.";
    return;
  }
  const ValueRange window = profiles.window();
  const std::vector<double>& times = result["time"].values;
  const bool logarithmic = time_axis(times).logarithmic;
  const std::size_t start = logarithmic && times[0] == 0.0 ? 1 : 0;
  const auto shown = [&](double t) { return logarithmic ? std::log10(t) : t; };
  const double first = shown(times[start]), last = shown(times.back());
  DataText data("Map of position and time" + std::string(logarithmic ? ", log10(t)" : ""));
  data.block("x t value");
  ValueRange range = nothing;
  std::size_t below = start;
  for (std::size_t row = 0; row < rows; ++row) {
    const double t = first + (last - first) * (static_cast<double>(row) + 0.5) / static_cast<double>(rows);
    while (below + 2 < times.size() && shown(times[below + 1]) <= t) ++below;
    const double part = (t - shown(times[below])) / (shown(times[below + 1]) - shown(times[below]));
    const std::vector<double> before = profiles.at(below), after = profiles.at(below + 1);
    if (row > 0) data.end_of_grid_line();
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (profiles.x()[i] < window.low || profiles.x()[i] > window.high) continue;
      const double value = (1.0 - part) * before[i] + part * after[i];
      data.row({profiles.x()[i], t, value});
      widen(range, value);
    }
  }
  const bool relative = profiles.scale() == BoxProfiles::Scale::relative;
  const MapColours colours =
      colours_of(range, relative, scaled_label(profiles.scale(), symbol, label_units(result[dataset])));
  figure.commands = fill(time_map, {{"palette", colours.palette},
                                    {"low", shortest_text(colours.range.low)},
                                    {"high", shortest_text(colours.range.high)},
                                    {"xrange", profiles.xrange()},
                                    {"length", label_units(result["x"])},
                                    {"first", shortest_text(first)},
                                    {"last", shortest_text(last)},
                                    {"format", logarithmic ? "  set format y '10^{%g}'\n  set ytics 1\n" : ""},
                                    {"label", colours.label},
                                    {"name", figure.name}});
  figure.caption += " Between output times it is interpolated.";
  if (start > 0) figure.caption += " The time axis is logarithmic, so the state at t = 0 is below it.";
  if (relative) {
    figure.caption +=
        " Drawn is the relative difference to its mean over positions and times, " + label_text(profiles.mean()) + ".";
  }
  figure.data = data.text();
}

Figure in_time(const ResultData& result, const std::string& dataset, const std::string& symbol, Figure figure) {
  figure.caption += mean_remark(result) + ", over position and time.";
  figure.missing = missing_profile(result, dataset);
  if (figure.missing.empty() && result["time"].values.size() < 2) {
    figure.missing = "There is only one output time, and a map needs two.";
  }
  if (figure.missing.empty()) draw_in_time(result, dataset, symbol, figure);
  return figure;
}

}  // namespace

Figure density_in_time_figure(const ResultData& result) {
  return in_time(result, "density", "{/:Italic ρ}",
                 {"density_in_time", "Density in space and time", "The density along the first axis of the box"});
}

Figure temperature_in_time_figure(const ResultData& result) {
  return in_time(result, "temperature", "{/:Italic T}",
                 {"temperature_in_time", "Temperature in space and time",
                  "The local temperature along the first axis of the box"});
}

Figure density_map_figure(const ResultData& result) {
  Figure figure{"density_map", "Density over two axes",
                "The density over the first two axes of the box at the beginning, in the middle and at the end, in the "
                "same colours."};
  const Dataset& density = result["density"];
  const std::vector<double>&points = result["box_points"].values, &box = result["box"].values;
  const auto n1 = static_cast<std::size_t>(points[0]), n2 = static_cast<std::size_t>(points[1]);
  const std::size_t others = density.shape[1] / (n1 * n2);
  if (others > 1) figure.caption += " It is the mean over the third axis.";
  DataText data("Density over two axes: one block a time");
  std::vector<std::string> labels;
  ValueRange range = nothing;
  for (const std::size_t t : choose_snapshots(density.shape[0], 3)) {
    data.block("x y density at " + time_label(result["time"].values[t]));
    labels.push_back(time_label(result["time"].values[t]));
    for (std::size_t i = 0; i < n1; ++i) {
      if (i > 0) data.end_of_grid_line();
      for (std::size_t j = 0; j < n2; ++j) {
        double sum = 0.0;
        for (std::size_t l = 0; l < others; ++l) sum += density.at(t, (i * n2 + j) * others + l);
        const double value = sum / static_cast<double>(others);
        data.row({box[0] * static_cast<double>(i) / points[0], box[1] * static_cast<double>(j) / points[1], value});
        widen(range, value);
      }
    }
  }
  if (n1 < 2 || n2 < 2) {
    figure.missing = "The box has one node along one of these axes.";
    return figure;
  }
  figure.commands = map_commands("density_map.dat", labels, {"x", "y", label_units(result["x"])},
                                 colours_of(range, false, "{/:Italic ρ}  [" + label_units(density) + "]"), figure);
  figure.data = data.text();
  return figure;
}

Figure phase_space_figure(const ResultData& result) {
  const bool shell = result.space == "shell";
  Figure figure{"phase_space", "Space and momentum", ""};
  figure.missing = result.missing({"snapshot_time", "image", "image_position", "image_momentum"});
  if (!figure.missing.empty()) return figure;
  const BoxImage image(result);
  figure.caption = image.meaning() + ", at the first, a middle and the last snapshot in the same colours." +
                   (shell ? " Free flight shears it, scattering makes each column one colour." : "");
  if (image.columns() < 2 || image.positions() < 2) {
    figure.missing = "An image needs two positions and two momenta.";
    return figure;
  }
  const ValueRange window = BoxProfiles(result, "density").window();
  // Differences are drawn in units of a power of ten, as numbers that are short enough for the scale.
  const std::string power = image.is_difference() ? shortest_text(std::floor(std::log10(image.range().high))) : "0";
  const double unit = std::pow(10.0, std::stod(power));
  const std::string label = image.is_difference() ? "{/:Italic W} − ⟨{/:Italic W}⟩_{/:Italic x}  [10^{" + power + "}]"
                                                  : "{/:Italic W}  [dimensionless]";
  DataText data(image.is_difference() ? "W less its mean over positions in units of 1e" + power +
                                            ", over position and momentum: one block a time"
                                      : "W over position and momentum: one block a time");
  std::vector<std::string> labels;
  ValueRange range = nothing;
  for (const std::size_t s : choose_snapshots(image.snapshots(), 3)) {
    const double time = result["snapshot_time"].values[s];
    labels.push_back(time_label(time));
    data.block("x momentum W at " + labels.back());
    bool begun = false;
    for (std::size_t i = 0; i < image.positions(); ++i) {
      const double x = result["image_position"].values[i];
      if (x < window.low || x > window.high) continue;
      if (begun) data.end_of_grid_line();
      begun = true;
      for (std::size_t j = 0; j < image.columns(); ++j) {
        const double value = image.at(s, i, j) / unit;
        data.row({x, image.momentum(j), value});
        widen(range, value);
      }
    }
  }
  MapAxes axes{"x", image.symbol(), label_units(result["x"])};
  axes.y_units = image.units();
  axes.tics = "  set xtics " + shortest_text(label_step(window.high - window.low, 3)) + "\n";
  figure.commands =
      map_commands("phase_space.dat", labels, axes, colours_of(range, image.is_difference(), label), figure);
  figure.data = data.text();
  return figure;
}

}  // namespace nordheim::program
