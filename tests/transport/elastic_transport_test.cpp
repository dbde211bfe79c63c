// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/model/green_function.hpp>
#include <nordheim/transport/elastic_model.hpp>
#include <nordheim/transport/elastic_transport.hpp>

#include "reference_values.hpp"
#include "support/catch.hpp"

#include <Eigen/Dense>

#include <array>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>
#include <vector>

using namespace nordheim;

namespace {

constexpr double pi = std::numbers::pi;
constexpr Vector3 e1{1.0, 0.0, 0.0};
const double root2 = std::sqrt(0.5);
const double root3 = std::sqrt(1.0 / 3.0);

ElasticModel cubic(Correlator correlator) {
  return ElasticModel::impurities(Dispersion::nearest_neighbour(3), std::move(correlator));
}

/// ϑ(0) = 1, ϑ(±e_j) = t.
Correlator neighbour_correlator(double t) {
  std::vector<CorrelatorEntry> entries{{{0, 0, 0}, 1.0}};
  for (std::size_t j = 0; j < 3; ++j) {
    for (const int sign : {-1, 1}) {
      CorrelatorEntry entry{{0, 0, 0}, t};
      entry.x[j] = sign;
      entries.push_back(entry);
    }
  }
  return Correlator::table(3, entries);
}

/// −C as a dense symmetric matrix in √w-scaled unknowns, from the definition.
Eigen::MatrixXd dense(const EnergyShell& shell, const Correlator& correlator) {
  const auto n = static_cast<Eigen::Index>(shell.size());
  const ConstState w = shell.weights();
  Eigen::MatrixXd A = Eigen::MatrixXd::Zero(n, n);
  for (Eigen::Index a = 0; a < n; ++a) {
    const auto ua = static_cast<std::size_t>(a);
    for (Eigen::Index b = 0; b < n; ++b) {
      const auto ub = static_cast<std::size_t>(b);
      Vector3 q{};
      for (std::size_t j = 0; j < 3; ++j) q[j] = shell.momentum(ua)[j] - shell.momentum(ub)[j];
      const double kernel = 2.0 * pi * correlator(q);
      A(a, a) += kernel * w[ub];
      A(a, b) -= kernel * std::sqrt(w[ua] * w[ub]);
    }
  }
  return A;
}

/// √w (v_j − ⟨v_j⟩), normalised with ρ.
Eigen::MatrixXd scaled_velocities(const EnergyShell& shell) {
  const auto n = static_cast<Eigen::Index>(shell.size());
  const auto d = static_cast<Eigen::Index>(shell.dimension());
  using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  Eigen::MatrixXd v = Eigen::Map<const Rows>(shell.velocities().data(), n, d);
  const Eigen::VectorXd w = Eigen::Map<const Eigen::VectorXd>(shell.weights().data(), n) / shell.density_of_states();
  for (Eigen::Index j = 0; j < d; ++j) v.col(j).array() -= w.dot(v.col(j));
  return w.cwiseSqrt().asDiagonal() * v;
}

/// ⟨v (−C)⁻¹ v⟩ by a dense factorisation with the null vector lifted.
Eigen::MatrixXd dense_diffusion(const EnergyShell& shell, const Correlator& correlator) {
  Eigen::MatrixXd A = dense(shell, correlator);
  const auto n = static_cast<Eigen::Index>(shell.size());
  const Eigen::VectorXd s =
      (Eigen::Map<const Eigen::VectorXd>(shell.weights().data(), n) / shell.density_of_states()).cwiseSqrt();
  A += A.diagonal().maxCoeff() * s * s.transpose();
  const Eigen::MatrixXd v = scaled_velocities(shell);
  return v.transpose() * A.ldlt().solve(v);
}

/// ⟨γ⟩.
double mean_rate(const ElasticScattering& scattering) {
  const EnergyShell& shell = scattering.space();
  double sum = 0.0;
  for (std::size_t a = 0; a < shell.size(); ++a) sum += shell.weights()[a] * scattering.rates()[a];
  return sum / shell.density_of_states();
}

void check_gaussian(std::size_t row, int order) {
  const auto& exact = reference::gaussian[row];
  const auto scattering = cubic(Correlator::gaussian_lattice(3, 1.0)).scattering(exact.energy, order);
  const double D = diffusion_tensor(scattering)[0][0];
  const double B = super_burnett(scattering, e1);
  CAPTURE(exact.energy, std::log10(std::abs(D / exact.D - 1.0)), std::log10(std::abs(B / exact.B - 1.0)));
  CHECK_THAT(D, WithinRel(exact.D, 3e-11));  // what the order leaves, 2e-11 at worst
  CHECK_THAT(B, WithinRel(exact.B, 1e-10));  // three powers of the inverse operator, 6e-11 at worst
  CHECK_THAT(mean_rate(scattering), WithinRel(exact.rate, 1e-11));
}

/// A band that no reflection of an axis, nor k → −k, leaves unchanged.
Dispersion lopsided(int dimension) {
  return Dispersion::from_formula(dimension, [dimension](const auto& k) {
    using std::cos;
    auto sum = 3.0 - cos(2.0 * pi * k[0]) - 0.4 * cos(4.0 * pi * k[0] + 0.7);
    if (dimension > 1) sum = sum - 0.8 * cos(2.0 * pi * k[1]) - 0.3 * cos(2.0 * pi * (k[0] + k[1]) - 0.4);
    if (dimension > 2) sum = sum - 0.9 * cos(2.0 * pi * k[2]) - 0.2 * cos(2.0 * pi * (k[1] - k[2]) + 0.5);
    return sum;
  });
}

}  // namespace

