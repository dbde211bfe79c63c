// SPDX-License-Identifier: GPL-3.0-or-later
// Heat conductivity of phonons: the chain to eleven digits, lattices against independent tables, sums and vectors.
#include <nordheim/collision/four_phonon.hpp>
#include <nordheim/transport/phonon_conductivity.hpp>

#include "collision/chain_resonance.hpp"
#include "support/catch.hpp"
#include "support/refusal.hpp"
#include "transport/lattice_currents.hpp"
#include "transport/lattice_spectrum.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace nordheim;
using nordheim::detail::ChainBand;
using nordheim::detail::HalfLattice;
using nordheim::detail::LatticeCurrents;
using nordheim::detail::LinearisedPhonons;
using nordheim::detail::PhononWeight;
using test::says;
using test::sentence;

namespace {

constexpr double pi = std::numbers::pi;
constexpr double two_pi = 2.0 * pi;

PhononConductivityOptions classical(double tolerance) {
  PhononConductivityOptions options;
  options.statistics = Statistics::classical_wave;
  options.tolerance = tolerance;
  options.spectral_gap = false;
  return options;
}

PhononConductivityOptions quantum(double tolerance) {
  PhononConductivityOptions options = classical(tolerance);
  options.statistics = Statistics::boson;
  return options;
}

/// The chain with Ω = 1.
Dispersion chain(double delta) { return Dispersion::optical(1, std::sqrt(1.0 - 2.0 * delta), delta); }

/// The estimate bounds what is known of the true error; @p digits is the relative uncertainty of the reference.
void check_value(const BoundedValue& found, double reference, double digits) {
  CAPTURE(found.value, reference, found.error);
  CHECK(std::abs(found.value / reference - 1.0) <= found.error + digits);
}

/// 36πκ of classical waves within 1e-6, and within an error that is no larger; @p digits as above.
void check_six_digits(int dimension, double reference, double digits) {
  const PhononConductivity found = phonon_conductivity(Dispersion::optical(dimension, 1.0, 0.5), 1.0, classical(1e-6));
  CHECK(found.converged);
  CHECK(found.heat_conductivity.error <= 1e-6);
  const double value = 36.0 * pi * found.heat_conductivity.value;
  check_value({value, found.heat_conductivity.error}, reference, digits);
  CHECK_THAT(value, WithinRel(reference, 1e-6));
}

template <class Function>
std::vector<double> values(ConstState x, Function&& f) {
  std::vector<double> result;
  for (const double value : x) result.push_back(f(value));
  return result;
}

/// The linearised collisions on the whole lattice, one collision after the other.
class SumOverCollisions {
 public:
  SumOverCollisions(int points, const Dispersion& band, const detail::TimeGrid& time, const PhononWeight& weight)
      : grid_(points, band), g_(values(grid_.energies(), weight)), loss_(grid_.size()) {
    const std::size_t n = grid_.size();
    const auto size = static_cast<Eigen::Index>(n);
    matrix_ = Eigen::MatrixXd::Zero(size, size);
    const ConstState omega = grid_.energies();
    const std::vector<double> w = time.weights(TimeWindow::flat, time.horizon);
    Eigen::ArrayXXcd phases(static_cast<Eigen::Index>(w.size()), size);  // e^{−iωt}
    for (Eigen::Index a = 0; a < size; ++a) {
      for (Eigen::Index t = 0; t < phases.rows(); ++t) {
        phases(t, a) = std::polar(1.0, -omega[static_cast<std::size_t>(a)] * time.step * static_cast<double>(t));
      }
    }
    const Eigen::ArrayXd weights = Eigen::Map<const Eigen::ArrayXd>(w.data(), phases.rows());
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = 0; b < n; ++b) {
        const auto column = [&](std::size_t x) { return phases.col(static_cast<Eigen::Index>(x)); };
        const Eigen::ArrayXcd pair = weights * column(a) * column(b);
        for (std::size_t c = 0; c < n; ++c) {
          const std::size_t e = node_of_rest(a, b, c);
          const double delta = (pair * (column(c) * column(e)).conjugate()).real().sum();
          double term = delta / (static_cast<double>(n) * static_cast<double>(n));
          for (const std::size_t leg : {a, b, c, e}) term *= g_[leg] / omega[leg];
          const auto row = static_cast<Eigen::Index>(a);
          matrix_(row, row) += term;
          matrix_(row, static_cast<Eigen::Index>(b)) += term;
          matrix_(row, static_cast<Eigen::Index>(c)) -= term;
          matrix_(row, static_cast<Eigen::Index>(e)) -= term;
          loss_[a] += term;
        }
      }
    }
  }

  [[nodiscard]] const Eigen::MatrixXd& matrix() const { return matrix_; }
  [[nodiscard]] Eigen::Index node(const Vector3& k) const {
    std::array<int, 3> index{};
    for (std::size_t i = 0; i < 3; ++i) index[i] = static_cast<int>(std::lround(grid_.points() * k[i]));
    return static_cast<Eigen::Index>(grid_.node(index));
  }
  template <class Function>
  [[nodiscard]] Eigen::VectorXd values_of(Function&& h) const {
    Eigen::VectorXd result(matrix_.rows());
    for (Eigen::Index a = 0; a < result.size(); ++a) result[a] = h(grid_.momentum(static_cast<std::size_t>(a)));
    return result;
  }
  /// The smallest eigenvalue ν of A h = ν g² h without number and energy; of all functions, or of those that are odd
  /// in the first components of k and even in the others.
  [[nodiscard]] double lowest_rate(std::optional<int> odd_axes = {}) const {
    const Eigen::Index n = matrix_.rows();
    const Eigen::VectorXd g = Eigen::Map<const Eigen::VectorXd>(g_.data(), n);
    const Eigen::VectorXd omega = Eigen::Map<const Eigen::VectorXd>(grid_.energies().data(), n);
    Eigen::MatrixXd conserved(n, 2);
    conserved << g, g.cwiseProduct(omega);
    const Eigen::HouseholderQR<Eigen::MatrixXd> factors(conserved);
    const Eigen::MatrixXd basis = factors.householderQ() * Eigen::MatrixXd::Identity(n, 2);
    Eigen::MatrixXd allowed = Eigen::MatrixXd::Identity(n, n) - basis * basis.transpose();
    for (int i = 0; odd_axes && i < grid_.dimension(); ++i) {
      const double sign = i < *odd_axes ? -1.0 : 1.0;
      allowed = (0.5 * (allowed + sign * reflected(i) * allowed)).eval();
    }
    const Eigen::MatrixXd symmetric = g.cwiseInverse().asDiagonal() * matrix_ * g.cwiseInverse().asDiagonal();
    const double beyond = 2.0 * symmetric.norm();
    const Eigen::MatrixXd rest = Eigen::MatrixXd::Identity(n, n) - allowed;
    return Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(allowed * symmetric * allowed.transpose() + beyond * rest)
        .eigenvalues()[0];
  }
  [[nodiscard]] double lowest_loss_rate() const {
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t a = 0; a < g_.size(); ++a) least = std::min(least, loss_[a] / (g_[a] * g_[a]));
    return least;
  }

 private:
  /// k1 + k2 − k3.
  [[nodiscard]] std::size_t node_of_rest(std::size_t a, std::size_t b, std::size_t c) const {
    const Vector3 k1 = grid_.momentum(a), k2 = grid_.momentum(b), k3 = grid_.momentum(c);
    Vector3 k4{};
    for (std::size_t i = 0; i < 3; ++i) k4[i] = k1[i] + k2[i] - k3[i];
    return static_cast<std::size_t>(node(k4));
  }
  [[nodiscard]] Eigen::MatrixXd reflected(int axis) const {
    Eigen::MatrixXd result = Eigen::MatrixXd::Zero(matrix_.rows(), matrix_.cols());
    for (Eigen::Index a = 0; a < matrix_.rows(); ++a) {
      Vector3 k = grid_.momentum(static_cast<std::size_t>(a));
      k[static_cast<std::size_t>(axis)] *= -1.0;
      result(a, node(k)) = 1.0;
    }
    return result;
  }

  LatticeGrid grid_;
  std::vector<double> g_, loss_;
  Eigen::MatrixXd matrix_;
};

}  // namespace

