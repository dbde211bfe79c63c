// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/transport/gas_transport.hpp>

namespace nordheim::detail {

/// The results of a gas of temperature 1 and strength 1; refines trial space and quadrature together until both change
/// the coefficients by less than the tolerance.
[[nodiscard]] GasTransport reduced_gas_transport(Statistics statistics, double fugacity,
                                                 const GasTransportOptions& options);

}  // namespace nordheim::detail
