// SPDX-License-Identifier: GPL-3.0-or-later
// Refusal of gains that do not fit into the memory.
#pragma once

#include <nordheim/collision/elastic_scattering.hpp>

#include <cstddef>

namespace nordheim::detail {

/// @brief Shells are refined until they resolve the gain, so that what they need in the end is known before the first.
/// @param shell    of any order
/// @param allowed  bytes
/// @throws InvalidArgument if the gain is foretold to need more
void require_memory(const EnergyShell& shell, const Correlator& correlator, std::size_t allowed);

}  // namespace nordheim::detail
