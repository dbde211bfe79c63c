// SPDX-License-Identifier: GPL-3.0-or-later
// Functions on an energy shell, split by their behaviour under reflections.
#pragma once

#include <nordheim/core/vector3.hpp>
#include <nordheim/momentum/energy_shell.hpp>

#include <cstddef>
#include <vector>

namespace nordheim::detail {

/// @brief The sectors of a group H ≅ Z₂^r of reflections: functions with f(hx) = χ(h) f(x) for a character χ = ±1 of H.
///
/// A function on all nodes is the sum of its |H| sector parts, and each of these is given by its values on a
/// fundamental set of size()= n/|H| nodes x, of which hx, h ∈ H, are all nodes. With f_χ(x) = Σ_h χ(h) f(hx),
///
///     f(hx) = |H|⁻¹ Σ_χ χ(h) f_χ(x),
///
/// which is exact in floating point for a function that belongs to one sector. Characters and elements are numbered
/// from 0 to |H| − 1 so that χ_s(h_e) = (−1)^(number of common bits of s and e): sector 0 is even under all of H, and
/// the product of the characters s and t is s XOR t.
class ShellSectors {
 public:
  /// @param group  H, a subgroup of the reflections of the shell
  ShellSectors(const EnergyShell& shell, const std::vector<AxisFlip>& group);

  /// |H|, the number of sectors and of elements.
  [[nodiscard]] std::size_t count() const noexcept { return elements_.size(); }
  /// Nodes of the fundamental set.
  [[nodiscard]] std::size_t size() const noexcept { return momenta_.size(); }
  [[nodiscard]] AxisFlip element(std::size_t e) const noexcept { return elements_[e]; }
  [[nodiscard]] static double sign(std::size_t sector, std::size_t element) noexcept;

  /// k_x and w_x of the fundamental set.
  [[nodiscard]] const std::vector<Vector3>& momenta() const noexcept { return momenta_; }
  [[nodiscard]] const std::vector<double>& weights() const noexcept { return weights_; }
  /// Σ_x w_x.
  [[nodiscard]] double total_weight() const noexcept { return total_weight_; }

  /// @brief f_χ(x) from f at the nodes; the values at a node are @p width numbers in a row (2 for complex f).
  /// @param sectors  shape (|H|, size(), width)
  void split(const double* nodes, double* sectors, std::size_t width = 1) const;
  /// The inverse of split(); @p sectors is used up.
  void join(double* sectors, double* nodes, std::size_t width = 1) const;

  /// f_χ(x) = Σ_e χ(h_e) f_e(x) in place, shapes (|H|, size(), width).
  void transform(double* values, std::size_t width = 1) const;

  /// @brief The sectors that multiplication by a function couples, if that is unchanged by reflections of all axes but
  /// those in @p axes: classes of characters that agree on these reflections.
  [[nodiscard]] std::vector<std::vector<std::size_t>> coupled(AxisFlip axes) const;

 private:
  std::vector<AxisFlip> elements_;
  std::vector<std::size_t> blocks_;  // (|H|, cosets): where h_e c_j is among the reflections of the shell
  std::size_t cosets_ = 1;
  std::size_t block_size_ = 0;
  std::vector<Vector3> momenta_;
  std::vector<double> weights_;
  double total_weight_ = 0.0;
};

}  // namespace nordheim::detail
