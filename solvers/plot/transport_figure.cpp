// SPDX-License-Identifier: GPL-3.0-or-later
// Transport coefficients of a gas against its fugacity.
#include <nordheim/io/number_text.hpp>

#include "plot/figures.hpp"
#include "plot/script_text.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace nordheim::program {

namespace {

constexpr std::size_t most_temperatures = 6;

/// A dataset over the points.
struct Curve {
  const char* dataset;
  const char* dashes;              ///< dashtype of gnuplot
  std::string words;               ///< for the key
  const char* rgb = colour::blue;  ///< "#rrggbb" of a single temperature
};

/// Indices of the points of each temperature, by increasing fugacity; temperatures in the order of the table.
std::vector<std::pair<double, std::vector<std::size_t>>> by_temperature(const ResultData& result) {
  const std::vector<double>& temperatures = result["temperature"].values;
  const std::vector<double>& fugacities = result["fugacity"].values;
  std::vector<std::pair<double, std::vector<std::size_t>>> lines;
  for (std::size_t i = 0; i < temperatures.size(); ++i) {
    auto line = std::find_if(lines.begin(), lines.end(), [&](const auto& l) { return l.first == temperatures[i]; });
    if (line == lines.end()) line = lines.insert(lines.end(), {temperatures[i], {}});
    line->second.push_back(i);
  }
  for (auto& line : lines) {
    std::sort(line.second.begin(), line.second.end(),
              [&](std::size_t a, std::size_t b) { return fugacities[a] < fugacities[b]; });
  }
  return lines;
}

std::string missing_curve(const ResultData& result, const std::vector<Curve>& curves) {
  std::string missing = result.missing({"temperature", "fugacity"});
  for (const Curve& curve : curves) {
    if (missing.empty()) missing = result.missing({curve.dataset});
  }
  if (!missing.empty()) return missing;
  const auto [least, most] = std::minmax_element(result["fugacity"].values.begin(), result["fugacity"].values.end());
  return *least == *most ? std::string("There is only one fugacity, and a curve needs two.") : std::string();
}

/// A logarithmic axis where the values span a factor of more than 20.
bool wide(const std::vector<double>& values) {
  constexpr double most = 20.0;
  const auto [least, largest] = std::minmax_element(values.begin(), values.end());
  return *largest > most * *least;
}

/// A logarithmic axis for fugacities that span a wide range and crowd at its lower end, as equal ratios do.
bool wide_from_below(std::vector<double> fugacities) {
  if (!wide(fugacities)) return false;
  std::sort(fugacities.begin(), fugacities.end());
  constexpr double low = 0.25;
  return fugacities[fugacities.size() / 2] - fugacities.front() < low * (fugacities.back() - fugacities.front());
}

enum class Style { lines, points };

/// @param axis  title of the vertical axis
Figure fugacity_figure(const ResultData& result, Figure figure, const std::string& axis,
                       const std::vector<Curve>& curves, Style style) {
  figure.missing = missing_curve(result, curves);
  if (!figure.missing.empty()) return figure;
  auto lines = by_temperature(result);
  if (lines.size() > most_temperatures) {
    lines.resize(most_temperatures);
    figure.caption += " The first " + std::to_string(most_temperatures) + " temperatures are drawn.";
  }
  std::vector<double> all;
  DataText data(figure.name + " against the fugacity");
  std::string plots;
  std::size_t block = 0;
  for (std::size_t t = 0; t < lines.size(); ++t) {
    for (const Curve& curve : curves) {
      const std::string rgb = lines.size() == 1
                                  ? std::string(curve.rgb)
                                  : viridis(static_cast<double>(t) / static_cast<double>(lines.size() - 1));
      data.block(std::string("fugacity ") + curve.dataset + " at T = " + shortest_text(lines[t].first));
      for (const std::size_t i : lines[t].second) {
        data.row({result["fugacity"].values[i], result[curve.dataset].values[i]});
        all.push_back(result[curve.dataset].values[i]);
      }
      std::string key = curve.words;
      if (lines.size() > 1) key += (key.empty() ? "{/:Italic T} = " : ", {/:Italic T} = ") + label_text(lines[t].first);
      const std::string drawn = style == Style::points ? "points pointtype 7 pointsize 0.6"
                                                       : std::string("lines linewidth 2 dashtype ") + curve.dashes;
      plots += fill("@start@ '@name@.dat' index @block@ using 1:2 with @drawn@ linecolor rgb '@rgb@' @key@",
                    {{"start", plots.empty() ? "  plot" : ", \\\n      "},
                     {"name", figure.name},
                     {"block", std::to_string(block++)},
                     {"drawn", drawn},
                     {"rgb", rgb},
                     {"key", key.empty() ? std::string("notitle") : "title '" + key + "'"}});
    }
  }
  figure.data = data.text();
  figure.commands = "  set xlabel 'fugacity {/:Italic z}'\n  set ylabel '" + axis + "'\n";
  if (wide_from_below(result["fugacity"].values)) figure.commands += "  set logscale x\n  set format x '10^{%L}'\n";
  if (style == Style::points || wide(all)) {
    figure.commands += "  set logscale y\n  set format y '10^{%L}'\n";
  } else {
    figure.commands += "  set yrange [0:*]\n";
  }
  if (style == Style::points) {
    // Errors far below the tolerance leave it on the axis.
    const double most = 10.0 * std::max(result.tolerance, *std::max_element(all.begin(), all.end()));
    figure.commands += "  set yrange [*:" + shortest_text(most) + "]\n";
    plots += ", \\\n       " + shortest_text(result.tolerance) + " with lines dashtype 2 linecolor rgb '" +
             colour::ink + "' title 'tolerance'";
  }
  figure.commands += "  set key at graph 0, graph 1.02 left bottom horizontal\n  set tmargin 2.5\n" + plots + "\n";
  return figure;
}

}  // namespace