TEST_CASE("two phonons of a chain collide where momentum and energy are conserved", "[transport]") {
  for (const double delta : {0.05, 0.25, 0.4999}) {
    const ChainBand band(delta, 1.0 - 2.0 * delta);
    for (const double m : {0.3, 0.9, 1.4}) {
      for (const double share : {0.01, 0.5, 0.95}) {
        const double u = share * m;
        const auto collision = detail::chain_collision(band, m, u);
        const double s = 0.5 * pi - collision.shift;
        const auto balance = [&](double at) {
          return band.energy(at + m - u) + band.energy(at - m + u) - band.energy(at + m + u) - band.energy(at - m - u);
        };
        CAPTURE(delta, m, u, s);
        CHECK(std::abs(balance(s)) < 4e-15);  // sums of four numbers of order one
        CHECK_THAT(collision.omega[3], WithinRel(band.energy(s - m - u), 1e-13));
        // Central differences of order h⁴ = 1e-12, and their rounding 1e-16/h.
        constexpr double h = 1e-3;
        const double slope =
            (8.0 * (balance(s + h) - balance(s - h)) - (balance(s + 2 * h) - balance(s - 2 * h))) / (12.0 * h);
        CHECK_THAT(collision.slope, WithinRel(std::abs(slope), delta < 0.45 ? 1e-9 : 1e-4));
      }
    }
  }
}

