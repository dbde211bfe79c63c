// SPDX-License-Identifier: GPL-3.0-or-later
// C(W): the bare operator, its reference temperature, the correction, the error.
#include <nordheim/core/error.hpp>

#include "collision/lattice_two_body_impl.hpp"
#include "collision/sizes_of_rates.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <sstream>

namespace nordheim {

using detail::AffineInEnergy;
using detail::EnergyDelta;
using detail::max_abs;
using detail::ratio_or_zero;

double LatticeTwoBody::Impl::energy_of(ConstState v) const {
  double sum = 0.0;
  for (std::size_t a = 0; a < grid.size(); ++a) sum += grid.energies()[a] * v[a];
  return sum / static_cast<double>(grid.size());
}

Equilibrium LatticeTwoBody::Impl::reference_for(ConstState W) const {
  if (reference) return *reference;
  const Moments moments = moments_of(W, grid.energies(), grid.weights());
  if (!std::isfinite(moments.number) || !std::isfinite(moments.energy)) {
    std::ostringstream text;
    text << "the state has number " << moments.number << " and energy " << moments.energy << "; both must be finite";
    throw RecoverableError(text.str());
  }
  return equilibrium_of(statistics, moments, grid.energies(), grid.weights());
}

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

/// The root β* of the energy defect, by the secant rule from the root of the previous call; the defect is nearly affine
/// in β. Leaves C at β* in out.
Equilibrium LatticeTwoBody::Impl::energy_conserving_reference(ConstState W, const Equilibrium& start, State out,
                                                              CollisionReport& report) {
  constexpr int most_calls = 30;
  const EnergyRange range = grid.dispersion().range();
  const double width = range.width();
  // x stays put at the pivot while β moves: μ drops out of C, and this keeps the exponentials moderate. The mean energy
  // of a particle, if there are any.
  const Moments moments = moments_of(W, grid.energies(), grid.weights());
  double pivot = moments.energy / moments.number;
  if (!(pivot >= range.min && pivot <= range.max)) pivot = 0.5 * (range.min + range.max);
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
  return detail::conserve(W, theta(statistics), grid.energies(), grid.weights(), out, weight);
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
  // The error of a coarse grid does not follow its order closely: measured up to a tenth above the plain estimate.
  constexpr double safety = 1.25;
  estimate.absolute = safety * difference / (std::pow(2.0, 0.5 * order) - 1.0);
  const double largest = max_abs(accurate);
  estimate.relative = largest > 1e-13 * gross ? estimate.absolute / largest : 0.0;
  return estimate;
}

}  // namespace nordheim
