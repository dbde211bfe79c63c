// SPDX-License-Identifier: GPL-3.0-or-later
// C(W): the bare operator, its reference temperature, the correction, the error.
#include "collision/lattice_collisions.hpp"

#include <nordheim/core/error.hpp>

#include "collision/sizes_of_rates.hpp"
#include "model/equilibrium_near.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <sstream>
#include <utility>

namespace nordheim::detail {

ErrorRule error_rule_of_order(int dimension) {
  const double order = dimension == 3 ? 1.5 : 1.0;
  // The error of a coarse grid does not follow its order closely: measured up to a tenth above the plain estimate.
  constexpr double safety = 1.25;
  return {{std::numbers::sqrt2}, safety / (std::pow(2.0, 0.5 * order) - 1.0)};
}

ErrorRule error_rule_of_phonons() { return {{std::numbers::sqrt2, 2.0}, 5.0}; }

LatticeCollisions::LatticeCollisions(LatticeGrid grid, LatticeKernel kernel, LatticeCollisionSettings settings)
    : grid_(std::move(grid)),
      kernel_(std::move(kernel)),
      settings_(std::move(settings)),
      weights_(grid_.weights().begin(), grid_.weights().end()),
      delta_(settings_.delta(settings_.time.horizon)),
      used_(settings_.statistics, 0.0, 0.0, 1.0) {
  const EnergyRange range = grid_.dispersion().range();
  const bool number = settings_.conserved == Conserved::number_and_energy;
  centre_ = number ? 0.5 * (range.min + range.max) : 0.0;
  energy_scale_ = number ? range.width() : range.max;
  const std::size_t n = grid_.size();
  for (std::size_t a = 0; a < settings_.frozen.size(); ++a) {
    if (settings_.frozen[a]) weights_[a] = 0.0;
  }
  levels_ = energy_levels(grid_.energies(), weights_);
  for (auto* array : {&C_, &weight_, &zero_, &dC_dx_}) array->resize(n);
  dx_fine_.resize(fine().size());
  if (fine().points() != grid_.points()) {
    transfer_.emplace(grid_.dimension(), grid_.points(), fine().points());
    exponent_.resize(n);
    for (auto* array : {&W_fine_, &C_fine_, &exponent_fine_}) array->resize(fine().size());
  }
}

std::size_t LatticeCollisions::memory(int dimension, int points) {
  constexpr double kernel_arrays = 13.0, own_arrays = 6.0;
  const double grid_arrays = 2.0 * dimension + 2.0;
  return static_cast<std::size_t>(8.0 * std::pow(points, dimension) * (kernel_arrays + own_arrays + grid_arrays));
}

void LatticeCollisions::require_sizes(ConstState W, ConstState result, const char* what) const {
  if (W.size() != grid_.size()) throw DimensionMismatch("the state W", W.size(), grid_.size());
  if (result.size() != grid_.size()) throw DimensionMismatch(what, result.size(), grid_.size());
}

/// @throws InvalidArgument if an equilibrium is not one of these collisions
void LatticeCollisions::require_of_these(const Equilibrium& equilibrium, const char* what) const {
  if (equilibrium.statistics() != settings_.statistics) {
    throw InvalidArgument(std::string(what) + " is one of " + name(equilibrium.statistics()) +
                          "s, the collisions are those of " + name(settings_.statistics) + "s");
  }
  if (settings_.conserved == Conserved::energy &&
      std::abs(equilibrium.exponent(0.0)) > 1e-12 * std::abs(equilibrium.beta()) * energy_scale_) {
    std::ostringstream text;
    text << what << " has mu = " << equilibrium.mu()
         << "; these collisions do not conserve the number, so that mu must be 0";
    throw InvalidArgument(text.str());
  }
}

void LatticeCollisions::set_reference(const Equilibrium& equilibrium) {
  require_of_these(equilibrium, "the reference equilibrium");
  reference_ = equilibrium;
  last_root_.reset();
}

void LatticeCollisions::start_search_at(const Equilibrium& guess) {
  require_of_these(guess, "the equilibrium to start at");
  guess_ = guess;
  reference_.reset();
  last_root_.reset();  // β* is looked for near the equilibrium, not near that of the state before
}

Invariants LatticeCollisions::invariants() const {
  const ConstState energies = grid_.energies();
  Invariants result;
  if (settings_.conserved == Conserved::number_and_energy) {
    result.push_back({"number", std::vector<double>(energies.size(), 1.0)});
  }
  result.push_back({"energy", std::vector<double>(energies.begin(), energies.end())});
  return result;
}

double LatticeCollisions::energy_of(ConstState v) const {
  double sum = 0.0;
  for (std::size_t a = 0; a < grid_.size(); ++a) sum += (grid_.energies()[a] - centre_) * v[a];
  return sum / static_cast<double>(grid_.size());
}

Equilibrium LatticeCollisions::reference_for(ConstState W) const {
  if (reference_) return *reference_;
  const Moments moments = moments_of(W, grid_.energies(), weights_);
  if (!std::isfinite(moments.number) || !std::isfinite(moments.energy)) {
    std::ostringstream text;
    text << "the state has number " << moments.number << " and energy " << moments.energy << "; both must be finite";
    throw RecoverableError(text.str());
  }
  if (settings_.conserved == Conserved::energy) {
    const auto near =
        guess_ ? equilibrium_of_energy_near(*guess_, moments.energy, levels_.energies, levels_.weights) : std::nullopt;
    return near ? *near : equilibrium_of_energy(settings_.statistics, moments.energy, grid_.energies(), weights_);
  }
  if (const auto near = guess_ ? equilibrium_near(*guess_, moments, levels_.energies, levels_.weights) : std::nullopt) {
    return *near;
  }
  return equilibrium_of(settings_.statistics, moments, grid_.energies(), weights_);
}

/// The bare operator for a given reference; padded, it interpolates y = log(W/(1+θW)) + x, which is zero at the
/// reference equilibrium, so that this stays a fixed point on the fine grid, and W stays in its range.
void LatticeCollisions::bare(ConstState W, const Equilibrium& eq, const EnergyDelta& with, State out) {
  kernel_.set_reference(eq);
  if (!transfer_) {
    kernel_.evaluate(W, with, out);
    return;
  }
  const double th = theta(settings_.statistics);
  for (std::size_t a = 0; a < grid_.size(); ++a) {
    exponent_[a] = std::log(W[a] / (1.0 + th * W[a])) + eq.exponent(grid_.energies()[a]);
    if (!std::isfinite(exponent_[a])) {
      std::ostringstream text;
      text << "W = " << W[a] << " at node " << a << ": with engine_points, which interpolates log(W/(1+θW)), W must be "
           << (settings_.statistics == Statistics::fermion ? "inside (0, 1)" : "positive");
      throw RecoverableError(text.str());
    }
  }
  transfer_->prolong(exponent_, exponent_fine_);
  for (std::size_t a = 0; a < fine().size(); ++a) {
    const double inverse = std::exp(eq.exponent(fine().energies()[a]) - exponent_fine_[a]) - th;
    if (!(inverse > 0.0)) {
      throw RecoverableError(
          "the interpolation of the state to engine_points leaves the range of boson occupations: "
          "the grid does not resolve the state");
    }
    W_fine_[a] = 1.0 / inverse;
  }
  kernel_.evaluate(W_fine_, with, C_fine_);
  transfer_->restrict(C_fine_, out);
}

/// Where number is conserved μ drops out of C, and x may stay put at any energy while β moves; at the mean energy of a
/// particle, if there are any, the exponentials stay moderate. Where it is not, μ = 0 stays.
LatticeCollisions::Pivot LatticeCollisions::pivot_of(ConstState W, const Equilibrium& start) const {
  if (settings_.conserved == Conserved::energy) return {};
  const EnergyRange range = grid_.dispersion().range();
  const Moments moments = moments_of(W, grid_.energies(), grid_.weights());
  double energy = moments.energy / moments.number;
  if (!(energy >= range.min && energy <= range.max)) energy = 0.5 * (range.min + range.max);
  return {energy, start.exponent(energy)};
}

/// The root β* of the energy defect, by the secant rule from the root of the previous call; the defect is nearly affine
/// in β, for classical waves exactly. Leaves C at β* in out.
Equilibrium LatticeCollisions::energy_conserving_reference(ConstState W, const Equilibrium& start, State out,
                                                           CollisionReport& report) {
  constexpr int most_calls = 30;
  const Pivot pivot = pivot_of(W, start);
  const auto reference_at = [&](double beta) {
    return Equilibrium(settings_.statistics, beta, pivot.energy, pivot.exponent);
  };
  const auto defect_at = [&](double beta) {
    bare(W, reference_at(beta), delta_, out);
    ++report.engine_calls;
    return energy_of(out);
  };
  report.engine_calls = 0;
  double beta = last_root_ ? last_root_->beta : start.beta();
  double slope = last_root_ ? last_root_->slope : 0.0;
  double defect = defect_at(beta);
  // Below this a projection takes away what is left, which is round-off.
  while (std::abs(defect) > 1e-14 * kernel_.gross_rate() * energy_scale_) {
    if (report.engine_calls >= most_calls) {
      throw RecoverableError("no reference temperature was found at which the collision term conserves energy, in " +
                             std::to_string(most_calls) + " evaluations" +
                             (settings_.window == TimeWindow::flat
                                  ? "; the window \"bohman\" or \"parzen\" guarantees that there is one"
                                  : ""));
    }
    const double unit = std::max(std::abs(beta), 1.0 / energy_scale_);
    // For non-negative windows the defect falls with β: without a slope, a small step downhill.
    const double probe = std::copysign(0.01 * unit, defect);
    const double step = slope == 0.0 ? probe : std::clamp(-defect / slope, -unit, unit);
    const double next = defect_at(beta + step);
    if (next != defect) slope = (next - defect) / step;
    beta += step;
    defect = next;
  }
  last_root_ = {beta, slope};
  return reference_at(beta);
}

Equilibrium LatticeCollisions::evaluate(ConstState W, State out, CollisionReport& report) {
  Equilibrium eq = reference_for(W);
  if (settings_.energy == EnergyConstraint::reference_temperature) {
    eq = energy_conserving_reference(W, eq, out, report);
  } else {
    bare(W, eq, delta_, out);
  }
  report.reference_beta = eq.beta();
  used_ = eq;
  return eq;
}

AffineInEnergy LatticeCollisions::correct(ConstState W, State out) {
  return conserve(W, settings_.statistics, grid_.energies(), weights_, out, weight_, settings_.conserved);
}

CollisionReport LatticeCollisions::apply(ConstState W, State C) {
  require_sizes(W, C, "the result C");
  CollisionReport report;
  evaluate(W, C, report);

  const std::size_t n = grid_.size();
  double number = 0.0, energy = 0.0, moved_number = 0.0, moved_energy = 0.0;
  for (std::size_t a = 0; a < n; ++a) {
    const double omega = grid_.energies()[a];
    number += C[a];
    energy += omega * C[a];
    moved_number += std::abs(C[a]);
    moved_energy += std::abs(omega * C[a]);
  }
  if (settings_.conserved == Conserved::number_and_energy) report.number_defect = ratio_or_zero(number, moved_number);
  report.energy_defect = ratio_or_zero(energy, moved_energy);
  report.largest_rate = max_abs(C);
  if (settings_.energy != EnergyConstraint::none) {
    const AffineInEnergy l = correct(W, C);
    for (std::size_t a = 0; a < n; ++a) {
      report.correction = std::max(report.correction, std::abs(l(grid_.energies()[a]) * weight_[a]));
    }
  }
  return report;
}

ErrorEstimate LatticeCollisions::error_estimate(ConstState W) {
  const std::size_t n = grid_.size();
  require_sizes(W, weight_, "");
  CollisionReport report;
  std::vector<double> accurate(n), coarse(n);
  const Equilibrium eq = evaluate(W, accurate, report);
  const double gross = kernel_.gross_rate();
  const bool corrected = settings_.energy != EnergyConstraint::none;
  if (corrected) correct(W, accurate);
  double difference = 0.0;
  for (const double ratio : settings_.error.ratios) {
    const EnergyDelta shorter = settings_.delta(settings_.time.horizon / ratio);
    bare(W, eq, shorter, coarse);
    kernel_.forget();  // `shorter` goes out of scope
    if (corrected) correct(W, coarse);
    for (std::size_t a = 0; a < n; ++a) difference = std::max(difference, std::abs(accurate[a] - coarse[a]));
  }
  ErrorEstimate estimate;
  estimate.absolute = settings_.error.factor * difference;
  const double largest = max_abs(accurate);
  estimate.relative = largest > 1e-13 * gross ? estimate.absolute / largest : 0.0;
  return estimate;
}

}  // namespace nordheim::detail