TEST_CASE("the classical chain has the conductivity of an independent calculation", "[transport]") {
  // 36πκ/δ³ by the same formula in another program, with 512 functions; all digits but the last are certain.
  struct Row {
    double delta, value;
  };
  const Row row = GENERATE(Row{0.05, 2.0505669081816}, Row{0.1, 2.0151030748582}, Row{0.15, 1.9557005672609},
                           Row{0.2, 1.8719153318777}, Row{0.25, 1.7631382863194}, Row{0.3, 1.6286487927065},
                           Row{0.35, 1.4677773152038}, Row{0.4, 1.2802221912340}, Row{0.45, 1.0639044776185},
                           Row{0.49, 0.7879728711991});
  const PhononConductivity chain_values = phonon_conductivity(chain(row.delta), 1.0, classical(1e-11));
  CHECK(chain_values.converged);
  CHECK_FALSE(chain_values.relaxation_time.has_value());
  const double found = 36.0 * pi * chain_values.heat_conductivity.value / std::pow(row.delta, 3);
  CHECK_THAT(found, WithinRel(row.value, 1e-11));
  check_value({found, chain_values.heat_conductivity.error}, row.value, 4e-13);
}

TEST_CASE("the conductivity of a strongly pinned chain has a limit", "[transport]") {
  // κλ'²T²/δ³ with λ = λ'/4, from the limit of the variational problem; corrections are of order δ² and δ⁴.
  const auto scaled = [](double delta) {
    PhononConductivityOptions options = classical(1e-11);
    options.lambda = 0.25;
    return phonon_conductivity(chain(delta), 1.0, options).heat_conductivity.value / std::pow(delta, 3);
  };
  constexpr double delta = 0.004;
  const double limit = (4.0 * scaled(0.5 * delta) - scaled(delta)) / 3.0;
  CHECK_THAT(limit, WithinRel(0.291764064999, 1e-9));  // δ⁴ = 2.6e-10
}

TEST_CASE("units, temperature and coupling scale the conductivity of the classical chain", "[transport]") {
  const auto value = [](double omega0, double kappa, double temperature, double lambda) {
    PhononConductivityOptions options = classical(1e-11);
    options.lambda = lambda;
    return phonon_conductivity(Dispersion::optical(1, omega0, kappa), temperature, options).heat_conductivity.value;
  };
  CHECK_THAT(value(1.0, 0.5, 1.0, 1.0), WithinRel(5.511743634773e-3, 1e-11));
  CHECK_THAT(value(1.0, 1.0, 1.0, 1.0), WithinRel(7.00354121713e-2, 1e-11));
  CHECK_THAT(value(1.0, 0.25, 1.0, 1.0), WithinRel(4.89977581015e-4, 1e-11));
  CHECK_THAT(value(0.5, 1.0, 1.0, 1.0), WithinRel(3.252318822277e-2, 1e-11));
  CHECK_THAT(value(0.5, 1.0, 3.0, -0.2), WithinRel(3.252318822277e-2 / (9.0 * 0.04), 1e-11));
  // A band with its minimum at the edge is the same one, shifted.
  const Dispersion shifted = Dispersion::from_formula(1, [](const auto& k) { return sqrt(2.0 + cos(two_pi * k[0])); });
  CHECK_THAT(phonon_conductivity(shifted, 1.0, classical(1e-11)).heat_conductivity.value,
             WithinRel(5.511743634773e-3, 1e-11));
}

