// SPDX-License-Identifier: GPL-3.0-or-later
// Onsager coefficients of a lattice gas: one grid, and the limit of fine ones.
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/transport/onsager.hpp>

#include "transport/gas_currents.hpp"
#include "transport/horizon_limit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace nordheim {

namespace {

constexpr double rounding = 1e-26;  // of a squared residual

void require(bool allowed, const char* what, const std::string& found, const char* words) {
  if (allowed) return;
  throw InvalidArgument(std::string(what) + " = " + found + "; allowed are " + words);
}

void check(const Dispersion& dispersion, const OnsagerOptions& options) {
  require(dispersion.dimension() > 1, "dimension", std::to_string(dispersion.dimension()),
          "2 and 3, where Onsager coefficients of fine grids are known to converge");
  require(options.tolerance >= 1e-10 && options.tolerance < 1.0, "tolerance", shortest_text(options.tolerance),
          "1e-10 <= tolerance < 1");
  require(options.most_points == 0 || (options.most_points >= 32 && options.most_points <= 4096), "most_points",
          std::to_string(options.most_points), "0 and whole numbers from 32 to 4096");
}

LatticeTwoBodyOptions collision_options(const OnsagerOptions& options) {
  LatticeTwoBodyOptions result;
  result.strength = options.strength;
  result.window = options.window;
  result.rectangle_correction = options.rectangle_correction;
  result.threads = options.threads;
  return result;
}

/// The limit of each number of the coefficients.
class CoefficientLimits {
 public:
  CoefficientLimits(int dimension, double beta)
      : dimension_(static_cast<std::size_t>(dimension)), beta_(beta), limits_(numbers_of(last_).size()) {}

  void add(const OnsagerCoefficients& grid) {
    last_ = grid;
    const std::vector<double*> numbers = numbers_of(last_);
    for (std::size_t i = 0; i < limits_.size(); ++i) limits_[i].add(grid.points, *numbers[i]);
  }

  /// The limits of moments, L and χ, what follows from them, and the errors.
  [[nodiscard]] OnsagerCoefficients result() const {
    OnsagerCoefficients limits = last_, bounds;
    const std::vector<double*> values = numbers_of(limits), errors = numbers_of(bounds);
    for (std::size_t i = 0; i < limits_.size(); ++i) {
      const BoundedValue limit = limits_[i].absolute_limit();
      *values[i] = limit.value;
      *errors[i] = limit.error;
    }
    OnsagerCoefficients result = limits;
    detail::add_consequences(result, static_cast<int>(dimension_), beta_);
    add_errors(result, limits, bounds);
    return result;
  }

 private:
  [[nodiscard]] std::vector<double*> numbers_of(OnsagerCoefficients& x) const {
    std::vector<double*> numbers{&x.number, &x.energy};
    const auto add_matrix = [&numbers](ConservedMatrix& M) {
      for (auto& row : M) {
        for (double& value : row) numbers.push_back(&value);
      }
    };
    add_matrix(x.susceptibility);
    for (std::size_t i = 0; i < dimension_; ++i) {
      for (std::size_t j = 0; j < dimension_; ++j) {
        add_matrix(x.onsager[i][j]);
        add_matrix(x.diffusion[i][j]);
      }
      for (double& value : x.diffusivities[i]) numbers.push_back(&value);
      add_matrix(x.modes[i]);
      numbers.push_back(&x.heat_conductivity[i]);
    }
    return numbers;
  }

