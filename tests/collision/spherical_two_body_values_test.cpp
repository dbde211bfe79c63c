// SPDX-License-Identifier: GPL-3.0-or-later
// Values of the two-body collision term in R³ against closed forms, a slow evaluation and tables.
#include <nordheim/collision/spherical_two_body.hpp>

#include "support/catch.hpp"
#include "support/continuum_states.hpp"
#include "support/isotropic_reference.hpp"
#include "support/largest.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <utility>
#include <vector>

using namespace nordheim;
using namespace nordheim::test;

namespace {

constexpr auto isotropic = MomentumSymmetry::isotropic;

double state_a(double w) { return w * std::exp(-w); }
double state_b(double w) { return 0.5 * fermi(w, 0.5, 1.0) + 0.5 * fermi(w, 1.0, 1.0); }
double state_c(double w) { return 0.5 / (2.0 * std::exp(w / 0.7) - 1.0) + 0.5 / (2.0 * std::exp(w / 1.3) - 1.0); }

/// An isotropic state, its collision term at k = 0, ½, 1, 3/2, 2, 3, 4 by reduction to two dimensions (1e-12), and what
/// an evaluation by brute force needs to be exact to 1e-9.
struct Isotropic {
  const char* name;
  Statistics statistics;
  double (*W)(double);
  std::array<double, 7> C;
  IsotropicQuadrature quadrature;
};

constexpr std::array<double, 7> momenta{0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0};

const std::array<Isotropic, 5> states{
    {{"A fermions",
      Statistics::fermion,
      state_a,
      {69.0872308076, 50.876882665, 16.348101150, -3.7584955577, -5.3519917263, 0.22612361134, 0.17528188082},
      {9.0, 0.9}},
     {"A classical",
      Statistics::classical,
      state_a,
      {78.9568352087, 60.941318543, 23.902451311, -2.2058213174, -7.5092621516, 0.09136275018, 0.30827890161},
      {9.0, 0.9}},
     {"A bosons",
      Statistics::boson,
      state_a,
      {88.8264396098, 71.005754421, 31.456801472, -0.6531470770, -9.6665325769, -0.04339811098, 0.44127592239},
      {9.0, 0.9}},
     {"B",
      Statistics::fermion,
      state_b,
      {-2.9806277441491, -3.094119447602, -2.8537281636381, -0.60944071848165, 1.305659192252, -0.12260403867566,
       -0.020784125627644},
      {8.0, 0.6}},
     {"C",
      Statistics::boson,
      state_c,
      {-4.6221217779181, -2.7904117084955, -0.60930652717095, 0.19169503695502, 0.22404053751958, -0.0083054619635486,
       -0.0079243483372511},
      {9.0, 0.6}}}};

/// max over the nodes of |C − C by brute force|, relative to the largest C.
double error_at_nodes(const Isotropic& state, int degree) {
  ContinuumGas gas(of_energy(state.W), state.statistics, degree, isotropic);
  const std::vector<double> C = gas.apply();
  double error = 0.0;
  for (std::size_t a = 0; a < C.size(); ++a) {
    const double k = gas.grid().momentum(a)[2];
    if (k > state.quadrature.reach) continue;  // W is below 1e-14 there, C as well
    const double exact = isotropic_collision_term(state.W, state.statistics, k, state.quadrature);
    error = std::max(error, std::abs(C[a] - exact));
  }
  return error / std::abs(state.C[0]);  // the largest
}

/// The same at the momenta of the table, which are no nodes.
double error_in_table(const Isotropic& state, int degree) {
  ContinuumGas gas(of_energy(state.W), state.statistics, degree, isotropic);
  (void)gas.apply();
  double error = 0.0, size = 0.0;
  for (std::size_t i = 0; i < momenta.size(); ++i) {
    const double k = momenta[i];
    error = std::max(error, std::abs(gas.op.value_at({0.0, 0.0, k}, state.W(0.5 * k * k)) - state.C[i]));
    size = std::max(size, std::abs(state.C[i]));
  }
  return error / size;
}

SphericalTwoBodyOptions bare() {
  SphericalTwoBodyOptions options;
  options.conserve_exactly = false;
  return options;
}

/// @brief C(k1) by brute force in the five dimensions of pairs: with g = |k1 − k2| and the direction e' of k3 − k4,
/// ¼ ∫dk2 g ∫de' V(|k3 − k1|)² [W3W4(1+θW1)(1+θW2) − W1W2(1+θW3)(1+θW4)], by products of Gauss's rules.
double cubature(const Occupation& W, double th, const Vector3& k1, double (*potential)(double)) {
  constexpr double farthest = 8.0;
  const Rule radial = gauss_rule(30), polar = gauss_rule(14);
  constexpr int azimuths = 28;
  struct Direction {
    Vector3 e;
    double weight;
  };
  std::vector<Direction> sphere;
  for (std::size_t t = 0; t < polar.nodes.size(); ++t) {
    const double sine = std::sqrt(1.0 - polar.nodes[t] * polar.nodes[t]);
    for (int i = 0; i < azimuths; ++i) {
      const double phi = 2.0 * std::numbers::pi * (i + 0.37) / azimuths;
      sphere.push_back({{sine * std::cos(phi), sine * std::sin(phi), polar.nodes[t]},
                        polar.weights[t] * 2.0 * std::numbers::pi / azimuths});
    }
  }
  const double W1 = W(k1);
  double sum = 0.0;
  for (std::size_t i = 0; i < radial.nodes.size(); ++i) {
    const double g = 0.5 * farthest * (1.0 + radial.nodes[i]);
    const double weight = 0.5 * farthest * radial.weights[i] * g * g * g;
    for (const auto& [e, solid_angle] : sphere) {
      const Vector3 k2{k1[0] - g * e[0], k1[1] - g * e[1], k1[2] - g * e[2]};
      const double W2 = W(k2);
      for (const auto& [f, other] : sphere) {
        Vector3 k3{}, k4{};
        for (std::size_t j = 0; j < 3; ++j) {
          const double centre = 0.5 * (k1[j] + k2[j]);
          k3[j] = centre + 0.5 * g * f[j];
          k4[j] = centre - 0.5 * g * f[j];
        }
        const double V = potential(std::hypot(k3[0] - k1[0], k3[1] - k1[1], k3[2] - k1[2]));
        const double W3 = W(k3), W4 = W(k4);
        sum += weight * solid_angle * other * V * V *
               (W3 * W4 * (1.0 + th * W1) * (1.0 + th * W2) - W1 * W2 * (1.0 + th * W3) * (1.0 + th * W4));
      }
    }
  }
  return 0.25 * sum;
}

}  // namespace

