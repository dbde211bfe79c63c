// SPDX-License-Identifier: GPL-3.0-or-later
// Coupled diffusion of number and energy of a lattice gas against the temperature, or the fugacity.
#include <nordheim/io/number_text.hpp>

#include "plot/figures.hpp"
#include "plot/script_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace nordheim::program {

namespace {

constexpr std::size_t most_lines = 6;
constexpr const char* line_style = "linespoints pointtype 7 pointsize 0.4 linewidth 2";

/// A dataset over the points, and how it is drawn.
struct LatticeCurve {
  const char *dataset, *words, *dashes, *rgb;
};

/// What is drawn along, and what tells lines from each other.
struct Sweep {
  const char *along, *label;
  const char *other, *symbol;
};

std::size_t different(const ResultData& result, const char* dataset) {
  const std::vector<double>& values = result[dataset].values;
  return std::set<double>(values.begin(), values.end()).size();
}

/// Along the temperature, or at one temperature along the filling.
Sweep sweep_of(const ResultData& result) {
  if (different(result, "temperature") > 1) {
    // Of a table over chemical potentials fugacities differ with the temperature.
    const bool by_potential = different(result, "fugacity") > different(result, "mu");
    return {"temperature", "temperature {/:Italic T}  [energy]", by_potential ? "mu" : "fugacity",
            by_potential ? "{/:Italic μ}" : "{/:Italic z}"};
  }
  return {"fugacity", "fugacity {/:Italic z}", "temperature", "{/:Italic T}"};
}

/// The name of a dataset, of an anisotropic band that along the first axis.
std::string first_axis(const ResultData& result, const std::string& name, const std::string& suffix) {
  const std::size_t place = name.rfind("_error");
  const std::string along = place == std::string::npos ? name + suffix : name.substr(0, place) + suffix + "_error";
  return result.has(name) ? name : along;
}

/// Indices of the points of each line, along the sweep.
std::vector<std::pair<double, std::vector<std::size_t>>> lines_of(const ResultData& result, const Sweep& sweep) {
  const std::vector<double>&along = result[sweep.along].values, &other = result[sweep.other].values;
  std::vector<std::pair<double, std::vector<std::size_t>>> lines;
  for (std::size_t i = 0; i < along.size(); ++i) {
    auto line = std::find_if(lines.begin(), lines.end(), [&](const auto& l) { return l.first == other[i]; });
    if (line == lines.end()) line = lines.insert(lines.end(), {other[i], {}});
    line->second.push_back(i);
  }
  for (auto& line : lines) {
    std::sort(line.second.begin(), line.second.end(),
              [&](std::size_t a, std::size_t b) { return along[a] < along[b]; });
  }
  return lines;
}

/// Positive values that span a factor of more than 20.
bool spans(const std::vector<double>& values) {
  constexpr double most = 20.0;
  if (values.empty()) return false;
  const auto [least, largest] = std::minmax_element(values.begin(), values.end());
  return *least > 0.0 && *largest > most * *least;
}

std::string reason_against(const ResultData& result, const std::vector<LatticeCurve>& curves) {
  std::string missing = result.missing({"temperature", "fugacity", "mu"});
  if (!missing.empty()) return missing;
  for (const LatticeCurve& curve : curves) {
    const std::string name = first_axis(result, curve.dataset, "_1");
    if (!result.has(name)) return result.missing({curve.dataset});
  }
  const bool one = different(result, "temperature") < 2 && different(result, "fugacity") < 2;
  return one ? std::string("There is only one point, and a curve needs two.") : std::string();
}

/// @param more  commands behind the curves
Figure sweep_figure(const ResultData& result, Figure figure, const std::string& axis,
                    const std::vector<LatticeCurve>& curves, const std::string& style, const std::string& more = {}) {
  figure.missing = reason_against(result, curves);
  if (!figure.missing.empty()) return figure;
  const Sweep sweep = sweep_of(result);
  auto lines = lines_of(result, sweep);
  if (lines.size() > most_lines) {
    lines.resize(most_lines);
    figure.caption += " The first " + std::to_string(most_lines) + " lines of the table are drawn.";
  }
  DataText data(figure.name + " against the " + sweep.along);
  std::string plots;
  std::vector<double> all;
  std::size_t block = 0;
  for (std::size_t l = 0; l < lines.size(); ++l) {
    for (const LatticeCurve& curve : curves) {
      const std::string name = first_axis(result, curve.dataset, "_1");
      data.block(std::string(sweep.along) + " " + name + " at " + sweep.other + " = " + shortest_text(lines[l].first));
      for (const std::size_t i : lines[l].second) {
        const double value = result[name].values[i];
        if (!std::isfinite(value) || !std::isfinite(result[sweep.along].values[i])) continue;
        data.row({result[sweep.along].values[i], value});
        all.push_back(value);
      }
      std::string key = curve.words;
      if (lines.size() > 1) {
        key += std::string(key.empty() ? "" : ", ") + sweep.symbol + " = " + label_text(lines[l].first);
      }
      const std::string rgb = lines.size() == 1
                                  ? std::string(curve.rgb)
                                  : viridis(static_cast<double>(l) / static_cast<double>(lines.size() - 1));
      plots += fill(
          "@start@ '@name@.dat' index @block@ using 1:2 with @style@ linecolor rgb '@rgb@' "
          "@key@",
          {{"start", plots.empty() ? "  plot" : ", \\\n      "},
           {"name", figure.name},
           {"block", std::to_string(block++)},
           {"style", style + (style == line_style ? std::string(" dashtype ") + curve.dashes : "")},
           {"rgb", rgb},
           {"key", key.empty() ? std::string("notitle") : "title '" + key + "'"}});
    }
  }
  if (all.empty()) {
    figure.missing = "It is not known at any point.";
    return figure;
  }
  figure.data = data.text();
  figure.commands = std::string("  set xlabel '") + sweep.label + "'\n  set ylabel '" + axis + "'\n";
  if (spans(result[sweep.along].values)) figure.commands += "  set logscale x\n";
  const double least = *std::min_element(all.begin(), all.end());
  figure.commands += spans(all) || !more.empty() ? "  set logscale y\n  set format y '10^{%L}'\n"
                                                 : (least >= 0.0 ? "  set yrange [0:*]\n" : "");
  figure.commands +=
      "  set key at graph 0, graph 1.02 left bottom horizontal\n  set tmargin 3.5\n" + plots + more + "\n";
  return figure;
}

}  // namespace