TEST_CASE("uncorrelated disorder on the cubic lattice") {
  const auto model = cubic(Correlator::delta(1.0));
  for (const auto& row : reference::uncorrelated) {
    CAPTURE(row.energy);
    // Order 18 leaves 1e-13 at worst (E = 2.1).
    const auto scattering = model.scattering(row.energy, 18);
    const Tensor3 D = diffusion_tensor(scattering);
    for (std::size_t i = 0; i < 3; ++i) {
      CHECK_THAT(D[i][i], WithinRel(row.D, 1e-12));
      for (std::size_t j = 0; j < i; ++j) CHECK(std::abs(D[i][j]) < 1e-15);  // reflections make it zero
    }
    CHECK_THAT(scattering.space().density_of_states(), WithinRel(row.density_of_states, 1e-12));
    const double gamma = 2.0 * pi * row.density_of_states;
    CHECK_THAT(super_burnett(scattering, e1),
               WithinRel((row.s1_fourth - 2.0 * row.s1_squared * row.s1_squared) / std::pow(gamma, 3), 1e-11));
    CHECK_THAT(spectral_gap(scattering), WithinRel(gamma, 1e-12));
  }
}

TEST_CASE("super-Burnett coefficients depend on the direction") {
  const auto model = cubic(Correlator::delta(1.0));
  for (const auto& row : reference::burnett) {
    CAPTURE(row.energy);
    const auto scattering = model.scattering(row.energy, 14);
    // The moments cancel; they are good to 1e-12, and the printed digits to less along (110).
    CHECK_THAT(super_burnett(scattering, e1), WithinAbs(row.along_100, 1e-12));
    CHECK_THAT(super_burnett(scattering, {root2, 0.0, root2}), WithinAbs(row.along_110, 1e-12));
    CHECK_THAT(super_burnett(scattering, {root3, -root3, root3}), WithinAbs(row.along_111, 1e-12));
  }
}