  /// @brief Errors relative to their scales, and the largest one.
  ///
  /// Limits of what follows from L and χ are compared with what follows from the limits.
  void add_errors(OnsagerCoefficients& result, const OnsagerCoefficients& limits,
                  const OnsagerCoefficients& bounds) const {
    OnsagerErrors& errors = result.errors;
    double largest = last_.solving;
    const auto relative = [&](double error, double size) {
      // Few grids extrapolate to anything.
      const bool known = size > 0.0 || (size == 0.0 && error == 0.0);
      const double found = size > 0.0 ? error / size : (known ? 0.0 : std::numeric_limits<double>::infinity());
      return std::max(found, last_.solving);
    };
    const auto counted = [&](double error, double size) {
      const double found = relative(error, size);
      largest = std::max(largest, found);
      return found;
    };
    const ConservedMatrix& chi = result.susceptibility;
    errors.number = counted(bounds.number, result.number);
    errors.energy = counted(bounds.energy, std::sqrt(chi[1][1]));
    for (const std::size_t a : detail::conserved_pair) {
      for (const std::size_t b : detail::conserved_pair) {
        errors.susceptibility[a][b] = counted(bounds.susceptibility[a][b], detail::scale(chi, a, chi, b));
        for (std::size_t i = 0; i < dimension_; ++i) {
          for (std::size_t j = 0; j < dimension_; ++j) {
            const auto &L = result.onsager, &D = result.diffusion;
            errors.onsager[i][j][a][b] = counted(bounds.onsager[i][j][a][b], detail::scale(L[i][i], a, L[j][j], b));
            const double size =
                std::sqrt(result.diffusivities[i][1] * result.diffusivities[j][1] * chi[a][a] / chi[b][b]);
            errors.diffusion[i][j][a][b] =
                counted(bounds.diffusion[i][j][a][b] + std::abs(D[i][j][a][b] - limits.diffusion[i][j][a][b]), size);
          }
          errors.modes[i][a][b] =
              std::min(1.0, relative(bounds.modes[i][a][b] + std::abs(result.modes[i][a][b] - limits.modes[i][a][b]),
                                     std::sqrt(chi[b][b])));
        }
      }
    }
    for (std::size_t i = 0; i < dimension_; ++i) {
      for (const std::size_t a : detail::conserved_pair) {
        const double value = result.diffusivities[i][a];
        errors.diffusivities[i][a] =
            counted(bounds.diffusivities[i][a] + std::abs(value - limits.diffusivities[i][a]), value);
      }
      const double value = result.heat_conductivity[i];
      errors.heat_conductivity[i] =
          counted(bounds.heat_conductivity[i] + std::abs(value - limits.heat_conductivity[i]), value);
    }
    result.error = largest;
  }

  std::size_t dimension_;
  double beta_;
  OnsagerCoefficients last_;
  std::vector<detail::HorizonLimit> limits_;
};

}  // namespace

OnsagerCoefficients onsager_coefficients(const LatticeGrid& grid, const Equilibrium& equilibrium,
                                         const LatticeTwoBodyOptions& options) {
  if (options.energy == EnergyConstraint::none) {
    throw InvalidArgument(
        "Onsager coefficients of number and energy need collisions that conserve both; the energy constraint must be "
        "projection or reference_temperature (found none)");
  }
  return detail::GasCurrents(grid, equilibrium, options).coefficients(rounding);
}

OnsagerCoefficients onsager_coefficients(const Dispersion& dispersion, const Equilibrium& equilibrium,
                                         const OnsagerOptions& options) {
  const std::vector<int> grids = onsager_grids(dispersion, options);
  // L_ne is of the first order in the residuals, of which the squares are bounded.
  const double residual = std::max(std::pow(1e-4 * options.tolerance, 2), rounding);
  CoefficientLimits limits(dispersion.dimension(), equilibrium.beta());
  OnsagerCoefficients result;
  for (const int points : grids) {
    detail::GasCurrents currents(LatticeGrid(points, dispersion), equilibrium, collision_options(options));
    try {
      limits.add(currents.coefficients(residual));
    } catch (const Error&) {
      if (points == grids.back() && result.points == 0) throw;
      continue;
    }
    result = limits.result();
    result.converged = result.error <= options.tolerance;
    if (result.converged) break;
  }
  return result;
}

std::vector<int> onsager_grids(const Dispersion& dispersion, const OnsagerOptions& options) {
  check(dispersion, options);
  const int fallback = dispersion.dimension() == 2 ? 128 : 48;
  constexpr int first = 16;
  return detail::growing_sizes(first, options.most_points != 0 ? options.most_points : fallback);
}

std::size_t onsager_memory(int points, const Dispersion& dispersion, const LatticeTwoBodyOptions& options) {
  constexpr double arrays_of_currents = 12.0;
  const double nodes = std::pow(points, dispersion.dimension());
  return LatticeTwoBody::memory(points, dispersion, options) +
         static_cast<std::size_t>(arrays_of_currents * nodes * sizeof(double));
}

std::size_t onsager_memory(const Dispersion& dispersion, const OnsagerOptions& options) {
  return onsager_memory(onsager_grids(dispersion, options).back(), dispersion, collision_options(options));
}

}  // namespace nordheim
