// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/vector3.hpp>
#include <nordheim/model/correlator.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace nordheim::detail {

/// @brief f(q) = Σ_x ϑ(x) cos 2πq·x for a table with ϑ(−x) = ϑ(x).
///
/// One sine and cosine an axis, two complex products a pair ±x. The order of the table has no influence on rounding.
class TrigonometricTable {
 public:
  /// @throws InvalidArgument if the table is empty, an entry is not finite, out of reach, given twice, or has an image
  ///         −x that is missing or different
  TrigonometricTable(int dimension, const std::vector<CorrelatorEntry>& entries);

  [[nodiscard]] double operator()(const Vector3& q) const;
  /// ϑ(0).
  [[nodiscard]] double at_origin() const noexcept { return at_origin_; }
  /// Σ_x |ϑ(x)| ≥ |f|: the scale of rounding in f.
  [[nodiscard]] double absolute_sum() const noexcept { return absolute_sum_; }
  /// Largest |x_j| in the table.
  [[nodiscard]] int largest_reach() const noexcept { return std::max({reach_[0], reach_[1], reach_[2]}); }
  /// Whether only ϑ(0) is not zero.
  [[nodiscard]] bool is_constant() const noexcept { return pairs_.empty(); }

 private:
  double at_origin_ = 0.0;
  double absolute_sum_ = 0.0;
  std::array<int, 3> reach_{};          ///< largest |x_j|
  std::vector<CorrelatorEntry> pairs_;  ///< one of ±x, that with the first component that is not 0 positive
};

/// "(1, 0, -2)".
[[nodiscard]] std::string lattice_vector_text(int dimension, const std::array<int, 3>& x);

}  // namespace nordheim::detail