TEST_CASE("a table of classical temperatures has what single ones have", "[transport]") {
  PhononConductivityOptions options = classical(1e-8);
  options.spectral_gap = true;
  const std::vector<double> temperatures{2.0, 0.5};
  std::size_t calls = 0;
  const auto table = phonon_conductivity(chain(0.25), temperatures, options, [&](std::size_t done) { calls += done; });
  CHECK(calls == 3);
  const PhononConductivity alone = phonon_conductivity(chain(0.25), 0.5, options);
  const PhononConductivity& scaled = table.at(1);
  CHECK(scaled.temperature == 0.5);
  CHECK_THAT(scaled.heat_conductivity.value, WithinRel(alone.heat_conductivity.value, 1e-13));
  CHECK_THAT(scaled.zero_number_current.value, WithinRel(alone.zero_number_current.value, 1e-13));
  CHECK_THAT(scaled.current_rate, WithinRel(alone.current_rate, 1e-13));
  CHECK_THAT(scaled.spectral_gap.value().rate, WithinRel(alone.spectral_gap.value().rate, 1e-12));
  CHECK(scaled.gap_is_discrete);
  CHECK_FALSE(scaled.continuum_edge);
  CHECK_THAT(scaled.even_rates.at(2).rate, WithinRel(alone.even_rates.at(2).rate, 1e-12));
}

TEST_CASE("the quantum chain has the conductivity of an independent calculation", "[transport]") {
  // κλ² and z with 128 functions, another program; z to its last digit.
  struct Row {
    double temperature, value, z;
  };
  const Row row = GENERATE(Row{0.1, 254.73114002, 0.000405552}, Row{0.2, 2.5761534830, 0.002513827},
                           Row{0.5, 3.9619784629e-2, 0.081862374}, Row{1.0, 6.0909332755e-3, 0.206726427},
                           Row{10.0, 5.5155488994e-5, 0.270586996});
  const PhononConductivity found =
      phonon_conductivity(Dispersion::optical(1, 1.0, 0.5), row.temperature, quantum(1e-11));
  CHECK_THAT(found.heat_conductivity.value, WithinRel(row.value, 2e-11));
  CHECK_THAT(found.z, WithinAbs(row.z, 6e-10));
  CHECK_THAT(found.zero_number_current.value, WithinRel(found.z * found.heat_conductivity.value, 1e-14));
  CHECK(found.zero_number_current.error < 1e-7);
}

TEST_CASE("the relaxation rates of the chain leave out the two conserved quantities", "[transport]") {
  // ν of A h = ν h/ω² and the rate of the current, in units of 36πλ²T² and Ω = 1; half a unit of the last digit.
  struct Row {
    double delta, odd, second, third, even, current;
  };
  const Row row = GENERATE(Row{0.05, 0.00799300, 0.0421007, 0.100019, 0.0220332, 4.88895},
                           Row{0.1, 0.01645552, 0.0865332, 0.202330, 0.0454912, 2.50658},
                           Row{0.25, 0.05153018, 0.264855, 0.531126, 0.144838, 1.215783},
                           Row{0.4, 0.15322627, 0.727880, 1.120088, 0.441013, 1.220491});
  PhononConductivityOptions options = classical(1e-8);
  options.spectral_gap = true;
  const PhononConductivity found = phonon_conductivity(chain(row.delta), 1.0, options);
  const double unit = 36.0 * pi;
  REQUIRE(found.odd_rates.size() == 3);
  CHECK_THAT(found.odd_rates[0].rate / unit, WithinAbs(row.odd, 6e-9));
  CHECK_THAT(found.odd_rates[1].rate / unit, WithinRel(row.second, 2e-6));
  CHECK_THAT(found.odd_rates[2].rate / unit, WithinRel(row.third, 6e-6));
  CHECK_THAT(found.even_rates.at(0).rate / unit, WithinRel(row.even, 3e-6));
  CHECK_THAT(found.current_rate / unit, WithinRel(row.current, 2e-6));
  CHECK(found.spectral_gap.value().rate == found.odd_rates[0].rate);
  CHECK(found.spectral_gap->error < 1e-7 * found.spectral_gap->rate);
}

