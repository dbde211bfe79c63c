// SPDX-License-Identifier: GPL-3.0-or-later
// Heat conductivity of phonons against the temperature.
#include <nordheim/io/number_text.hpp>

#include "plot/figures.hpp"
#include "plot/script_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace nordheim::program {

namespace {

/// A dataset over the temperatures.
struct Curve {
  const char* dataset;
  const char* words;  ///< for the key
  const char* style;  ///< of gnuplot, with its colour
  bool optional = false;
};

/// Indices by increasing temperature.
std::vector<std::size_t> by_temperature(const std::vector<double>& temperatures) {
  std::vector<std::size_t> order(temperatures.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return temperatures[a] < temperatures[b]; });
  return order;
}

std::string missing_curve(const ResultData& result, const std::vector<Curve>& curves) {
  std::string missing = result.missing({"temperature"});
  for (const Curve& curve : curves) {
    if (missing.empty() && !curve.optional) missing = result.missing({curve.dataset});
  }
  if (!missing.empty()) return missing;
  const auto& first = result[curves.front().dataset].values;
  if (std::none_of(first.begin(), first.end(), [](double value) { return std::isfinite(value); })) {
    return "It is not known at any temperature.";
  }
  const auto& temperatures = result["temperature"].values;
  const auto [least, most] = std::minmax_element(temperatures.begin(), temperatures.end());
  return *least == *most ? std::string("There is only one temperature, and a curve needs two.") : std::string();
}

/// Both axes logarithmic.
Figure temperature_figure(const ResultData& result, Figure figure, const std::string& axis,
                          const std::vector<Curve>& curves, const std::string& more = {}) {
  figure.missing = missing_curve(result, curves);
  if (!figure.missing.empty()) return figure;
  DataText data(figure.name + " against the temperature");
  std::string plots;
  std::size_t block = 0;
  for (const Curve& curve : curves) {
    if (!result.has(curve.dataset)) continue;
    data.block(std::string("temperature ") + curve.dataset);
    for (const std::size_t i : by_temperature(result["temperature"].values)) {
      const double value = result[curve.dataset].values[i];
      if (std::isfinite(value)) data.row({result["temperature"].values[i], value});
    }
    plots += fill("@start@ '@name@.dat' index @block@ using 1:2 with @style@ title '@words@'",
                  {{"start", plots.empty() ? "  plot" : ", \\\n      "},
                   {"name", figure.name},
                   {"block", std::to_string(block++)},
                   {"style", curve.style},
                   {"words", curve.words}});
  }
  figure.data = data.text();
  figure.commands = "  set xlabel 'temperature {/:Italic T}  [energy]'\n  set ylabel '" + axis +
                    "'\n  set logscale xy\n  set format y '10^{%L}'\n  set key at graph 0, graph 1.02 left bottom "
                    "horizontal\n  set tmargin 2.5\n" +
                    plots + more + "\n";
  return figure;
}

}  // namespace

Figure phonon_conductivity_figure(const ResultData& result) {
  return temperature_figure(
      result,
      {"heat_conductivity", "Heat conductivity",
       "The heat conductivity κ of Green and Kubo (μ = 0, phonons flow) against the temperature, its classical limit, "
       "proportional to 1/T² (three-phonon collisions: 1/T), where collisions conserve the number of phonons the "
       "conductivity κ_0 without a current of it, and the relaxation-time approximation, where loss rates are finite."},
      "{/:Italic κ}  [sites^{2-{/:Italic d}} / time]",
      {{"heat_conductivity", "{/:Italic κ}",
        "linespoints pointtype 7 pointsize 0.4 linewidth 2 linecolor rgb '#0072b2'"},
       {"classical_limit", "classical", "lines linewidth 2 dashtype (8,5) linecolor rgb '#333333'"},
       {"zero_number_current", "{/:Italic κ}_0",
        "linespoints pointtype 7 pointsize 0.4 linewidth 2 linecolor rgb '#d55e00'", true},
       {"rta", "relaxation time", "lines linewidth 2 dashtype (3,4) linecolor rgb '#009e73'", true}});
}

Figure phonon_rate_figure(const ResultData& result) {
  return temperature_figure(
      result,
      {"relaxation_rate", "Relaxation rates",
       "The rate at which an exponentially decaying current of energy would have the same heat conductivity, the "
       "spectral gap, the smallest rate at which any small deviation from equilibrium decays, and in two and three "
       "dimensions ν_min, the smallest loss rate, above which the spectrum is continuous."},
      "rate  [1 / time]",
      {{"current_rate", "current", "linespoints pointtype 7 pointsize 0.4 linewidth 2 linecolor rgb '#0072b2'"},
       {"spectral_gap", "spectral gap", "linespoints pointtype 7 pointsize 0.4 linewidth 2 linecolor rgb '#d55e00'",
        true},
       {"continuum_edge", "{/:Italic ν}_{min}", "lines linewidth 2 dashtype (8,5) linecolor rgb '#333333'", true}});
}

Figure phonon_error_figure(const ResultData& result) {
  return temperature_figure(
      result,
      {"error", "Estimated errors",
       "The estimated relative error of the heat conductivity, an upper bound in practice. The "
       "line is the tolerance."},
      "relative error",
      {{"heat_conductivity_error", "heat conductivity", "points pointtype 7 pointsize 0.6 linecolor rgb '#0072b2'"}},
      ", \\\n       " + shortest_text(result.tolerance) +
          " with lines dashtype 2 linecolor rgb '#333333' title 'tolerance'");
}

}  // namespace nordheim::program