TEST_CASE("the loss rate of a Maxwellian has its closed form", "[collision]") {
  // P and R of M = e^{-k²/2} are the first function of the basis at the scale √2: only the output is expanded, and that
  // is entire. Each node has the rounding of e^{x/2} G2, where G2 is as small as e^{-k²/4}.
  SphericalGridOptions options;
  options.degree = 64;
  options.scale = std::numbers::sqrt2;
  options.symmetry = isotropic;
  SphericalTwoBody op(SphericalGrid(options), Statistics::classical);
  op.set_reference({Equilibrium::from_temperature(Statistics::classical, 1.0, 1.0), {}});
  const std::vector<double> M = nodal(op.space(), of_energy([](double w) { return std::exp(-w); }));
  std::vector<double> nu(M.size());
  op.loss_rate(M, nu);
  for (std::size_t a = 0; a < nu.size(); ++a) {
    const double k = op.space().momentum(a)[2];
    if (k > 5.0) continue;
    const double exact = std::numbers::pi * std::pow(2.0 * std::numbers::pi, 1.5) *
                         (std::sqrt(2.0 / std::numbers::pi) * std::exp(-0.5 * k * k) +
                          (k + 1.0 / k) * std::erf(k / std::numbers::sqrt2));
    CHECK(nu[a] == Approx(exact).epsilon(1e-12));
  }
}

TEST_CASE("a polynomial times a Gaussian has its closed form", "[collision]") {
  // W = A k² e^{-k²/2}: classical, any reference will do; with T = 1 both P and R are in the basis at the scale √2.
  SphericalGridOptions options;
  options.degree = 48;
  options.scale = std::numbers::sqrt2;
  options.symmetry = isotropic;
  SphericalTwoBodyOptions two_body = bare();
  two_body.extra_degree = 64;
  SphericalTwoBody op(SphericalGrid(options), Statistics::classical, two_body);
  op.set_reference({Equilibrium::from_temperature(Statistics::classical, 1.0, 1.0), {}});
  const double A = 0.5;
  const std::vector<double> W = nodal(op.space(), of_energy([A](double w) { return 2.0 * A * w * std::exp(-w); }));
  std::vector<double> C(W.size());
  (void)op.apply(W, C);
  const double exact = 32.0 * std::numbers::pi * std::numbers::pi * A * A;
  CHECK(op.value_at({0.0, 0.0, 0.0}, 0.0) == Approx(exact).epsilon(1e-12));
}

