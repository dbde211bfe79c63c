// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/state.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace nordheim::detail {

/// @brief Takes from a collision term what rounding leaves of Σ w C, which would add up over millions of mean free
/// times.
///
/// Electrons at the nodes a, a + sets, a + 2 sets, … are conserved by themselves. What is taken has the shape of their
/// thermal state, relative to which it is of the size of rounding at all nodes.
class NumberResidual {
 public:
  NumberResidual() = default;
  /// @param weights  w, shape (n)
  /// @param thermal  of any normalisation, shape (n)
  NumberResidual(ConstState weights, ConstState thermal, std::size_t sets)
      : weights_(weights.begin(), weights.end()), shape_(thermal.begin(), thermal.end()), sums_(sets, 0.0) {
    for (std::size_t a = 0; a < shape_.size(); ++a) sums_[a % sets] += weights_[a] * shape_[a];
    for (std::size_t a = 0; a < shape_.size(); ++a) shape_[a] /= sums_[a % sets];
  }

  /// What was taken.
  struct Taken {
    double number = 0.0;   ///< Σ w C before
    double largest = 0.0;  ///< max over the nodes of the change of C
  };
  Taken subtract(State C) {
    const std::size_t sets = sums_.size();
    for (double& sum : sums_) sum = 0.0;
    for (std::size_t a = 0, set = 0; a < C.size(); ++a) {
      sums_[set] += weights_[a] * C[a];
      if (++set == sets) set = 0;
    }
    Taken taken;
    for (const double sum : sums_) taken.number += sum;
    for (std::size_t a = 0, set = 0; a < C.size(); ++a) {
      const double change = sums_[set] * shape_[a];
      C[a] -= change;
      taken.largest = std::max(taken.largest, std::abs(change));
      if (++set == sets) set = 0;
    }
    return taken;
  }

 private:
  std::vector<double> weights_, shape_, sums_;
};

}  // namespace nordheim::detail
