// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/interval.hpp>
#include <nordheim/model/smooth_function.hpp>

#include "model/tape.hpp"

#include <vector>

namespace nordheim::detail {

/// @brief A smooth function as f = h(u), u as far inside as the formula goes through functions of one argument that
/// have a monotone branch: f = √(ω0² + S²) is h(S) with h(x) = √(ω0² + x²).
///
/// Where h is strictly monotone on the values of u, the critical points of f are those of u, and u has neither the
/// kinks nor the flat minima that h makes.
class MonotoneChain {
 public:
  explicit MonotoneChain(const SmoothFunction& f);

  [[nodiscard]] const SmoothFunction& inner() const noexcept { return inner_; }
  /// Whether h is f itself.
  [[nodiscard]] bool is_trivial() const noexcept { return steps_.empty(); }

  /// +1 or −1 if h strictly increases or decreases between the smallest and the largest value of u (at these themselves
  /// h may be flat or steep), else 0. Both values come with the rounding error that they may have.
  [[nodiscard]] int direction(Interval smallest, Interval largest) const;
  /// h(u). Within its rounding error, u is taken as the point where h has a root or a kink.
  [[nodiscard]] double operator()(double u, Interval rounded) const;

 private:
  struct Step {
    Operation operation{};
    bool second = false;  ///< the second value of a pair
  };
  template <class T>
  static T value(const Step& step, const T& x);
  [[nodiscard]] static bool turns_at_zero(const Step& step);
  [[nodiscard]] static bool is_defined_from_zero(const Step& step);

  SmoothFunction inner_;
  std::vector<Step> steps_{};  ///< from u outwards
};

}  // namespace nordheim::detail
