// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/model/equilibrium.hpp>

#include "plot/figures.hpp"
#include "plot/script_text.hpp"
#include "plot/snapshots.hpp"
#include "plot/thinning.hpp"

#include <algorithm>
#include <span>

namespace nordheim::program {

namespace {

constexpr std::size_t most_snapshots = 9;
constexpr std::size_t bins = 160;
constexpr int curve_intervals = 400;

bool has_formula(const Summary& summary) { return summary.beta && summary.mu; }

/// Whether the gas is drawn against |k − u|²/2, u the velocity of its equilibrium: in R³, where that is not ω.
bool in_moving_frame(const ResultData& result, const Summary& summary) {
  return result.space == "continuum" && summary.velocity.size() == 3 && result.has("momenta");
}

/// What is drawn along the axis: the energies of the nodes, in the frame of the equilibrium.
std::vector<double> drawn_energies(const ResultData& result, const Summary& summary) {
  std::vector<double> energies = result["energies"].values;
  if (!in_moving_frame(result, summary)) return energies;
  for (std::size_t a = 0; a < energies.size(); ++a) {
    energies[a] = 0.0;
    for (std::size_t j = 0; j < 3; ++j) {
      const double k = result["momenta"].at(a, j) - summary.velocity[j];
      energies[a] += 0.5 * k * k;
    }
  }
  return energies;
}

/// The energy up to which nodes are drawn: in R³ most lie where all modes are almost empty at all times.
double last_energy(const ResultData& result, const std::vector<double>& energies) {
  if (!result.in_continuum()) return *std::max_element(energies.begin(), energies.end());
  const std::vector<double>& W = result["W"].values;
  const double almost_empty = 1e-3 * *std::max_element(W.begin(), W.end());
  double last = 0.0;
  for (std::size_t i = 0; i < W.size(); ++i) {
    if (W[i] > almost_empty) last = std::max(last, energies[i % energies.size()]);
  }
  return last;
}

/// 1/(e^{β(ω−μ)}−θ) from the smallest to the last energy.
void write_formula(const ResultData& result, const Summary& summary, const std::vector<double>& energies, double last,
                   DataText& data) {
  const Equilibrium equilibrium = Equilibrium::from_chemical_potential(result.statistics, *summary.beta, *summary.mu);
  const bool has_pole = result.statistics == Statistics::boson || result.statistics == Statistics::classical_wave;
  const double low = *std::min_element(energies.begin(), energies.end());
  for (int i = 0; i <= curve_intervals; ++i) {
    const double omega = low + (last - low) * i / curve_intervals;
    if (has_pole && !(equilibrium.exponent(omega) > 0.0)) continue;  // of phonons at ω = 0, where no mode takes part
    data.row({omega, equilibrium.occupation(omega)});
  }
}

/// Those of the nodes up to an energy that are drawn.
std::vector<std::size_t> drawn_nodes(const std::vector<double>& energies, std::span<const double> W, double last) {
  std::vector<std::size_t> inside;
  std::vector<double> x, y;
  for (std::size_t a = 0; a < energies.size(); ++a) {
    if (energies[a] > last) continue;
    inside.push_back(a);
    x.push_back(energies[a]);
    y.push_back(W[a]);
  }
  std::vector<std::size_t> chosen = thin(x, y, bins);
  for (std::size_t& a : chosen) a = inside[a];
  return chosen;
}

/// The equilibrium at the nodes, in the order of their energies.
void write_nodes(const ResultData& result, const std::vector<double>& energies, double last, DataText& data) {
  const std::vector<double>& W = result["equilibrium"].values;
  std::vector<std::size_t> order = drawn_nodes(energies, W, last);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return energies[a] < energies[b]; });
  for (const std::size_t a : order) data.row({energies[a], W[a]});
}

