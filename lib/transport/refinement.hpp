// SPDX-License-Identifier: GPL-3.0-or-later
// How far a sequence that converges geometrically still is from its limit.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace nordheim::detail {

/// @brief Estimates the error of the last of a sequence of approximations from the differences of neighbours.
///
/// With errors e_k ≈ c r^k, each difference d_k = |x_k − x_{k−1}| is the error of x_{k−1}, and e_k ≈ d_k r/(1 − r). The
/// rate r is observed; it fluctuates, as the errors change their sign, so that the slowest of the last rate, the mean
/// rate and a smallest believable one counts, and the result is multiplied by a safety factor.
class GeometricError {
 public:
  void add(double difference) { differences_.push_back(difference); }

  /// r as observed; 0 before there are two differences.
  [[nodiscard]] double rate() const {
    if (differences_.size() < 2 || differences_.back() == 0.0) return 0.0;
    const double last = differences_.back();
    const double intervals = static_cast<double>(differences_.size() - 1);
    const double mean_rate = std::pow(last / differences_.front(), 1.0 / intervals);
    return std::clamp(std::max(last / before_last(), mean_rate), fastest, slowest);
  }

  /// Nothing before there are two approximations.
  /// @param rate_of_others  r of another sequence that converges alike, in case that seen here is small by chance
  [[nodiscard]] std::optional<double> estimate(double rate_of_others = 0.0) const {
    if (differences_.empty()) return std::nullopt;
    const double last = differences_.back();
    if (last == 0.0) return 0.0;
    if (differences_.size() == 1) return last;
    const double r = std::max(rate(), rate_of_others);
    return safety * std::max(last, fastest * before_last()) * r / (1.0 - r);
  }

 private:
  [[nodiscard]] double before_last() const { return differences_[differences_.size() - 2]; }

  static constexpr double fastest = 1e-3;
  static constexpr double slowest = 0.9;
  static constexpr double safety = 5.0;
  std::vector<double> differences_;
};

}  // namespace nordheim::detail
