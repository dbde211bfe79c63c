// SPDX-License-Identifier: GPL-3.0-or-later
// The simplest collision operator there is, for tests of what surrounds it.
#pragma once

#include <nordheim/collision/collision_operator.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace nordheim::test {

/// C = ν (f ∫W − W) with f ∝ e^{−βω}, ∫f = 1: linear, keeps the number of classical particles in a bath. ν = 0: none.
template <MomentumSpace Space>
class DensityRelaxation {
 public:
  DensityRelaxation(Space space, double rate, double beta) : space_(std::move(space)), rate_(rate) {
    double sum = 0.0;
    for (std::size_t a = 0; a < space_.size(); ++a) {
      target_.push_back(std::exp(-beta * space_.energies()[a]));
      sum += space_.weights()[a] * target_[a];
    }
    for (double& f : target_) f /= sum;
  }

  [[nodiscard]] const Space& space() const noexcept { return space_; }

  CollisionReport apply(ConstState W, State C) {
    double density = 0.0;
    for (std::size_t a = 0; a < W.size(); ++a) density += space_.weights()[a] * W[a];
    CollisionReport report;
    for (std::size_t a = 0; a < W.size(); ++a) {
      C[a] = rate_ * (target_[a] * density - W[a]);
      report.largest_rate = std::max(report.largest_rate, std::abs(C[a]));
    }
    return report;
  }
  void apply_linearised(ConstState /*W*/, ConstState dW, State dC) { apply(dW, dC); }
  void loss_rate(ConstState /*W*/, State nu) { std::fill(nu.begin(), nu.end(), rate_); }
  [[nodiscard]] Invariants invariants() const { return {{"number", std::vector<double>(space_.size(), 1.0)}}; }
  /// f
  [[nodiscard]] ConstState target() const noexcept { return target_; }

 private:
  Space space_;
  double rate_;
  std::vector<double> target_;
};

}  // namespace nordheim::test