TEST_CASE("nearest-neighbour correlations have a closed form") {
  constexpr double t = 0.125;
  const auto model = cubic(neighbour_correlator(t));
  for (const double E : {0.3, 0.8, 1.6, 2.3, 3.4, 4.7, 5.5}) {
    CAPTURE(E);
    const auto scattering = model.scattering(E, 16);
    const EnergyShell& shell = scattering.space();
    double moment = 0.0;
    for (std::size_t a = 0; a < shell.size(); ++a) {
      moment += shell.weights()[a] * shell.velocities()[3 * a] * shell.velocities()[3 * a];
    }
    const double rho = shell.density_of_states();
    moment /= rho;
    const double x = (3.0 - E) * (3.0 - E) / 3.0;
    CHECK_THAT(diffusion_tensor(scattering)[1][1],
               WithinRel(moment / (2.0 * pi * rho * (1.0 + 2.0 * t * (x - moment))), 1e-12));
    CHECK(scattering.rank() == 6);  // of 1, cos and sin of each axis; Σ cos is constant on the shell
  }
  for (const auto& row : reference::neighbours) {
    CAPTURE(row.energy);
    const auto scattering = model.scattering(row.energy, 14);
    CHECK_THAT(diffusion_tensor(scattering)[0][0], WithinRel(row.D, 1e-12));
    CHECK_THAT(super_burnett(scattering, e1), WithinRel(row.B, 1e-9));
    CHECK_THAT(mean_rate(scattering), WithinRel(row.rate, 1e-12));  // 13 digits are printed
  }
  // Without correlations between neighbours it is the uncorrelated potential.
  const auto none = cubic(Correlator::table(3, {{{0, 0, 0}, 1.0}}));
  CHECK_THAT(diffusion_tensor(none.scattering(1.0, 14))[0][0], WithinRel(0.7657073169106906311724, 1e-12));
}

TEST_CASE("product correlator on the cubic lattice") {
  const auto model = cubic(Correlator::product(3, 0.5));
  for (const auto& row : reference::product) {
    CAPTURE(row.energy);
    const auto scattering = model.scattering(row.energy, 14);
    CHECK_THAT(diffusion_tensor(scattering)[2][2], WithinRel(row.D, 1e-11));
    CHECK_THAT(super_burnett(scattering, e1), WithinRel(row.B, 1e-9));
    CHECK_THAT(mean_rate(scattering), WithinRel(row.rate, 1e-11));  // 12 digits are printed of some
    CHECK(scattering.rank() <= 27);
  }
}

TEST_CASE("Gaussian correlator on the cubic lattice near the bottom of the band") { check_gaussian(0, 9); }
TEST_CASE("Gaussian correlator on the cubic lattice at low energy") { check_gaussian(1, 11); }
TEST_CASE("Gaussian correlator on the cubic lattice below the saddle energy") { check_gaussian(2, 10); }
TEST_CASE("Gaussian correlator on the cubic lattice above the saddle energy") { check_gaussian(3, 9); }
TEST_CASE("Gaussian correlator on the cubic lattice in the middle of the band") { check_gaussian(4, 11); }

TEST_CASE("D falls as the strength of the disorder rises") {
  const auto weak = diffusion_tensor(cubic(Correlator::product(3, 0.5, 0.01)).scattering(2.6, 8));
  const auto strong = diffusion_tensor(cubic(Correlator::product(3, 0.5, 4.0)).scattering(2.6, 8));
  CHECK_THAT(weak[0][0], WithinRel(400.0 * strong[0][0], 1e-13));
}

TEST_CASE("the cubic band is symmetric about its middle") {
  const auto model = cubic(Correlator::product(3, 0.5));
  for (const double E : {0.7, 1.95, 2.2}) {
    CAPTURE(E);
    // k → k + (1/2, 1/2, 1/2) turns ω into 6 − ω and leaves differences of momenta alone; the cells differ.
    CHECK_THAT(diffusion_tensor(model.scattering(6.0 - E, 14))[0][0],
               WithinRel(diffusion_tensor(model.scattering(E, 14))[0][0], 1e-10));
  }
}