TEST_CASE("linearised collisions on a lattice are the sum over collisions in every sector", "[transport]") {
  const std::pair size = GENERATE(std::pair{1, 16}, std::pair{2, 8}, std::pair{3, 4});
  const int d = size.first, M = size.second;
  const Dispersion band = Dispersion::optical(d, 1.0, 0.5);
  const auto time = detail::phonon_time_grid(band, M, 8.0);
  const PhononWeight weight(Statistics::boson, 0.7, 1.0);
  const SumOverCollisions sum(M, band, time, weight);
  const HalfLattice half(M, band);
  LinearisedPhonons collisions(half, time, values(half.energies(), [&](double x) { return weight(x) / x; }), 2);
  for (int odd_axes = 0; odd_axes <= d; ++odd_axes) {
    const auto h = [&](const Vector3& k) {
      double value = 1.0;
      for (int i = 0; i < d; ++i) {
        const double p = two_pi * k[static_cast<std::size_t>(i)];
        value *= (i < odd_axes ? std::sin(p) : 1.0) * (1.0 + (0.3 + 0.2 * i) * std::cos(p));
      }
      return value;
    };
    std::vector<double> on_half, found(half.size());
    for (std::size_t a = 0; a < half.size(); ++a) on_half.push_back(h(half.momentum(a)));
    collisions.apply(odd_axes, on_half, found);
    const Eigen::VectorXd expected = sum.matrix() * sum.values_of(h);
    const double largest = sum.matrix().diagonal().maxCoeff() * static_cast<double>(expected.size());
    CAPTURE(d, odd_axes);
    for (std::size_t a = 0; a < half.size(); ++a) {
      const double reference = expected[sum.node(half.momentum(a))];
      CHECK_THAT(found[a], WithinAbs(reference, 1e-14 * largest));  // round-off of terms of that size
    }
  }
  // Number is conserved whatever the window.
  const std::vector<double> one(half.size(), 1.0);
  std::vector<double> found(half.size());
  collisions.apply(0, one, found);
  for (std::size_t a = 0; a < half.size(); ++a) CHECK(std::abs(found[a]) < 1e-14 * collisions.loss()[a]);
}

TEST_CASE("the lowest rate of a lattice is that of the whole matrix", "[transport]") {
  struct Row {
    int d, M;
    double omega0, kappa, temperature;  // 0: classical
  };
  const Row row =
      GENERATE(Row{2, 8, 1.0, 0.5, 0.0}, Row{2, 12, 0.5, 1.0, 0.4}, Row{3, 4, 1.0, 0.5, 0.0}, Row{3, 4, 1.0, 1.0, 0.3});
  const Dispersion band = Dispersion::optical(row.d, row.omega0, row.kappa);
  const auto time = detail::phonon_time_grid(band, row.M, row.M / (2.15 * band.max_velocity()));
  const PhononWeight weight(row.temperature == 0.0 ? Statistics::classical_wave : Statistics::boson, row.temperature,
                            row.omega0);
  LatticeCurrents currents(row.M, band, time, weight, 1);
  const SumOverCollisions sum(row.M, band, time, weight);
  double smallest = std::numeric_limits<double>::infinity();
  for (int odd_axes = 0; odd_axes <= row.d; ++odd_axes) {
    const auto found = detail::lowest_rate(currents.collisions(), currents.fluctuation(), odd_axes);
    CAPTURE(row.d, row.M, odd_axes);
    CHECK(found.residual <= 1e-6 * std::abs(found.value));
    // Better than the residual, by its square.
    CHECK_THAT(found.value, WithinRel(sum.lowest_rate(odd_axes), 1e-9));
    smallest = std::min(smallest, found.value);
  }
  CHECK_THAT(smallest, WithinRel(sum.lowest_rate(), 1e-9));
  CHECK_THAT(detail::lowest_loss_rate(currents.collisions(), currents.fluctuation()),
             WithinRel(sum.lowest_loss_rate(), 1e-12));
}

