// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/figures.hpp"
#include "plot/script_text.hpp"
#include "plot/time_axis.hpp"

#include <algorithm>
#include <cmath>

namespace nordheim::program {

namespace {

constexpr const char* entropy_panel = R"(  set ylabel '@S@  [@S units@]'
  plot 'entropy.dat' index 0 using 1:2 with linespoints pointtype 7 pointsize 0.3 linecolor rgb '#0072b2' notitle
)";

constexpr const char* two_panels = R"(  set multiplot layout 1,2 margins 0.12,0.965,0.165,0.95 spacing 0.13,0
@axis@  unset logscale y
  set format y '%g'
@entropy@  set ylabel '@dS@  [@dS units@]'
  set key bottom left
@scale@  plot @curves@
  unset multiplot
)";

bool any_of(const std::vector<double>& values, bool positive) {
  return std::any_of(values.begin(), values.end(),
                     [&](double x) { return std::isfinite(x) && (positive ? x > 0.0 : x < 0.0); });
}

bool all_finite(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double x) { return std::isfinite(x); });
}

bool none_finite(const std::vector<double>& values) {
  return std::none_of(values.begin(), values.end(), [](double x) { return std::isfinite(x); });
}

/// The curves of the second panel, which has a logarithmic axis: positive values, and negative ones by magnitude.
std::string production_curves(const std::vector<double>& production) {
  std::string curves;
  if (any_of(production, true)) {
    curves =
        "'entropy.dat' index 1 using 1:($2 > 0 ? $2 : NaN) with linespoints pointtype 7 pointsize 0.3 "
        "linecolor rgb '#0072b2' notitle";
  }
  if (any_of(production, false)) {
    curves += std::string(curves.empty() ? "" : ", \\\n    ") +
              "'entropy.dat' index 1 using 1:($2 < 0 ? -$2 : NaN) with points pointtype 6 pointsize 0.5 "
              "linecolor rgb '#d55e00' title 'negative, magnitude'";
  }
  return curves;
}

}  // namespace

Figure entropy_figure(const ResultData& result) {
  Figure figure{"entropy", "Entropy",
                "The entropy S, which the collisions can only increase until it is the largest possible one of what "
                "they conserve (k_B = 1, so it is a pure number)."};
  figure.missing = missing_over_time(result, {"entropy"});
  if (!figure.missing.empty()) return figure;
  const std::vector<double>& times = result["time"].values;
  const TimeAxis axis = time_axis(times);
  DataText data("Entropy: block 0 the entropy, block 1 its production");
  data.block("time S");
  for (std::size_t i = 0; i < times.size(); ++i) data.row({times[i], result["entropy"].values[i]});
  if (!result.has("entropy_production") || none_finite(result["entropy_production"].values)) {
    figure.commands = axis.commands + entropy_panel;
    figure.caption += " The file has no finite values of entropy_production, so its rate of change is not shown.";
  } else {
    const std::vector<double>& production = result["entropy_production"].values;
    data.block("time dS/dt");
    for (std::size_t i = 0; i < times.size(); ++i) {
      // Infinite where an empty mode is being filled: such a point has no place on the axis.
      if (std::isfinite(production[i])) data.row({times[i], production[i]});
    }
    std::string curves = production_curves(production);
    const bool logarithmic = !curves.empty();
    if (!logarithmic) {
      curves =
          "'entropy.dat' index 1 using 1:2 with linespoints pointtype 7 pointsize 0.3 linecolor rgb '#0072b2' notitle";
    }
    figure.commands =
        fill(two_panels, {{"axis", axis.commands},
                          {"entropy", entropy_panel},
                          {"scale", logarithmic ? "  set logscale y\n  set format y '10^{%T}'\n  unset mytics\n" : ""},
                          {"curves", curves}});
    figure.width = 860;
    figure.height = 400;
    figure.caption +=
        " On the right its production dS/dt on a logarithmic axis: a straight line there is exponential "
        "relaxation, and the level where it flattens is round-off.";
    if (!all_finite(production)) {
      figure.caption += " It is infinite where an empty mode is being filled: such points are left out.";
    }
    if (any_of(production, false)) figure.caption += " Negative values are drawn by magnitude as open circles.";
  }
  if (result.in_bath()) figure.caption += " In a bath it is the entropy of electron and bath, S − E/T.";
  const bool continuum = result.in_continuum();
  const std::string S = "{/:Italic S}", bath = "{/:Italic S} − {/:Italic E}/{/:Italic T}";
  const std::string slope = "d" + S + "/d{/:Italic t}", bath_slope = "d(" + bath + ")/d{/:Italic t}";
  figure.commands = fill(figure.commands, {{"S", result.in_bath() ? bath : "entropy " + S},
                                           {"dS", result.in_bath() ? bath_slope : "production " + slope},
                                           {"S units", continuum ? "momentum^3" : "per site"},
                                           {"dS units", continuum ? "energy · momentum^3" : "energy per site"}});
  figure.caption += axis.remark;
  figure.data = data.text();
  return figure;
}

}  // namespace nordheim::program