TEST_CASE("D of a band with further neighbours is isotropic") {
  std::vector<HoppingTerm> terms;
  for (std::size_t i = 0; i < 3; ++i) {
    HoppingTerm axis{{0, 0, 0}, 1.0};
    axis.R[i] = 1;
    terms.push_back(axis);
    for (std::size_t j = 0; j < i; ++j) {
      for (const int sign : {-1, 1}) {
        // 0.3 (1 − cos a cos b) = 0.15 (1 − cos(a + b)) + 0.15 (1 − cos(a − b))
        HoppingTerm diagonal{{0, 0, 0}, 0.15};
        diagonal.R[i] = 1;
        diagonal.R[j] = sign;
        terms.push_back(diagonal);
      }
    }
  }
  const auto model = ElasticModel::impurities(Dispersion::hopping(3, terms), Correlator::product(3, 0.4));
  struct Row {
    double E, rho, s1_squared;
  };
  for (const Row& row :
       {Row{1.0, 0.0450256041282126, 0.346100304167424}, Row{4.6, 0.315081055299766, 0.558881211179657}}) {
    CAPTURE(row.E);
    const auto scattering = model.scattering(row.E, 12);
    const EnergyShell& shell = scattering.space();
    CHECK_THAT(shell.density_of_states(), WithinRel(row.rho, 1e-11));
    double moment = 0.0;
    for (std::size_t a = 0; a < shell.size(); ++a) {
      moment += shell.weights()[a] * std::pow(std::sin(2.0 * pi * shell.momentum(a)[0]), 2);
    }
    CHECK_THAT(moment / shell.density_of_states(), WithinRel(row.s1_squared, 1e-11));
    REQUIRE(scattering.has_cubic_symmetry());
    const Tensor3 D = diffusion_tensor(scattering);
    std::vector<double> v(shell.size()), h(shell.size());
    for (std::size_t j = 0; j < 3; ++j) {
      // Not by symmetry but by solving: cells break the symmetry between axes, quadrature restores it.
      for (std::size_t a = 0; a < v.size(); ++a) v[a] = shell.velocities()[3 * a + j];
      scattering.solve(v, h);
      for (std::size_t i = 0; i < 3; ++i) {
        double average = 0.0;
        for (std::size_t a = 0; a < v.size(); ++a) {
          average += shell.weights()[a] * shell.velocities()[3 * a + i] * h[a] / shell.density_of_states();
        }
        CHECK_THAT(D[i][j], WithinAbs(average, 1e-10 * D[0][0]));
      }
    }
  }
}

TEST_CASE("Exchanges of axes are used only where shell and correlator allow it") {
  const auto cubic_band = Dispersion::nearest_neighbour(3);
  const auto along_z = Correlator::table(3, {{{0, 0, 0}, 1.0}, {{0, 0, 1}, 0.3}, {{0, 0, -1}, 0.3}});
  const auto uneven_band = Dispersion::hopping(3, {{{1, 0, 0}, 1.0}, {{0, 1, 0}, 1.0}, {{0, 0, 1}, 1.1}});
  const auto scattering = [](const Dispersion& band, const Correlator& correlator) {
    return ElasticModel::impurities(band, correlator).scattering(1.0, 6);
  };
  CHECK(scattering(cubic_band, Correlator::product(3, 0.5)).has_cubic_symmetry());
  CHECK_FALSE(scattering(uneven_band, Correlator::product(3, 0.5)).has_cubic_symmetry());
  const auto uneven = scattering(cubic_band, along_z);
  CHECK_FALSE(uneven.has_cubic_symmetry());
  const Tensor3 D = diffusion_tensor(uneven);
  CHECK_THAT(D[1][1], WithinRel(D[0][0], 1e-4));  // by quadrature, of a low order
  CHECK(D[2][2] > 1.1 * D[0][0]);                 // correlations along z favour scattering that keeps k_z
}

