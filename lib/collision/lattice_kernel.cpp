// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/lattice_kernel.hpp"

#include <nordheim/core/error.hpp>

#include "core/shared_loop.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <sstream>

namespace nordheim::detail {

LatticeKernel::LatticeKernel(const LatticeGrid& grid, Statistics statistics, std::vector<double> vertex,
                             std::unique_ptr<SpaceTimeProducts> products)
    : grid_(grid),
      waves_(statistics == Statistics::classical_wave),
      theta_(theta(statistics)),
      products_(std::move(products)),
      threads_(products_->threads()),
      parts_(static_cast<std::size_t>(threads_)),
      vertex_(std::move(vertex)),
      levels_(energy_levels(grid.energies(), std::vector<double>(grid.size(), 1.0))),
      exponents_(levels_.energies.size()),
      rises_(levels_.energies.size(), 1.0),
      falls_(levels_.energies.size(), 1.0) {
  for (auto* array : {&p_, &s_, &r_, &W_, &P_, &R_, &dP_, &dR_, &gain_, &loss_, &d_gain_, &d_loss_}) {
    *array = AlignedArray<double>(grid.size());
  }
  if (!vertex_.empty()) largest_vertex_ = *std::max_element(vertex_.begin(), vertex_.end());
}

void LatticeKernel::set_reference(const Equilibrium& reference) {
  if (reference_ && reference_->beta() == reference.beta() &&
      reference_->reference_energy() == reference.reference_energy() &&
      reference_->reference_exponent() == reference.reference_exponent()) {
    return;
  }
  reference_ = reference;
  evaluated_ = nullptr;
  // The exponentials of few levels instead of many nodes: in a box there is a reference at each position.
  for (std::size_t l = 0; l < levels_.energies.size(); ++l) {
    exponents_[l] = reference.exponent(levels_.energies[l]);
    if (waves_) continue;
    rises_[l] = std::exp(0.5 * exponents_[l]);
    falls_[l] = 1.0 / rises_[l];
  }
  for (std::size_t a = 0; a < grid_.size(); ++a) {
    const double v = vertex_.empty() ? 1.0 : vertex_[a];
    const std::size_t l = levels_.level_of[a];
    s_[a] = waves_ ? -exponents_[l] : theta_;
    p_[a] = v * falls_[l];
    r_[a] = v * rises_[l];
  }
}

void LatticeKernel::evaluate(ConstState W, const EnergyDelta& delta, State C) {
  const std::size_t n = grid_.size();
  if (evaluated_ != &delta || !std::equal(W.begin(), W.end(), W_.data())) {
    evaluated_ = nullptr;
    ++evaluations_;
    shared_loop(parts_.size(), threads_, [&](std::size_t part) {
      double largest_P = 0.0, largest_R = 0.0;
      for (std::size_t a = begin_of(part); a < begin_of(part + 1); ++a) {
        W_[a] = W[a];
        P_[a] = p_[a] * (1.0 + s_[a] * W[a]);
        R_[a] = r_[a] * W[a];
        largest_P = std::max(largest_P, std::abs(P_[a]));
        largest_R = std::max(largest_R, std::abs(R_[a]));
      }
      parts_[part] = {largest_P, largest_R, 0.0};
    });
    products_->integrate(R_.data(), P_.data(), delta.weights, gain_.data(), loss_.data());
    shared_loop(parts_.size(), threads_, [&](std::size_t part) {
      double gross = 0.0;
      for (std::size_t a = begin_of(part); a < begin_of(part + 1); ++a) {
        // Near the equilibrium of waves P itself is a difference.
        const double P = waves_ ? p_[a] * (1.0 + std::abs(s_[a] * W_[a])) : P_[a];
        gross += std::abs(P * gain_[a]) + std::abs(R_[a] * loss_[a]);
      }
      parts_[part].gross = gross;
    });
    Part whole;
    for (const Part& part : parts_) {
      whole.largest_P = std::max(whole.largest_P, part.largest_P);
      whole.largest_R = std::max(whole.largest_R, part.largest_R);
      whole.gross += part.gross;
    }
    gross_rate_ = whole.gross / static_cast<double>(n);
    if (!std::isfinite(gross_rate_)) {
      throw RecoverableError(
          "the collision term is not a finite number: the state is not, or the reference "
          "temperature is too cold for it");
    }
    if (!waves_) require_accurate(W, delta, whole.largest_P, whole.largest_R);
    evaluated_ = &delta;
  }
  shared_loop(n, threads_, [&](std::size_t a) { C[a] = P_[a] * gain_[a] - R_[a] * loss_[a]; });
  if (delta.rectangles) delta.rectangles->add(W, C);
}

void LatticeKernel::require_accurate(ConstState W, const EnergyDelta& delta, double largest_P, double largest_R) const {
  const double delta_at_zero = std::accumulate(delta.weights.begin(), delta.weights.end(), 0.0);
  double largest_W = 0.0;
  for (const double w : W) largest_W = std::max(largest_W, std::abs(w));
  const double v = largest_vertex_;
  // At x = 0 gain and loss cannot exceed this, as |δ_T(Δ)| ≤ δ_T(0): beyond it, it is collisions far off the energy
  // shell, weighted by e^{β|Δ|/2}, that are summed up.
  const double bound = 2.0 * delta_at_zero * products_->largest_product(v * (1.0 + largest_W), v * largest_W);
  // A transform of a product carries the round-off of its largest values.
  const double largest = products_->largest_product(largest_P, largest_R);
  const double round_off = std::numeric_limits<double>::epsilon() * largest * delta_at_zero;
  constexpr double moderate = 1e6;
  if (gross_rate_ <= bound &&
      (round_off <= 1e-3 * gross_rate_ || largest <= moderate * products_->largest_product(v, v))) {
    return;
  }
  std::ostringstream text;
  text << "the reference temperature " << 1.0 / reference_->beta()
       << " is too cold for a state so far from its equilibrium: collisions off the energy shell, which the window of "
          "the time integral leaves over, would outweigh the others";
  throw RecoverableError(text.str());
}

void LatticeKernel::linearise(ConstState dW, ConstState dx, const EnergyDelta& delta, State dC) {
  const std::size_t n = grid_.size();
  for (std::size_t a = 0; a < n; ++a) {
    dP_[a] = p_[a] * s_[a] * dW[a];
    dR_[a] = r_[a] * dW[a];
    if (dx.empty()) continue;
    dP_[a] -= waves_ ? R_[a] * dx[a] : 0.5 * P_[a] * dx[a];
    dR_[a] += waves_ ? 0.0 : 0.5 * R_[a] * dx[a];
  }
  products_->differentiate(R_.data(), P_.data(), dR_.data(), dP_.data(), delta.weights, d_gain_.data(), d_loss_.data());
  for (std::size_t a = 0; a < n; ++a) {
    dC[a] = dP_[a] * gain_[a] + P_[a] * d_gain_[a] - dR_[a] * loss_[a] - R_[a] * d_loss_[a];
  }
  if (delta.rectangles) delta.rectangles->add_linearised({W_.data(), n}, dW, dC);
}

void LatticeKernel::loss_rate(const EnergyDelta& delta, State nu) {
  const std::size_t n = grid_.size();
  for (std::size_t a = 0; a < n; ++a) nu[a] = r_[a] * loss_[a] - p_[a] * s_[a] * gain_[a];
  if (delta.rectangles) delta.rectangles->add_loss_rate({W_.data(), n}, nu);
}

}  // namespace nordheim::detail
