// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/collision/time_window.hpp>
#include <nordheim/core/error.hpp>

#include "core/words.hpp"

#include <gsl/gsl_integration.h>

#include <cmath>
#include <limits>
#include <memory>
#include <numbers>

namespace nordheim {

namespace {

constexpr detail::Words<TimeWindow, 3> words{
    {{"flat", TimeWindow::flat}, {"bohman", TimeWindow::bohman}, {"parzen", TimeWindow::parzen}}};

struct TailIntegrand {
  TimeWindow window;
  int dimension;
};

/// 1 − χ(s) on [0, 1], without cancellation at small s.
double window_deficit(TimeWindow window, double s) {
  switch (window) {
    case TimeWindow::flat:
      return s <= 0.5 ? 0.0 : 1.0 - window_value(window, s);
    case TimeWindow::bohman: {
      const double half = std::sin(0.5 * std::numbers::pi * s);
      return 2.0 * (1.0 - s) * half * half + s - std::sin(std::numbers::pi * s) / std::numbers::pi;
    }
    case TimeWindow::parzen:
      return s < 0.5 ? 6.0 * s * s * (1.0 - s) : 1.0 - window_value(window, s);
  }
  return 0.0;
}

double tail_integrand(double s, void* parameters) {
  const auto& [window, dimension] = *static_cast<const TailIntegrand*>(parameters);
  return window_deficit(window, s) * std::pow(s, -dimension);
}

}  // namespace

std::string name(TimeWindow window) { return detail::word_for(words, window, "window"); }

TimeWindow time_window_from_name(std::string_view word) { return detail::value_of(words, word, "window"); }

double window_value(TimeWindow window, double s) noexcept {
  if (s >= 1.0) return 0.0;
  switch (window) {
    case TimeWindow::flat: {
      if (s <= 0.5) return 1.0;
      const double u = 2.0 * s - 1.0;
      return 1.0 / (1.0 + std::exp(1.0 / (1.0 - u) - 1.0 / u));
    }
    case TimeWindow::bohman: {
      const double angle = std::numbers::pi * s;
      return (1.0 - s) * std::cos(angle) + std::sin(angle) / std::numbers::pi;
    }
    case TimeWindow::parzen:
      return s < 0.5 ? 1.0 - 6.0 * s * s * (1.0 - s) : 2.0 * (1.0 - s) * (1.0 - s) * (1.0 - s);
  }
  return 0.0;
}

double window_tail(TimeWindow window, int dimension) {
  if (dimension != 2 && dimension != 3) {
    throw InvalidArgument("the tail of a time window is defined in dimensions 2 and 3, not in " +
                          std::to_string(dimension));
  }
  // 1 − χ ~ s² at small s for these two: ∫ s^{2−d} ds diverges at 0 from d = 3 on.
  if (dimension == 3 && window != TimeWindow::flat) return std::numeric_limits<double>::infinity();

  // A fixed rule: every window is smooth on each half, and 100 nodes are exact to round-off there.
  const std::unique_ptr<gsl_integration_glfixed_table, decltype(&gsl_integration_glfixed_table_free)> gauss(
      gsl_integration_glfixed_table_alloc(100), gsl_integration_glfixed_table_free);
  TailIntegrand parameters{window, dimension};
  const gsl_function integrand{tail_integrand, &parameters};
  const double beyond_the_window = 1.0 / (dimension - 1);  // ∫₁^∞ s^{−d} ds
  return beyond_the_window + gsl_integration_glfixed(&integrand, 0.0, 0.5, gauss.get()) +
         gsl_integration_glfixed(&integrand, 0.5, 1.0, gauss.get());
}

}  // namespace nordheim
