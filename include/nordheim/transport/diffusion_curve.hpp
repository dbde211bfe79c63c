// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/error.hpp>
#include <nordheim/transport/elastic_model.hpp>
#include <nordheim/transport/elastic_transport.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace nordheim {

/// The scattering is so strong or weak that results could not be represented: rates outside of 10⁻⁹⁰ to 10⁹⁰ [1/time],
/// beyond which third powers of relaxation times overflow, or a D that is not a positive number.
class NotRepresentable : public InvalidArgument {
 public:
  using InvalidArgument::InvalidArgument;
};

/// What becomes of an energy for which there is no result.
enum class Refusals {
  thrown,   ///< the curve is given up: the first refusal, in the order of energies, is thrown
  recorded  ///< DiffusionPoint::refusal says why, and the other energies are computed
};

/// Accuracy of a curve.
struct DiffusionOptions {
  double tolerance = 1e-10;           ///< wanted relative error of D
  int threads = 0;                    ///< over energies; 0: all that OpenMP has
  bool super_burnett = true;          ///< B, too
  bool spectral_gap = false;          ///< and the gap
  int max_order = 40;                 ///< Gauss points per dimension at which refinement ends, 8 to 64
  std::size_t max_nodes = 4'000'000;  ///< of one shell
  /// Bytes for the gains of all shells that are treated at the same time.
  std::size_t max_memory = std::size_t{8} << 30U;
  Refusals refusals = Refusals::thrown;  ///< of single energies
};

/// D_kin and what belongs to it at one energy. Where it was refused, the numbers are NaN and the errors infinite.
struct DiffusionPoint {
  double energy = 0.0;
  double density_of_states = 0.0;         ///< ρ(E) [states per site and energy], continuum [1 / (length³ energy)]
  double rate = 0.0;                      ///< ⟨γ⟩, the mean scattering rate [1/time] (scatterers: total)
  Tensor3 D{};                            ///< [sites² / time], continuum [length² / time]
  std::optional<double> super_burnett{};  ///< along e_1 [sites⁴ / time or length⁴ / time]
  std::optional<double> spectral_gap{};   ///< [1/time]
  double error = 0.0;  ///< estimated relative error of D (largest element), an upper bound in practice
  double density_of_states_error = 0.0;         ///< relative, estimated
  double rate_error = 0.0;                      ///< relative, estimated
  std::optional<double> super_burnett_error{};  ///< absolute, estimated: B has zeros
  bool isotropic = false;          ///< by symmetry D is a multiple of the unit matrix; so it is to its error
  int order = 0;                   ///< at which it was settled
  std::size_t nodes = 0;           ///< of the last shell
  std::size_t rank = 0;            ///< functions of the gain that D and B needed, on the last shell
  std::size_t fallback_cells = 0;  ///< of the last shell
  bool converged = false;          ///< error ≤ tolerance
  std::string refusal{};           ///< why there is no result; empty: there is one
};

/// @brief D_kin(E) at many energies, each refined until the tolerance is met, threads over energies.
///
/// The orders n = 5, 8, 11, … are compared; the error is that of the second to last one, which the last shows, times
/// what the observed rate of convergence leaves, with a safety factor. To it comes what rounding of the band leaves,
/// which grows towards van Hove energies and with a constant that is added to ω. The gap belongs to the last shell.
///
/// Where no shell reaches the tolerance for rounding (or none is allowed), on the nearest-neighbour band or a root of
/// it (optical, acoustic) with an uncorrelated potential the closed form is used, with order and nodes 0, also at van
/// Hove energies where D is finite. An energy that rounding of the band's constants does not tell from a van Hove
/// energy is taken for it. In R³ there are the relaxation rates. Results do not depend on the number of threads.
/// @param progress  called after each energy with the number done (from one thread at a time); may be empty
/// @throws InvalidArgument if an option is out of range; as ElasticModel::scattering() and if ρ is infinite, nothing
///         is scattered or the gain is foretold to need more than max_memory, NotRepresentable, for the first energy
///         for which it does, unless refusals are recorded and there is an energy without; whatever @p progress throws
[[nodiscard]] std::vector<DiffusionPoint> diffusion_curve(const ElasticModel& model, std::span<const double> energies,
                                                          const DiffusionOptions& options = {},
                                                          const std::function<void(std::size_t done)>& progress = {});

/// @brief About @p count energies between from and to that resolve the square-root singularities at the model's van
/// Hove energies: dense on both sides as E_c ± s², never closer than D can be had to a relative error of @p tolerance
/// (rounding grows towards E_c) or, for strong impurities, G(E) as a rule; from and to are included where allowed.
/// Between neighbouring van Hove energies there are at least five, whatever @p count. Increasing.
/// @throws InvalidArgument if an argument is out of range or no energy remains
[[nodiscard]] std::vector<double> resolving_energies(const ElasticModel& model, double from, double to, int count,
                                                     double tolerance = 1e-10);

}  // namespace nordheim
