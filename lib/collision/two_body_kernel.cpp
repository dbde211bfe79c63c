// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/two_body_kernel.hpp"

#include <nordheim/core/error.hpp>

#include "collision/two_body_products.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <sstream>

namespace nordheim::detail {

TwoBodyKernel::TwoBodyKernel(const LatticeGrid& grid, Statistics statistics, const TimeGrid& time, int threads)
    : grid_(grid),
      theta_(theta(statistics)),
      engine_(grid.dimension(), grid.points(), grid.energies(), time.step, time.nodes, threads),
      threads_(engine_.threads()) {
  for (auto* array : {&grow_, &decay_, &W_, &P_, &R_, &dP_, &dR_, &gain_, &loss_, &d_gain_, &d_loss_}) {
    *array = AlignedArray<double>(grid.size());
  }
}

void TwoBodyKernel::set_reference(const Equilibrium& reference) {
  if (reference_ && reference_->beta() == reference.beta() &&
      reference_->reference_energy() == reference.reference_energy() &&
      reference_->reference_exponent() == reference.reference_exponent()) {
    return;
  }
  reference_ = reference;
  evaluated_ = nullptr;
  const ConstState energies = grid_.energies();
  for (std::size_t a = 0; a < grid_.size(); ++a) {
    grow_[a] = std::exp(0.5 * reference.exponent(energies[a]));
    decay_[a] = std::exp(-0.5 * reference.exponent(energies[a]));
  }
}

void TwoBodyKernel::evaluate(ConstState W, const EnergyDelta& delta, State C) {
  const std::size_t n = grid_.size();
  if (evaluated_ != &delta || !std::equal(W.begin(), W.end(), W_.data())) {
    evaluated_ = nullptr;
    ++evaluations_;
    double largest_P = 0.0, largest_R = 0.0;
#pragma omp parallel for schedule(static) num_threads(threads_) reduction(max : largest_P, largest_R)
    for (std::size_t a = 0; a < n; ++a) {
      W_[a] = W[a];
      P_[a] = (1.0 + theta_ * W[a]) * decay_[a];
      R_[a] = W[a] * grow_[a];
      largest_P = std::max(largest_P, std::abs(P_[a]));
      largest_R = std::max(largest_R, std::abs(R_[a]));
    }
    engine_.integrate<TwoBodyProduct>({R_.data(), P_.data()}, delta.weights, {gain_.data(), loss_.data()});
    double gross = 0.0;
#pragma omp parallel for schedule(static) num_threads(threads_) reduction(+ : gross)
    for (std::size_t a = 0; a < n; ++a) gross += std::abs(P_[a] * gain_[a]) + std::abs(R_[a] * loss_[a]);
    gross_rate_ = gross / static_cast<double>(n);
    if (!std::isfinite(gross_rate_)) {
      throw RecoverableError(
          "the two-body collision term is not a finite number: the state is not, or the reference "
          "temperature is too cold for it");
    }
    require_accurate(W, delta, largest_P * largest_R);
    evaluated_ = &delta;
  }
#pragma omp parallel for schedule(static) num_threads(threads_)
  for (std::size_t a = 0; a < n; ++a) C[a] = P_[a] * gain_[a] - R_[a] * loss_[a];
  if (delta.rectangles) delta.rectangles->add(W, C);
}

void TwoBodyKernel::require_accurate(ConstState W, const EnergyDelta& delta, double largest_PR) const {
  const double delta_at_zero = std::accumulate(delta.weights.begin(), delta.weights.end(), 0.0) *
                               std::pow(static_cast<double>(grid_.size()), 3.0);
  double largest_W = 0.0;
  for (const double w : W) largest_W = std::max(largest_W, std::abs(w));
  // At x = 0 gain and loss cannot exceed this, as |δ_T(Δ)| ≤ δ_T(0): beyond it, it is collisions far off the energy
  // shell, weighted by e^{β|Δ|/2}, that are summed up.
  const double bound = 2.0 * delta_at_zero * std::pow(largest_W * (1.0 + largest_W), 2);
  // A transform of R R P̄ carries the round-off of its largest products.
  const double round_off = std::numeric_limits<double>::epsilon() * largest_PR * largest_PR * delta_at_zero;
  if (gross_rate_ <= bound && (round_off <= 1e-3 * gross_rate_ || largest_PR <= 1e3)) return;
  std::ostringstream text;
  text << "the reference temperature " << 1.0 / reference_->beta()
       << " is too cold for a state so far from its equilibrium: collisions off the energy shell, which the window of "
          "the time integral leaves over, would outweigh the others";
  throw RecoverableError(text.str());
}

void TwoBodyKernel::linearise(ConstState dW, ConstState dx, const EnergyDelta& delta, State dC) {
  const std::size_t n = grid_.size();
  for (std::size_t a = 0; a < n; ++a) {
    const double half = dx.empty() ? 0.0 : 0.5 * dx[a];
    dP_[a] = theta_ * dW[a] * decay_[a] - half * P_[a];
    dR_[a] = dW[a] * grow_[a] + half * R_[a];
  }
  engine_.integrate<TwoBodyDerivative>({R_.data(), P_.data(), dR_.data(), dP_.data()}, delta.weights,
                                       {d_gain_.data(), d_loss_.data()});
  for (std::size_t a = 0; a < n; ++a) {
    dC[a] = dP_[a] * gain_[a] + P_[a] * d_gain_[a] - dR_[a] * loss_[a] - R_[a] * d_loss_[a];
  }
  if (delta.rectangles) delta.rectangles->add_linearised({W_.data(), n}, dW, dC);
}

void TwoBodyKernel::loss_rate(const EnergyDelta& delta, State nu) {
  const std::size_t n = grid_.size();
  for (std::size_t a = 0; a < n; ++a) nu[a] = grow_[a] * loss_[a] - theta_ * decay_[a] * gain_[a];
  if (delta.rectangles) delta.rectangles->add_loss_rate({W_.data(), n}, nu);
}

}  // namespace nordheim::detail
