// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/model/statistics.hpp>

#include "core/words.hpp"

#include <cmath>

namespace nordheim {

namespace {

constexpr detail::Words<Statistics, 4> words{{{"fermion", Statistics::fermion},
                                              {"classical", Statistics::classical},
                                              {"boson", Statistics::boson},
                                              {"classical-wave", Statistics::classical_wave}}};

/// x log x with its limit 0 at x = 0.
double x_log_x(double x) noexcept { return x == 0.0 ? 0.0 : x * std::log(x); }

}  // namespace

std::string name(Statistics statistics) { return detail::word_for(words, statistics, "statistics"); }

Statistics statistics_from_name(std::string_view word) { return detail::value_of(words, word, "statistics"); }

double entropy_density(Statistics statistics, double occupation) noexcept {
  const double w = occupation;
  switch (statistics) {
    case Statistics::fermion:
      return -x_log_x(w) - (w == 1.0 ? 0.0 : (1.0 - w) * std::log1p(-w));
    case Statistics::boson:
      // Two forms of one formula: for W > 1 the difference of the two large logarithms would lose all digits.
      return w > 1.0 ? std::log1p(w) + w * std::log1p(1.0 / w) : -x_log_x(w) + (1.0 + w) * std::log1p(w);
    case Statistics::classical_wave:
      return std::log(w);
    case Statistics::classical:
      break;
  }
  return w - x_log_x(w);
}

double entropy_slope(Statistics statistics, double occupation) noexcept {
  if (statistics == Statistics::classical_wave) return 1.0 / occupation;
  if (statistics == Statistics::boson && occupation > 1.0) return std::log1p(1.0 / occupation);  // no cancellation
  return std::log1p(theta(statistics) * occupation) - std::log(occupation);
}

}  // namespace nordheim
