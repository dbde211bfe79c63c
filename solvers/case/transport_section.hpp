// SPDX-License-Identifier: GPL-3.0-or-later
// The sections of a case with transport coefficients of a gas.
#pragma once

#include <nordheim/model/statistics.hpp>

#include "case/case.hpp"
#include "case/section.hpp"

#include <string>

namespace nordheim::program {

/// [momentum] of a gas in R³.
[[nodiscard]] MomentumCase read_gas_momentum(Section section);

/// [collision] of a gas with contact collisions.
[[nodiscard]] CollisionCase read_gas_collision(Section section);

/// [transport]; bosons have fugacities below 1.
[[nodiscard]] TransportCase read_transport(Section section, Statistics statistics);

/// The sections [collision] and [transport] as TOML.
[[nodiscard]] std::string transport_toml(const CollisionCase& collision, const TransportCase& transport);

}  // namespace nordheim::program
