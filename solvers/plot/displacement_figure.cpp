// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/io/number_text.hpp>

#include "case/transport_units.hpp"
#include "plot/figures.hpp"
#include "plot/script_text.hpp"

#include <algorithm>

namespace nordheim::program {

namespace {

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
      return fill("    'displacement.dat' index @m@ using @columns@ with lines @style@ linecolor rgb '@colour@'",
                  {{"m", std::to_string(m)}, {"columns", columns}, {"style", style}, {"colour", colour}});
    };
    curves += plot("1:2", "linewidth 1.8") + " title '{/:Italic E} = " + label_text(E) + "', \\\n";
    // The asymptotes cross at twice the transport time; beyond it each is drawn on for a while, to be seen crossing.
    const std::string cross = shortest_text(2.0 * D / squared);
    asymptotes += plot("1:($1 < 10*" + cross + " ? $3 : NaN)", "linewidth 1.1 dashtype (2,4)") + " notitle, \\\n" +
                  plot("1:($1 > " + cross + "/30 ? $4 : NaN)", "linewidth 1.1 dashtype (10,5)") + " notitle, \\\n";
  }
  return curves + asymptotes;
}

}  // namespace

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
  const TransportUnits units = transport_units(result.space);
  DataText data("Mean-square displacement: one block an energy");
  const std::string plots = displacement_plots(result, data);
  figure.commands = std::string("  set logscale xy\n  set format x '10^{%T}'\n  set format y '10^{%T}'\n") +
                    "  unset mxtics\n  unset mytics\n  set key top left\n  set xrange [" + shortest_text(*first) + ":" +
                    shortest_text(*last) + "]\n  set xlabel 'time {/:Italic t}  [" + units.time + "]'\n" +
                    "  set ylabel '⟨({/:Italic x}({/:Italic t}) − {/:Italic x}(0))^2⟩  [" + units.length +
                    "^2]'\n  plot \\\n" + plots +
                    "    NaN with lines linewidth 1.1 dashtype (2,4) linecolor rgb '#333333' title "
                    "'ballistic, ⟨{/:Italic v}^2⟩{/:Italic t}^2', \\\n"
                    "    NaN with lines linewidth 1.1 dashtype (10,5) linecolor rgb '#333333' title "
                    "'diffusive, 2{/:Italic Dt}'\n";
  figure.data = data.text();
  return figure;
}

}  // namespace nordheim::program
