// SPDX-License-Identifier: GPL-3.0-or-later
// What elastic scattering promises whatever the shell: invariants, symmetry, sign, positivity, few functions; refusals.
#include <nordheim/collision/elastic_scattering.hpp>
#include <nordheim/core/error.hpp>

#include "support/catch.hpp"
#include "support/elastic_operator.hpp"

#include <algorithm>
#include <limits>
#include <thread>

using namespace nordheim;
using namespace nordheim::test;

namespace {

/// The matrix of C, column by column.
MatrixXd matrix(const ElasticScattering& op) {
  const auto n = static_cast<Index>(op.space().size());
  MatrixXd C(n, n);
  VectorXd column(n);
  for (Index b = 0; b < n; ++b) {
    op.apply(as_state(VectorXd(VectorXd::Unit(n, b))), as_state(column));
    C.col(b) = column;
  }
  return C;
}

/// e^A by scaling and squaring of a Taylor series.
MatrixXd exponential(const MatrixXd& A) {
  int squarings = 0;
  for (double norm = A.cwiseAbs().rowwise().sum().maxCoeff(); norm > 0.5; norm /= 2.0) ++squarings;
  const MatrixXd B = A / std::ldexp(1.0, squarings);
  MatrixXd term = MatrixXd::Identity(A.rows(), A.cols()), sum = term;
  for (int m = 1; m <= 16; ++m) {
    term = term * B / m;
    sum += term;
  }
  for (int s = 0; s < squarings; ++s) sum = (sum * sum).eval();
  return sum;
}

}  // namespace

TEST_CASE("constants are a null vector and mass is conserved") {
  for (const auto& [name, shell, correlator] : elastic_cases()) {
    const ElasticScattering op(shell, correlator);
    CAPTURE(name);
    const VectorXd w = as_vector(shell.weights()), gamma = as_vector(op.rates());
    VectorXd out(w.size());
    op.apply(as_state(VectorXd(VectorXd::Constant(w.size(), 0.3))), as_state(out));
    // The rounding of sums over a few functions and over the nodes.
    CHECK(out.cwiseAbs().maxCoeff() < 1e-15 * 0.3 * gamma.maxCoeff());
    for (const VectorXd& W : {skew(shell), velocity(shell, 0), VectorXd(VectorXd::Unit(w.size(), w.size() / 2))}) {
      const CollisionReport report = op.apply(as_state(W), as_state(out));
      const double size = w.dot(out.cwiseAbs());
      CHECK(std::abs(w.dot(out)) <= 1e-15 * size);
      // Before the subtraction it was rounding too.
      CHECK(std::abs(report.number_defect) < 1e-14);
      CHECK(report.energy_defect == report.number_defect);
      CHECK(report.largest_rate == out.cwiseAbs().maxCoeff());
      CHECK(report.correction <= 1e-14 * report.largest_rate + 1e-300);
    }
    const Invariants invariants = op.invariants();
    REQUIRE(invariants.size() == 1);
    CHECK(invariants[0].name == "number");
    CHECK(as_vector(invariants[0].values) == VectorXd::Ones(w.size()));
  }
}

TEST_CASE("mass does not drift over a hundred thousand mean free times") {
  const ElasticScattering op(small_shell(tilted_band(2, false), 1.1, 3), Correlator::product(2, 0.5));
  const VectorXd w = as_vector(op.space().weights());
  VectorXd W = skew(op.space()), out(W.size());
  const double mass = w.dot(W), step = 0.5 / as_vector(op.rates()).maxCoeff();
  for (int n = 0; n < 200000; ++n) {
    op.apply(as_state(W), as_state(out));
    // Kept away from equilibrium, where nothing would happen.
    W += n % 2 == 0 ? VectorXd(step * out) : VectorXd(-step * out);
  }
  // Rounding of the last sum; without the subtraction in C the drift is 9e-12.
  CHECK_THAT(w.dot(W) / mass, WithinAbs(1.0, 2e-15));
}