TEST_CASE("collision terms of isotropic states agree with brute force at the nodes", "[collision]") {
  for (const Isotropic& state : states) {
    INFO(state.name);
    CHECK(error_at_nodes(state, 16) < 1e-3);
    CHECK(error_at_nodes(state, 24) < 1e-4);
  }
}

TEST_CASE("collision terms of isotropic states agree with tables between the nodes", "[collision]") {
  // There the errors are larger than at the nodes, at k = 0, where there is little volume, by ten. B and C differ from
  // equilibrium by some percent only, so that C is a small difference. Measured: 1.2e-4, 4.8e-4, 3.6e-4, 8.5e-4, 8.3e-3
  // at K = 16; 1.7e-5, 1.2e-5, 9.7e-6, 9.6e-4, 2.4e-3 at K = 24; at K = 64 at most 1.1e-5.
  constexpr std::array<double, 5> coarse{1e-3, 1e-3, 1e-3, 1e-3, 1e-2};
  constexpr std::array<double, 5> medium{1e-4, 1e-4, 1e-4, 1.5e-3, 3e-3};
  for (std::size_t i = 0; i < states.size(); ++i) {
    INFO(states[i].name);
    CHECK(error_in_table(states[i], 16) < coarse[i]);
    CHECK(error_in_table(states[i], 24) < medium[i]);
    // `nordheim collide` doubles the degree of the case, 16 and 24 here. Measured: at most 7.8e-4 and 8.9e-5 (C).
    CHECK(error_in_table(states[i], 32) < 1e-3);
    CHECK(error_in_table(states[i], 48) < 1e-4);
    CHECK(error_in_table(states[i], 64) < 2e-5);
  }
}

TEST_CASE("the error in three dimensions falls faster than exponentials of a root", "[collision]") {
  // exp(−cK^{2/3}): between K = 8 and 48 c is 1.4 to 2.0 (A, entire), 1.0 (B) and 0.97 (C).
  for (const Isotropic& state : states) {
    INFO(state.name);
    const double coarse = error_at_nodes(state, 8), fine = error_at_nodes(state, 48);
    const double rate = std::log(coarse / fine) / (std::pow(48.0, 2.0 / 3.0) - std::pow(8.0, 2.0 / 3.0));
    CHECK(rate > 0.8);
  }
}

TEST_CASE("the collision term of a state without symmetry agrees with cubature in five dimensions", "[collision]") {
  constexpr std::array<Vector3, 5> k{{{0, 0, 0}, {1, 0, 0}, {0.5, -0.8, 0.6}, {-1.5, 1, 0.5}, {0.2, 0.3, -2.5}}};
  const std::array<std::array<double, 5>, 3> table{
      {{-3.00286220460, -1.86813327304, 0.58671193263, -2.73543124418, 0.46957222201},
       {0.26676116286, -0.79268441011, 0.50766108277, -3.68134763639, 0.46328998127},
       {3.53638453031, 0.28276445281, 0.42861023291, -4.62726402859, 0.45700774053}}};
  constexpr std::array<Statistics, 3> all{Statistics::fermion, Statistics::classical, Statistics::boson};
  constexpr double max_C = 4.6;
  std::array<std::array<double, 5>, 3> found{};
  for (const int degree : {16, 24}) {
    for (std::size_t s = 0; s < all.size(); ++s) {
      ContinuumGas gas(lopsided, all[s], degree, MomentumSymmetry::none);
      (void)gas.apply();
      for (std::size_t i = 0; i < k.size(); ++i) {
        found[s][i] = gas.op.value_at(k[i], lopsided(k[i]));
        CHECK(std::abs(found[s][i] - table[s][i]) < (degree == 16 ? 1e-3 : 1e-4) * max_C);
      }
    }
    // Only the term of third order depends on the statistics.
    for (std::size_t i = 0; i < k.size(); ++i) {
      CHECK(std::abs(found[0][i] + found[2][i] - 2.0 * found[1][i]) < 2.0 * (degree == 16 ? 1e-3 : 1e-4) * max_C);
    }
  }
}