TEST_CASE("D of an anisotropic band is a diagonal tensor") {
  const Vector3 t{1.0, 0.5, 2.0};
  const auto band = Dispersion::hopping(3, {{{1, 0, 0}, t[0]}, {{0, 1, 0}, t[1]}, {{0, 0, 1}, t[2]}});
  const double E = 2.5;
  constexpr double variance = 0.3;
  const Tensor3 D = diffusion_tensor(ElasticModel::impurities(band, Correlator::delta(variance)).scattering(E, 16));
  // Moments from the Green function on the deformed torus.
  constexpr double settled = 1e-10;
  const double rho = -green_function(band, E, settled).value.imag() / pi;
  for (std::size_t j = 0; j < 3; ++j) {
    const auto squared_velocity = [&](const std::array<std::complex<double>, 3>& k) {
      const std::complex<double> s = t[j] * std::sin(2.0 * pi * k[j]);
      return s * s;
    };
    const double moment = -green_function(band, E, settled, squared_velocity).value.imag() / pi / rho;
    CAPTURE(j);
    CHECK_THAT(D[j][j], WithinRel(moment / (2.0 * pi * variance * rho), 1e-9));
    for (std::size_t i = 0; i < j; ++i) CHECK(std::abs(D[i][j]) < 1e-15);
  }
  CHECK(D[2][2] > 1.5 * D[0][0]);
  CHECK(D[0][0] > 1.5 * D[1][1]);
}

TEST_CASE("D in one and two dimensions") {
  // d = 1: two nodes, v² = E(2 − E), ρ = 1/(π v), D = v²/(2πρ) = v³/2.
  const auto chain = ElasticModel::impurities(Dispersion::nearest_neighbour(1), Correlator::delta(1.0));
  for (const double E : {0.01, 0.7, 1.0, 1.9}) {
    const double v = std::sqrt(E * (2.0 - E));
    const Tensor3 D = diffusion_tensor(chain.scattering(E, 4));
    CHECK_THAT(D[0][0], WithinRel(0.5 * v * v * v, 1e-13));
    CHECK(D[1][1] == 0.0);
  }
  // With correlations only back-scattering counts: rate 2π·2w ϑ̂(2k), w = ρ/2.
  const auto correlated = ElasticModel::impurities(Dispersion::nearest_neighbour(1), Correlator::product(1, 0.6));
  const double E = 0.4;
  const double v = std::sqrt(E * (2.0 - E));
  const double k = std::acos(1.0 - E) / (2.0 * pi);
  CHECK_THAT(diffusion_tensor(correlated.scattering(E, 4))[0][0],
             WithinRel(v * v / (2.0 / v * (1.0 + 0.6 * std::cos(4.0 * pi * k))), 1e-13));

  // d = 2: ρ⟨v_1²⟩ = ½∫_0^E (2 − e)ρ(e)de by the divergence theorem; here by the Green function.
  const auto square = Dispersion::nearest_neighbour(2);
  for (const double energy : {0.5, 1.9, 3.1}) {
    const auto model = ElasticModel::impurities(square, Correlator::delta(1.0));
    const Tensor3 D = diffusion_tensor(model.scattering(energy, 16));
    const auto squared_velocity = [](const std::array<std::complex<double>, 3>& z) {
      return std::pow(std::sin(2.0 * pi * z[0]), 2);
    };
    const double rho = -green_function(square, energy).value.imag() / pi;
    const double moment = -green_function(square, energy, 1e-12, squared_velocity).value.imag() / pi / rho;
    CAPTURE(energy);
    CHECK_THAT(D[0][0], WithinRel(moment / (2.0 * pi * rho), 1e-11));
    CHECK_THAT(D[1][1], WithinRel(D[0][0], 1e-11));
    CHECK(D[2][2] == 0.0);
  }
}

