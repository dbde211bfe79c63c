// SPDX-License-Identifier: GPL-3.0-or-later
// The sections of a case with transport coefficients of a gas.
#pragma once

#include <nordheim/model/statistics.hpp>

#include "case/case.hpp"
#include "case/section.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace nordheim::program {

/// A number, an array of numbers, or { from, to, count, spacing }.
[[nodiscard]] NumbersCase read_numbers(Section& section, std::string_view key, const NumberRule& rule,
                                       std::optional<double> fallback = {});
/// The same as TOML.
[[nodiscard]] std::string numbers_toml(const NumbersCase& numbers);

/// [momentum] of a gas in R³; "lattice" belongs to another subject.
[[nodiscard]] MomentumCase read_gas_momentum(Section section);

/// [collision] of a gas with contact collisions.
[[nodiscard]] CollisionCase read_gas_collision(Section section);

/// [transport]; bosons have fugacities below 1.
[[nodiscard]] TransportCase read_transport(Section section, Statistics statistics);

/// The sections [collision] and [transport] as TOML.
[[nodiscard]] std::string transport_toml(const CollisionCase& collision, const TransportCase& transport);

}  // namespace nordheim::program
