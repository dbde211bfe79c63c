// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/figures.hpp"
#include "plot/script_text.hpp"
#include "plot/time_axis.hpp"
#include "plot/time_curve.hpp"

#include <algorithm>
#include <cmath>

namespace nordheim::program {

namespace {

constexpr TimeCurve curves[] = {
    {"number_drift", "number", "pointtype 7 pointsize 0.35 linecolor rgb '#0072b2'"},
    {"energy_drift", "energy", "pointtype 5 pointsize 0.35 linecolor rgb '#d55e00'"},
    {"momentum_drift", "momentum", "pointtype 13 pointsize 0.5 linecolor rgb '#cc79a7'"},
    {"correction", "correction", "pointtype 9 pointsize 0.4 linecolor rgb '#009e73'"},
    {"number_law_defect", "local law of the number", "pointtype 6 pointsize 0.4 linecolor rgb '#56b4e9'"},
    {"energy_law_defect", "local law of the energy", "pointtype 4 pointsize 0.4 linecolor rgb '#e69f00'"},
};

/// A linear equation, of an electron in a bath, has nothing to correct.
bool drawn(const ResultData& result, const TimeCurve& curve) {
  return result.has(curve.dataset) && !(result.in_bath() && std::string(curve.dataset) == "correction");
}

}  // namespace

Figure invariants_figure(const ResultData& result) {
  Figure figure{"invariants", "Conserved quantities",
                "Relative change of number and energy since the beginning, by magnitude, as far as they are conserved. "
                "The dashed line is the "
                "round-off of one operation, 2.2e-16: what stays within a few orders of magnitude of it is conserved "
                "exactly. A change of exactly zero, or below 1e-17, is drawn at 1e-17, the lower edge."};
  figure.missing = missing_over_time(result, {result.has("energy_drift") ? "energy_drift" : "number_drift"});
  if (!figure.missing.empty()) return figure;
  const std::vector<double>& times = result["time"].values;
  const TimeAxis axis = time_axis(times);
  DataText data("Conserved quantities: one block a curve, magnitudes; zeros at 1e-17");
  std::string plots;
  int index = 0;
  double largest = 0.0;
  for (const TimeCurve& curve : curves) {
    if (!drawn(result, curve)) continue;
    data.block("time |" + std::string(curve.dataset) + "|");
    const std::vector<double>& values = result[curve.dataset].values;
    for (std::size_t i = 0; i < times.size(); ++i) {
      data.row({times[i], std::max(std::abs(values[i]), zero_level)});
      largest = std::max(largest, std::abs(values[i]));
    }
    plots += fill("    'invariants.dat' index @i@ using 1:2 with linespoints @style@ title '@label@', \\\n",
                  {{"i", std::to_string(index++)}, {"style", curve.style}, {"label", curve.label}});
  }
  const std::string top = largest < 1e-14 ? "1e-13" : "*";
  figure.commands =
      axis.commands + "  set logscale y\n  set format y '10^{%T}'\n  unset mytics\n  set yrange [0.5e-17:" + top +
      "]\n  set ylabel 'relative size  [dimensionless]'\n  set key above left horizontal\n  plot \\\n" + plots +
      "    2.2e-16 with lines dashtype 2 linecolor rgb '#777777' title 'round-off 2.2·10^{−16}'\n";
  if (result.in_bath()) figure.caption += " Energy is no invariant: the bath takes and gives it.";
  if (result.has("momentum_drift")) {
    figure.caption += " The momentum is the component that has changed most, relative to the sum of all |k|.";
  }
  if (result.has("correction") && !result.in_bath()) {
    figure.caption +=
        " The correction is the size of what was changed to conserve number and energy, and so an "
        "estimate of the error of the discretisation: small drifts do not hide it.";
  }
  figure.caption += axis.remark;
  figure.data = data.text();
  return figure;
}

}  // namespace nordheim::program
