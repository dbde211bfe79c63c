// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/io/number_text.hpp>

#include "plot/figures.hpp"
#include "plot/script_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

namespace nordheim::program {

namespace {

std::string digits(double value) {
  char text[32];
  (void)std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

/// The energies of the curve in increasing order, as indices.
std::vector<std::size_t> increasing(const std::vector<double>& energies) {
  std::vector<std::size_t> order(energies.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return energies[a] < energies[b]; });
  return order;
}

/// Thin vertical lines at the van Hove energies within the curve, each with its energy above where there is room.
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
    text += "  set arrow from first " + x + ", graph 0 to first " + x +
            ", graph 1 nohead back linewidth 0.8 dashtype (12,8) linecolor rgb '#8a8a8a'\n";
    if (E - last_label < room * (to - from)) continue;
    last_label = E;
    text += label(digits(E), "first " + x + ", graph 1.03 center");
  }
  return text.empty() ? text : text + label("dashed: van Hove energies", "graph 1, graph 1.08 right");
}

constexpr const char* van_hove_remark =
    " Dashed: the van Hove energies of the band, its edges included, where the density of states is singular.";

/// What is drawn against the energy.
struct EnergyCurve {
  const char* dataset;
  std::string label;
  bool logarithmic = false;
};

std::string linear_plot(const std::string& name, std::size_t count) {
  constexpr std::size_t few = 60;  // so few that each point is shown
  return "  set yrange [0:*]\n  plot '" + name + ".dat' using 1:2 with " +
         (count <= few ? "linespoints pointtype 7 pointsize 0.4 linewidth 1.3" : "lines linewidth 1.5") +
         " linecolor rgb '" + colour::blue + "' notitle\n";
}

/// Points on a logarithmic axis, with the tolerance; zeros at 10⁻¹⁷.
std::string logarithmic_plot(const std::string& name, const std::vector<double>& values, double tolerance) {
  constexpr double zero = 1e-17, margin = 3.0;
  double least = tolerance, most = tolerance;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    least = std::min(least, std::max(value, zero));
    most = std::max(most, value);
  }
  return "  set logscale y\n  set format y '10^{%T}'\n  unset mytics\n  set yrange [" + shortest_text(least / margin) +
         ":" + shortest_text(most * margin) + "]\n  plot '" + name +
         ".dat' using 1:($2 > 0 ? $2 : 1e-17) with points " + "pointtype 7 pointsize 0.4 linecolor rgb '" +
         colour::blue + "' notitle, \\\n    " + shortest_text(tolerance) +
         " with lines linewidth 1.2 dashtype 2 linecolor rgb '" + colour::vermilion + "' title 'tolerance'\n";
}

Figure energy_figure(const ResultData& result, Figure figure, const EnergyCurve& curve) {
  figure.missing = result.missing({"E", curve.dataset});
  if (figure.missing.empty() && result["E"].values.size() < 2) {
    figure.missing = "There is only one energy, and a curve needs two.";
  }
  if (!figure.missing.empty()) return figure;
  const std::vector<double>&energies = result["E"].values, &values = result[curve.dataset].values;
  DataText data(figure.title);
  data.block(std::string("E ") + curve.dataset);
  for (const std::size_t i : increasing(energies)) {
    if (std::isfinite(values[i])) data.row({energies[i], values[i]});
  }
  const auto [first, last] = std::minmax_element(energies.begin(), energies.end());
  const double margin = 0.02 * (*last - *first);
  figure.commands = van_hove_lines(result, *first, *last) + "  set tmargin 3.2\n  set xrange [" +
                    shortest_text(*first - margin) + ":" + shortest_text(*last + margin) +
                    "]\n  set xlabel 'energy {/:Italic E}  [energy]'\n  set ylabel '" + curve.label + "'\n" +
                    (curve.logarithmic ? logarithmic_plot(figure.name, values, result.tolerance)
                                       : linear_plot(figure.name, energies.size()));
  if (result.has("van_hove")) figure.caption += van_hove_remark;
  figure.data = data.text();
  return figure;
}

