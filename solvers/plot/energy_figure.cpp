// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/energy_figure.hpp"

#include <nordheim/io/number_text.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace nordheim::program {

namespace {

/// The energies of the curve in increasing order, as indices.
std::vector<std::size_t> increasing(const std::vector<double>& energies) {
  std::vector<std::size_t> order(energies.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return energies[a] < energies[b]; });
  return order;
}

constexpr const char* van_hove_line =
    "  set arrow from first @x@, graph 0 to first @x@, graph 1 nohead back linewidth 0.8 dashtype (12,8) linecolor rgb "
    "'#8a8a8a'\n";

/// Thin vertical lines at the van Hove energies within the curve, each with its energy above where there is room; empty
/// if there is none.
std::string van_hove_lines(const ResultData& result, double from, double to) {
  if (!result.has("van_hove")) return {};
  constexpr double room = 0.045;  // of the width of the figure
  std::string text;
  double last_label = -HUGE_VAL;
  const auto label = [](const std::string& words, const std::string& place) {
    return "  set label '" + words + "' at " + place + " font ',10' textcolor rgb '#777777'\n";
  };
  for (const double E : result["van_hove"].values) {
    if (E < from - 0.02 * (to - from) || E > to + 0.02 * (to - from)) continue;
    const std::string x = shortest_text(E);
    text += fill(van_hove_line, {{"x", x}});
    if (E - last_label < room * (to - from)) continue;
    last_label = E;
    text += label(label_text(E), "first " + x + ", graph 1.03 center");
  }
  return text.empty() ? text : text + label("dashed: van Hove energies", "graph 1, graph 1.08 right");
}

constexpr const char* van_hove_remark =
    " Dashed: the van Hove energies of the band, its edges included, where the density of states is singular.";

/// Axes, van Hove lines, and the key in one line above the axes, where it covers nothing.
void draw_axes(const ResultData& result, const std::string& axis, bool has_key, Figure& figure) {
  const std::vector<double>& energies = result["E"].values;
  const auto [first, last] = std::minmax_element(energies.begin(), energies.end());
  const double margin = 0.02 * (*last - *first);
  const std::string marks = van_hove_lines(result, *first, *last);
  figure.commands = marks + "  set xrange [" + shortest_text(*first - margin) + ":" + shortest_text(*last + margin) +
                    "]\n  set xlabel 'energy {/:Italic E}  [energy]'\n  set ylabel '" + axis + "'\n";
  if (!marks.empty()) {
    figure.commands += "  set tmargin 3.2\n";
    figure.caption += van_hove_remark;
  } else if (has_key) {
    figure.commands += "  set tmargin 2\n";
  }
  if (has_key) {
    figure.commands += std::string("  set key at graph 0, graph ") + (marks.empty() ? "1.02" : "1.055") +
                       " left bottom horizontal maxrows 1\n";
  }
}

/// Why there is no such figure; empty if there is one.
std::string missing_over_energy(const ResultData& result, const char* dataset) {
  std::string missing = result.missing({"E", dataset});
  if (!missing.empty()) return missing;
  if (result["E"].values.size() < 2) return "There is only one energy, and a curve needs two.";
  const std::vector<double>& values = result[dataset].values;
  const auto finite = std::count_if(values.begin(), values.end(), [](double x) { return std::isfinite(x); });
  return finite < 2 ? std::string("Fewer than two energies have a value of ") + dataset + "." : std::string();
}

/// One block of the data file.
void write_block(const ResultData& result, const char* dataset, DataText& data) {
  const std::vector<double>&energies = result["E"].values, &values = result[dataset].values;
  data.block(std::string("E ") + dataset);
  for (const std::size_t i : increasing(energies)) {
    if (std::isfinite(values[i])) data.row({energies[i], values[i]});
  }
}

/// How the values of all curves lie.
struct Spread {
  bool negative = false;     ///< whether there are negative ones
  bool logarithmic = false;  ///< whether a few would leave nothing to see of the others on a linear axis
  bool clipped = false;      ///< whether some have no place on a logarithmic axis
  double least = 0.0;        ///< where a logarithmic axis begins
  double most = 0.0;         ///< where it ends
};

/// A magnitude and the length of the energy axis that it stands for.
struct WeightedMagnitude {
  double magnitude, weight;
};

/// Those of all curves that are not zero, in increasing order. Energies crowd where a curve is steep: counted alike,
/// the values there would pass for most of the curve.
std::vector<WeightedMagnitude> magnitudes_of(const ResultData& result, const std::vector<EnergyCurve>& curves) {
  const std::vector<double>& energies = result["E"].values;
  const std::vector<std::size_t> order = increasing(energies);
  std::vector<WeightedMagnitude> all;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const double below = energies[order[i == 0 ? 0 : i - 1]],
                 above = energies[order[std::min(i + 1, order.size() - 1)]];
    for (const EnergyCurve& curve : curves) {
      const double value = result[curve.dataset].values[order[i]];
      if (std::isfinite(value) && value != 0.0) all.push_back({std::abs(value), above - below});
    }
  }
  std::sort(all.begin(), all.end(), [](auto& a, auto& b) { return a.magnitude < b.magnitude; });
  return all;
}

double median_of(const std::vector<WeightedMagnitude>& increasing_magnitudes) {
  double half = 0.0;
  for (const auto& [magnitude, weight] : increasing_magnitudes) half += 0.5 * weight;
  double sum = 0.0;
  for (const auto& [magnitude, weight] : increasing_magnitudes) {
    sum += weight;
    if (sum >= half) return magnitude;
  }
  return increasing_magnitudes.back().magnitude;
}

