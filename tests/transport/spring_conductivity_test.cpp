// SPDX-License-Identifier: GPL-3.0-or-later
// Heat conductivity of phonons with three-phonon collisions.
#include <nordheim/collision/three_phonon.hpp>
#include <nordheim/core/error.hpp>
#include <nordheim/model/equilibrium.hpp>
#include <nordheim/transport/phonon_conductivity.hpp>

#include "collision/linearised_springs.hpp"
#include "support/catch.hpp"
#include "support/phonon_conductivity.hpp"
#include "support/refusal.hpp"
#include "transport/collisionless_modes.hpp"
#include "transport/lattice_currents.hpp"
#include "transport/phonon_weight.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <memory>
#include <numbers>
#include <utility>
#include <vector>

using namespace nordheim;
using nordheim::detail::LinearisedSprings;
using nordheim::detail::PhononWeight;
using test::classical;
using test::quantum;
using test::says;
using test::sentence;

namespace {

constexpr double two_pi = 2.0 * std::numbers::pi;

/// Long waves of ω² = s + c sⁿ, s = 2 Σ(1 − cos 2πk_i), are sound; two waves have less energy than one of both momenta.
Dispersion stiff_sound(int dimension, double c, int n) {
  return Dispersion::from_formula(dimension, [=](const auto& k) {
    auto s = 2.0 - 2.0 * cos(two_pi * k[0]);
    for (std::size_t i = 1; i < static_cast<std::size_t>(dimension); ++i) s = s + 2.0 - 2.0 * cos(two_pi * k[i]);
    auto power = s * s;
    for (int i = 2; i < n; ++i) power = power * s;
    return sqrt(s + c * power);
  });
}

std::vector<CubicBond> neighbours(int dimension, double alpha = 1.0) {
  std::vector<CubicBond> bonds;
  for (std::size_t i = 0; i < static_cast<std::size_t>(dimension); ++i) {
    bonds.push_back({.alpha = alpha});
    bonds.back().x[i] = 1;
  }
  return bonds;
}

/// The linearised collisions on the whole lattice, one collision after the other.
class SumOverDecays {
 public:
  SumOverDecays(const LatticeGrid& grid, const std::vector<CubicBond>& bonds, const detail::TimeGrid& time,
                TimeWindow window, const PhononWeight& weight)
      : grid_(grid) {
    const std::size_t n = grid.size();
    const auto size = static_cast<Eigen::Index>(n);
    matrix_ = Eigen::MatrixXd::Zero(size, size);
    const std::vector<double> w = time.weights(window, time.horizon);
    const auto delta = [&](double energy) {
      double sum = 0.0;
      for (std::size_t t = 0; t < w.size(); ++t) sum += w[t] * std::cos(energy * time.step * static_cast<double>(t));
      return sum;
    };
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = 0; b < n; ++b) {
        const std::size_t c = difference(a, b);
        const double vertex = std::norm(vertex_of(bonds, a, b, c));
        if (vertex < 1e-20) continue;
        double term =
            vertex * delta(grid.energies()[a] - grid.energies()[b] - grid.energies()[c]) / static_cast<double>(n);
        for (const std::size_t leg : {a, b, c}) term *= weight(grid.energies()[leg]) / grid.energies()[leg];
        // a ↔ b + c: once in the equation of a, and twice in that of b, as either of the two parts.
        add(a, term, a, b, c);
        add(b, -2.0 * term, a, b, c);
      }
    }
  }
  [[nodiscard]] const Eigen::MatrixXd& matrix() const { return matrix_; }
  [[nodiscard]] Eigen::Index node(const Vector3& k) const { return static_cast<Eigen::Index>(grid_.node(index(k))); }

 private:
  [[nodiscard]] std::array<int, 3> index(const Vector3& k) const {
    std::array<int, 3> result{};
    for (std::size_t i = 0; i < 3; ++i) result[i] = static_cast<int>(std::lround(grid_.points() * k[i]));
    return result;
  }
  [[nodiscard]] std::size_t difference(std::size_t a, std::size_t b) const {
    const Vector3 p = grid_.momentum(a), q = grid_.momentum(b);
    Vector3 rest{};
    for (std::size_t i = 0; i < 3; ++i) rest[i] = p[i] - q[i];
    return grid_.node(index(rest));
  }
  /// Σ_x α Π (e^{±i2πk·x} − 1), as it stands in the Hamiltonian.
  [[nodiscard]] std::complex<double> vertex_of(const std::vector<CubicBond>& bonds, std::size_t a, std::size_t b,
                                               std::size_t c) const {
    std::complex<double> sum = 0.0;
    for (const CubicBond& bond : bonds) {
      const auto leg = [&](std::size_t node, double sign) {
        const Vector3 k = grid_.momentum(node);
        double phase = 0.0;
        for (std::size_t i = 0; i < 3; ++i) phase += two_pi * k[i] * bond.x[i];
        return std::polar(1.0, sign * phase) - 1.0;
      };
      sum += bond.alpha * leg(a, -1.0) * leg(b, 1.0) * leg(c, 1.0);
    }
    return sum;
  }
  void add(std::size_t row, double term, std::size_t a, std::size_t b, std::size_t c) {
    const auto at = [&](std::size_t x) -> double& {
      return matrix_(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(x));
    };
    at(a) += term;
    at(b) -= term;
    at(c) -= term;
  }

  LatticeGrid grid_;
  Eigen::MatrixXd matrix_;
};