TEST_CASE("linearised collisions are the derivative of the four-phonon operator", "[transport]") {
  constexpr double temperature = 0.7, horizon = 12.0, lambda = 0.3;
  const Dispersion band = Dispersion::optical(2, 1.0, 0.5);
  constexpr int M = 12;
  const LatticeGrid grid(M, band);
  const HalfLattice half(M, band);
  const auto time = detail::phonon_time_grid(band, M, horizon);
  const Equilibrium equilibrium = Equilibrium::from_chemical_potential(Statistics::boson, 1.0 / temperature, 0.0);
  const PhononWeight weight(Statistics::boson, temperature, 1.0);
  const auto h = [](const Vector3& k) {  // odd: no change of energy
    return std::sin(two_pi * k[0]) * (1.0 + 0.5 * std::cos(two_pi * k[1]));
  };
  std::vector<double> W, dW, on_half;
  for (std::size_t a = 0; a < grid.size(); ++a) {
    W.push_back(equilibrium.occupation(grid.energies()[a]));
    dW.push_back(W[a] * (1.0 + W[a]) * h(grid.momentum(a)));
  }
  for (std::size_t a = 0; a < half.size(); ++a) on_half.push_back(h(half.momentum(a)));
  FourPhononOptions options;
  options.lambda = lambda;
  options.horizon = horizon;
  options.time_step = time.step;
  options.threads = 1;
  FourPhonon phonons(grid, Statistics::boson, options);
  phonons.set_reference(equilibrium);
  std::vector<double> derivative(grid.size()), found(half.size());
  phonons.apply_linearised(W, dW, derivative);
  LinearisedPhonons(half, time, values(half.energies(), [&](double x) { return weight(x) / x; }), 1)
      .apply(1, on_half, found);
  const double factor = -36.0 * pi * lambda * lambda * weight.scale() * weight.scale();
  double largest = 0.0;
  for (const double value : derivative) largest = std::max(largest, std::abs(value));
  REQUIRE(largest > 1e-3);
  for (std::size_t a = 0; a < half.size(); ++a) {
    const Vector3 k = half.momentum(a);
    const auto index = [](double x) { return static_cast<int>(std::lround(M * x)); };
    const double expected = derivative[grid.node({index(k[0]), index(k[1]), 0})];
    CHECK_THAT(factor * found[a], WithinAbs(expected, 1e-12 * largest));  // round-off of gains and losses
  }
}

TEST_CASE("currents on small lattices agree with an independent program", "[transport]") {
  struct Row {
    int d, M;
    double horizon, temperature;  // 0: classical
    double energy, mixed, number, loss_only;
  };
  const Row row =
      GENERATE(Row{1, 64, 100.0, 0.0, 6.180431760148e-01, 4.918039711739e-01, 4.978760735452e-01, 1.423879488858e-01},
               Row{2, 16, 20.0, 0.0, 1.503109146943e+00, 9.409211154045e-01, 6.097845559124e-01, 1.028911471796e+00},
               Row{2, 16, 20.0, 0.5, 1.604006389596e+00, 1.068768860488e+00, 7.336890057094e-01, 9.395911273446e-01},
               Row{3, 8, 10.0, 0.0, 2.867217321848e+00, 1.569571843224e+00, 8.913283108624e-01, 2.460941582054e+00},
               Row{3, 8, 10.0, 0.5, 3.146414925790e+00, 1.864158509509e+00, 1.142255373176e+00, 2.411691334659e+00});
  const Dispersion band = Dispersion::optical(row.d, 1.0, 0.5);
  const PhononWeight weight(row.temperature == 0.0 ? Statistics::classical_wave : Statistics::boson, row.temperature,
                            1.0);
  LatticeCurrents currents(row.M, band, detail::phonon_time_grid(band, row.M, row.horizon), weight, 1);
  const auto found = currents.response(1e-25);
  CHECK_THAT(found.energy, WithinRel(row.energy, 2e-12));
  CHECK_THAT(found.mixed, WithinRel(row.mixed, 2e-12));
  CHECK_THAT(found.number, WithinRel(row.number, 2e-12));
  CHECK_THAT(found.loss_only, WithinRel(row.loss_only, 2e-12));
}

