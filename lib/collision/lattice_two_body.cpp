// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/core/error.hpp>

#include "collision/conservative_projection.hpp"
#include "collision/single_cosine.hpp"
#include "collision/time_grid.hpp"
#include "collision/two_body_kernel.hpp"
#include "momentum/grid_transfer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <sstream>
#include <utility>

namespace nordheim {

using detail::AffineInEnergy;
using detail::EnergyDelta;

namespace {

double max_abs(ConstState v) {
  double largest = 0.0;
  for (const double x : v) largest = std::max(largest, std::abs(x));
  return largest;
}

double ratio_or_zero(double a, double b) { return b > 0.0 ? a / b : 0.0; }

int checked_engine_points(int points, const LatticeTwoBodyOptions& options) {
  const int engine = options.engine_points.value_or(points);
  if (engine < points) {
    throw InvalidArgument("engine_points = " + std::to_string(engine) + " is less than the " + std::to_string(points) +
                          " points of the grid; it must be at least as many");
  }
  return engine;
}

const LatticeTwoBodyOptions& checked(const LatticeTwoBodyOptions& options, const Dispersion& dispersion) {
  if (!std::isfinite(options.strength) || options.strength <= 0.0) {
    std::ostringstream text;
    text << "strength = " << options.strength << "; a positive number is needed";
    throw InvalidArgument(text.str());
  }
  if (options.threads < 0) {
    throw InvalidArgument("threads = " + std::to_string(options.threads) + "; 0 (all) or a positive number is needed");
  }
  const EnergyRange range = dispersion.range();
  if (range.width() <= 1e-12 * std::max(std::abs(range.min), std::abs(range.max))) {
    throw InvalidArgument("the band " + dispersion.description() +
                          " is flat: every collision conserves energy, and the collision rate is infinite");
  }
  if (detail::is_single_cosine(dispersion)) {
    throw InvalidArgument(
        "two-body collisions do not exist for the band " + dispersion.description() +
        ", a single cosine: their rate diverges logarithmically and infinitely many functions of k are conserved; "
        "use dimension 2 or 3 with hopping in every direction, or a band with further harmonics");
  }
  return options;
}

/// Whether the rectangle correction is used.
/// @throws InvalidArgument if it is asked for and not known
bool use_rectangles(const LatticeTwoBodyOptions& options, const Dispersion& dispersion, int engine_points) {
  const bool tail_known = std::isfinite(dispersion.dimension() > 1 ? window_tail(options.window, dispersion.dimension())
                                                                   : std::numeric_limits<double>::infinity());
  const bool known = tail_known && dispersion.cosine_amplitudes() && engine_points % 2 == 0;
  if (options.rectangle_correction.value_or(false) && !known) {
    throw InvalidArgument(
        "rectangle_correction: it is known for dispersions Σ t_j (1 − cos 2πk_j) with every t_j ≠ 0, an even number of "
        "points, in dimension 2 with every window and in dimension 3 with the window \"flat\"; found " +
        dispersion.description() + ", " + std::to_string(engine_points) + " points, dimension " +
        std::to_string(dispersion.dimension()) + ", window \"" + name(options.window) + "\"");
  }
  return options.rectangle_correction.value_or(known);
}

}  // namespace

struct LatticeTwoBody::Impl {
  Impl(LatticeGrid grid_in, Statistics statistics_in, const LatticeTwoBodyOptions& options_in)
      : grid(std::move(grid_in)),
        statistics(statistics_in),
        options(checked(options_in, grid.dispersion())),
        time(detail::four_wave_time_grid(grid.dispersion(), checked_engine_points(grid.points(), options),
                                         options.window, options.horizon, options.time_step)),
        kernel(options.engine_points && *options.engine_points != grid.points() ? grid.resampled(*options.engine_points)
                                                                                : grid,
               statistics, time, options.threads),
        rectangles(use_rectangles(options, grid.dispersion(), fine().points())),
        delta(energy_delta(time.horizon)) {
    const std::size_t n = grid.size();
    for (auto* array : {&C, &weight, &zero, &dC_dx}) array->resize(n);
    dx_fine.resize(fine().size());
    if (fine().points() != grid.points()) {
      transfer.emplace(grid.dimension(), grid.points(), fine().points());
      exponent.resize(n);
      for (auto* array : {&W_fine, &C_fine, &exponent_fine}) array->resize(fine().size());
    }
  }

