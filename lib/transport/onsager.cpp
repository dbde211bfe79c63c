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

std::vector<int> sizes(int dimension, const OnsagerOptions& options) {
  const int fallback = dimension == 2 ? 128 : 48;
  constexpr int first = 16;
  return detail::growing_sizes(first, options.most_points != 0 ? options.most_points : fallback);
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

  /// The limits of moments, L and χ, what follows from them, and the error.
  [[nodiscard]] OnsagerCoefficients result() const {
    OnsagerCoefficients limits = last_, errors;
    const std::vector<double*> values = numbers_of(limits), bounds = numbers_of(errors);
    for (std::size_t i = 0; i < limits_.size(); ++i) {
      const BoundedValue limit = limits_[i].absolute_limit();
      *values[i] = limit.value;
      *bounds[i] = limit.error;
    }
    OnsagerCoefficients result = limits;
    detail::add_consequences(result, static_cast<int>(dimension_), beta_);
    result.error = largest_error(result, limits, errors);
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
      for (std::size_t j = 0; j < dimension_; ++j) add_matrix(x.onsager[i][j]);
      for (double& value : x.diffusivities[i]) numbers.push_back(&value);
      numbers.push_back(&x.heat_conductivity[i]);
    }
    return numbers;
  }

  /// Limits of what follows from L and χ are compared with what follows from the limits.
  [[nodiscard]] double largest_error(const OnsagerCoefficients& result, const OnsagerCoefficients& limits,
                                     const OnsagerCoefficients& errors) const {
    double largest = last_.error;
    const auto relative = [&](double error, double size) {
      // Few grids extrapolate to anything.
      const bool known = size > 0.0 || (size == 0.0 && error == 0.0);
      if (!known) largest = std::numeric_limits<double>::infinity();
      if (size > 0.0) largest = std::max(largest, error / size);
    };
    for (const std::size_t a : detail::conserved_pair) {
      for (const std::size_t b : detail::conserved_pair) {
        relative(errors.susceptibility[a][b], detail::scale(result.susceptibility, a, result.susceptibility, b));
        for (std::size_t i = 0; i < dimension_; ++i) {
          for (std::size_t j = 0; j < dimension_; ++j) {
            relative(errors.onsager[i][j][a][b], detail::scale(result.onsager[i][i], a, result.onsager[j][j], b));
          }
        }
      }
    }
    for (std::size_t i = 0; i < dimension_; ++i) {
      for (const std::size_t a : detail::conserved_pair) {
        relative(errors.diffusivities[i][a] + std::abs(result.diffusivities[i][a] - limits.diffusivities[i][a]),
                 result.diffusivities[i][a]);
      }
      relative(errors.heat_conductivity[i] + std::abs(result.heat_conductivity[i] - limits.heat_conductivity[i]),
               result.heat_conductivity[i]);
    }
    return largest;
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
  check(dispersion, options);
  // L_ne is of the first order in the residuals, of which the squares are bounded.
  const double residual = std::max(std::pow(1e-4 * options.tolerance, 2), rounding);
  CoefficientLimits limits(dispersion.dimension(), equilibrium.beta());
  OnsagerCoefficients result;
  for (const int points : sizes(dispersion.dimension(), options)) {
    limits.add(detail::GasCurrents(LatticeGrid(points, dispersion), equilibrium, collision_options(options))
                   .coefficients(residual));
    result = limits.result();
    result.converged = result.error <= options.tolerance;
    if (result.converged) break;
  }
  return result;
}

std::size_t onsager_memory(const Dispersion& dispersion, const OnsagerOptions& options) {
  check(dispersion, options);
  const int points = sizes(dispersion.dimension(), options).back();
  constexpr double arrays_of_currents = 12.0;
  const double nodes = std::pow(points, dispersion.dimension());
  return LatticeTwoBody::memory(points, dispersion, collision_options(options)) +
         static_cast<std::size_t>(arrays_of_currents * nodes * sizeof(double));
}

}  // namespace nordheim
