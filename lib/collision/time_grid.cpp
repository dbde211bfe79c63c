// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/time_grid.hpp"

#include <nordheim/core/error.hpp>

#include <cmath>
#include <numbers>
#include <sstream>

namespace nordheim::detail {

namespace {

constexpr double most_nodes = 1e7;

void require_positive(const char* what, double value) {
  if (std::isfinite(value) && value > 0.0) return;
  std::ostringstream text;
  text << what << " = " << value << "; a positive number is needed";
  throw InvalidArgument(text.str());
}

}  // namespace

std::vector<double> TimeGrid::weights(TimeWindow window, double horizon_used) const {
  std::vector<double> w(static_cast<std::size_t>(nodes));
  for (int n = 0; n < nodes; ++n) {
    const double chi = n == 0 ? 0.5 : window_value(window, n * step / horizon_used);
    w[static_cast<std::size_t>(n)] = step / std::numbers::pi * chi;
  }
  return w;
}

EnergyMismatch scattering_mismatch(const Dispersion& dispersion) {
  return {2.0 * dispersion.range().width(), "π/bandwidth"};
}

EnergyMismatch decay_mismatch(const Dispersion& dispersion, int parts) {
  const EnergyRange range = dispersion.range();
  return {parts * range.max - range.min, parts == 2 ? "2π/(2 max ω − min ω)" : "2π/(3 max ω − min ω)"};
}

TimeGrid wave_time_grid(const Dispersion& dispersion, int points, TimeWindow window, std::optional<double> horizon,
                        std::optional<double> step, const EnergyMismatch& mismatch) {
  const double coarsest = 2.0 * std::numbers::pi / mismatch.largest;
  TimeGrid grid;
  if (horizon) {
    require_positive("horizon", *horizon);
    grid.horizon = *horizon;
  } else {
    const double ratio = window == TimeWindow::flat ? 1.75 : 1.25;
    grid.horizon = points / (ratio * dispersion.max_velocity());
  }
  if (step) {
    require_positive("time_step", *step);
    if (*step > coarsest) {
      std::ostringstream text;
      text << "time_step = " << *step << " is too coarse: collisions that change the energy by a multiple of "
           << "2π/time_step would count as conserving it; at most " << mismatch.step_bound << " = " << coarsest
           << " is allowed";
      throw InvalidArgument(text.str());
    }
    grid.step = *step;
  } else {
    grid.step = grid.horizon / std::ceil(grid.horizon / (0.9 * coarsest));
  }
  // The small shift keeps a node at T itself, of weight zero, out where T/h is an integer up to round-off.
  const double nodes = std::ceil(grid.horizon / grid.step - 1e-9);
  if (nodes > most_nodes) {
    std::ostringstream text;
    text << "horizon / time_step makes " << nodes << " time nodes; at most " << most_nodes << " are allowed";
    throw InvalidArgument(text.str());
  }
  grid.nodes = static_cast<int>(nodes);
  return grid;
}

}  // namespace nordheim::detail