/// The snapshots as blocks of the data file; returns their part of the plot command.
std::string write_snapshots(const ResultData& result, const std::vector<double>& energies, double last,
                            DataText& data) {
  const Dataset& W = result["W"];
  const std::vector<std::size_t> shown = choose_snapshots(W.shape[0], most_snapshots);
  std::string plots;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const std::string label = time_label(result["snapshot_time"].values[shown[i]]);
    const std::span<const double> occupation(W.values.data() + shown[i] * W.shape[1], W.shape[1]);
    data.block("omega W at " + label);
    for (const std::size_t a : drawn_nodes(energies, occupation, last)) data.row({energies[a], occupation[a]});
    const double place = shown.size() == 1 ? 0.3 : static_cast<double>(i) / static_cast<double>(shown.size() - 1);
    plots += fill(
        "    'occupation.dat' index @i@ using 1:2 with points pointtype 7 pointsize 0.35 linecolor rgb '@c@' "
        "title '@label@', \\\n",
        {{"i", std::to_string(i)}, {"c", viridis(place)}, {"label", label}});
  }
  plots += "    'occupation.dat' index " + std::to_string(shown.size());
  return plots;
}

std::string caption(const ResultData& result, const Summary& summary) {
  std::string text =
      "One point a node: its occupation W against its energy ω, from the first time (dark) to the last (light). ";
  if (!result.in_bath()) {
    text +=
        "The black line is the equilibrium of what is conserved, 1/(exp(β(ω − μ)) − θ) with θ = +1 for bosons, −1 for "
        "fermions and 0 for classical particles, and 1/(β(ω − μ)) for classical waves. ";
  } else if (has_formula(summary)) {
    text += "The black line is the equilibrium with the bath, exp(−ω/T) with the number of electrons of the run. ";
  } else {
    text +=
        "The black line is the stationary state: exp(−ω/T) times a factor for each ladder of energies ε + mω0, which "
        "keeps its electrons. ";
  }
  text +=
      "A relaxed state lies on the line; a cloud about it means that W still depends on the direction of k, not only "
      "on "
      "its energy.";
  if (summary.frozen_modes > 0.0) {
    text += " Modes that take no part in collisions stay where they are, off the line: " +
            label_text(summary.frozen_modes) + " of them.";
  }
  return text;
}

}  // namespace

Figure occupation_figure(const ResultData& result, const Summary& summary) {
  Figure figure{"occupation", "Occupation against energy", caption(result, summary)};
  figure.missing = result.missing({"snapshot_time", "W", "energies"});
  if (figure.missing.empty() && !has_formula(summary)) figure.missing = result.missing({"equilibrium"});
  if (!figure.missing.empty()) return figure;
  DataText data("Occupation: one block a snapshot, the last block is the equilibrium");
  const std::vector<double> energies = drawn_energies(result, summary);
  const double last = last_energy(result, energies);
  const std::string plots = write_snapshots(result, energies, last, data);
  data.block("omega W in equilibrium");
  if (has_formula(summary)) {
    write_formula(result, summary, energies, last, data);
  } else {
    write_nodes(result, energies, last, data);
  }
  figure.data = data.text();
  const bool moving = in_moving_frame(result, summary);
  std::string axis = "  set xlabel 'energy ω  [energy]'\n";
  if (moving)
    axis = "  set xlabel 'energy |{/:Italic k} − {/:Italic u}|²/2 in the frame of the equilibrium  [energy]'\n";
  if (result.in_continuum()) axis += "  set xrange [0:" + label_text(last) + "]\n";
  figure.commands = "  set key outside right top\n" + axis +
                    "  set ylabel 'occupation {/:Italic W}  [dimensionless]'\n  set yrange [*:*]\n  plot \\\n" + plots +
                    " using 1:2 with lines linewidth 1.3 linecolor rgb '#000000' title '" +
                    (result.in_bath() && !has_formula(summary) ? "stationary" : "equilibrium") + "'\n";
  if (moving) {
    figure.caption += " The energy is that in the frame that moves with the velocity u of the equilibrium.";
  }
  if (result["energies"].values.size() > 3 * bins) {
    figure.caption += " Of many nodes those of lowest, middle and highest W in each of " + std::to_string(bins) +
                      " intervals of ω are drawn.";
  }
  if (result["W"].shape[0] > most_snapshots) {
    figure.caption +=
        " Of " + std::to_string(result["W"].shape[0]) + " snapshots " + std::to_string(most_snapshots) + " are shown.";
  }
  return figure;
}

}  // namespace nordheim::program