TEST_CASE("collisions by a potential agree with cubature", "[collision]") {
  // State A, Φ = V(q)², at k = ½, 1, 2, 3; the tables are good to 1e-7.
  struct Row {
    double (*potential)(double);
    Statistics statistics;
    std::array<double, 4> C;
  };
  const auto gaussian = [](double q) { return std::exp(-0.25 * q * q); };
  const auto screened = [](double q) { return 1.0 / (1.0 + q * q); };
  const std::array<Row, 4> table{
      {{gaussian, Statistics::classical, {13.943114344, 3.611925563, -1.304810872, 0.135199595}},
       {gaussian, Statistics::fermion, {11.12856033, 2.46896242, -0.89434082, 0.10222028}},
       {screened, Statistics::classical, {5.3150403, 1.3347626, -0.4810469, 0.0482422}},
       {screened, Statistics::fermion, {4.2175059, 0.9074900, -0.3230983, 0.0357134}}}};
  constexpr std::array<double, 4> k{0.5, 1.0, 2.0, 3.0};
  for (const Row& row : table) {
    for (const int degree : {16, 24}) {
      SphericalTwoBodyOptions options;
      options.potential = row.potential;
      ContinuumGas gas(of_energy(state_a), row.statistics, degree, isotropic, options);
      (void)gas.apply();
      for (std::size_t i = 0; i < k.size(); ++i) {
        const double C = gas.op.value_at({0.0, 0.0, k[i]}, state_a(0.5 * k[i] * k[i]));
        CHECK(std::abs(C - row.C[i]) < (degree == 16 ? 1e-3 : 1e-4) * row.C[0]);
      }
    }
  }
}

TEST_CASE("collisions by a potential agree with cubature without symmetry", "[collision]") {
  // The cubature is good to 1e-9. Errors relative to the largest C, about 1.5, as for contact.
  constexpr Vector3 k{0.5, -0.8, 0.6};
  constexpr auto gaussian = [](double q) { return std::exp(-0.25 * q * q); };
  SphericalTwoBodyOptions options;
  options.potential = gaussian;
  const double exact = cubature(lopsided, -1.0, k, gaussian);
  for (const auto& [degree, tolerance] : {std::pair{8, 1e-3}, {12, 2e-4}, {16, 3e-5}}) {
    ContinuumGas gas(lopsided, Statistics::fermion, degree, MomentumSymmetry::none, options);
    (void)gas.apply();
    CHECK(std::abs(gas.op.value_at(k, lopsided(k)) - exact) < tolerance * 1.5);
  }
}

TEST_CASE("a constant potential is a contact interaction", "[collision]") {
  // The transform of the density and back is the identity on products of two functions: nothing but round-off is left,
  // of sums of some hundred terms.
  for (const auto symmetry : {MomentumSymmetry::none, MomentumSymmetry::axial}) {
    const Occupation W = [](const Vector3& k) { return 0.4 * std::exp(-0.7 * free_energy(k) - 0.3 * k[2] * k[2]); };
    const int degree = symmetry == MomentumSymmetry::none ? 6 : 12;
    SphericalTwoBodyOptions options;
    options.strength = 4.0;
    ContinuumGas contact(W, Statistics::fermion, degree, symmetry, options);
    options.strength = 1.0;
    options.potential = [](double) { return 2.0; };
    ContinuumGas potential(W, Statistics::fermion, degree, symmetry, options);
    const std::vector<double> expected = contact.apply(), found = potential.apply();
    for (std::size_t a = 0; a < found.size(); ++a) {
      CHECK(std::abs(found[a] - expected[a]) < 1e-12 * largest(expected));
    }
  }
}

