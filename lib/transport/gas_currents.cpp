// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/gas_currents.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>

#include "transport/band_symmetry.hpp"
#include "transport/conjugate_gradients.hpp"

#include <algorithm>

namespace nordheim::detail {

namespace {

/// How many axes have to be computed: of a cubic band one stands for all.
std::size_t computed_axes(const Dispersion& dispersion) {
  return is_cubic(dispersion) ? 1 : static_cast<std::size_t>(dispersion.dimension());
}

/// M χ⁻¹.
ConservedMatrix over(const ConservedMatrix& M, const ConservedMatrix& chi) {
  const double determinant = chi[0][0] * chi[1][1] - chi[0][1] * chi[1][0];
  ConservedMatrix D{};
  for (const std::size_t a : conserved_pair) {
    D[a][0] = (M[a][0] * chi[1][1] - M[a][1] * chi[1][0]) / determinant;
    D[a][1] = (M[a][1] * chi[0][0] - M[a][0] * chi[0][1]) / determinant;
  }
  return D;
}

/// Of a matrix that is similar to a symmetric one.
std::array<double, 2> eigenvalues(const ConservedMatrix& D) {
  const double mean = 0.5 * (D[0][0] + D[1][1]), half = 0.5 * (D[0][0] - D[1][1]);
  const double radius = std::sqrt(std::max(half * half + D[0][1] * D[1][0], 0.0));
  return {mean - radius, mean + radius};
}

/// How much larger the terms of M_ee are than what is left of them without number: energies are measured from where the
/// band does.
double cancellation(const ConservedMatrix& M) { return M[0][0] * M[1][1] / (M[0][0] * M[1][1] - M[0][1] * M[1][0]); }

/// The largest |L_ab − L_ba|, relative: each has the error of another solution.
double reciprocity_defect(const OnsagerCoefficients& result, std::size_t axes) {
  const auto& L = result.onsager;
  double defect = 0.0;
  for (std::size_t i = 0; i < axes; ++i) {
    for (std::size_t j = 0; j < axes; ++j) {
      for (const std::size_t a : conserved_pair) {
        for (const std::size_t b : conserved_pair) {
          const double difference = std::abs(L[i][j][a][b] - L[j][i][b][a]);
          defect = std::max(defect, difference / scale(L[i][i], a, L[j][j], b));
        }
      }
    }
  }
  return defect;
}

ConservedMatrix filled(double value) { return {{{value, value}, {value, value}}}; }

/// What solving and rounding leave of L_ab and χ_ab, and what becomes of that in numbers that follow from them.
void add_errors_of_solving(OnsagerCoefficients& result, std::size_t axes, int dimension) {
  constexpr double rounding = 1e-13;
  result.reciprocity = reciprocity_defect(result, axes);
  double worst = cancellation(result.susceptibility);
  for (std::size_t i = 0; i < axes; ++i) worst = std::max(worst, cancellation(result.onsager[i][i]));
  const double direct = rounding + result.reciprocity;
  result.error = result.solving = direct * worst;
  OnsagerErrors& errors = result.errors;
  errors.number = errors.energy = direct;
  errors.susceptibility = filled(direct);
  const auto d = static_cast<std::size_t>(dimension);
  for (std::size_t i = 0; i < d; ++i) {
    for (std::size_t j = 0; j < d; ++j) {
      errors.onsager[i][j] = filled(direct);
      errors.diffusion[i][j] = filled(result.error);
    }
    const auto& [slow, fast] = result.diffusivities[i];
    errors.diffusivities[i] = {result.error, result.error};
    errors.heat_conductivity[i] = result.error;
    errors.modes[i] = filled(std::min(1.0, result.error * fast / (fast - slow)));
  }
}

/// Eigenvectors of D = Lχ⁻¹: with χ = CCᵀ those of C⁻¹LC⁻ᵀ, a rotation, times C.
ConservedMatrix modes_of(const ConservedMatrix& L, const ConservedMatrix& chi) {
  const double c00 = std::sqrt(chi[0][0]), c10 = chi[0][1] / c00, c11 = std::sqrt(chi[1][1] - c10 * c10);
  const double a00 = L[0][0] / chi[0][0];
  const double a01 = (L[0][1] / c00 - c10 * a00) / c11;
  const double a11 = (L[1][1] - 2.0 * c10 * L[0][1] / c00 + c10 * c10 * a00) / (c11 * c11);
  // The angle of the larger eigenvalue.
  const double angle = 0.5 * std::atan2(2.0 * a01, a00 - a11), cosine = std::cos(angle), sine = std::sin(angle);
  ConservedMatrix modes{{{-sine * c00, -sine * c10 + cosine * c11}, {cosine * c00, cosine * c10 + sine * c11}}};
  for (auto& mode : modes) {
    constexpr double vanishing = 1e-6;
    if ((std::abs(mode[0]) > vanishing * c00 ? mode[0] : mode[1]) >= 0.0) continue;
    for (double& x : mode) x = -x;
  }
  return modes;
}

}  // namespace

void add_consequences(OnsagerCoefficients& result, int dimension, double beta) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(dimension); ++i) {
    for (std::size_t j = 0; j < static_cast<std::size_t>(dimension); ++j) {
      result.diffusion[i][j] = over(result.onsager[i][j], result.susceptibility);
    }
    result.diffusivities[i] = eigenvalues(result.diffusion[i][i]);
    result.modes[i] = modes_of(result.onsager[i][i], result.susceptibility);
    const ConservedMatrix& L = result.onsager[i][i];
    result.heat_conductivity[i] = beta * beta * (L[1][1] - L[0][1] * L[1][0] / L[0][0]);
  }
}

