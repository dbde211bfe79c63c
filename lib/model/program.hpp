// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/tape.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace nordheim::detail {

/// The operations that a result needs, in order, with slots numbered from 0: what SmoothFunction evaluates.
class Program {
 public:
  /// @param operations  in order of evaluation; those that the result does not need are left out
  /// @param result      slot of the result
  Program(int dimension, const std::vector<Operation>& operations, std::uint32_t result);

  [[nodiscard]] int dimension() const noexcept { return dimension_; }
  [[nodiscard]] std::uint32_t result() const noexcept { return result_; }
  [[nodiscard]] std::size_t slots() const noexcept { return slots_; }
  [[nodiscard]] const std::vector<Operation>& operations() const noexcept { return operations_; }
  /// The operations that depend on k_axis.
  [[nodiscard]] const std::vector<Operation>& along(int axis) const { return along_[static_cast<std::size_t>(axis)]; }
  /// The operations that do not.
  [[nodiscard]] const std::vector<Operation>& beside(int axis) const { return beside_[static_cast<std::size_t>(axis)]; }
  /// The operation whose value, the first or the second, is in a slot.
  [[nodiscard]] const Operation& maker(std::uint32_t slot) const;

 private:
  int dimension_;
  std::uint32_t result_ = 0;
  std::size_t slots_ = 0;
  std::vector<Operation> operations_{};
  std::array<std::vector<Operation>, 3> along_{};
  std::array<std::vector<Operation>, 3> beside_{};
};

}  // namespace nordheim::detail