TEST_CASE("grids of a symmetry give what the full grid gives", "[collision]") {
  const Occupation axial = [](const Vector3& k) {
    return 0.5 * std::exp(-(k[0] * k[0] + k[1] * k[1]) / 1.4 - 0.5 * (k[2] - 0.2) * (k[2] - 0.2));
  };
  const Occupation radial = of_energy([](double w) { return 0.5 * w * std::exp(-w); });
  const auto compare = [](const Occupation& W, MomentumSymmetry symmetry) {
    ContinuumGas full(W, Statistics::boson, 10, MomentumSymmetry::none);
    SphericalGridOptions options = full.grid().options();
    options.symmetry = symmetry;
    options.centre = {0.0, 0.0, options.centre[2]};  // off the axis by round-off
    SphericalTwoBody reduced(SphericalGrid(options), Statistics::boson);
    const std::vector<double> W_there = nodal(reduced.space(), W);
    reduced.set_reference(full.op.equilibrium_of(full.W));
    std::vector<double> C(W_there.size());
    (void)reduced.apply(W_there, C);
    const double size = largest(full.apply());
    for (const Vector3& k : {Vector3{0.0, 0.0, 0.0}, {0.8, 0.0, 0.3}, {0.5, 0.4, -1.0}}) {
      CHECK(std::abs(reduced.value_at(k, W(k)) - full.op.value_at(k, W(k))) < 1e-11 * size);
    }
  };
  compare(axial, MomentumSymmetry::axial);
  // The centre found for the full grid is zero up to round-off only.
  ContinuumGas full(radial, Statistics::boson, 10, MomentumSymmetry::none);
  ContinuumGas reduced(radial, Statistics::boson, 10, isotropic);
  const double size = largest(full.apply());
  (void)reduced.apply();
  for (const Vector3& k : {Vector3{0.0, 0.0, 0.0}, {0.8, 0.0, 0.3}, {0.5, 0.4, -1.0}}) {
    CHECK(std::abs(reduced.op.value_at(k, radial(k)) - full.op.value_at(k, radial(k))) < 1e-8 * size);
  }
}

TEST_CASE("moved and stretched states have moved and stretched collision terms", "[collision]") {
  // C[W(·/s − u)](s(k + u)) = s⁴ C[W](k), by d³k2 d³k3 d³k4 δ³ δ; the grid follows the state.
  constexpr double s = 1.7;
  constexpr Vector3 u{0.4, -1.1, 0.8};
  const Occupation moved = [&u](const Vector3& k) {
    return lopsided({k[0] / s - u[0], k[1] / s - u[1], k[2] / s - u[2]});
  };
  ContinuumGas first(lopsided, Statistics::fermion, 10, MomentumSymmetry::none);
  ContinuumGas second(moved, Statistics::fermion, 10, MomentumSymmetry::none);
  const double size = largest(first.apply());
  (void)second.apply();
  for (const Vector3& k : {Vector3{0.0, 0.0, 0.0}, {0.8, 0.0, 0.3}, {0.5, 0.4, -1.0}}) {
    const double expected = std::pow(s, 4) * first.op.value_at(k, lopsided(k));
    const double found = second.op.value_at({s * (k[0] + u[0]), s * (k[1] + u[1]), s * (k[2] + u[2])}, lopsided(k));
    CHECK(std::abs(found - expected) < 1e-7 * std::pow(s, 4) * size);  // centre and scale are fitted to some 1e-8
  }
}

TEST_CASE("the estimated error bounds the true one", "[collision]") {
  // From above as well, or an estimate of 1 would do: by up to 360, at momenta where the error happens to be small.
  for (const Isotropic& state : states) {
    for (const int degree : {6, 8, 12, 16, 20, 24, 32}) {
      INFO(state.name << ", K = " << degree);
      ContinuumGas gas(of_energy(state.W), state.statistics, degree, isotropic);
      const double estimate = gas.op.error_estimate(gas.W).relative;
      CHECK(estimate > error_in_table(state, degree));
      CHECK(estimate < 1000.0 * error_in_table(state, degree));
    }
  }
}

