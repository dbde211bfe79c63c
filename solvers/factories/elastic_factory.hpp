// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/transport/diffusion_curve.hpp>

#include "case/case.hpp"

#include <cstddef>
#include <functional>
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

/// @brief The curve with the other keys of [diffusion]. Energies that the model refuses are recorded, unless all are.
/// @throws InvalidArgument, beginning with the place of the key, if all energies are refused; whatever progress throws
[[nodiscard]] std::vector<DiffusionPoint> make_curve(const Case& input, const ElasticModel& model,
                                                     const std::vector<double>& energies, int threads,
                                                     const std::function<void(std::size_t done)>& progress = {});

}  // namespace nordheim::program
