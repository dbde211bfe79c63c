// SPDX-License-Identifier: GPL-3.0-or-later
// Sound and heat in gases: from viscosity and heat conductivity, from the linearised and from the nonlinear equation.
#include <nordheim/collision/spherical_two_body.hpp>
#include <nordheim/equation/inhomogeneous_equation.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/transport/hydrodynamic_modes.hpp>

#include "support/catch.hpp"
#include "support/refusal.hpp"
#include "support/two_pi.hpp"

#include <Eigen/Dense>
#include <Eigen/Eigenvalues>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <limits>
#include <vector>

using namespace nordheim;
using test::says;
using test::sentence;
using test::two_pi;

namespace {

/// A wavenumber, as a ratio of qc to the rate n/η.
double wavenumber(const HydrodynamicModes& modes, double ratio) {
  return ratio / (modes.kinematic_viscosity * modes.sound_speed);
}

/// c, Γ, D_T of waves of one wavenumber.
std::array<double, 3> at(Statistics statistics, double z, double q) {
  const GasModes modes = gas_modes(statistics, 1.0, z, q);
  return {modes.sound.s.imag() / q, -modes.sound.s.real() / (q * q), -modes.heat.s.real() / (q * q)};
}

}  // namespace

TEST_CASE("sound and heat have the numbers of another program") {
  struct Row {
    Statistics statistics;
    double z, n, c, heat, damping, c_v, c_p;
  };
  for (const Row& row :
       {Row{Statistics::classical, 1.0, 15.749610, 1.2909944487, 0.0172152303, 0.0133210816, 1.5, 2.5},
        Row{Statistics::fermion, 1.0, 12.050767, 1.3743948993, 0.0282711470, 0.0196866485, 1.40409810, 2.09680594},
        Row{Statistics::fermion, 5.0, 35.975437, 1.5208615827, 0.0135782558, 0.0086062033, 1.24251855, 1.63220546},
        Row{Statistics::boson, 0.3, 5.328268, 1.2515406640, 0.0452035371, 0.0375364187, 1.54601023, 2.75420117}}) {
    const HydrodynamicModes modes = hydrodynamic_modes(row.statistics, 1.0, row.z);
    INFO(name(row.statistics) << ", z = " << row.z);
    CHECK(modes.converged);
    CHECK_THAT(modes.density, WithinAbs(row.n, 1e-6));
    CHECK_THAT(modes.sound_speed, WithinAbs(row.c, 1e-10));
    CHECK_THAT(modes.thermal_diffusivity, WithinAbs(row.heat, 1e-10));
    CHECK_THAT(modes.sound_damping, WithinAbs(row.damping, 1e-10));
    CHECK_THAT(modes.heat_at_volume, WithinAbs(row.c_v, 1e-8));
    CHECK_THAT(modes.heat_at_pressure, WithinAbs(row.c_p, 1e-8));
  }
}

TEST_CASE("modes of gases scale with temperature and strength") {
  GasTransportOptions strong;
  strong.strength = 3.0;
  const HydrodynamicModes hot = hydrodynamic_modes(Statistics::fermion, 4.0, 2.0, strong),
                          unit = hydrodynamic_modes(Statistics::fermion, 1.0, 2.0);
  CHECK_THAT(hot.sound_speed, WithinRel(2.0 * unit.sound_speed, 1e-12));
  CHECK_THAT(hot.sound_damping, WithinRel(unit.sound_damping / (4.0 * 3.0), 1e-12));
  CHECK_THAT(hot.heat_at_pressure, WithinRel(unit.heat_at_pressure, 1e-12));
  GasModesOptions options;
  options.strength = 3.0;
  // Rates are 3·4² times larger, velocities twice.
  const GasModes waves = gas_modes(Statistics::fermion, 4.0, 2.0, 24.0 * 0.5, options),
                 unit_waves = gas_modes(Statistics::fermion, 1.0, 2.0, 0.5);
  CHECK(std::abs(waves.sound.s - 48.0 * unit_waves.sound.s) < 1e-11 * std::abs(waves.sound.s));
  CHECK_THAT(waves.heat.s.real(), WithinRel(48.0 * unit_waves.heat.s.real(), 1e-9));
}