TEST_CASE("the estimated error bounds that of hard states", "[collision]") {
  // Bosons of high fugacity, whose pole the nodes do not resolve, a hot tail, and degenerate fermions: at the nodes,
  // and at the centre within a factor of two.
  struct Hard {
    Statistics statistics;
    double (*W)(double);
    IsotropicQuadrature quadrature;
  };
  const std::array<Hard, 5> hard{
      {{Statistics::boson,
        [](double w) { return 0.5 / (std::exp(w / 0.7) / 0.8 - 1.0) + 0.5 / (std::exp(w / 1.3) / 0.7 - 1.0); },
        {10.0, 0.3}},
       {Statistics::boson,
        [](double w) { return 0.5 / (std::exp(w / 0.7) / 0.9 - 1.0) + 0.5 / (std::exp(w / 1.3) / 0.9 - 1.0); },
        {10.0, 0.2}},
       {Statistics::boson,
        [](double w) { return 0.5 / (std::exp(w / 0.95) / 0.9 - 1.0) + 0.5 / (std::exp(w / 1.05) / 0.9 - 1.0); },
        {10.0, 0.2}},
       {Statistics::classical, [](double w) { return std::exp(-w) + 0.05 * std::exp(-w / 1.7); }, {13.0, 0.9}},
       {Statistics::fermion,
        [](double w) { return 0.5 * fermi(w, 1.0, 8.0) + 0.5 * fermi(w, 1.5, 8.0); },
        {12.0, 0.4}}}};
  for (std::size_t i = 0; i < hard.size(); ++i) {
    const Hard& state = hard[i];
    for (const int degree : {12, 24, 48}) {
      INFO("state " << i << ", K = " << degree);
      ContinuumGas gas(of_energy(state.W), state.statistics, degree, isotropic);
      const std::vector<double> C = gas.apply();
      double at_nodes = 0.0;
      for (std::size_t a = 0; a < C.size(); a += 3) {
        const double k = gas.grid().momentum(a)[2];
        if (k > 0.7 * state.quadrature.reach) continue;
        const double exact = isotropic_collision_term(state.W, state.statistics, k, state.quadrature);
        at_nodes = std::max(at_nodes, std::abs(C[a] - exact));
      }
      const double exact = isotropic_collision_term(state.W, state.statistics, 0.0, state.quadrature);
      const double at_centre = std::abs(gas.op.value_at({0.0, 0.0, 0.0}, state.W(0.0)) - exact);
      const double estimate = gas.op.error_estimate(gas.W).absolute;
      CHECK(estimate > at_nodes);
      CHECK(estimate > at_centre);
    }
  }
}

TEST_CASE("the estimated error sees kinks where the occupation is known", "[collision]") {
  // A shell, with a kink of |k| at k = 0 where no node is: all nodes are wrong alike, the error falls as K^-2.4. From
  // the nodes alone it is understated by up to six, which the second check shows to be still so.
  constexpr double radius = 1.2, width = 0.6;
  const auto shell = [](double w) {
    const double x = (std::sqrt(2.0 * w) - radius) / width;
    return 0.8 * std::exp(-0.5 * x * x);
  };
  const auto occupation = of_energy(shell);
  const double exact = isotropic_collision_term(shell, Statistics::fermion, 0.0, {8.0, 0.3});
  bool hidden = false;
  for (const int degree : {12, 16, 20, 24, 32}) {
    INFO("K = " << degree);
    ContinuumGas gas(occupation, Statistics::fermion, degree, isotropic);
    (void)gas.apply();
    const double error = std::abs(gas.op.value_at({0.0, 0.0, 0.0}, shell(0.0)) - exact);
    CHECK(gas.op.error_estimate(gas.W, occupation).absolute > error);
    CHECK(gas.op.error_estimate(gas.W, occupation).absolute < 1000.0 * error);
    hidden = hidden || gas.op.error_estimate(gas.W).absolute < error;
  }
  CHECK(hidden);
}

TEST_CASE("the estimated error sees too few angular momenta", "[collision]") {
  const Occupation W = [](const Vector3& k) {
    const double across = k[0] * k[0] + k[1] * k[1], near = k[2] - 1.2, far = k[2] + 1.2;
    return 0.3 * (std::exp(-0.5 * (across + near * near)) + std::exp(-0.5 * (across + far * far)));
  };
  SphericalGridOptions options;
  options.degree = 20;
  options.symmetry = MomentumSymmetry::axial;
  options = fitted_to(W, Statistics::fermion, options);
  std::vector<double> values;
  const Vector3 k{0.0, 0.0, 1.2};
  for (const int lmax : {20, 4, 2}) {
    options.lmax = lmax;
    SphericalTwoBody op(SphericalGrid(options), Statistics::fermion);
    const std::vector<double> there = nodal(op.space(), W);
    op.set_reference(op.equilibrium_of(there));
    const ErrorEstimate estimate = op.error_estimate(there);
    values.push_back(op.value_at(k, W(k)));
    CHECK(estimate.absolute > std::abs(values.back() - values.front()));
  }
}
