// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace nordheim::program {

/// One curve of a figure over the time, on a logarithmic axis.
struct TimeCurve {
  const char* dataset;
  const char* label;
  const char* style;  ///< of gnuplot
};

/// Where a zero is drawn on a logarithmic axis.
inline constexpr double zero_level = 1e-17;

}  // namespace nordheim::program