TEST_CASE("bands without symmetry have a full positive tensor") {
  for (const int d : {2, 3}) {
    CAPTURE(d);
    const auto correlator = Correlator::product(d, 0.5);
    const auto model = ElasticModel::impurities(lopsided(d), correlator);
    const auto scattering = model.scattering(d == 2 ? 2.3 : 1.2, d == 2 ? 8 : 2);
    const EnergyShell& shell = scattering.space();
    REQUIRE(shell.reflections().size() == 1);
    REQUIRE(shell.size() < 3000);
    const Tensor3 D = diffusion_tensor(scattering);
    const Eigen::MatrixXd exact = dense_diffusion(shell, correlator);
    const double scale = exact.cwiseAbs().maxCoeff();
    for (Eigen::Index i = 0; i < d; ++i) {
      for (Eigen::Index j = 0; j < d; ++j) {
        // Rounding of a dense factorisation of some thousand rows.
        CHECK(std::abs(D[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)] - exact(i, j)) < 1e-12 * scale);
      }
    }
    CHECK(std::abs(exact(0, 1)) > 1e-3 * scale);
    CHECK(Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(exact).eigenvalues().minCoeff() > 0.0);
    // Along any direction D is the quadratic form of the tensor: Σ c/λ of the spectrum of v_n.
    const Vector3 n{0.6, 0.8, 0.0};
    const double quadratic = 0.36 * D[0][0] + 0.96 * D[0][1] + 0.64 * D[1][1];
    CHECK_THAT(velocity_spectrum(scattering, n).diffusion(), WithinRel(quadratic, 1e-12));
  }
}

TEST_CASE("D of a band without symmetry converges geometrically") {
  const auto model = ElasticModel::impurities(lopsided(2), Correlator::product(2, 0.5));
  const double E = 2.3;
  const double exact = diffusion_tensor(model.scattering(E, 24))[0][1];
  double before = 1.0;
  for (const int order : {3, 6, 9, 12}) {
    const double error = std::abs(diffusion_tensor(model.scattering(E, order))[0][1] / exact - 1.0);
    CAPTURE(order, error);
    CHECK(error < std::max(0.1 * before, 1e-12));
    before = error;
  }
  CHECK(before < 1e-8);
}

TEST_CASE("the spectral gap of a small shell") {
  for (const double c : {0.0, 0.5, 1.0}) {
    const auto correlator = Correlator::product(2, c);
    const auto model = ElasticModel::impurities(Dispersion::nearest_neighbour(2), correlator);
    const auto scattering = model.scattering(1.2, 6);
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(dense(scattering.space(), correlator));
    CAPTURE(c, scattering.space().size());
    CHECK_THAT(eigen.eigenvalues()[0], WithinAbs(0.0, 1e-13));
    CHECK_THAT(spectral_gap(scattering), WithinRel(eigen.eigenvalues()[1], 1e-12));
  }
}

TEST_CASE("the spectral gap of the product correlator") {
  // The lowest eigenvalue of the odd sector is 0.926653 at E = 1.5, from dense eigenvalues; the slowest of all is in an
  // even one or equal to it.
  const auto scattering = cubic(Correlator::product(3, 0.5)).scattering(1.5, 6);
  const auto spectrum = velocity_spectrum(scattering, e1);
  CHECK_THAT(spectrum.rates.front(), WithinAbs(0.926653, 2e-6));
  CHECK(spectral_gap(scattering) <= spectrum.rates.front() * (1.0 + 1e-13));
}

TEST_CASE("directions must be unit vectors") {
  const auto scattering =
      ElasticModel::impurities(Dispersion::nearest_neighbour(2), Correlator::delta(1.0)).scattering(1.0, 4);
  for (const Vector3& n :
       {Vector3{}, Vector3{1.0, 1.0, 0.0}, Vector3{std::numeric_limits<double>::quiet_NaN(), 0.0, 0.0}}) {
    CHECK_THROWS_AS(super_burnett(scattering, n), InvalidArgument);
    CHECK_THROWS_AS(velocity_spectrum(scattering, n), InvalidArgument);
    CHECK_THROWS_AS(diffusion_in_time(scattering, n), InvalidArgument);
    CHECK_THROWS_AS(fit_leading_eigenvalue(scattering, n), InvalidArgument);
  }
}
