// SPDX-License-Identifier: GPL-3.0-or-later
// Heat conductivity of phonons on lattices against independent tables, sums and vectors.
#include <nordheim/collision/four_phonon.hpp>
#include <nordheim/transport/phonon_conductivity.hpp>

#include "collision/linearised_phonons.hpp"
#include "support/catch.hpp"
#include "support/phonon_conductivity.hpp"
#include "transport/lattice_currents.hpp"
#include "transport/lattice_spectrum.hpp"
#include "transport/phonon_lattice.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <initializer_list>
#include <limits>
#include <numbers>
#include <optional>
#include <utility>
#include <vector>

using namespace nordheim;
using nordheim::detail::HalfLattice;
using nordheim::detail::LatticeCurrents;
using nordheim::detail::LinearisedPhonons;
using nordheim::detail::PhononWeight;
using test::check_value;
using test::classical;
using test::quantum;

namespace {

constexpr double pi = std::numbers::pi;
constexpr double two_pi = 2.0 * pi;

constexpr FourPhononProcesses scattering = FourPhononProcesses::scattering;
constexpr FourPhononProcesses resonant = FourPhononProcesses::resonant;

/// Decays into three resonate in it.
Dispersion decaying_band(int dimension) {
  return Dispersion::from_formula(dimension, [dimension](const auto& k) {
    auto omega = dimension + 0.2 - cos(two_pi * k[0]);
    for (std::size_t i = 1; i < static_cast<std::size_t>(dimension); ++i) omega = omega - cos(two_pi * k[i]);
    return omega;
  });
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
  SumOverCollisions(int points, const Dispersion& band, const detail::TimeGrid& time, const PhononWeight& weight,
                    FourPhononProcesses processes)
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
        const auto weight_of = [&](std::size_t c, std::size_t e, double delta) {
          double term = delta / (static_cast<double>(n) * static_cast<double>(n));
          for (const std::size_t leg : {a, b, c, e}) term *= g_[leg] / omega[leg];
          return term;
        };
        const Eigen::ArrayXcd pair = weights * column(a) * column(b);
        const Eigen::ArrayXcd decay = weights * column(a) * column(b).conjugate();
        for (std::size_t c = 0; c < n; ++c) {
          const std::size_t e = node_of_rest(a, 1.0, b, c);
          const double delta = (pair * (column(c) * column(e)).conjugate()).real().sum();
          add(a, weight_of(c, e, delta), {a, b}, {c, e});
          if (processes == FourPhononProcesses::scattering) continue;
          const std::size_t f = node_of_rest(a, -1.0, b, c);
          const double decay_delta = (decay * (column(c) * column(f)).conjugate()).real().sum();
          const double term = weight_of(c, f, decay_delta);
          // Of the six orders of the three parts a sum over two momenta meets each.
          add(a, term / 3.0, {a}, {b, c, f});
          add(b, term, {b, c, f}, {a});
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
  /// A term of the equation of mode k1: h of all in @p plus, less h of all in @p minus.
  void add(std::size_t k1, double term, std::initializer_list<std::size_t> plus,
           std::initializer_list<std::size_t> minus) {
    const auto row = static_cast<Eigen::Index>(k1);
    for (const std::size_t leg : plus) matrix_(row, static_cast<Eigen::Index>(leg)) += term;
    for (const std::size_t leg : minus) matrix_(row, static_cast<Eigen::Index>(leg)) -= term;
    loss_[k1] += term;
  }
  /// k1 ± k2 − k3.
  [[nodiscard]] std::size_t node_of_rest(std::size_t a, double sign, std::size_t b, std::size_t c) const {
    const Vector3 k1 = grid_.momentum(a), k2 = grid_.momentum(b), k3 = grid_.momentum(c);
    Vector3 k4{};
    for (std::size_t i = 0; i < 3; ++i) k4[i] = k1[i] + sign * k2[i] - k3[i];
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

TEST_CASE("linearised collisions on a lattice are the sum over collisions in every sector", "[transport]") {
  const std::pair size = GENERATE(std::pair{1, 16}, std::pair{2, 8}, std::pair{3, 4});
  const auto processes = GENERATE(scattering, resonant);
  const int d = size.first, M = size.second;
  const Dispersion band = processes == scattering ? Dispersion::optical(d, 1.0, 0.5) : decaying_band(d);
  const auto time = detail::phonon_time_grid(band, M, 8.0, processes);
  const PhononWeight weight(Statistics::boson, 0.7, band.range().min);
  const SumOverCollisions sum(M, band, time, weight, processes);
  const HalfLattice half(M, band);
  LinearisedPhonons collisions(half, time, values(half.energies(), [&](double x) { return weight(x) / x; }), processes,
                               2);
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
  CHECK(collisions.conserves_number() == (processes == scattering));
  if (processes == resonant) return;
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
  LatticeCurrents currents(detail::linearised_quartic(row.M, band, time, weight, scattering, 1), weight);
  const SumOverCollisions sum(row.M, band, time, weight, scattering);
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
  const auto processes = GENERATE(scattering, resonant);
  const Dispersion band = processes == scattering ? Dispersion::optical(2, 1.0, 0.5) : decaying_band(2);
  constexpr int M = 12;
  const LatticeGrid grid(M, band);
  const HalfLattice half(M, band);
  const auto time = detail::phonon_time_grid(band, M, horizon, processes);
  const Equilibrium equilibrium = Equilibrium::from_chemical_potential(Statistics::boson, 1.0 / temperature, 0.0);
  const PhononWeight weight(Statistics::boson, temperature, band.range().min);
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
  REQUIRE(phonons.decays() == (processes == resonant));
  phonons.set_reference(equilibrium);
  std::vector<double> derivative(grid.size()), found(half.size());
  phonons.apply_linearised(W, dW, derivative);
  LinearisedPhonons(half, time, values(half.energies(), [&](double x) { return weight(x) / x; }), processes, 1)
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
  const auto time = detail::phonon_time_grid(band, row.M, row.horizon);
  LatticeCurrents currents(detail::linearised_quartic(row.M, band, time, weight, scattering, 1), weight);
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
  CHECK_THAT(found.z.value(), WithinAbs(row.z, *found.z * found.zero_number_current->error + z_digits));
  CHECK(found.zero_number_current->error < 2e-3);  // z of a few per cent converges slower than the value
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
    CHECK(std::abs(narrow.z.value() / 1.186943e-4 - 1.0) <= narrow.zero_number_current->error + 3e-5);
    CHECK(narrow.zero_number_current->error < 0.1);
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
  CHECK(cold.zero_number_current->value >= 0.0);
  CHECK(cold.zero_number_current->error > 0.5);
}

TEST_CASE("a looser tolerance ends on a smaller lattice", "[transport]") {
  const PhononConductivity found = phonon_conductivity(Dispersion::optical(2, 1.0, 0.5), 1.0, classical(1e-3));
  CHECK(found.converged);
  CHECK(found.points <= 64);
  check_value(found.heat_conductivity, 1.3286130e-2, 1e-7);
}

TEST_CASE("decays into three take part in the conductivity and make the number no invariant", "[transport]") {
  // From lattices of 192² and 48³ nodes by the same program, extrapolated, with the error of that.
  struct Row {
    int d;
    double temperature;  // 0: classical
    int points;
    double value, digits;
  };
  const Row row =
      GENERATE(Row{2, 1.0, 64, 0.10927234, 8e-6}, Row{2, 0.0, 64, 0.13235162, 3e-6}, Row{3, 1.0, 32, 1.931063, 5e-5});
  const Dispersion band = decaying_band(row.d);
  PhononConductivityOptions options = row.temperature == 0.0 ? classical(1e-9) : quantum(1e-9);
  options.most_points = row.points;
  const PhononConductivity found = phonon_conductivity(band, row.temperature == 0.0 ? 1.0 : row.temperature, options);
  CHECK_FALSE(found.z);
  CHECK_FALSE(found.zero_number_current);
  check_value(found.heat_conductivity, row.value, row.digits);
  CHECK(found.heat_conductivity.error < 1e-3);
  options.processes = scattering;
  const PhononConductivity without = phonon_conductivity(band, row.temperature == 0.0 ? 1.0 : row.temperature, options);
  REQUIRE(without.z);
  CHECK(without.heat_conductivity.value > found.heat_conductivity.value);
}