TEST_CASE("long waves of the linearised equation are those of hydrodynamics") {
  struct Gas {
    Statistics statistics;
    double z;
  };
  for (const Gas& gas : {Gas{Statistics::classical, 1.0}, Gas{Statistics::fermion, 1.0}, Gas{Statistics::boson, 0.3}}) {
    const HydrodynamicModes modes = hydrodynamic_modes(gas.statistics, 1.0, gas.z);
    const std::array<double, 3> expected{modes.sound_speed, modes.sound_damping, modes.thermal_diffusivity};
    const auto coarse = at(gas.statistics, gas.z, wavenumber(modes, 0.02));
    const auto middle = at(gas.statistics, gas.z, wavenumber(modes, 0.01));
    const auto fine = at(gas.statistics, gas.z, wavenumber(modes, 0.005));
    for (std::size_t i = 0; i < 3; ++i) {
      // Deviations begin with q² and q⁴; what is left is below the errors of the modes, 2e-8.
      const double first = (4.0 * middle[i] - coarse[i]) / 3.0, second = (4.0 * fine[i] - middle[i]) / 3.0;
      CHECK_THAT((16.0 * second - first) / 15.0, WithinRel(expected[i], 1e-8));
      CHECK(std::abs(coarse[i] / expected[i] - 1.0) > 5e-5);
      CHECK(std::abs(coarse[i] / expected[i] - 1.0) < 5e-4);
    }
  }
}

TEST_CASE("the error of a mode bounds the true one") {
  for (const double q : {0.5, 8.0, 40.0}) {
    GasModesOptions best;
    best.functions = 16;
    best.degrees = 8;
    const GasModes reference = gas_modes(Statistics::fermion, 1.0, 1.0, q, best);
    for (const int functions : {5, 9}) {
      for (const int degrees : {3, 5}) {
        GasModesOptions options;
        options.functions = functions;
        options.degrees = degrees;
        const GasModes found = gas_modes(Statistics::fermion, 1.0, 1.0, q, options);
        INFO("q = " << q << ", " << functions << " functions, degree " << degrees << ": " << found.sound.s << " +- "
                    << found.sound.error << ", " << found.heat.s << " +- " << found.heat.error << " instead of "
                    << reference.sound.s << " +- " << reference.sound.error);
        CHECK(std::abs(found.sound.s - reference.sound.s) <= found.sound.error + reference.sound.error);
        CHECK(std::abs(found.heat.s - reference.heat.s) <= found.heat.error + reference.heat.error);
      }
    }
  }
}

TEST_CASE("impossible waves in gases are refused") {
  const auto refused = [](double temperature, double fugacity, double q, const GasModesOptions& options) {
    return sentence([&] { return gas_modes(Statistics::boson, temperature, fugacity, q, options); });
  };
  for (const double bad : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK(says(refused(bad, 0.5, 1.0, {}), "temperature = "));
    CHECK(says(refused(1.0, bad, 1.0, {}), "fugacity = "));
    CHECK(says(refused(1.0, 0.5, bad, {}), "wavenumber = "));
    CHECK(says(refused(1.0, 0.5, 1.0, {.strength = bad}), "strength = "));
  }
  CHECK(says(refused(1.0, 1.0, 1.0, {}), "at 1 they condense"));
  CHECK(says(refused(1.0, 0.5, 1.0, {.functions = 3}), "functions = 3"));
  CHECK(says(refused(1.0, 0.5, 1.0, {.degrees = 13}), "degrees = 13"));
  CHECK(says(sentence([] { return gas_modes(Statistics::classical_wave, 1.0, 0.5, 1.0); }), "classical-wave"));
  CHECK(says(sentence([] { return hydrodynamic_modes(Statistics::boson, 1.0, 1.5); }), "they condense"));
}

namespace {

/// Fermions of z = 1 in a box along the axis of symmetry, disturbed by one wave.
class Wave {
 public:
  Wave(int degree, double length)
      : degree_(degree),
        grid_({.degree = degree, .scale = 0.85 * std::sqrt(2.0), .symmetry = MomentumSymmetry::axial}),
        box_({length}, {4}),
        equation_(box_, one_operator(grid_), {.axes = {2}}) {}

  /// Eigenvalues of the evolution of the first Fourier components of number, momentum and energy, increasing frequency.
  [[nodiscard]] Eigen::Vector3cd modes() {
    // At first what is not conserved decays, at rates of 40 and more.
    const double first = 0.3, duration = 0.5;
    Eigen::Matrix3cd early, late;
    for (int kind = 0; kind < 3; ++kind) {
      std::vector<double> W = disturbed(kind);
      run(W, 0.0, first);
      early.col(kind) = amplitude(W);
      run(W, first, first + duration);
      late.col(kind) = amplitude(W);
    }
    Eigen::Vector3cd s = (late * early.inverse()).eigenvalues().array().log() / duration;
    std::sort(s.begin(), s.end(), [](const auto& a, const auto& b) { return a.imag() < b.imag(); });
    return s;
  }

