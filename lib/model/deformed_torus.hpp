// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/model/smooth_function.hpp>

#include <array>
#include <complex>
#include <cstddef>
#include <functional>

namespace nordheim::detail {

/// @brief Trapezoidal sums of f(z)/(E − ω(z)) over the torus deformed by z = k − i a ∇ω(k).
class DeformedTorus {
 public:
  using Complex = std::complex<double>;
  using Factor = std::function<Complex(const std::array<Complex, 3>&)>;

  /// @param f  empty for 1
  DeformedTorus(const SmoothFunction& omega, double energy, const Factor& f);

  struct Sum {
    Complex value{};
    double magnitude = 0.0;  ///< Σ|terms|
    double rounding = 0.0;   ///< what rounding leaves of the terms, a bound to first order
    double rise = 0.0;       ///< largest Im ω(z); above 0 the deformation is too strong
  };
  /// @param strength  a
  /// @param n         points an axis, before reflections save some
  /// @throws whatever f throws
  [[nodiscard]] Sum sum(double strength, int n) const;

  /// Points that a sum takes.
  [[nodiscard]] std::size_t points(int n) const;
  /// Largest |∂²ω| (row sums of the second derivatives) on a coarse grid; the scale of 1/a.
  [[nodiscard]] double curvature() const noexcept { return curvature_; }

 private:
  /// What is summed over.
  struct Grid {
    std::array<std::size_t, 3> counts;
    double spacing;
    [[nodiscard]] Vector3 momentum(std::size_t point) const;
  };
  [[nodiscard]] Grid grid(int n) const;
  void find_reflections();
  void find_curvature();
  void add(const Vector3& k, double strength, Sum& sum) const;

  const SmoothFunction& omega_;
  double energy_;
  const Factor& f_;
  std::array<bool, 3> even_{};
  double curvature_ = 0.0;
};

}  // namespace nordheim::detail