TEST_CASE("lattices in two and three dimensions have the tabulated conductivity within the estimated error",
          "[transport]") {
  // κλ², that of the relaxation-time approximation with its uncertainty, z; an independent program, extrapolated.
  struct Row {
    int d;
    double omega0, kappa, temperature;  // 0: classical
    double value, digits, rta, rta_digits, z;
  };
  const Row row = GENERATE(Row{2, 1.0, 0.5, 0.0, 1.3286130e-2, 1e-7, 0.00825, 3e-3, 0.034694},
                           Row{2, 1.0, 1.0, 0.0, 0.2128373, 5e-7, 0.11486, 3e-3, 0.05576},
                           Row{2, 1.0, 0.25, 0.0, 9.53815e-4, 1e-6, 6.426e-4, 3e-3, 0.01788},
                           Row{2, 0.5, 1.0, 0.0, 0.142997, 7e-6, 0.04853, 3e-3, 0.09165},
                           Row{2, 1.0, 0.5, 0.5, 0.05669093, 6e-7, 0.05669093 * 0.526, 5e-3, 0.030160},
                           Row{3, 1.0, 0.5, 0.0, 2.5332319e-2, 1e-7, 0.02120, 1e-3, 0.036670},
                           Row{3, 1.0, 1.0, 0.0, 0.4525968, 3e-7, 0.36124, 1e-3, 0.05756},
                           Row{3, 0.5, 1.0, 0.0, 0.362869, 3e-6, 0.25941, 1e-3, 0.09988},
                           Row{3, 1.0, 0.5, 1.0, 0.02565904, 2e-6, 0.02565904 * 0.815, 2e-3, 0.036355});
  const bool waves = row.temperature == 0.0;
  PhononConductivityOptions options = waves ? classical(1e-6) : quantum(1e-6);
  options.most_points = row.d == 2 ? 96 : 32;
  const PhononConductivity found =
      phonon_conductivity(Dispersion::optical(row.d, row.omega0, row.kappa), waves ? 1.0 : row.temperature, options);
  check_value(found.heat_conductivity, row.value, row.digits);
  CHECK(found.heat_conductivity.error < 3e-5);
  CHECK_THAT(found.heat_conductivity.value, WithinRel(row.value, 3e-6 + row.digits));
  constexpr double z_digits = 6e-6;
  CHECK_THAT(found.z, WithinAbs(row.z, found.z * found.zero_number_current.error + z_digits));
  CHECK(found.zero_number_current.error < 2e-3);  // z of a few per cent converges slower than the value
  REQUIRE(found.relaxation_time.has_value());
  check_value(*found.relaxation_time, row.rta, row.rta_digits);
  CHECK(found.relaxation_time->value < found.heat_conductivity.value);
  CHECK(found.points == options.most_points);
  CHECK_FALSE(found.converged);
}

// Another program, extrapolated: 36πκ = 1.50262592(2) and 2.8650178(1).
TEST_CASE("the square lattice has the tabulated conductivity to six digits", "[.six-digits]") {
  check_six_digits(2, 1.50262592, 2e-8);
}

TEST_CASE("the cubic lattice has the tabulated conductivity to six digits", "[.six-digits]") {
  check_six_digits(3, 2.8650178, 5e-8);
}

TEST_CASE("errors of relaxation rates on a lattice bound what finer grids change", "[transport]") {
  // The smallest loss rate and the smallest rate, over 36πλ², on single grids of up to 256² and 96³ nodes, and 64³ for
  // the rate; coarser grids than these are extrapolated here.
  struct Row {
    int d;
    double omega0, kappa;
    double edge, edge_digits, gap, gap_digits;
    std::size_t odd, even;
  };
  const Row row = GENERATE(Row{2, 1.0, 0.5, 0.0373, 1e-3, 0.0225929, 5e-6, 1, 2},
                           Row{3, 0.5, 1.0, 0.0020932, 3e-4, 0.00149320, 2e-5, 1, 1});
  PhononConductivityOptions options = classical(1e-12);
  options.spectral_gap = true;
  options.most_points = row.d == 2 ? 64 : 32;
  const PhononConductivity found = phonon_conductivity(Dispersion::optical(row.d, row.omega0, row.kappa), 1.0, options);
  const auto check_rate = [](const std::optional<RelaxationRate>& rate, double expected, double digits) {
    REQUIRE(rate);
    const double reference = 36.0 * pi * expected;
    CAPTURE(rate->rate, rate->error, reference);
    CHECK(std::abs(rate->rate - reference) <= rate->error + digits * reference);
    CHECK(rate->error < 0.1 * rate->rate);
  };
  check_rate(found.continuum_edge, row.edge, row.edge_digits);
  check_rate(found.spectral_gap, row.gap, row.gap_digits);
  CHECK(found.gap_is_discrete);
  CHECK(found.odd_rates.size() == row.odd);
  CHECK(found.even_rates.size() == row.even);
  CHECK(found.spectral_gap->rate < found.current_rate);
  for (const auto* list : {&found.odd_rates, &found.even_rates}) {
    for (const RelaxationRate& rate : *list) {
      CHECK(rate.rate >= found.spectral_gap->rate);
      CHECK(rate.rate + rate.error < found.continuum_edge->rate - found.continuum_edge->error);
    }
  }
}

