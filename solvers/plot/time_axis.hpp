// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plot/result_data.hpp"

#include <initializer_list>
#include <string>

namespace nordheim::program {

/// How the figures over time draw the time axis.
struct TimeAxis {
  bool logarithmic = false;  ///< output times that crowd at the beginning
  std::string commands;      ///< for gnuplot: label and scale
  std::string remark;        ///< for the caption: what a logarithmic axis leaves out; empty for a linear one
};

/// Step of 1, 2, 2.5 or 5 times a power of ten that cuts a length into at most @p most parts: with six those of narrow
/// panels never touch.
[[nodiscard]] double label_step(double length, int most = 6);

[[nodiscard]] TimeAxis time_axis(const std::vector<double>& times);

/// Why there can be no figure of these datasets over time: one is not there, or there is one output time only.
[[nodiscard]] std::string missing_over_time(const ResultData& result, std::initializer_list<const char*> names);

}  // namespace nordheim::program
