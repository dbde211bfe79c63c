// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/transport/gas_transport.hpp>

#include "collision/contact_gas.hpp"

#include <Eigen/Core>

#include <vector>

namespace nordheim::detail {

/// @brief ν(k) = ∫ dk2 (|k1−k2|/4) ∫dΩ' E2 E3 E4/E1, the rate at which a momentum is left, of strength 1, in units of
/// the gas (activity of them).
[[nodiscard]] double loss_rate(const ContactGas& gas, double k);

/// The smallest loss rate and where it is.
struct LeastRate {
  double k;
  double rate;
};
[[nodiscard]] LeastRate least_loss_rate(const ContactGas& gas);

}  // namespace nordheim::detail