const std::vector<CubicBond> skew_bonds{{{1, 0, 0}, 0.6}, {{0, 1, 0}, -0.35}, {{1, 1, 0}, 0.2}};

}  // namespace

TEST_CASE("linearised springs are the sum over decays in both sectors", "[transport]") {
  const std::pair size = GENERATE(std::pair{2, 8}, std::pair{3, 4});
  const int d = size.first, M = size.second;
  const Dispersion band = GENERATE(0, 1) == 0 ? stiff_sound(d, 0.3, 3) : Dispersion::bending(d, 0.4);
  const LatticeGrid grid(M, band);
  const auto time = detail::wave_time_grid(band, M, TimeWindow::bohman, {}, {}, detail::decay_mismatch(band, 2));
  const PhononWeight weight(Statistics::boson, 0.7, band.range().min);
  const SumOverDecays sum(grid, skew_bonds, time, TimeWindow::bohman, weight);
  LinearisedSprings springs(
      grid, skew_bonds, time, TimeWindow::bohman, [&](double x) { return weight(x) / x; }, 2);
  const Eigen::MatrixXd& A = sum.matrix();
  CHECK((A - A.transpose()).cwiseAbs().maxCoeff() < 1e-13 * A.cwiseAbs().maxCoeff());
  const std::size_t n = springs.energies().size();
  for (int sector = 0; sector < springs.sectors(); ++sector) {
    std::vector<double> h(n), found(n);
    Eigen::VectorXd whole = Eigen::VectorXd::Zero(A.rows());
    for (std::size_t i = 0; i < n; ++i) {
      h[i] = springs.vanishes(sector, i) ? 0.0 : springs.trial(sector, 1, i);
      const Vector3 k = springs.momentum(i);
      const Vector3 opposite{-k[0], -k[1], -k[2]};
      whole[sum.node(opposite)] = sector == 0 ? h[i] : -h[i];
      whole[sum.node(k)] = h[i];
    }
    springs.apply(sector, h, found);
    const Eigen::VectorXd expected = A * whole;
    const double largest = expected.cwiseAbs().maxCoeff();
    CAPTURE(d, sector);
    for (std::size_t i = 0; i < n; ++i) {
      // Round-off of terms of the size of the diagonal.
      CHECK_THAT(found[i], WithinAbs(expected[sum.node(springs.momentum(i))], 1e-12 * largest));
    }
  }
}

