// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/transport/diffusion_curve.hpp>

#include "case/case.hpp"

#include <vector>

namespace nordheim::program {

/// @brief [dispersion] and [collision] of a case with elastic scattering.
/// @throws InvalidArgument, beginning with the place of the key, for a band that is not smooth, a correlator that is
///         not positive definite, parameters that make no model; for a case of two-body collisions
[[nodiscard]] ElasticModel make_elastic_model(const Case& input);

/// @brief [diffusion] energies, in the order of the case.
/// @throws InvalidArgument, beginning with the place of the key, if one is outside the band or at a van Hove energy for
///         which there is no closed form
[[nodiscard]] std::vector<double> make_energies(const Case& input, const ElasticModel& model);

/// The other keys of [diffusion].
[[nodiscard]] DiffusionOptions diffusion_options(const Case& input, int threads);

}  // namespace nordheim::program
