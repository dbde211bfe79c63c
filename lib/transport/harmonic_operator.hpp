// SPDX-License-Identifier: GPL-3.0-or-later
// −L of a gas with contact collisions, one angular momentum after the other.
#pragma once

#include <nordheim/transport/gas_transport.hpp>

#include "collision/contact_gas.hpp"
#include "collision/contact_shells.hpp"
#include "transport/trial_space.hpp"

#include <Eigen/Core>

#include <algorithm>
#include <utility>
#include <vector>

namespace nordheim::detail {

/// Invariants of angular momentum l: number and energy, momentum, none.
inline int invariants_of(int l) { return std::max(2 - l, 0); }

/// Degree of the polynomials that leave `functions` besides the invariants.
inline int degree_of(int functions, int l) { return functions - 1 + invariants_of(l); }

/// A quadrature that resolves the products of @p resolution trial functions.
[[nodiscard]] ShellOrders shell_orders(int resolution, TrialFunctions kind);

/// −L of one angular momentum in a trial space, on one quadrature rule.
class HarmonicOperator {
 public:
  HarmonicOperator(TrialSpace space, Eigen::MatrixXd raw) : space_(std::move(space)), raw_(std::move(raw)) {}

  /// In the orthonormal basis of the first functions, without the invariants.
  [[nodiscard]] Eigen::MatrixXd matrix(int functions) const;
  [[nodiscard]] const TrialSpace& space() const noexcept { return space_; }

 private:
  TrialSpace space_;
  Eigen::MatrixXd raw_;
};

/// Those of some angular momenta, in one pass over the pairs.
[[nodiscard]] std::vector<HarmonicOperator> harmonic_operators(const ContactGas& gas, const ContactShells& shells,
                                                               TrialFunctions kind, const std::vector<int>& degrees,
                                                               int functions);

}  // namespace nordheim::detail