TEST_CASE("linearised springs are the derivative of the three-phonon operator", "[transport]") {
  constexpr double temperature = 0.7;
  constexpr int M = 8;
  const Dispersion band = stiff_sound(2, 0.3, 3);
  const LatticeGrid grid(M, band);
  ThreePhononOptions options;
  options.bonds = skew_bonds;
  options.window = TimeWindow::bohman;
  options.threads = 1;
  ThreePhonon phonons(grid, options);
  const Equilibrium equilibrium = Equilibrium::from_chemical_potential(Statistics::boson, 1.0 / temperature, 0.0);
  phonons.set_reference(equilibrium);
  const PhononWeight weight(Statistics::boson, temperature, 0.0);
  const auto time = detail::wave_time_grid(band, M, TimeWindow::bohman, {}, {}, detail::decay_mismatch(band, 2));
  LinearisedSprings springs(
      grid, skew_bonds, time, TimeWindow::bohman, [&](double x) { return weight(x) / x; }, 1);
  const std::size_t n = springs.energies().size();
  std::vector<double> h(n), found(n), W(grid.size(), 1.0), dW(grid.size(), 0.0), dC(grid.size());
  for (std::size_t a = 0; a < grid.size(); ++a) {
    if (grid.energies()[a] > 0.0) W[a] = equilibrium.occupation(grid.energies()[a]);
  }
  const auto node = [&](const Vector3& k, int sign) {
    const auto index = [&](double x) { return sign * static_cast<int>(std::lround(M * x)); };
    return grid.node({index(k[0]), index(k[1]), 0});
  };
  for (std::size_t i = 0; i < n; ++i) {
    h[i] = springs.vanishes(1, i) ? 0.0 : springs.trial(1, 0, i);
    for (const int sign : {-1, 1}) {
      const std::size_t a = node(springs.momentum(i), sign);
      dW[a] = sign * h[i] * W[a] * (1.0 + W[a]);
    }
  }
  springs.apply(1, h, found);
  phonons.apply_linearised(W, dW, dC);
  double largest = 0.0;
  for (const double value : dC) largest = std::max(largest, std::abs(value));
  REQUIRE(largest > 1e-4);
  // 4π/2³ for the three factors 1/2ω; round-off of gains and losses.
  for (std::size_t i = 0; i < n; ++i) {
    const double expected = dC[node(springs.momentum(i), 1)];
    CHECK_THAT(-0.5 * std::numbers::pi * found[i], WithinAbs(expected, 1e-11 * largest));
  }
}

TEST_CASE("the response of springs is that of the whole matrix", "[transport]") {
  const Dispersion band = stiff_sound(2, 0.3, 3);
  const LatticeGrid grid(8, band);
  const auto time = detail::wave_time_grid(band, 8, TimeWindow::bohman, {}, {}, detail::decay_mismatch(band, 2));
  const PhononWeight weight(Statistics::boson, 0.7, 0.0);
  const SumOverDecays sum(grid, skew_bonds, time, TimeWindow::bohman, weight);
  detail::LatticeCurrents currents(
      std::make_unique<LinearisedSprings>(
          grid, skew_bonds, time, TimeWindow::bohman, [&](double x) { return weight(x) / x; }, 1),
      weight);
  const auto response = currents.response(1e-24);
  const auto n = static_cast<Eigen::Index>(grid.size());
  Eigen::VectorXd e = Eigen::VectorXd::Zero(n);
  Eigen::MatrixXd A = sum.matrix();
  for (std::size_t a = 0; a < grid.size(); ++a) {
    const double omega = grid.energies()[a];
    const auto i = static_cast<Eigen::Index>(a);
    if (omega > 0.0) {
      e[i] = omega * grid.velocities()[2 * a] * weight(omega) * weight(omega);
    } else {
      A(i, i) = 1.0;
    }
  }
  // The even functions that A leaves alone do not matter to an odd one.
  const Eigen::VectorXd x = A.completeOrthogonalDecomposition().solve(e);
  CHECK_THAT(response.energy, WithinRel(e.dot(x) / static_cast<double>(n), 1e-10));
}