TEST_CASE("the operator is symmetric, negative and generates positive dynamics") {
  for (const auto& [name, shell, correlator] : elastic_cases()) {
    if (shell.size() > 400) continue;
    const ElasticScattering op(shell, correlator);
    CAPTURE(name);
    const VectorXd root = as_vector(shell.weights()).cwiseSqrt();
    const MatrixXd C = matrix(op);
    const MatrixXd symmetric = root.asDiagonal() * C * root.cwiseInverse().asDiagonal();
    const double scale = as_vector(op.rates()).maxCoeff();
    // Rounding, of each entry and (the subtraction) of sums over the nodes; weights differ by up to 100 here.
    CHECK((symmetric - symmetric.transpose()).cwiseAbs().maxCoeff() < 2e-14 * scale);
    const Eigen::SelfAdjointEigenSolver<MatrixXd> eigen(0.5 * (symmetric + symmetric.transpose()));
    CHECK(eigen.eigenvalues().maxCoeff() < 1e-14 * scale);
    // Between 0 and twice the largest rate, as for every Markov process.
    CHECK(eigen.eigenvalues().minCoeff() > -(2.0 + 1e-13) * scale);
  }
}

TEST_CASE("the semigroup is positive and conserves mass") {
  const ElasticScattering op(small_shell(Dispersion::nearest_neighbour(3), 1.5, 2), Correlator::product(3, 0.5));
  const VectorXd w = as_vector(op.space().weights());
  const MatrixXd C = matrix(op);
  const double mean_rate = w.dot(as_vector(op.rates())) / w.sum();
  for (const double times : {0.1, 1.0, 20.0}) {
    const MatrixXd P = exponential(times / mean_rate * C);
    CHECK(P.minCoeff() > 0.0);
    CHECK((P.rowwise().sum() - VectorXd::Ones(w.size())).cwiseAbs().maxCoeff() < 1e-13);
    CHECK(((w.transpose() * P).transpose() - w).cwiseQuotient(w).cwiseAbs().maxCoeff() < 1e-12);
  }
}

TEST_CASE("correlators of finite range have as many functions as sines and cosines of that range on the shell") {
  const EnergyShell cubic = small_shell(Dispersion::nearest_neighbour(3), 1.5, 4);
  const EnergyShell lopsided = small_shell(tilted_band(3, true), 1.1, 4);
  CHECK(ElasticScattering(cubic, Correlator::delta(1.0)).rank() == 1);
  CHECK(ElasticScattering(lopsided, Correlator::delta(1.0)).rank() == 1);
  // 1, cos k_j, sin k_j: seven, one less where Σ cos k_j = 3 − E is a constant.
  for (const double t : {0.125, -0.125}) {
    CHECK(ElasticScattering(cubic, neighbours(3, t)).rank() == 6);
    CHECK(ElasticScattering(lopsided, neighbours(3, t)).rank() == 7);
  }
  // Products of {1, cos k_j, sin k_j} over the axes: 27, again with one relation on the cubic band.
  for (const double c : {0.5, -0.5}) {
    CHECK(ElasticScattering(cubic, Correlator::product(3, c)).rank() == 26);
    CHECK(ElasticScattering(lopsided, Correlator::product(3, c)).rank() == 27);
  }
  // Without reflections too, and for more nodes.
  EnergyShellOptions options;
  options.order = 6;
  options.reflections = std::vector<AxisFlip>{0};
  const EnergyShell plain(Dispersion::nearest_neighbour(3), 1.5, options);
  REQUIRE(plain.reflections().size() == 1);
  CHECK(ElasticScattering(plain, Correlator::product(3, 0.5)).rank() == 26);
}

