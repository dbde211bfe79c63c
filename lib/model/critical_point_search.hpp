// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/interval.hpp>
#include <nordheim/core/vector3.hpp>
#include <nordheim/model/smooth_function.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

namespace nordheim::detail {

/// @brief All zeros of the gradient of a periodic smooth function on the torus T^d.
///
/// Boxes whose gradient bounds exclude zero are dropped; the others are settled by the operator of R. Krawczyk
/// (Computing 4, 187 (1969)): with X a box, m its centre, H bounds of the second derivatives on X and Y about the
/// inverse of their middle,
///
///     K = m − Y ∇f(m) + (1 − Y H)(X − m)
///
/// contains every zero that X contains, and if K lies inside X there is exactly one. What is not settled is bisected,
/// down to boxes so small that the function does not change in them beyond rounding.
class CriticalPointSearch {
 public:
  explicit CriticalPointSearch(const SmoothFunction& f);

  /// A zero of the gradient, or what is not told apart from one.
  struct Zero {
    Vector3 k{};
    bool degenerate = false;  ///< a neighbourhood that could not be settled, of the size of a few least boxes
  };

  /// The zeros, or nothing if they do not become separate; then unsettled() is a box that could not be settled.
  [[nodiscard]] std::optional<std::vector<Zero>> run();
  [[nodiscard]] const Vector3& unsettled() const noexcept { return unsettled_; }
  /// Boxes looked at, for tests and tuning.
  [[nodiscard]] std::size_t boxes() const noexcept { return boxes_; }

 private:
  using Box = std::array<Interval, 3>;
  struct Root {
    Vector3 k{};
    Box only_here{};  ///< it holds no other root
  };
  enum class Verdict { no_root, one_root, unknown };

  /// K(X) ∩ X into @p box, unless it is empty.
  [[nodiscard]] Verdict krawczyk(Box& box) const;
  [[nodiscard]] bool settle(Box& box);
  void split(const Box& box);
  [[nodiscard]] Vector3 newton(Vector3 k) const;
  void keep(const Vector3& k, const Box& only_here);
  [[nodiscard]] bool keep_unsettled(const Box& box);
  [[nodiscard]] bool holds(const Root& root, const Box& box) const;
  [[nodiscard]] bool is_known(const Box& box) const;
  [[nodiscard]] double width(const Box& box) const;
  [[nodiscard]] double change(const Box& box) const;

  const SmoothFunction& f_;
  std::size_t dimension_;
  std::vector<Box> open_{};
  std::vector<Root> roots_{};
  std::vector<Vector3> degenerate_{};
  double range_ = 0.0;  ///< of f on the torus, by its bounds
  std::size_t boxes_ = 0;
  Vector3 unsettled_{};
};

}  // namespace nordheim::detail