TEST_CASE("the conductivity of springs scales with their strength", "[transport]") {
  const Dispersion band = stiff_sound(2, 0.3, 3);
  const auto value = [&](std::vector<CubicBond> bonds, double temperature) {
    PhononConductivityOptions options = quantum(0.5);
    options.most_points = 32;
    options.bonds = std::move(bonds);
    return phonon_conductivity(band, temperature, options).heat_conductivity.value;
  };
  const double unit = value(neighbours(2), 1.0);
  CHECK_THAT(value(neighbours(2, -3.0), 1.0), WithinRel(unit / 9.0, 1e-11));
  // The same lattice, mirrored.
  CHECK_THAT(value({{{1, 0, 0}, 1.0}, {{0, -1, 0}, -1.0}}, 1.0), WithinRel(unit, 1e-11));
  PhononConductivityOptions waves = classical(0.5);
  waves.bonds = neighbours(2);
  waves.most_points = 32;
  const std::vector<double> temperatures{1.0, 2.0, 40.0};
  const auto table = phonon_conductivity(band, temperatures, waves);
  CHECK_THAT(table[1].heat_conductivity.value, WithinRel(table[0].heat_conductivity.value / 2.0, 1e-13));
  CHECK_THAT(phonon_conductivity(band, 2.0, waves).current_rate, WithinRel(table[1].current_rate, 1e-11));
  // Corrections of quanta are (ω/T)²/12 or so, ω up to 13.
  CHECK_THAT(value(neighbours(2), 40.0), WithinRel(table[2].heat_conductivity.value, 1e-2));
}

TEST_CASE("bands in which three-phonon collisions give no conductivity are refused", "[transport]") {
  const auto refused = [](const Dispersion& band, const std::vector<CubicBond>& bonds) {
    PhononConductivityOptions options = quantum(0.5);
    options.bonds = bonds;
    return sentence([&] { return phonon_conductivity(band, 1.0, options); });
  };
  CHECK(says(refused(Dispersion::bending(2, 0.4), neighbours(2)), "phonons around k = (0, 0) can neither decay"));
  CHECK(says(refused(Dispersion::acoustic(2), neighbours(2)), "no phonon can decay into two"));
  CHECK(says(refused(Dispersion::bending(1, 0.0), neighbours(1)), "three-phonon collisions have a heat conductivity"));
  CHECK(says(refused(stiff_sound(2, 0.3, 3), {{{1, 0, 0}, 0.0}}), "alpha = 0"));
  const Dispersion lopsided = Dispersion::from_formula(2, [](const auto& k) {
    return 3.3 + cos(two_pi * k[0]) + 0.5 * sin(two_pi * k[0]) + cos(two_pi * k[1]) + 0.7 * cos(2.0 * two_pi * k[0]);
  });
  CHECK(says(refused(lopsided, neighbours(2)), "omega(-k) = omega(k)"));
  // The maximum of an optical band at k = 0 is reached by two phonons of the corner, but not all modes take part.
  const Dispersion inverted =
      Dispersion::from_formula(2, [](const auto& k) { return 2.3 + cos(two_pi * k[0]) + cos(two_pi * k[1]); });
  REQUIRE(detail::collisionless_mode(inverted));
}

TEST_CASE("the error of the conductivity of springs covers a finer grid", "[.finer-grid]") {
  // The same at 192² nodes, with an error of 5 %: 214.42636.
  PhononConductivityOptions options = quantum(0.1);
  options.bonds = neighbours(2);
  options.most_points = 128;
  const PhononConductivity found = phonon_conductivity(stiff_sound(2, 0.3, 3), 3.0, options);
  const double deviation = std::abs(found.heat_conductivity.value / 214.42636251732 - 1.0);
  CHECK(found.converged);
  CHECK(deviation < found.heat_conductivity.error);
  CHECK(deviation > 1e-4);  // so that an error of nothing would be found out
}

TEST_CASE("a conductivity without a limit has no error", "[transport]") {
  // Sound that is hardly stiffer than a string: momentum is lost by the width of the window alone.
  PhononConductivityOptions options = quantum(0.9);
  options.bonds = neighbours(2);
  options.most_points = 64;
  const PhononConductivity found = phonon_conductivity(stiff_sound(2, 0.25, 2), 1.0, options);
  CHECK(std::isinf(found.heat_conductivity.error));
  CHECK_FALSE(found.converged);
  CHECK(found.points == 64);
}