/// One energy of the displacement figure: the curve, then its two asymptotes where they are near it.
std::string displacement_plots(const ResultData& result, DataText& data) {
  const Dataset &time = result["displacement_time"], &value = result["displacement"];
  const std::size_t count = time.shape[0];
  std::string curves, asymptotes;
  for (std::size_t m = 0; m < count; ++m) {
    const double E = result["displacement_E"].values[m], D = result["displacement_D"].values[m];
    const double squared = result["velocity_squared"].values[m];
    data.block("t, mean-square displacement, ballistic, diffusive at E = " + shortest_text(E));
    for (std::size_t i = 0; i < time.shape[1]; ++i) {
      const double t = time.at(m, i);
      data.row({t, value.at(m, i), squared * t * t, 2.0 * D * t});
    }
    const std::string colour =
        viridis(count == 1 ? 0.3 : 0.85 * static_cast<double>(m) / static_cast<double>(count - 1));
    const auto plot = [&](const std::string& columns, const std::string& style) {
      return "    'displacement.dat' index " + std::to_string(m) + " using " + columns + " with lines " + style +
             " linecolor rgb '" + colour + "'";
    };
    curves += plot("1:2", "linewidth 1.8") + " title '{/:Italic E} = " + digits(E) + "', \\\n";
    // The asymptotes cross at twice the transport time; beyond it each is drawn on for a while, to be seen crossing.
    const std::string cross = shortest_text(2.0 * D / squared);
    asymptotes += plot("1:($1 < 10*" + cross + " ? $3 : NaN)", "linewidth 1.1 dashtype (2,4)") + " notitle, \\\n" +
                  plot("1:($1 > " + cross + "/30 ? $4 : NaN)", "linewidth 1.1 dashtype (10,5)") + " notitle, \\\n";
  }
  return curves + asymptotes;
}

}  // namespace

Figure diffusion_figure(const ResultData& result) {
  const bool lattice = result.space != "continuum";
  return energy_figure(
      result,
      {"diffusion", "Diffusion coefficient",
       "The kinetic diffusion coefficient D_kin(E) = ⟨v (−C)⁻¹ v⟩ of the energy shell E, the mean over the axes: a "
       "packet of this energy spreads by ⟨x²⟩ = 2Dt along each axis once it has been scattered many times."},
      {"D", lattice ? "{/:Italic D}_{kin}  [sites^2 · energy]" : "{/:Italic D}_{kin}  [length^2 / time]"});
}

Figure density_of_states_figure(const ResultData& result) {
  const bool lattice = result.space != "continuum";
  return energy_figure(
      result,
      {"density_of_states", "Density of states",
       lattice ? "The density of states ρ(E) = ∫dk δ(ω(k) − E) per site, over the unit torus."
               : "The density of states ρ(E) = ∫dk δ(ω(k) − E) over R³: (2π)³ times the number of "
                 "states per volume and energy."},
      {"density_of_states", lattice ? "{/:Italic ρ}  [1/energy per site]" : "{/:Italic ρ}  [wave vector^3 / energy]"});
}

Figure rate_figure(const ResultData& result) {
  return energy_figure(result,
                       {"rate", "Scattering rate",
                        "The rate ⟨γ⟩ at which a particle of energy E is scattered, the mean over the shell; 1/⟨γ⟩ is "
                        "the mean free time. Amplitudes decay half as fast."},
                       {"rate", "⟨{/:Italic γ}⟩  [1/time]"});
}

Figure error_figure(const ResultData& result) {
  Figure figure = energy_figure(
      result,
      {"error", "Estimated error of the diffusion coefficient",
       "The estimated relative error of D at each energy, from the orders of quadrature that were compared; an upper "
       "bound in practice. The line is the tolerance that was asked for. Errors of zero, of closed forms, are drawn "
       "at 1e-17."},
      {"error", "relative error of {/:Italic D}", true});
  return figure;
}

Figure displacement_figure(const ResultData& result) {
  Figure figure{"displacement", "Mean-square displacement",
                "The mean-square displacement ⟨(x(t) − x(0))²⟩ along the first axis of particles that start on one "
                "energy shell with equal occupation, on logarithmic axes: ballistic flight ⟨v²⟩t² (dotted) before the "
                "first scatterings, diffusion 2Dt (dashed) after many; the two cross at t = 2D/⟨v²⟩."};
  figure.missing =
      result.missing({"displacement_E", "displacement_D", "velocity_squared", "displacement_time", "displacement"});
  if (!figure.missing.empty()) return figure;
  const std::vector<double>& times = result["displacement_time"].values;
  const auto [first, last] = std::minmax_element(times.begin(), times.end());
  DataText data("Mean-square displacement: one block an energy");
  const std::string plots = displacement_plots(result, data);
  figure.commands = std::string("  set logscale xy\n  set format x '10^{%T}'\n  set format y '10^{%T}'\n") +
                    "  unset mxtics\n  unset mytics\n  set key top left\n  set xrange [" + shortest_text(*first) + ":" +
                    shortest_text(*last) + "]\n  set xlabel 'time {/:Italic t}  [1/energy]'\n" +
                    "  set ylabel '⟨({/:Italic x}({/:Italic t}) − {/:Italic x}(0))^2⟩  [" +
                    (result.space != "continuum" ? "sites" : "length") + "^2]'\n  plot \\\n" + plots +
                    "    NaN with lines linewidth 1.1 dashtype (2,4) linecolor rgb '#333333' title "
                    "'ballistic, ⟨{/:Italic v}^2⟩{/:Italic t}^2', \\\n"
                    "    NaN with lines linewidth 1.1 dashtype (10,5) linecolor rgb '#333333' title "
                    "'diffusive, 2{/:Italic Dt}'\n";
  figure.data = data.text();
  return figure;
}

}  // namespace nordheim::program