TEST_CASE("errors bound where z is small and bands are soft", "[transport]") {
  // From lattices of 256² nodes by the same program, extrapolated, with the error of that.
  // A narrow band: z is 1e-4, which the residual of conjugate gradients must not hide.
  for (const double tolerance : {1e-2, 1e-4}) {
    const PhononConductivity narrow = phonon_conductivity(Dispersion::optical(2, 3.0, 0.1), 1.0, classical(tolerance));
    CHECK(narrow.converged);
    CHECK(std::abs(narrow.z / 1.186943e-4 - 1.0) <= narrow.zero_number_current.error + 3e-5);
    CHECK(narrow.zero_number_current.error < 0.1);
  }
  // A soft band, of which the loss rate turns between 48² and 96² nodes.
  PhononConductivityOptions options = classical(1e-9);
  options.most_points = 64;
  const PhononConductivity soft = phonon_conductivity(Dispersion::optical(2, 0.1, 2.0), 1.0, options);
  check_value({36.0 * pi * soft.relaxation_time.value().value, soft.relaxation_time->error}, 14.47, 0.01);
  check_value({36.0 * pi * soft.heat_conductivity.value, soft.heat_conductivity.error}, 265.0302, 1e-6);
  // Cold phonons, whose z drowns in rounding: not a negative conductivity.
  options = quantum(1e-9);
  options.most_points = 64;
  const PhononConductivity cold = phonon_conductivity(Dispersion::optical(2, 1.0, 0.5), 0.02, options);
  CHECK(cold.zero_number_current.value >= 0.0);
  CHECK(cold.zero_number_current.error > 0.5);
}

TEST_CASE("a looser tolerance ends on a smaller lattice", "[transport]") {
  const PhononConductivity found = phonon_conductivity(Dispersion::optical(2, 1.0, 0.5), 1.0, classical(1e-3));
  CHECK(found.converged);
  CHECK(found.points <= 64);
  check_value(found.heat_conductivity, 1.3286130e-2, 1e-7);
}

TEST_CASE("bands and options without a conductivity are refused", "[transport]") {
  const auto refused = [](const Dispersion& band, double temperature = 1.0, PhononConductivityOptions options = {}) {
    return sentence([&] { return phonon_conductivity(band, temperature, options); });
  };
  const Dispersion chain_band = chain(0.25);
  CHECK(says(refused(Dispersion::acoustic(1)), "known for the bands sqrt(omega0^2"));
  CHECK(says(refused(Dispersion::bending(1, 1.0)), "known for the bands sqrt(omega0^2"));
  CHECK(says(refused(Dispersion::nearest_neighbour(2)), "need omega > 0 everywhere"));
  const auto decaying = [](const auto& k) { return 2.2 - cos(two_pi * k[0]) - cos(two_pi * k[1]); };
  CHECK(says(refused(Dispersion::from_formula(2, decaying)), "can decay into three"));
  const Dispersion anisotropic =
      Dispersion::from_formula(2, [](const auto& k) { return 3.0 - cos(two_pi * k[0]) - 0.5 * cos(two_pi * k[1]); });
  CHECK(says(refused(anisotropic), "the same along every axis"));
  CHECK(says(refused(chain_band, 0.0), "temperature = 0; allowed are"));
  CHECK(says(refused(chain_band, 1e-3), "is too low for this band"));
  // More nodes do not help where the rates of the top of the band are below the rounding of those of the bottom.
  CHECK(says(refused(Dispersion::optical(2, 0.05, 0.5), 0.03), "is too low for this band"));
  CHECK(says(refused(Dispersion::optical(3, 1.0, 0.5), 0.01), "is too low for this band"));
  CHECK(says(refused(chain_band, 1e100), "is too high for this band"));
  CHECK(says(refused(Dispersion::optical(2, 1.0, 0.5), 1e300), "is too high for this band"));
  CHECK(says(refused(chain_band, 1.0, {.lambda = 0.0}), "lambda = 0; allowed are"));
  CHECK(says(refused(chain_band, 1.0, {.lambda = 1e-200, .tolerance = 1e-3, .spectral_gap = false}),
             "cannot be represented"));
  CHECK(says(refused(chain_band, 1.0, {.statistics = Statistics::fermion}), "statistics = fermion; allowed"));
  CHECK(says(refused(chain_band, 1.0, {.tolerance = 2.0}), "tolerance = 2; allowed are"));
  CHECK(says(refused(chain_band, 1.0, {.most_functions = 2}), "most_functions = 2; allowed are"));
  CHECK(says(refused(chain_band, 1.0, {.most_points = 2}), "most_points = 2; allowed are"));
  CHECK(says(refused(chain_band, 1.0, {.threads = -1}), "threads = -1; allowed are"));
}
