// SPDX-License-Identifier: GPL-3.0-or-later
// The sections [collision] and [diffusion] of a case with elastic scattering.
#pragma once

#include "case/case.hpp"
#include "case/section.hpp"

#include <string>
#include <variant>
#include <vector>

namespace nordheim::program {

/// Values of collision.kind that keep the energy.
[[nodiscard]] const std::vector<std::string>& elastic_kinds();

/// @brief [collision] of one of the elastic kinds.
/// @param kind        which
/// @param momentum    its space decides which correlators and scatterers there are, its dimension how long the vectors
///                    of a table are (0: refused already)
/// @param dispersion  the kind of dispersion
[[nodiscard]] ElasticCase read_elastic(Section section, const std::string& kind, const MomentumCase& momentum,
                                       const DispersionCase& dispersion);

/// The key energies of a section, an array or { from, to, count }.
[[nodiscard]] std::variant<std::vector<double>, EnergyGridCase> read_energies(Section& section, const NumberRule& rule);

/// [diffusion]; in the continuum energies are positive.
[[nodiscard]] DiffusionCase read_diffusion(Section section, const MomentumCase& momentum);

}  // namespace nordheim::program
