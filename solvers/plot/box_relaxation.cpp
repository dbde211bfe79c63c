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
    {"distance_to_equilibrium", "to global equilibrium", "pointtype 7 pointsize 0.4 linecolor rgb '#0072b2'"},
    {"distance_to_local_equilibrium", "to local equilibrium", "pointtype 5 pointsize 0.4 linecolor rgb '#d55e00'"},
    {"distance_to_diffusion", "to the diffusion equation", "pointtype 9 pointsize 0.5 linecolor rgb '#009e73'"},
};

/// Change of a conserved number relative to its first value; that itself where it is zero.
Dataset relative_change(const Dataset& values) {
  const double first = values.values.front(), scale = first != 0.0 ? std::abs(first) : 1.0;
  Dataset change{values.shape, {}};
  for (const double value : values.values) change.values.push_back((value - first) / scale);
  return change;
}

}  // namespace

Figure distances_figure(const ResultData& result) {
  const bool shell = result.space == "shell";
  Figure figure{"distances", "Local and global equilibrium",
                shell ? "How far the electrons are from being spread evenly over each energy shell at their position "
                        "(local equilibrium), ∫dr dk |W − W_loc| over the number of electrons, and from being so over "
                        "the whole box (global equilibrium); and how far the density is from that of the diffusion "
                        "equation from the same start, ∫dr |ρ − ρ_D| over the number."
                      : "The largest |W − W_loc| over positions and nodes, W_loc being the equilibrium with what is "
                        "conserved at this position (local equilibrium), and the largest |W − W_eq|, that of the whole "
                        "box (global equilibrium)."};
  figure.caption +=
      " The axis is logarithmic: collisions bring about the local equilibrium in a few mean free times, "
      "flight and collisions together the global one.";
  figure.missing = missing_over_time(result, {"distance_to_local_equilibrium", "distance_to_equilibrium"});
  if (!figure.missing.empty()) return figure;
  const std::vector<double>& times = result["time"].values;
  const TimeAxis axis = time_axis(times);
  DataText data("Distances to equilibrium: one block a curve");
  std::string plots;
  int index = 0;
  bool zeros = false;
  for (const TimeCurve& curve : curves) {
    if (!result.has(curve.dataset)) continue;
    const std::vector<double>& values = result[curve.dataset].values;
    data.block("time " + std::string(curve.dataset));
    // Where a run starts as its own reference, to rounding, there is no distance to draw.
    constexpr double round_off = 1e-13;
    const double rounding = round_off * *std::max_element(values.begin(), values.end());
    for (std::size_t i = 0; i < times.size(); ++i) {
      if (i == 0 && values[i] <= rounding) continue;
      zeros = zeros || values[i] <= 0.0;
      data.row({times[i], std::max(values[i], zero_level)});
    }
    plots +=
        fill("@comma@    'distances.dat' index @i@ using 1:2 with linespoints linewidth 1.4 @style@ title '@label@'",
             {{"comma", index > 0 ? ", \\\n" : ""},
              {"i", std::to_string(index)},
              {"style", curve.style},
              {"label", curve.label}});
    ++index;
  }
  figure.commands = axis.commands +
                    "  set logscale y\n  set format y '10^{%T}'\n  unset mytics\n  set ylabel 'distance  "
                    "[dimensionless]'\n  set key above left horizontal\n  plot \\\n" +
                    plots + "\n";
  if (zeros) figure.caption += " Values of zero are drawn at 1e-17.";
  figure.caption += axis.remark;
  figure.data = data.text();
  return figure;
}

Figure conservation_figure(const ResultData& result, const Summary& summary) {
  // summary.json has no drift of what is not conserved.
  const auto conserved = [&](const char* quantity) {
    return summary.rows.empty() || std::any_of(summary.rows.begin(), summary.rows.end(),
                                               [&](const SummaryRow& row) { return row.quantity == quantity; });
  };
  ResultData drifts;
  drifts.command = result.command;
  const auto add = [&](const char* quantity, const char* from, const std::string& to, const char* law) {
    if (!result.has(from) || !conserved(quantity)) return;
    drifts.datasets.emplace(to, relative_change(result[from]));
    if (result.has(law)) drifts.datasets.emplace(law, result[law]);
  };
  drifts.datasets.emplace("time", result["time"]);
  add("Drift of the number", "number", "number_drift", "number_law_defect");
  add("Drift of the energy", "energy", "energy_drift", "energy_law_defect");
  Figure figure = invariants_figure(drifts);
  if (!figure.missing.empty()) return figure;
  figure.caption +=
      " The local laws are ∂ρ/∂t + ∇·J = 0 and the same of the energy at each position: the largest "
      "deviation, relative to what flight and collisions change.";
  return figure;
}

}  // namespace nordheim::program