TEST_CASE("no digits are lost for long waves") {
  // At z = Dq² the density correlation 2z⟨(z + iq·v − C)⁻¹ 1⟩ is 1 + (⟨h_1²⟩ + B/2D) q² + O(q⁴), 0.4351 in the limit
  // of fine shells; an undeflated formula loses ε/q².
  const EnergyShell shell = small_shell(Dispersion::nearest_neighbour(3), 1.5, 6);
  const ElasticScattering op(shell, Correlator::product(3, 0.5));
  const VectorXd w = as_vector(shell.weights()) / shell.density_of_states(), v = velocity(shell, 0);
  VectorXd h1(v.size()), h2(v.size());
  op.solve(as_state(v), as_state(h1));
  // Sums of more digits, so that the rounding of the resolvent is seen, which adds up the weights as here.
  using Long = long double;
  const auto mean = [&](const auto& value) {
    Long sum = 0.0;
    double all = 0.0;
    for (std::size_t a = 0; a < shell.size(); ++a) {
      sum += Long(shell.weights()[a]) * value(a);
      all += shell.weights()[a];
    }
    return sum / Long(all);
  };
  // 2⟨h v⟩ + ⟨h C h⟩ has the square of the error of h.
  op.apply(as_state(h1), as_state(h2));
  const Long D = mean([&](std::size_t a) {
    const auto i = static_cast<Index>(a);
    return Long(h1[i]) * (2.0L * Long(v[i]) + Long(h2[i]));
  });
  op.solve(as_state(VectorXd(v.cwiseProduct(h1).array() - double(D))), as_state(h2));
  const double square = w.dot(h1.cwiseProduct(h1));
  const double B = w.dot(v.cwiseProduct(h1).cwiseProduct(h2)) - double(D) * square;
  CHECK_THAT(double(D), WithinRel(0.581446719016702, 1e-6));  // limited by the order of the shell
  CHECK_THAT(B, WithinRel(-0.22165728318949, 1e-5));
  const double expected = square + B / (2.0 * double(D));
  CHECK_THAT(expected, WithinAbs(0.4351, 1e-4));
  std::vector<std::complex<double>> ones(shell.size(), 1.0), u(shell.size());
  const auto deviation = [&](double q) {
    const Long exact = D * Long(q) * Long(q);
    const auto z = static_cast<double>(exact);
    op.resolve(z, {q, 0.0, 0.0}, ones, u);
    const Long sum = mean([&](std::size_t a) { return Long(u[a].real()); });
    CHECK(std::abs(mean([&](std::size_t a) { return Long(u[a].imag()); })) < 1e-15L * sum);
    return static_cast<double>(2.0L * z * sum - 1.0L - 0.5L * (Long(z) - exact) / exact);  // for the z that was meant
  };
  // The next order in q, and the roundings of z, D and the resolvent: 8e-16 in the root mean square.
  for (const double q : {1e-2, 1e-3, 1e-4, 1e-5, 1e-6}) {
    CHECK_THAT(deviation(q), WithinAbs(expected * q * q, 0.3 * q * q * q * q + 3e-15));
  }
  // That of q = 10⁻⁶ is but 500 times as much; the mean of 64 wavenumbers is known eight times better than each.
  double ratio = 0.0;
  for (int j = 0; j < 64; ++j) {
    const double q = 1e-6 * (1.0 + 0.001 * j);
    ratio += deviation(q) / (expected * q * q) / 64.0;
  }
  CHECK_THAT(ratio, WithinAbs(1.0, 1e-3));
}

TEST_CASE("diffusion constants come out of the solver") {
  // Reference values certified to 1e-12 by three methods; what is allowed is the error of the quadrature, which at
  // E = 1 and 1.5 is 2e-11 with order 10 and 3e-13 with order 12, measured for the density of states.
  const auto diffusion = [](double energy, int order, const Correlator& correlator) {
    const EnergyShell shell = small_shell(Dispersion::nearest_neighbour(3), energy, order);
    const ElasticScattering op(shell, correlator);
    const VectorXd v = velocity(shell, 0);
    VectorXd h(v.size());
    op.solve(as_state(v), as_state(h));
    return as_vector(shell.weights()).cwiseProduct(v).dot(h) / shell.density_of_states();
  };
  CHECK_THAT(diffusion(1.0, 12, Correlator::delta(1.0)), WithinRel(0.7657073169106906311724, 1e-11));
  CHECK_THAT(diffusion(1.0, 12, neighbours(3, 0.125)), WithinRel(0.629202891571976, 1e-11));
  CHECK_THAT(diffusion(1.5, 12, Correlator::product(3, 0.5)), WithinRel(0.581446719016702, 1e-11));
  CHECK_THAT(diffusion(2.5, 8, Correlator::gaussian_lattice(3, 1.0)), WithinRel(0.6242584662627, 1e-9));
  // The closed form γ = 2πρ[1 + 2t(3−E)²/3], D = ⟨s²⟩/(2πρ[1 + 2t((3−E)²/3 − ⟨s²⟩)]) also for negative t.
  const double rho = 0.09676424005227521072495, s2 = 0.4655405932352891422056, t = -0.15;
  CHECK_THAT(diffusion(1.0, 12, neighbours(3, t)),
             WithinRel(s2 / (two_pi * rho * (1 + 2 * t * (4.0 / 3 - s2))), 1e-11));
}