Figure viscosity_figure(const ResultData& result) {
  return fugacity_figure(
      result,
      {"viscosity", "Shear viscosity",
       "The shear viscosity η = ⟨S (−L)⁻¹ S⟩/T, S = k_x k_y, against the fugacity, and its first order, with S as the "
       "only trial function. With g states per (2π)³ of dk it is to be multiplied by g/(2π)³."},
      "{/:Italic η}  [momentum^3 energy time]",
      {{"viscosity", "1", "viscosity"}, {"viscosity_first_order", "(8,5)", "first order", colour::vermilion}},
      Style::lines);
}

Figure heat_conductivity_figure(const ResultData& result) {
  return fugacity_figure(
      result,
      {"heat_conductivity", "Heat conductivity",
       "The heat conductivity κ = ⟨S (−L)⁻¹ S⟩/T², S = k_x (ω − h), h the enthalpy per particle, against the fugacity, "
       "and its first order. With g states per (2π)³ of dk it is to be multiplied by g/(2π)³."},
      "{/:Italic κ}  [momentum^3 length^2 / time]",
      {{"heat_conductivity", "1", "heat conductivity"},
       {"heat_conductivity_first_order", "(8,5)", "first order", colour::vermilion}},
      Style::lines);
}

Figure relaxation_rate_figure(const ResultData& result) {
  return fugacity_figure(
      result,
      {"relaxation_rate", "Smallest relaxation rate",
       "The spectral gap, the smallest rate at which a small deviation from equilibrium decays, and the smallest loss "
       "rate ν_min, above which the spectrum is continuous."},
      "rate  [1 / time]",
      {{"spectral_gap", "1", "spectral gap"}, {"continuum_edge", "(8,5)", "{/:Italic ν}_{min}", colour::vermilion}},
      Style::lines);
}

Figure transport_error_figure(const ResultData& result) {
  return fugacity_figure(
      result,
      {"error", "Estimated errors",
       "The estimated relative errors of viscosity and heat conductivity, from trial spaces and "
       "quadratures of different size; upper bounds in practice. The line is the tolerance."},
      "relative error",
      {{"viscosity_error", "1", "viscosity"}, {"heat_conductivity_error", "1", "heat conductivity", colour::vermilion}},
      Style::points);
}

}  // namespace nordheim::program
