// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/transport/elastic_model.hpp>
#include <nordheim/transport/elastic_transport.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace nordheim {

/// Accuracy of a curve.
struct DiffusionOptions {
  double tolerance = 1e-10;           ///< wanted relative error of D
  int threads = 0;                    ///< over energies; 0: all that OpenMP has
  bool super_burnett = true;          ///< B, too
  bool spectral_gap = false;          ///< and the gap
  int max_order = 40;                 ///< Gauss points per dimension at which refinement ends, 5 to 64
  std::size_t max_nodes = 4'000'000;  ///< of one shell
};

/// D_kin and what belongs to it at one energy.
struct DiffusionPoint {
  double energy = 0.0;
  double density_of_states = 0.0;         ///< ρ(E)
  double rate = 0.0;                      ///< ⟨γ⟩, the mean scattering rate [1/time] (scatterers: total)
  Tensor3 D{};                            ///< [site² energy], continuum [length² / time]
  std::optional<double> super_burnett{};  ///< along e_1
  std::optional<double> spectral_gap{};   ///< [1/time]
  double error = 0.0;  ///< estimated relative error of D (largest element), an upper bound in practice
  double density_of_states_error = 0.0;  ///< relative, estimated
  int order = 0;                         ///< at which it was settled
  std::size_t nodes = 0;                 ///< of the last shell
  std::size_t rank = 0;                  ///< functions of the gain, on the first shell
  std::size_t fallback_cells = 0;        ///< of the last shell
  bool converged = false;                ///< error ≤ tolerance
};

/// @brief D_kin(E) at many energies, each refined until the tolerance is met, threads over energies.
///
/// The orders n = 5, 8, 11, … are compared; the error is that of the second to last one, which the last shows, times
/// what the observed rate of convergence leaves, with a safety factor. B and the gap belong to the last shell.
///
/// At van Hove energies inside the nearest-neighbour band (and nearer to them than a shell can be computed) with an
/// uncorrelated potential the closed form is used, with order and nodes 0; in R³ the relaxation rates.
/// Results do not depend on the number of threads.
/// @param progress  called after each energy with the number done (from one thread at a time); may be empty
/// @throws InvalidArgument as ElasticModel::scattering(), for the first energy for which it does; if ρ is infinite; if
///         an option is out of range; whatever @p progress throws
[[nodiscard]] std::vector<DiffusionPoint> diffusion_curve(const ElasticModel& model, std::span<const double> energies,
                                                          const DiffusionOptions& options = {},
                                                          const std::function<void(std::size_t done)>& progress = {});

/// @brief About @p count energies between from and to that resolve the square-root singularities at the model's van
/// Hove energies: dense on both sides as E_c ± s², never closer than a shell can be computed; from and to are included
/// where allowed. Increasing.
[[nodiscard]] std::vector<double> resolving_energies(const ElasticModel& model, double from, double to, int count);

}  // namespace nordheim