TEST_CASE("on a sphere spherical harmonics relax with the rates of Funk and Hecke") {
  struct Row {
    Correlator correlator;
    double energy;
    int degree;
    std::array<double, 4> rates;
  };
  // λ_l = 4π²k ∫dμ ϑ̂(k√(2−2μ))(1 − P_l(μ)), l = 1 … 4, by quadrature with 40 digits. The degree is what ϑ̂ needs: its
  // coefficients fall like (z + √(z²−1))^−l for a pole at μ = z, 1.37^−l at κ = 1, E = 5.
  const std::vector<Row> rows{
      {Correlator::gaussian(1.0),
       0.5,
       24,
       {23.449949119700464208, 32.056936969313940534, 33.843238153822983472, 34.103433325522166937}},
      {Correlator::gaussian(1.0),
       5.0,
       32,
       {1.2484171264538043613, 3.3707263958160474084, 5.8051398181327618517, 8.0460487685448877847}},
      {Correlator::screened(1.0),
       0.5,
       24,
       {7.9888319829681799335, 12.262693360742349016, 14.262643326152821671, 15.145732278511607738}},
      {Correlator::screened(1.0),
       5.0,
       54,
       {0.85452979702428427626, 1.7782928749016838852, 2.6249941129764841302, 3.3496970880263985948}}};
  for (const Row& row : rows) {
    const double k = std::sqrt(2.0 * row.energy);
    const EnergyShell shell = EnergyShell::sphere(k, row.energy, k, row.degree);
    const ElasticScattering op(shell, row.correlator);
    CAPTURE(row.correlator.description(), row.energy, op.rank());
    for (int l = 1; l <= 4; ++l) {
      CAPTURE(l);
      // Zonal around a skew axis: parts in all sectors.
      const Vector3 axis{2.0 / 7.0, 3.0 / 7.0, 6.0 / 7.0};
      VectorXd Y(static_cast<Index>(shell.size())), out(Y.size());
      for (std::size_t a = 0; a < shell.size(); ++a) {
        const Vector3 n = shell.momentum(a);
        Y[static_cast<Index>(a)] = std::legendre(
            static_cast<unsigned>(l), std::clamp((axis[0] * n[0] + axis[1] * n[1] + axis[2] * n[2]) / k, -1.0, 1.0));
      }
      op.apply(as_state(Y), as_state(out));
      const double rate = row.rates[static_cast<std::size_t>(l - 1)];
      CHECK((out + rate * Y).cwiseAbs().maxCoeff() < 1e-12 * as_vector(op.rates()).maxCoeff());
      op.solve(as_state(Y), as_state(out));
      CHECK((out - Y / rate).cwiseAbs().maxCoeff() < 1e-12 * as_vector(op.rates()).maxCoeff() / (rate * rate));
    }
  }
}

TEST_CASE("several threads may use one operator") {
  const EnergyShell shell = small_shell(Dispersion::nearest_neighbour(3), 1.5, 3);
  const Correlator correlator = Correlator::gaussian_lattice(3, 0.7);
  const ElasticScattering op(shell, correlator), alone(shell, correlator);
  const VectorXd W = skew(shell);
  VectorXd expected(W.size());
  alone.apply(as_state(W), as_state(expected));
  std::vector<VectorXd> out(4, VectorXd(W.size()));
  std::vector<std::thread> threads;
  for (VectorXd& C : out) threads.emplace_back([&] { op.apply(as_state(W), as_state(C)); });
  for (std::thread& thread : threads) thread.join();
  for (const VectorXd& C : out) CHECK(C == expected);
}