Figure diffusivities_figure(const ResultData& result) {
  return sweep_figure(
      result,
      {"diffusivities", "Diffusivities",
       "The two eigenvalues of the diffusion matrix D = Lχ⁻¹ of number and energy: a long wave e^{iqx} of a lattice "
       "gas "
       "decays as a sum of e^{−D q² t} with these two. Of an anisotropic band along the first axis."},
      "diffusivity  [sites^2 / time]",
      {{"diffusivity_slow", "slow", "1", colour::blue}, {"diffusivity_fast", "fast", "(8,5)", colour::vermilion}},
      line_style);
}

Figure lattice_heat_figure(const ResultData& result) {
  return sweep_figure(
      result,
      {"heat_conductivity", "Heat conductivity",
       "The heat conductivity κ = β²(L_ee − L_ne²/L_nn) of a lattice gas in which no particles flow. Of an anisotropic "
       "band along the first axis."},
      "{/:Italic κ}  [sites^{2-{/:Italic d}} / time]", {{"heat_conductivity", "", "1", colour::blue}}, line_style);
}

Figure lattice_conductivity_figure(const ResultData& result) {
  return sweep_figure(result,
                      {"conductivity", "Conductivity",
                       "The current of particles per force, β L_nn. Of an anisotropic band along the first axis."},
                      "{/:Italic β L}_{nn}  [sites^{2-{/:Italic d}} / (time energy)]",
                      {{"conductivity", "", "1", colour::blue}}, line_style);
}

Figure lattice_error_figure(const ResultData& result) {
  return sweep_figure(result,
                      {"error", "Estimated errors",
                       "The largest estimated relative error of all coefficients but the modes, an upper bound in "
                       "practice. The line is the tolerance."},
                      "relative error", {{"error", "", "1", colour::blue}}, "points pointtype 7 pointsize 0.6",
                      ", \\\n       " + shortest_text(result.tolerance) + " with lines dashtype 2 linecolor rgb '" +
                          colour::ink + "' title 'tolerance'");
}

}  // namespace nordheim::program