  [[nodiscard]] const LatticeGrid& fine() const { return kernel.grid(); }

  [[nodiscard]] EnergyDelta energy_delta(double horizon) const {
    const LatticeGrid& engine_grid = kernel.grid();
    EnergyDelta result{time.weights(options.window, horizon), nullptr};
    // One factor M^{−d} for each of the three propagated fields.
    const double scale = options.strength * std::pow(static_cast<double>(engine_grid.size()), -3.0);
    for (double& w : result.weights) w *= scale;
    if (rectangles) {
      result.rectangles = std::make_unique<detail::RectangleCollisions>(
          engine_grid, *grid.dispersion().cosine_amplitudes(), statistics, options.strength, horizon,
          window_tail(options.window, grid.dimension()), options.threads);
    }
    return result;
  }

  [[nodiscard]] double energy_of(ConstState v) const {
    double sum = 0.0;
    for (std::size_t a = 0; a < grid.size(); ++a) sum += grid.energies()[a] * v[a];
    return sum / static_cast<double>(grid.size());
  }

  [[nodiscard]] Equilibrium reference_for(ConstState W) const {
    if (reference) return *reference;
    return equilibrium_of(statistics, moments_of(W, grid.energies(), grid.weights()), grid.energies(), grid.weights());
  }

  void bare(ConstState W, const Equilibrium& eq, const EnergyDelta& with, State out);
  void bare_linearised(ConstState W, ConstState dW, const AffineInEnergy& dx, State out);
  Equilibrium energy_conserving_reference(ConstState W, const Equilibrium& start, State out, CollisionReport& report);
  Equilibrium evaluate(ConstState W, State out, CollisionReport& report);
  AffineInEnergy correct(ConstState W, State out);

