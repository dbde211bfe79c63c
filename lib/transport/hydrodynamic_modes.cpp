// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/transport/hydrodynamic_modes.hpp>

#include "collision/contact_gas.hpp"
#include "model/particles.hpp"
#include "transport/harmonic_operator.hpp"
#include "transport/trial_space.hpp"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numeric>
#include <string>
#include <vector>

namespace nordheim {

namespace {

using detail::ContactGas;

/// Σ of W and of powers of ω with W(1+θW), at T = 1 and without the activity.
struct Thermodynamics {
  explicit Thermodynamics(const ContactGas& gas) {
    const detail::QuadratureRule rule = detail::radial_rule(gas);
    double number = 0.0, energy = 0.0, one = 0.0, first = 0.0;
    for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
      const double k2 = rule.nodes[i] * rule.nodes[i], omega = 0.5 * k2, root = gas.root_weight(omega);
      const double W = rule.weights[i] * k2 * gas.scaled_occupation(omega), g = rule.weights[i] * k2 * root * root;
      number += W;
      energy += W * omega;
      one += g;
      first += g * omega;
    }
    const double mean = first / one;  // energies are measured from it, so that little cancels in degenerate gases
    double second = 0.0;
    for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
      const double k2 = rule.nodes[i] * rule.nodes[i], root = gas.root_weight(0.5 * k2);
      second += rule.weights[i] * k2 * root * root * std::pow(0.5 * k2 - mean, 2);
    }
    const double enthalpy = 5.0 / 3.0 * energy / number;
    at_volume = second / number;
    difference = one * std::pow(enthalpy - mean, 2) / number;
  }
  double at_volume;   ///< c_v
  double difference;  ///< c_p − c_v
};

/// −iq·k + L of a gas of T = strength = 1 in the orthonormal functions of all angular momenta.
class ModeMatrix {
 public:
  /// @param resolution  of the quadrature
  ModeMatrix(const ContactGas& gas, int functions, int degrees, int resolution) {
    constexpr TrialFunctions kind = TrialFunctions::graded;
    std::vector<int> all(static_cast<std::size_t>(degrees + 1));
    std::iota(all.begin(), all.end(), 0);
    const detail::ContactShells shells(gas, detail::shell_orders(resolution, kind));
    operators_ = detail::harmonic_operators(gas, shells, kind, all, functions);
    add_flights(gas);
  }

  /// @param functions, degrees  at most those of the matrix
  /// @param collisions, flight  factors of L and of k_z
  [[nodiscard]] Eigen::MatrixXcd matrix(int functions, int degrees, double collisions, double flight) const {
    std::vector<Eigen::Index> first{0};
    for (int l = 0; l <= degrees; ++l) first.push_back(first.back() + size(l, functions));
    Eigen::MatrixXcd M = Eigen::MatrixXcd::Zero(first.back(), first.back());
    for (int l = 0; l <= degrees; ++l) {
      const auto at = static_cast<std::size_t>(l);
      const Eigen::MatrixXd rates = operators_[at].matrix(functions);
      const Eigen::Index invariants = size(l, functions) - rates.rows();
      M.block(first[at] + invariants, first[at] + invariants, rates.rows(), rates.rows()) = -collisions * rates;
      if (l == degrees) break;
      const Eigen::MatrixXcd V = std::complex<double>(0.0, -flight) * between(l, functions);
      M.block(first[at], first[at + 1], V.rows(), V.cols()) = V;
      M.block(first[at + 1], first[at], V.cols(), V.rows()) = V.transpose();
    }
    return M;
  }

 private:
  [[nodiscard]] static Eigen::Index size(int l, int functions) { return detail::degree_of(functions, l) + 1; }

  /// ⟨ψ_l, k_z ψ_{l+1}⟩ in the bases of so many functions: their raw functions are nested, their reflections are not.
  [[nodiscard]] Eigen::MatrixXd between(int l, int functions) const {
    const auto at = static_cast<std::size_t>(l);
    const Eigen::MatrixXd left = operators_[at].space().combine(detail::degree_of(functions, l));
    const Eigen::MatrixXd right = operators_[at + 1].space().combine(detail::degree_of(functions, l + 1));
    return left.transpose() * flights_[at] * right;
  }

  /// (l+1)/√((2l+1)(2l+3)) ∫dk k^{2l+4} E² f_l f_{l+1} of raw functions.
  void add_flights(const ContactGas& gas) {
    const detail::QuadratureRule rule = detail::radial_rule(gas);
    const auto points = static_cast<Eigen::Index>(rule.nodes.size());
    Eigen::ArrayXd k2(points), weight(points);
    for (Eigen::Index i = 0; i < points; ++i) {
      const double k = rule.nodes[static_cast<std::size_t>(i)], root = gas.root_weight(0.5 * k * k);
      k2[i] = k * k;
      weight[i] = rule.weights[static_cast<std::size_t>(i)] * root * root;
    }
    const auto raw = [&](std::size_t l) {
      Eigen::MatrixXd values(points, operators_[l].space().raw_functions());
      operators_[l].space().evaluate(0.5 * k2, values);
      return values;
    };
    for (std::size_t l = 0; l + 1 < operators_.size(); ++l) {
      const auto j = static_cast<double>(l);
      const double coefficient = (j + 1.0) / std::sqrt((2.0 * j + 1.0) * (2.0 * j + 3.0));
      const Eigen::VectorXd w = coefficient * weight * k2.pow(j + 2.0);
      flights_.emplace_back(raw(l).transpose() * w.asDiagonal() * raw(l + 1));
    }
  }