GasCurrents::GasCurrents(const LatticeGrid& grid, const Equilibrium& equilibrium, const LatticeTwoBodyOptions& options)
    : grid_(grid), collisions_(grid, equilibrium.statistics(), options), beta_(equilibrium.beta()) {
  W_.reserve(grid.size());
  for (const double omega : grid.energies()) {
    W_.push_back(equilibrium.occupation(omega));
    g_.push_back(fluctuation(equilibrium.statistics(), W_.back()));
  }
  require_occupations();
  collisions_.start_search_at(equilibrium);
  loss_.resize(grid.size());
  collisions_.loss_rate(W_, loss_);
  for (std::size_t k = 0; k < g_.size(); ++k) loss_[k] *= g_[k];
  change_.resize(grid.size());
}

void GasCurrents::require_occupations() const {
  const double least = *std::min_element(g_.begin(), g_.end());
  if (least > least_onsager_fluctuation) return;
  throw InvalidArgument("the equilibrium is too cold or too thin for this band: W(1 + theta W) comes down to " +
                        shortest_text(least) + "; allowed is what is above " +
                        shortest_text(least_onsager_fluctuation) + " at all momenta");
}

void GasCurrents::apply(ConstState h, State out) {
  for (std::size_t k = 0; k < g_.size(); ++k) change_[k] = g_[k] * h[k];
  collisions_.apply_linearised(W_, change_, out);
  for (double& rate : out) rate = -rate;
}

std::vector<double> GasCurrents::current(std::size_t i, std::size_t a) const {
  const auto d = static_cast<std::size_t>(grid_.dimension());
  std::vector<double> f(g_.size());
  for (std::size_t k = 0; k < f.size(); ++k) {
    f[k] = grid_.velocities()[k * d + i] * g_[k] * (a == 0 ? 1.0 : grid_.energies()[k]);
  }
  return f;
}

void GasCurrents::add_moments(OnsagerCoefficients& result) const {
  const Moments moments = moments_of(W_, grid_.energies(), grid_.weights());
  result.number = moments.number;
  result.energy = moments.energy;
  ConservedMatrix& chi = result.susceptibility;
  for (std::size_t k = 0; k < g_.size(); ++k) {
    const double share = grid_.weights()[k] * g_[k], omega = grid_.energies()[k];
    chi[0][0] += share;
    chi[0][1] += share * omega;
    chi[1][1] += share * omega * omega;
  }
  chi[1][0] = chi[0][1];
}

OnsagerCoefficients GasCurrents::coefficients(double tolerance) {
  OnsagerCoefficients result;
  const std::size_t d = computed_axes(grid_.dispersion());
  ConjugateGradients solver(grid_.weights(), loss_, grid_.points());
  const auto A = [this](ConstState h, State out) { apply(h, out); };
  std::vector<double> x;
  for (std::size_t j = 0; j < d; ++j) {
    for (const std::size_t b : conserved_pair) {
      (void)solver.solve(A, current(j, b), tolerance, x);
      for (std::size_t i = 0; i < d; ++i) {
        for (const std::size_t a : conserved_pair) result.onsager[i][j][a][b] = solver.product(current(i, a), x);
      }
    }
  }
  const auto all = static_cast<std::size_t>(grid_.dimension());
  for (std::size_t i = d; i < all; ++i) result.onsager[i][i] = result.onsager[0][0];
  add_moments(result);
  add_consequences(result, grid_.dimension(), beta_);
  add_errors_of_solving(result, d, grid_.dimension());
  result.points = grid_.points();
  result.horizon = collisions_.horizon();
  result.converged = true;
  return result;
}

}  // namespace nordheim::detail