TEST_CASE("elastic scattering that cannot be done is refused with the reason") {
  using Catch::Matchers::Contains;
  const EnergyShell square = small_shell(Dispersion::nearest_neighbour(2), 0.9, 4);
  const EnergyShell sphere = EnergyShell::sphere(1.0, 0.5, 1.0, 5);
  const auto made = [](const EnergyShell& shell, const Correlator& correlator, ElasticScatteringOptions options = {}) {
    const ElasticScattering op(shell, correlator, options);
    return op.rank();
  };
  CHECK_THROWS_WITH(made(square, Correlator::gaussian(1.0)), Contains("in the continuum") || Contains("3 dimensions"));
  CHECK_THROWS_WITH(made(small_shell(Dispersion::nearest_neighbour(3), 0.9, 2), Correlator::screened(1.0)),
                    Contains("one in the continuum, the energy shell on the lattice"));
  CHECK_THROWS_WITH(made(sphere, Correlator::product(3, 0.5)),
                    Contains("one on the lattice, the energy shell in the continuum"));
  CHECK_THROWS_WITH(made(square, Correlator::product(3, 0.5)), Contains("3 dimensions, the energy shell 2 dimensions"));
  ElasticScatteringOptions options;
  options.kernel_tolerance = -1e-3;
  CHECK_THROWS_WITH(made(square, Correlator::product(2, 0.5), options),
                    "kernel_tolerance = -0.001; at least 0 and less than 1 is allowed");
  options = {};
  options.max_memory = 8 * square.fundamental_size() * 5;
  CHECK_THROWS_WITH(made(square, Correlator::product(2, 0.5), options), Contains("needs more than 5 functions"));
  CHECK(made(square, neighbours(2, 0.1), options) <= 5);
  // A spectrum that is negative only where its constructor did not look: near the difference of two nodes.
  const Vector3 dip = minus(square.momentum(0), square.momentum(1));
  const Correlator narrow = Correlator::on_lattice(2, [dip](const Vector3& q) {
    const auto hole = [&](double sign) {
      const double x = (q[0] - sign * dip[0]) / 1e-6, y = (q[1] - sign * dip[1]) / 1e-6;
      return std::exp(-x * x - y * y);
    };
    return 1.0 - 2.0 * (hole(1.0) + hole(-1.0));
  });
  CHECK_THROWS_AS(made(square, narrow), InvalidArgument);

  const ElasticScattering op(square, Correlator::product(2, 0.5));
  std::vector<double> W(square.size(), 1.0), wrong(square.size() - 1);
  CHECK_THROWS_AS(op.apply(W, wrong), DimensionMismatch);
  CHECK_THROWS_AS(op.apply(wrong, W), DimensionMismatch);
  CHECK_THROWS_AS(op.solve(wrong, W), DimensionMismatch);
  CHECK_THROWS_AS(op.solve(W, wrong), DimensionMismatch);
  std::vector<std::complex<double>> b(square.size(), 1.0), short_b(square.size() - 1);
  CHECK_THROWS_AS(op.resolve(1.0, {}, short_b, b), DimensionMismatch);
  CHECK_THROWS_AS(op.resolve(1.0, {}, b, short_b), DimensionMismatch);
  CHECK_THROWS_WITH(op.resolve(0.0, {}, b, b), Contains("z = 0 + 0i is on the spectrum"));
  CHECK_THROWS_WITH(op.resolve(-op.rates()[3], {}, b, b), Contains("on the spectrum"));
  CHECK_THROWS_WITH(op.resolve(std::nan(""), {}, b, b), Contains("must be finite"));
  W[1] = std::numeric_limits<double>::infinity();
  CHECK_THROWS_AS(op.apply(W, W), RecoverableError);
}

TEST_CASE("a shell that scattering does not connect has no diffusion constant") {
  using Catch::Matchers::Contains;
  // At E = 1 on the line k = ±1/4, and 1 + cos 2πq vanishes for backscattering, q = 1/2.
  const EnergyShell points = small_shell(Dispersion::nearest_neighbour(1), 1.0, 4);
  std::vector<double> h(points.size());
  const ElasticScattering forward(points, Correlator::product(1, 1.0));
  CHECK_THROWS_WITH(forward.solve(as_state(velocity(points, 0)), h), Contains("more than the number is conserved"));
  // 1 − cos 4πq vanishes forward and backward.
  const ElasticScattering none(points, Correlator::table(1, {{{0, 0, 0}, 1.0}, {{2, 0, 0}, -0.5}, {{-2, 0, 0}, -0.5}}));
  CHECK_THROWS_AS(none.solve(as_state(velocity(points, 0)), h), InvalidArgument);
  // Just beside it there is one, and it is large.
  const EnergyShell beside = small_shell(Dispersion::nearest_neighbour(1), 1.001, 4);
  CHECK_NOTHROW(ElasticScattering(beside, Correlator::product(1, 1.0)).solve(as_state(velocity(beside, 0)), h));
  CHECK(std::abs(h[0]) > 1e4);
}