  std::vector<detail::HarmonicOperator> operators_;
  std::vector<Eigen::MatrixXd> flights_;
};

/// The three eigenvalues that decay most slowly.
struct SlowModes {
  explicit SlowModes(const Eigen::MatrixXcd& M) {
    const Eigen::VectorXcd s = Eigen::ComplexEigenSolver<Eigen::MatrixXcd>(M, false).eigenvalues();
    std::vector<std::complex<double>> slow(s.begin(), s.end());
    std::partial_sort(slow.begin(), slow.begin() + 3, slow.end(),
                      [](const auto& a, const auto& b) { return a.real() > b.real(); });
    slow.resize(3);
    const auto by_frequency = [](const auto& a, const auto& b) { return a.imag() < b.imag(); };
    std::sort(slow.begin(), slow.end(), by_frequency);
    heat = slow[1];
    sound = slow[2];
  }
  std::complex<double> sound, heat;
};

void check(const GasModesOptions& options) {
  const auto require = [](const char* what, int value, int least, int most) {
    if (value >= least && value <= most) return;
    throw InvalidArgument(std::string(what) + " = " + std::to_string(value) + "; allowed are whole numbers from " +
                          std::to_string(least) + " to " + std::to_string(most));
  };
  require("functions", options.functions, 4, 40);
  require("degrees", options.degrees, 3, 12);
}

void require_positive(const char* what, double value) {
  if (value > 0.0 && std::isfinite(value)) return;
  throw InvalidArgument(std::string(what) + " = " + shortest_text(value) + "; allowed are finite numbers > 0");
}

}  // namespace

HydrodynamicModes hydrodynamic_modes(Statistics statistics, double temperature, double fugacity,
                                     const GasTransportOptions& options) {
  GasTransportOptions coefficients = options;
  coefficients.degrees = -1;
  const GasTransport gas = gas_transport(statistics, temperature, fugacity, coefficients);
  const Thermodynamics thermodynamics{ContactGas(statistics, fugacity)};
  const double n = gas.density, eta = gas.viscosity.value, kappa = gas.heat_conductivity.value;
  HydrodynamicModes modes;
  modes.density = n;
  modes.heat_at_volume = thermodynamics.at_volume;
  modes.heat_at_pressure = thermodynamics.at_volume + thermodynamics.difference;
  modes.sound_speed = std::sqrt(5.0 * gas.pressure / (3.0 * n));
  const double share = thermodynamics.difference / (modes.heat_at_volume * modes.heat_at_pressure);
  modes.sound_damping = (4.0 / 3.0 * eta + kappa * share) / (2.0 * n);
  modes.thermal_diffusivity = kappa / (n * modes.heat_at_pressure);
  modes.kinematic_viscosity = eta / n;
  modes.error = std::max(gas.viscosity.error, gas.heat_conductivity.error);
  modes.converged = modes.error <= options.tolerance;
  return modes;
}

GasModes gas_modes(Statistics statistics, double temperature, double fugacity, double wavenumber,
                   const GasModesOptions& options) {
  check(options);
  detail::require_particles(statistics, "modes of a gas");
  require_positive("strength", options.strength);
  require_positive("temperature", temperature);
  require_positive("fugacity", fugacity);
  require_positive("wavenumber", wavenumber);
  if (statistics == Statistics::boson && fugacity >= 1.0) {
    throw InvalidArgument("fugacity = " + shortest_text(fugacity) +
                          "; allowed for bosons are 0 < fugacity < 1, at 1 they condense");
  }
  const ContactGas gas(statistics, fugacity);
  const double collisions = options.strength * temperature * temperature * gas.activity();
  const double flight = wavenumber * std::sqrt(temperature);
  const int functions = options.functions, degrees = options.degrees;
  const ModeMatrix fine(gas, functions, degrees, functions), coarse(gas, functions, degrees, 3 * functions / 4);
  const Eigen::MatrixXcd M = fine.matrix(functions, degrees, collisions, flight);
  const SlowModes now(M);
  const SlowModes fewer(fine.matrix(3 * functions / 4, degrees, collisions, flight));
  const SlowModes flatter(fine.matrix(functions, degrees - 1, collisions, flight));
  const SlowModes coarser(coarse.matrix(functions, degrees, collisions, flight));
  const auto mode = [&](std::complex<double> SlowModes::*which) {
    constexpr double safety = 2.0, rounding = 1e-14;
    double error = rounding * M.norm();
    for (const SlowModes* other : {&fewer, &flatter, &coarser}) error += safety * std::abs(now.*which - other->*which);
    return GasMode{now.*which, error};
  };
  GasModes result{mode(&SlowModes::sound), mode(&SlowModes::heat)};
  result.heat.s = result.heat.s.real();
  return result;
}

}  // namespace nordheim