  LatticeGrid grid;
  Statistics statistics;
  LatticeTwoBodyOptions options;
  detail::TimeGrid time;
  detail::TwoBodyKernel kernel;
  bool rectangles;
  EnergyDelta delta;
  std::optional<detail::GridTransfer> transfer;
  std::optional<Equilibrium> reference;
  struct Root {
    double beta, slope;
  };
  std::optional<Root> last_root;  // β* of the previous call and dE/dβ there
  std::vector<double> C, weight, zero, dC_dx, dx_fine;
  long dC_dx_of = 0;                                            // the kernel's evaluation that dC_dx belongs to
  std::vector<double> exponent, exponent_fine, W_fine, C_fine;  // of the padded evaluation
};

/// The bare operator for a given reference; padded, it interpolates y = log(W/(1+θW)) + x, which is zero at the
/// reference equilibrium, so that this stays a fixed point on the fine grid, and W stays in its range.
void LatticeTwoBody::Impl::bare(ConstState W, const Equilibrium& eq, const EnergyDelta& with, State out) {
  kernel.set_reference(eq);
  if (!transfer) {
    kernel.evaluate(W, with, out);
    return;
  }
  const double th = theta(statistics);
  for (std::size_t a = 0; a < grid.size(); ++a) {
    exponent[a] = std::log(W[a] / (1.0 + th * W[a])) + eq.exponent(grid.energies()[a]);
    if (!std::isfinite(exponent[a])) {
      std::ostringstream text;
      text << "W = " << W[a] << " at node " << a << ": with engine_points, which interpolates log(W/(1+θW)), W must be "
           << (statistics == Statistics::fermion ? "inside (0, 1)" : "positive");
      throw RecoverableError(text.str());
    }
  }
  transfer->prolong(exponent, exponent_fine);
  for (std::size_t a = 0; a < fine().size(); ++a) {
    const double inverse = std::exp(eq.exponent(fine().energies()[a]) - exponent_fine[a]) - th;
    if (!(inverse > 0.0)) {
      throw RecoverableError(
          "the interpolation of the state to engine_points leaves the range of boson occupations: "
          "the grid does not resolve the state");
    }
    W_fine[a] = 1.0 / inverse;
  }
  kernel.evaluate(W_fine, with, C_fine);
  transfer->restrict(C_fine, out);
}

/// At the state and reference of the last bare(): out = derivative for dW and for a change dx(ω) of the exponent.
void LatticeTwoBody::Impl::bare_linearised(ConstState W, ConstState dW, const AffineInEnergy& dx, State out) {
  const bool moved = dx.offset != 0.0 || dx.slope != 0.0;
  if (moved) {
    for (std::size_t a = 0; a < fine().size(); ++a) dx_fine[a] = dx(fine().energies()[a]);
  }
  const ConstState dx_used = moved ? ConstState(dx_fine) : ConstState();
  if (!transfer) {
    kernel.linearise(dW, dx_used, delta, out);
    return;
  }
  const double th = theta(statistics);
  for (std::size_t a = 0; a < grid.size(); ++a) {
    exponent[a] = dW[a] / (W[a] * (1.0 + th * W[a])) + (moved ? dx(grid.energies()[a]) : 0.0);
  }
  transfer->prolong(exponent, exponent_fine);
  for (std::size_t a = 0; a < fine().size(); ++a) {
    exponent_fine[a] = W_fine[a] * (1.0 + th * W_fine[a]) * (exponent_fine[a] - (moved ? dx_fine[a] : 0.0));
  }
  kernel.linearise(exponent_fine, dx_used, delta, C_fine);
  transfer->restrict(C_fine, out);
}

/// The root β* of the energy defect, by the secant rule from the root of the previous call; the defect is nearly affine
/// in β. Leaves C at β* in out.
Equilibrium LatticeTwoBody::Impl::energy_conserving_reference(ConstState W, const Equilibrium& start, State out,
                                                              CollisionReport& report) {
  constexpr int most_calls = 30;
  const double width = grid.dispersion().range().width();
  // x stays put at the pivot while β moves: μ drops out of C, and this keeps the exponentials moderate.
  const double pivot =
      moments_of(W, grid.energies(), grid.weights()).energy / moments_of(W, grid.energies(), grid.weights()).number;
  const double pivot_exponent = start.exponent(pivot);
  const auto reference_at = [&](double beta) { return Equilibrium(statistics, beta, pivot, pivot_exponent); };
  const auto defect_at = [&](double beta) {
    bare(W, reference_at(beta), delta, out);
    ++report.engine_calls;
    return energy_of(out);
  };
  report.engine_calls = 0;
  double beta = last_root ? last_root->beta : start.beta();
  double slope = last_root ? last_root->slope : 0.0;
  double defect = defect_at(beta);
  // Below this a projection takes away what is left, which is round-off.
  while (std::abs(defect) > 1e-14 * kernel.gross_rate() * width) {
    if (report.engine_calls >= most_calls) {
      throw RecoverableError("no reference temperature was found at which the collision term conserves energy, in " +
                             std::to_string(most_calls) + " evaluations" +
                             (options.window == TimeWindow::flat
                                  ? "; the window \"bohman\" or \"parzen\" guarantees that there is one"
                                  : ""));
    }
    const double unit = std::max(std::abs(beta), 1.0 / width);
    // For non-negative windows the defect falls with β: without a slope, a small step downhill.
    const double probe = std::copysign(0.01 * unit, defect);
    const double step = slope == 0.0 ? probe : std::clamp(-defect / slope, -unit, unit);
    const double next = defect_at(beta + step);
    if (next != defect) slope = (next - defect) / step;
    beta += step;
    defect = next;
  }
  last_root = {beta, slope};
  return reference_at(beta);
}

/// C before any projection, and the reference that was used.
Equilibrium LatticeTwoBody::Impl::evaluate(ConstState W, State out, CollisionReport& report) {
  Equilibrium eq = reference_for(W);
  if (options.energy == EnergyConstraint::reference_temperature) {
    eq = energy_conserving_reference(W, eq, out, report);
  } else {
    bare(W, eq, delta, out);
  }
  report.reference_beta = eq.beta();
  return eq;
}

/// out −= l(ω) g, so that number and energy are conserved to round-off; returns l, and leaves g in `weight`.
AffineInEnergy LatticeTwoBody::Impl::correct(ConstState W, State out) {
  const double th = theta(statistics);
  for (std::size_t a = 0; a < grid.size(); ++a) weight[a] = W[a] * (1.0 + th * W[a]);
  if (max_abs(weight) == 0.0) {
    // A step function (W = 0 or 1 everywhere): |C| is what W(1+θW) becomes proportional to a moment later.
    for (std::size_t a = 0; a < grid.size(); ++a) weight[a] = std::abs(out[a]);
  }
  const AffineInEnergy l = detail::conservative_correction(out, weight, grid.energies(), grid.weights());
  for (std::size_t a = 0; a < grid.size(); ++a) out[a] -= l(grid.energies()[a]) * weight[a];
  return l;
}

LatticeTwoBody::LatticeTwoBody(LatticeGrid grid, Statistics statistics, LatticeTwoBodyOptions options)
    : impl_(std::make_unique<Impl>(std::move(grid), statistics, options)) {}
LatticeTwoBody::LatticeTwoBody(LatticeTwoBody&&) noexcept = default;
LatticeTwoBody& LatticeTwoBody::operator=(LatticeTwoBody&&) noexcept = default;
LatticeTwoBody::~LatticeTwoBody() = default;

const LatticeGrid& LatticeTwoBody::space() const noexcept { return impl_->grid; }
Statistics LatticeTwoBody::statistics() const noexcept { return impl_->statistics; }
double LatticeTwoBody::horizon() const noexcept { return impl_->time.horizon; }
double LatticeTwoBody::time_step() const noexcept { return impl_->time.step; }
int LatticeTwoBody::time_nodes() const noexcept { return impl_->time.nodes; }
int LatticeTwoBody::engine_points() const noexcept { return impl_->fine().points(); }
bool LatticeTwoBody::rectangle_correction() const noexcept { return impl_->rectangles; }

void LatticeTwoBody::set_reference(const Equilibrium& equilibrium) {
  if (equilibrium.statistics() != impl_->statistics) {
    throw InvalidArgument("the reference equilibrium is one of " + name(equilibrium.statistics()) +
                          "s, the collisions are those of " + name(impl_->statistics) + "s");
  }
  impl_->reference = equilibrium;
  impl_->last_root.reset();
}

CollisionReport LatticeTwoBody::apply(ConstState W, State C) {
  Impl& op = *impl_;
  const std::size_t n = op.grid.size();
  if (W.size() != n) throw DimensionMismatch("the state W", W.size(), n);
  if (C.size() != n) throw DimensionMismatch("the result C", C.size(), n);
  CollisionReport report;
  op.evaluate(W, C, report);

  double number = 0.0, energy = 0.0, moved_number = 0.0, moved_energy = 0.0;
  for (std::size_t a = 0; a < n; ++a) {
    const double omega = op.grid.energies()[a];
    number += C[a];
    energy += omega * C[a];
    moved_number += std::abs(C[a]);
    moved_energy += std::abs(omega * C[a]);
  }
  report.number_defect = ratio_or_zero(number, moved_number);
  report.energy_defect = ratio_or_zero(energy, moved_energy);
  report.largest_rate = max_abs(C);
  if (op.options.energy != EnergyConstraint::none) {
    const AffineInEnergy l = op.correct(W, C);
    for (std::size_t a = 0; a < n; ++a) {
      report.correction = std::max(report.correction, std::abs(l(op.grid.energies()[a]) * op.weight[a]));
    }
  }
  return report;
}

void LatticeTwoBody::apply_linearised(ConstState W, ConstState dW, State dC) {
  Impl& op = *impl_;
  const std::size_t n = op.grid.size();
  if (W.size() != n) throw DimensionMismatch("the state W", W.size(), n);
  if (dW.size() != n) throw DimensionMismatch("the direction dW", dW.size(), n);
  if (dC.size() != n) throw DimensionMismatch("the result dC", dC.size(), n);
  const ConstState energies = op.grid.energies(), weights = op.grid.weights();
  const double th = theta(op.statistics);

  CollisionReport report;
  const Equilibrium eq = op.evaluate(W, op.C, report);
  AffineInEnergy dx;
  if (!op.reference && op.options.energy != EnergyConstraint::reference_temperature) {
    // The reference follows the moments of W: df = −f(1+θf) dx has the number and energy of dW.
    for (std::size_t a = 0; a < n; ++a) {
      const double f = eq.occupation(energies[a]);
      op.weight[a] = f * (1.0 + th * f);
    }
    dx = detail::conservative_correction(dW, op.weight, energies, weights);
    dx.offset = -dx.offset;
    dx.slope = -dx.slope;
  }
  op.bare_linearised(W, dW, dx, dC);
  if (op.options.energy == EnergyConstraint::reference_temperature) {
    // dβ* keeps the energy defect at zero.
    if (op.dC_dx_of != op.kernel.evaluations()) {
      op.bare_linearised(W, op.zero, {0.0, 1.0, 0.0}, op.dC_dx);
      op.dC_dx_of = op.kernel.evaluations();
    }
    const double d_beta = -op.energy_of(dC) / op.energy_of(op.dC_dx);
    for (std::size_t a = 0; a < n; ++a) dC[a] += d_beta * op.dC_dx[a];
  }
  if (op.options.energy != EnergyConstraint::none) {
    // C − l g varies by dC − l dg − dl g, and dl is again the correction that conserves.
    const AffineInEnergy l = op.correct(W, op.C);
    for (std::size_t a = 0; a < n; ++a) dC[a] -= l(energies[a]) * (1.0 + 2.0 * th * W[a]) * dW[a];
    const AffineInEnergy dl = detail::conservative_correction(dC, op.weight, energies, weights);
    for (std::size_t a = 0; a < n; ++a) dC[a] -= dl(energies[a]) * op.weight[a];
  }
}

void LatticeTwoBody::loss_rate(ConstState W, State nu) {
  Impl& op = *impl_;
  const std::size_t n = op.grid.size();
  if (W.size() != n) throw DimensionMismatch("the state W", W.size(), n);
  if (nu.size() != n) throw DimensionMismatch("the result nu", nu.size(), n);
  CollisionReport report;
  op.evaluate(W, op.C, report);
  if (!op.transfer) {
    op.kernel.loss_rate(op.delta, nu);
    return;
  }
  op.kernel.loss_rate(op.delta, op.C_fine);
  op.transfer->restrict(op.C_fine, nu);
}

Invariants LatticeTwoBody::invariants() const {
  const ConstState energies = impl_->grid.energies();
  return {{"number", std::vector<double>(energies.size(), 1.0)},
          {"energy", std::vector<double>(energies.begin(), energies.end())}};
}

ErrorEstimate LatticeTwoBody::error_estimate(ConstState W) {
  Impl& op = *impl_;
  const std::size_t n = op.grid.size();
  if (W.size() != n) throw DimensionMismatch("the state W", W.size(), n);
  CollisionReport report;
  std::vector<double> accurate(n), coarse(n);
  const Equilibrium eq = op.evaluate(W, accurate, report);
  const double gross = op.kernel.gross_rate();
  const EnergyDelta shorter = op.energy_delta(op.time.horizon / std::numbers::sqrt2);
  op.bare(W, eq, shorter, coarse);
  op.kernel.forget();  // `shorter` goes out of scope
  if (op.options.energy != EnergyConstraint::none) {
    op.correct(W, accurate);
    op.correct(W, coarse);
  }
  double difference = 0.0;
  for (std::size_t a = 0; a < n; ++a) difference = std::max(difference, std::abs(accurate[a] - coarse[a]));
  // An error A/T^p makes a difference of A/T^p (2^{p/2} − 1). In three dimensions p = 2 up to a logarithm, from the
  // lines cos 2πk_j = 0; a lower order is the safer side.
  const double order = op.grid.dimension() == 3 ? 1.5 : 1.0;
  ErrorEstimate estimate;
  estimate.absolute = difference / (std::pow(2.0, 0.5 * order) - 1.0);
  const double largest = max_abs(accurate);
  estimate.relative = largest > 1e-13 * gross ? estimate.absolute / largest : 0.0;
  return estimate;
}

int LatticeTwoBody::time_nodes(int points, const Dispersion& dispersion, const LatticeTwoBodyOptions& options) {
  return detail::four_wave_time_grid(dispersion, checked_engine_points(points, options), options.window,
                                     options.horizon, options.time_step)
      .nodes;
}

std::size_t LatticeTwoBody::memory(int points, const Dispersion& dispersion, const LatticeTwoBodyOptions& options) {
  const int engine = checked_engine_points(points, options);
  const int d = dispersion.dimension();
  const double coarse = std::pow(points, d), fine = std::pow(engine, d);
  constexpr double kernel_arrays = 11.0, operator_arrays = 5.0, padding_arrays = 4.0;
  const double grid_arrays = 2.0 * d + 2.0;
  double numbers = coarse * (grid_arrays + operator_arrays) + fine * kernel_arrays;
  if (engine != points) numbers += coarse * 3.0 + fine * (2.0 + padding_arrays + grid_arrays);
  if (use_rectangles(options, dispersion, engine)) numbers += fine * (1.0 + 0.5 * std::pow(2.0, d));
  return static_cast<std::size_t>(8.0 * numbers) +
         detail::SpaceTimeEngine::memory(d, engine, time_nodes(points, dispersion, options), options.threads, 2);
}

}  // namespace nordheim
