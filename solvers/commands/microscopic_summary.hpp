// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "commands/report.hpp"
#include "factories/microscopic_state.hpp"

namespace nordheim::program {

/// Member "microscopic" of a summary: the sites, the spectrum of the density matrix, and how W was made of it.
[[nodiscard]] Json facts_of(const MicroscopicState& state);

}  // namespace nordheim::program
