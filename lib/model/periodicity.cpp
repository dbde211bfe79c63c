// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/periodicity.hpp"

#include <nordheim/core/error.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <sstream>
#include <utility>
#include <vector>

namespace nordheim::detail {

namespace {

/// The value, and the gradient where it is compared too.
using Sample = std::array<double, 4>;

class PeriodicityCheck {
 public:
  /// @param quantities  of a sample that are compared
  PeriodicityCheck(int dimension, std::function<Sample(const Vector3&)> f, std::size_t quantities, std::string what,
                   std::string variable)
      : dimension_(static_cast<std::size_t>(dimension)),
        f_(std::move(f)),
        quantities_(quantities),
        what_(std::move(what)),
        variable_(std::move(variable)) {}

  void run() {
    std::vector<Vector3> points;
    points.reserve(samples);
    for (int i = 0; i < samples; ++i) points.push_back(point(i));
    for (const Vector3& k : points) {
      const Sample s = sample(k);
      for (std::size_t i = 0; i < quantities_; ++i) scale_[i] = std::max(scale_[i], std::abs(s[i]));
    }
    for (const Vector3& k : points) {
      for (std::size_t axis = 0; axis < dimension_; ++axis) compare(k, axis);
    }
  }

 private:
  static constexpr int samples = 64;
  static constexpr double tolerance = 1e-10;  // of the largest value: rounding in long formulas, but no visible kink

  [[nodiscard]] Vector3 point(int i) const {
    Vector3 k{};
    for (std::size_t j = 0; j < dimension_; ++j) {
      k[j] = std::remainder(0.1234 + i * std::sqrt(2.0 + 1.5 * static_cast<double>(j)), 1.0);
    }
    return k;
  }
  [[nodiscard]] static std::string name(std::size_t quantity) {
    return quantity == 0 ? "the value" : "the derivative along axis " + std::to_string(quantity);
  }
  [[nodiscard]] std::string text(const Vector3& k) const {
    std::ostringstream out;
    out << variable_ << " = (" << k[0];
    for (std::size_t j = 1; j < dimension_; ++j) out << ", " << k[j];
    out << ")";
    return out.str();
  }
  [[nodiscard]] Sample sample(const Vector3& k) const {
    const Sample s = f_(k);
    for (std::size_t i = 0; i < quantities_; ++i) {
      if (std::isfinite(s[i])) continue;
      throw InvalidArgument(what_ + " must be smooth and finite on the whole torus, but " + name(i) +
                            " is not finite: " + std::to_string(s[i]) + " at " + text(k));
    }
    return s;
  }
  void compare(const Vector3& k, std::size_t axis) const {
    Vector3 shifted = k;
    shifted[axis] += 1.0;
    const Sample here = sample(k);
    const Sample there = sample(shifted);
    for (std::size_t i = 0; i < quantities_; ++i) {
      if (std::abs(here[i] - there[i]) <= tolerance * std::max(scale_[i], scale_[0])) continue;
      std::ostringstream out;
      out.precision(12);
      out << what_ << " must have the period 1 in each component of " << variable_ << ", but " << name(i) << " is "
          << here[i] << " at " << text(k) << " and " << there[i] << " at " << text(shifted);
      throw InvalidArgument(out.str());
    }
  }

  std::size_t dimension_;
  std::function<Sample(const Vector3&)> f_;
  std::size_t quantities_;
  std::string what_;
  std::string variable_;
  Sample scale_{};
};

}  // namespace

void require_period_one(int dimension, const std::function<double(const Vector3&)>& f, const std::string& what,
                        const std::string& variable) {
  const auto sample = [&f](const Vector3& k) { return Sample{f(k), 0.0, 0.0, 0.0}; };
  PeriodicityCheck(dimension, sample, 1, what, variable).run();
}

void require_period_one(const SmoothFunction& f, const std::string& what, const std::string& variable) {
  const auto sample = [&f](const Vector3& k) {
    Vector3 gradient{};
    const double value = f.with_gradient(k, gradient);
    return Sample{value, gradient[0], gradient[1], gradient[2]};
  };
  const auto quantities = static_cast<std::size_t>(f.dimension()) + 1;
  PeriodicityCheck(f.dimension(), sample, quantities, what, variable).run();
}

}  // namespace nordheim::detail
