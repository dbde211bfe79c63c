// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/transport/gas_transport.hpp>

#include "transport/chain_galerkin.hpp"

#include <vector>

namespace nordheim::detail {

/// @brief The three smallest eigenvalues ν of A h = ν g² h among the functions of a parity, g that of the weight, the
/// constant and ω left out; from above, with the change since half of the functions as the error.
/// @return nothing if g² spans more than the digits of a number
[[nodiscard]] std::vector<RelaxationRate> chain_spectrum(const ChainBand& band, const PhononWeight& weight,
                                                         Parity parity, int threads);

}  // namespace nordheim::detail
