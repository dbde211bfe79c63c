// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "case/case.hpp"

#include <string>

namespace nordheim::program {

/// @brief What the numbers of a case of elastic scattering mean, for the heads of its files: momentum, velocity and ρ;
/// the collision term of this model with every 2π in it; D and B. Several lines of ASCII.
[[nodiscard]] std::string diffusion_conventions(const Case& input);

}  // namespace nordheim::program
