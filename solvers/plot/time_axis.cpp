// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/time_axis.hpp"

#include <nordheim/io/number_text.hpp>

#include <cmath>

namespace nordheim::program {

double label_step(double length, int most) {
  const double power = std::pow(10.0, std::floor(std::log10(length / most)));
  for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
    if (factor * power * most >= length) return factor * power;
  }
  return 10.0 * power;
}

TimeAxis time_axis(const std::vector<double>& times) {
  // Logarithmic if half of the outputs lie in the first tenth of a range of at least two decades.
  const double last = times.back();
  const double first_positive = times[0] > 0.0 || times.size() < 2 ? times[0] : times[1];
  TimeAxis axis;
  axis.logarithmic =
      times[0] >= 0.0 && times.size() > 2 && times[times.size() / 2] < 0.1 * last && first_positive < 0.01 * last;
  axis.commands = "  set xlabel 'time {/:Italic t}  [1/energy]'\n";
  if (times.size() > 1) {
    const double first = axis.logarithmic ? first_positive : times[0];
    axis.commands += "  set xrange [" + shortest_text(first) + ":" + shortest_text(last) + "]\n";
  }
  if (axis.logarithmic) {
    axis.commands += "  set logscale x\n  set format x '10^{%T}'\n";
    if (times[0] == 0.0) axis.remark = " The time axis is logarithmic, so the state at t = 0 is left of it.";
  } else if (times.size() > 1) {
    axis.commands += "  set xtics " + shortest_text(label_step(last - times[0])) + "\n";
  }
  return axis;
}

std::string missing_over_time(const ResultData& result, std::initializer_list<const char*> names) {
  std::string reason = result.missing({"time"});
  if (reason.empty()) reason = result.missing(names);
  if (reason.empty() && result["time"].values.size() < 2) {
    reason = "There is only one output time, and a curve needs two.";
  }
  return reason;
}

}  // namespace nordheim::program