 private:
  static std::vector<SphericalTwoBody> one_operator(const SphericalGrid& grid) {
    std::vector<SphericalTwoBody> result;
    result.emplace_back(grid, Statistics::fermion, SphericalTwoBodyOptions{.threads = 1});
    return result;
  }
  [[nodiscard]] double turn(std::size_t r) const { return two_pi * box_.position(r)[0] / box_.lengths()[0]; }
  /// The exponent −α − b k_3 + βω varies by a cosine in one of its coefficients.
  [[nodiscard]] std::vector<double> disturbed(int kind) const {
    constexpr double size = 1e-3;
    std::vector<double> W;
    for (std::size_t r = 0; r < box_.size(); ++r) {
      const double wave = size * std::cos(turn(r));
      for (std::size_t k = 0; k < grid_.size(); ++k) {
        const double omega = grid_.energies()[k];
        const std::array<double, 3> psi{1.0, grid_.momentum(k)[2], -omega};
        W.push_back(1.0 / (std::exp(omega - wave * psi.at(static_cast<std::size_t>(kind))) + 1.0));
      }
    }
    return W;
  }
  void run(std::vector<double>& W, double from, double to) {
    // Steps are bounded by the loss rate in the tail, which the error of the rest does not show.
    const EvolutionOptions options{
        .method = EvolutionMethod::lawson, .rtol = 1e-8, .atol = 1e-11, .max_step = degree_ > 10 ? 0.006 : 0.012};
    Evolution(ode_system(equation_), options).run(W, from, to);
  }
  [[nodiscard]] Eigen::Vector3cd amplitude(const std::vector<double>& W) const {
    Eigen::Vector3cd sum = Eigen::Vector3cd::Zero();
    for (std::size_t i = 0; i < W.size(); ++i) {
      const std::size_t k = i % grid_.size();
      const std::complex<double> share = W[i] * grid_.weights()[k] * std::polar(1.0, -turn(i / grid_.size()));
      sum += share * Eigen::Vector3cd(1.0, grid_.momentum(k)[2], grid_.energies()[k]);
    }
    return sum;
  }

  int degree_;
  SphericalGrid grid_;
  PeriodicBox box_;
  InhomogeneousEquation<SphericalTwoBody> equation_;
};

}  // namespace

namespace {

/// c, Γ, D_T of the nonlinear equation on functions of a degree, relative to those of the linearised one, less 1.
std::array<double, 3> nonlinear_deviations(int degree) {
  const HydrodynamicModes theory = hydrodynamic_modes(Statistics::fermion, 1.0, 1.0);
  const double q = wavenumber(theory, 0.02);
  const auto [c, damping, heat] = at(Statistics::fermion, 1.0, q);
  const Eigen::Vector3cd s = Wave(degree, two_pi / q).modes();
  CHECK(std::abs(s[1].imag()) < 1e-10);
  CHECK(std::abs(s[0] - std::conj(s[2])) < 1e-10 * std::abs(s[2]));
  return {s[2].imag() / (q * c) - 1.0, -s[2].real() / (q * q * damping) - 1.0, -s[1].real() / (q * q * heat) - 1.0};
}

}  // namespace

TEST_CASE("sound and heat in the nonlinear equation are those of the linearised one") {
  // The error of the momentum grid: it falls with the degree, 8, 10, 12, as 4e-5, 1.3e-6, 6e-6 of c, 1.3e-3, 7e-5,
  // 2.5e-5 of the damping and 4e-3, 2.5e-4, 2e-5 of heat.
  const auto deviations = nonlinear_deviations(10);
  CHECK(std::abs(deviations[0]) < 3e-6);
  CHECK(std::abs(deviations[1]) < 2e-4);
  CHECK(std::abs(deviations[2]) < 4e-4);
}

TEST_CASE("sound and heat in the nonlinear equation on a finer grid", "[.finer-grid]") {
  const auto deviations = nonlinear_deviations(12);
  CHECK(std::abs(deviations[0]) < 1e-5);
  CHECK(std::abs(deviations[1]) < 5e-5);
  CHECK(std::abs(deviations[2]) < 5e-5);
}
