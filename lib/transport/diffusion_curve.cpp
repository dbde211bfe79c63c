// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/transport/diffusion_curve.hpp>

#include "core/parallel_for.hpp"
#include "transport/shell_diffusion.hpp"
#include "transport/shell_rounding.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace nordheim {

namespace {

void check(const DiffusionOptions& options) {
  if (!(options.tolerance > 0.0 && options.tolerance < 1.0)) {
    throw InvalidArgument("tolerance = " + shortest_text(options.tolerance) + "; allowed are 0 < tolerance < 1");
  }
  if (options.threads < 0) {
    throw InvalidArgument("threads = " + std::to_string(options.threads) + "; allowed are whole numbers from 0");
  }
  constexpr int least_order = detail::first_order + detail::order_step;  // one alone says nothing of its error
  if (options.max_order < least_order || options.max_order > 64) {
    throw InvalidArgument("max_order = " + std::to_string(options.max_order) + "; allowed are whole numbers from " +
                          std::to_string(least_order) + " to 64");
  }
  if (options.max_memory == 0) throw InvalidArgument("max_memory = 0; allowed are whole numbers from 1");
  if (options.max_nodes == 0) throw InvalidArgument("max_nodes = 0; allowed are whole numbers from 1");
}

/// Beyond these rates [1/time] third powers of relaxation times could not be represented.
constexpr double least_rate = 1e-90;
constexpr double largest_rate = 1e90;

/// No success holds what is not a number.
void require_representable(const ElasticModel& model, const DiffusionPoint& point) {
  const std::string where = " at energy = " + shortest_text(point.energy) + " (" + model.description() + ") ";
  if (!(point.rate >= least_rate && point.rate <= largest_rate)) {
    throw NotRepresentable("the scattering rate" + where + "is " + shortest_text(point.rate) + "; allowed are " +
                           shortest_text(least_rate) + " to " + shortest_text(largest_rate));
  }
  double trace = 0.0;
  for (std::size_t j = 0; j < 3; ++j) trace += point.D[j][j];
  if (!(std::isfinite(trace) && trace > 0.0) || !std::isfinite(point.super_burnett.value_or(0.0))) {
    throw NotRepresentable("the diffusion coefficient" + where + "is " + shortest_text(trace / model.dimension()) +
                           " and super_burnett " + shortest_text(point.super_burnett.value_or(0.0)) +
                           "; allowed are positive and finite numbers");
  }
}

DiffusionPoint any_point_at(const ElasticModel& model, double energy, const DiffusionOptions& options) {
  if (!model.on_lattice()) return detail::isotropic_diffusion(model, energy, options);
  const bool no_shell = detail::too_near_for_a_shell(model, energy);
  const double rounding = no_shell ? 1.0 : detail::shell_rounding(model, energy);
  if (rounding > options.tolerance) {
    if (auto exact = detail::closed_form_diffusion(model, energy, options)) return *std::move(exact);
  }
  if (no_shell) static_cast<void>(model.shell(energy, detail::first_order));  // says why
  return detail::shell_diffusion(model, energy, options, rounding);
}

DiffusionPoint point_at(const ElasticModel& model, double energy, const DiffusionOptions& options) {
  DiffusionPoint point = any_point_at(model, energy, options);
  require_representable(model, point);
  return point;
}

DiffusionPoint refused_point(double energy, const char* why) {
  constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
  constexpr double unknown = std::numeric_limits<double>::infinity();
  DiffusionPoint point;
  point.energy = energy;
  point.density_of_states = point.rate = nothing;
  for (Vector3& row : point.D) row.fill(nothing);
  point.error = point.density_of_states_error = point.rate_error = unknown;
  point.refusal = why;
  return point;
}

/// The point, or one that says why it is refused, if that is to be recorded.
DiffusionPoint point_or_refusal(const ElasticModel& model, double energy, const DiffusionOptions& options,
                                detail::FirstFailure& refusals, std::size_t index) {
  try {
    return point_at(model, energy, options);
  } catch (const InvalidArgument& refusal) {
    if (options.refusals == Refusals::thrown) throw;
    refusals.record(index);
    return refused_point(energy, refusal.what());
  }
}

}  // namespace

std::vector<DiffusionPoint> diffusion_curve(const ElasticModel& model, std::span<const double> energies,
                                            const DiffusionOptions& options,
                                            const std::function<void(std::size_t done)>& progress) {
  check(options);
  std::vector<DiffusionPoint> points(energies.size());
  detail::FirstFailure refusal;
  std::mutex progress_mutex;
  std::size_t done = 0;
  const int threads = detail::thread_count(options.threads, energies.size());
  DiffusionOptions share = options;
  share.max_memory /= static_cast<std::size_t>(threads);
  detail::parallel_for(energies.size(), threads, [&](std::size_t i) {
    points[i] = point_or_refusal(model, energies[i], share, refusal, i);
    if (!progress) return;
    const std::lock_guard<std::mutex> lock(progress_mutex);
    progress(++done);
  });
  if (std::all_of(points.begin(), points.end(), [](const auto& point) { return !point.refusal.empty(); })) {
    refusal.rethrow();
  }
  return points;
}

}  // namespace nordheim
