// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/exponential_fit.hpp"
#include "plot/figures.hpp"
#include "plot/script_text.hpp"
#include "plot/time_axis.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace nordheim::program {

namespace {

std::string digits(const char* format, double value) {
  char text[64];
  (void)std::snprintf(text, sizeof text, format, value);
  return text;
}

constexpr const char* fit_curve = R"(, \
    'distance.dat' index 1 using 1:2 with lines linewidth 1.4 dashtype 2 linecolor rgb '#d55e00' title 'fit: {/:Italic e}^{−λ{/:Italic t}} with λ = @rate@ [energy]')";

/// The rate with the digits that its error leaves it, and the error if it is not negligible.
std::string rate_text(const ExponentialFit& fit) {
  const double relative = fit.rate_error / std::abs(fit.rate);
  if (!(relative > 1e-6)) return digits("%.6g", fit.rate);
  const int significant = std::clamp(static_cast<int>(std::ceil(-std::log10(relative))) + 1, 1, 6);
  const std::string format = "%." + std::to_string(significant) + "g";
  return digits(format.c_str(), fit.rate) + " ± " + digits("%.1g", fit.rate_error);
}

void write_fit(const ExponentialFit& fit, const std::vector<double>& times, DataText& data) {
  data.block("time fit, rate " + digits("%.17g", fit.rate) + " amplitude " + digits("%.17g", fit.amplitude));
  for (const double t : times) {
    if (t >= fit.from && t <= fit.to) data.row({t, fit.amplitude * std::exp(-fit.rate * t)});
  }
}

}  // namespace

Figure distance_figure(const ResultData& result) {
  Figure figure{"distance", "Distance to equilibrium",
                "The largest difference |W − W_eq| over the nodes, W_eq being the equilibrium of the same number and "
                "energy, on a logarithmic axis: a straight line is exponential relaxation, and the level where it "
                "flattens is the accuracy with which the run reaches the exact equilibrium."};
  figure.missing = missing_over_time(result, {"distance_to_equilibrium"});
  if (!figure.missing.empty()) return figure;
  const std::vector<double>& times = result["time"].values;
  const std::vector<double>& distance = result["distance_to_equilibrium"].values;
  const TimeAxis axis = time_axis(times);
  const ExponentialFit fit = fit_tail(times, distance);
  DataText data("Distance to equilibrium: block 0 the distance, block 1 the fitted exponential");
  data.block("time distance");
  for (std::size_t i = 0; i < times.size(); ++i) data.row({times[i], distance[i]});
  figure.commands = axis.commands +
                    "  set logscale y\n  set format y '10^{%T}'\n  unset mytics\n"
                    "  set ylabel 'largest |{/:Italic W} − {/:Italic W}_{eq}|  [dimensionless]'\n"
                    "  set key above left horizontal\n"
                    "  plot 'distance.dat' index 0 using 1:($2 > 0 ? $2 : 1e-17) with linespoints pointtype 7 "
                    "pointsize 0.35 linecolor rgb '#0072b2' title 'distance'";
  if (fit.refusal.empty()) {
    write_fit(fit, times, data);
    figure.commands += fill(fit_curve, {{"rate", rate_text(fit)}});
    figure.caption +=
        " Dashed: e^(−λt) fitted by least squares on the logarithm between t = " + digits("%.4g", fit.from) + " and " +
        digits("%.4g", fit.to) + ", the part below 1/100 of the first value and clear of the " +
        "floor; λ = " + rate_text(fit) + ", and log y scatters about the fit by " + digits("%.1e", fit.scatter) +
        ". After ± the difference to the rate of the later half of that part alone: where it is not small, several "
        "rates are at work.";
  } else {
    figure.commands += ", \\\n    NaN with lines linecolor rgb '#ffffff' title 'no exponential tail to fit'";
    figure.caption += " No rate is fitted: " + fit.refusal + ".";
  }
  figure.commands += "\n";
  if (std::any_of(distance.begin(), distance.end(), [](double y) { return y <= 0.0; })) {
    figure.caption += " Values of zero are drawn at 1e-17.";
  }
  figure.caption += axis.remark;
  figure.data = data.text();
  return figure;
}

}  // namespace nordheim::program