Spread spread_of(const ResultData& result, const std::vector<EnergyCurve>& curves) {
  constexpr double widest = 50.0;   // of a linear axis: its length in medians
  constexpr double farthest = 1e6;  // a logarithmic axis goes from median/farthest to median·farthest at most
  Spread spread;
  for (const EnergyCurve& curve : curves) {
    const std::vector<double>& values = result[curve.dataset].values;
    spread.negative = spread.negative || std::any_of(values.begin(), values.end(), [](double x) { return x < 0.0; });
  }
  const std::vector<WeightedMagnitude> magnitudes = magnitudes_of(result, curves);
  if (magnitudes.empty()) return spread;
  const double median = median_of(magnitudes), first = magnitudes.front().magnitude, last = magnitudes.back().magnitude;
  spread.logarithmic = last > widest * median;
  spread.least = std::max(first, median / farthest);
  spread.most = std::min(last, median * farthest);
  spread.clipped = first < spread.least || last > spread.most;
  return spread;
}

std::string logarithmic_axis(double least, double most) {
  return "  set logscale y\n  set format y '10^{%T}'\n  unset mytics\n  set yrange [" + shortest_text(least) + ":" +
         shortest_text(most) + "]\n";
}

std::string axis_of(const Spread& spread) {
  constexpr double margin = 1.5;
  if (spread.logarithmic) return logarithmic_axis(spread.least / margin, spread.most * margin);
  if (!spread.negative) return "  set yrange [0:*]\n";
  return "  set xzeroaxis linetype 1 linewidth 0.8 linecolor rgb '#777777'\n";
}

/// One curve, block @p index of the data file; negative values of a logarithmic one are a curve of their own.
std::string plot_of(const std::string& file, std::size_t index, const EnergyCurve& curve, const Spread& spread,
                    const char* line) {
  std::string plot = "'@file@' index @index@ using @columns@ with @line@ linecolor rgb '@colour@' @title@";
  if (spread.logarithmic && spread.negative) {
    plot +=
        ", \\\n    '@file@' index @index@ using 1:($2 < 0 ? -$2 : NaN) with linespoints pointtype 6 pointsize 0.5 "
        "linewidth 0.8 linecolor rgb '@colour@' notitle";
  }
  return fill(std::move(plot), {{"file", file},
                                {"index", std::to_string(index)},
                                {"columns", spread.logarithmic ? "1:($2 > 0 ? $2 : NaN)" : "1:2"},
                                {"line", line},
                                {"colour", curve.rgb},
                                {"title", curve.key.empty() ? "notitle" : "title '" + curve.key + "'"}});
}

std::string plots_of(const Figure& figure, const std::vector<EnergyCurve>& curves, const Spread& spread,
                     std::size_t energies) {
  constexpr std::size_t few = 60;  // so few that each point is shown
  const char* line = energies <= few ? "linespoints pointtype 7 pointsize 0.4 linewidth 1.3" : "lines linewidth 1.5";
  std::string plots = "  plot ";
  for (std::size_t m = 0; m < curves.size(); ++m) {
    if (m > 0) plots += ", \\\n    ";
    plots += plot_of(figure.name + ".dat", m, curves[m], spread, line);
  }
  return plots + "\n";
}

}  // namespace

Figure energy_figure(const ResultData& result, Figure figure, const std::string& axis,
                     const std::vector<EnergyCurve>& curves) {
  DataText data(figure.title);
  for (const EnergyCurve& curve : curves) {
    figure.missing = missing_over_energy(result, curve.dataset);
    if (!figure.missing.empty()) return figure;
    write_block(result, curve.dataset, data);
  }
  const Spread spread = spread_of(result, curves);
  draw_axes(result, axis, curves.size() > 1, figure);
  figure.commands += axis_of(spread) + plots_of(figure, curves, spread, result["E"].values.size());
  if (spread.logarithmic) {
    figure.caption += " The axis is logarithmic, because a few values are much larger than all others.";
    if (spread.negative) figure.caption += " Negative values are drawn by magnitude as open circles.";
    if (spread.clipped)
      figure.caption += " Values that differ from most by more than a factor of 1e6 are off the axis.";
  }
  figure.data = data.text();
  return figure;
}

Figure energy_error_figure(const ResultData& result, Figure figure, const std::string& axis, const char* dataset) {
  constexpr double zero = 1e-17, margin = 3.0;
  figure.missing = missing_over_energy(result, dataset);
  if (!figure.missing.empty()) return figure;
  DataText data(figure.title);
  write_block(result, dataset, data);
  double least = result.tolerance, most = result.tolerance;
  for (const double value : result[dataset].values) {
    if (!std::isfinite(value)) continue;
    least = std::min(least, std::max(value, zero));
    most = std::max(most, value);
  }
  draw_axes(result, axis, true, figure);
  figure.commands += logarithmic_axis(least / margin, most * margin) + "  plot '" + figure.name +
                     ".dat' using 1:($2 > 0 ? $2 : 1e-17) with points pointtype 7 pointsize 0.4 linecolor rgb '" +
                     colour::blue + "' notitle, \\\n    " + shortest_text(result.tolerance) +
                     " with lines linewidth 1.2 dashtype 2 linecolor rgb '" + colour::vermilion +
                     "' title 'tolerance'\n";
  figure.data = data.text();
  return figure;
}

}  // namespace nordheim::program
