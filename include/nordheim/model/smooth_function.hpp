// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/interval.hpp>
#include <nordheim/core/vector3.hpp>
#include <nordheim/model/symbol.hpp>

#include <array>
#include <complex>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace nordheim {

namespace detail {
class Program;
}

/// @brief A smooth function f(k) of one to three variables whose formula is known, so that derivatives are exact (up to
/// rounding) and bounds over a box are certain: everything by automatic differentiation of the one formula.
///
/// Where the formula is not differentiable (the square root of 0) derivatives are not finite.
/// A value type: cheap to copy, immutable, safe to use from several threads; evaluations allocate nothing (formulas of
/// more than 64 operations: nothing after the first evaluation in a thread).
class SmoothFunction {
 public:
  using Formula = std::function<Symbol(const std::array<Symbol, 3>& k)>;
  using ComplexVector3 = std::array<std::complex<double>, 3>;

  /// f, ∇f and the matrix of second derivatives.
  template <class Scalar>
  struct Expansion {
    Scalar value{};
    std::array<Scalar, 3> gradient{};
    std::array<std::array<Scalar, 3>, 3> hessian{};
  };

  /// @param formula  called once, with symbols for k_1 … k_d (the others are the constant 0)
  /// @throws InvalidArgument if dimension is not 1, 2 or 3; whatever the formula throws
  SmoothFunction(int dimension, const Formula& formula);

  /// From recorded operations: for the library itself.
  explicit SmoothFunction(std::shared_ptr<const detail::Program> program);

  [[nodiscard]] int dimension() const noexcept;

  /// f(k).
  [[nodiscard]] double operator()(const Vector3& k) const;
  /// f(k), and ∇f(k) into @p gradient.
  double with_gradient(const Vector3& k, Vector3& gradient) const;
  /// f(k), and ∂f/∂k_axis into @p derivative: what Newton's method along an axis needs.
  double with_derivative(const Vector3& k, int axis, double& derivative) const;
  /// f, ∇f and second derivatives at a real momentum.
  [[nodiscard]] Expansion<double> expansion(const Vector3& k) const;
  /// The same at a complex momentum: the analytic continuation.
  [[nodiscard]] Expansion<std::complex<double>> expansion(const ComplexVector3& k) const;

  /// @brief Certain bounds of f and of the components of ∇f over the box lower ≤ k ≤ upper.
  ///
  /// By interval arithmetic with outward rounding, the natural extension intersected with the mean-value form: the
  /// excess width falls with the square of the size of the box. Where f is not defined on the whole box (the root of a
  /// negative number), infinite.
  struct Bounds {
    Interval value{};
    std::array<Interval, 3> gradient{};
  };
  [[nodiscard]] Bounds bounds(const Vector3& lower, const Vector3& upper) const;
  /// Certain bounds of the second derivatives as well.
  [[nodiscard]] Expansion<Interval> expansion_bounds(const Vector3& lower, const Vector3& upper) const;

  /// If f = √g or a positive multiple of it, the smooth g (with the factor squared): f and g have the same level sets,
  /// {f = E} = {g = E²}, and g is smooth and polynomial where f has kinks.
  [[nodiscard]] std::optional<SmoothFunction> squared() const;

  class Line;
  /// The recorded operations: for the library itself.
  [[nodiscard]] const detail::Program& program() const noexcept { return *program_; }

 private:
  std::shared_ptr<const detail::Program> program_;
};

/// @brief f along lines parallel to an axis, as a root search asks for it: what does not depend on the coordinate along
/// the line is computed once a line.
///
///     SmoothFunction::Line line(f, axis);
///     line.through(k);                                // the other coordinates; k[axis] does not matter
///     double slope, value = line(x, slope);           // f and ∂f/∂k_axis at k_axis = x
///
/// Values are those of SmoothFunction to the last bit. For one thread at a time; it allocates only when it is made, for
/// formulas of more than 64 operations.
class SmoothFunction::Line {
 public:
  Line(const SmoothFunction& f, int axis);
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;
  ~Line() = default;

  /// Moves to the line through k.
  void through(const Vector3& k);
  /// f at x on the line.
  double operator()(double x);
  /// f at x on the line, and ∂f/∂k_axis into @p derivative.
  double operator()(double x, double& derivative);

 private:
  static constexpr std::size_t in_place = 64;  ///< slots of a value and its derivative
  std::shared_ptr<const detail::Program> program_;
  int axis_;
  std::vector<double> long_{};
  alignas(double) std::byte short_[in_place * 2 * sizeof(double)];
  void* slots_;
};

}  // namespace nordheim
