// SPDX-License-Identifier: GPL-3.0-or-later
// The bracket of linearised contact collisions and their loss rate, against other ways to compute them.
#include "collision/contact_bracket.hpp"

#include "momentum/gauss_rule.hpp"
#include "momentum/graded_rule.hpp"
#include "support/catch.hpp"
#include "support/lens_bracket.hpp"
#include "transport/gas_spectrum.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using namespace nordheim;
using namespace nordheim::detail;

namespace {

constexpr double pi = std::numbers::pi;
constexpr ShellOrders fine{50, 30, 32};

struct Gas {
  Statistics statistics;
  double z;
};

/// 1, ω, … ω^{n−1}.
Eigen::MatrixXd powers_bracket(const ContactGas& gas, int l, int n, const ShellOrders& orders = fine) {
  const HarmonicFunctions powers{l, n, [n](const auto& omega, auto values) {
                                   for (int j = 0; j < n; ++j) values.col(j) = omega.pow(j).matrix();
                                 }};
  return contact_brackets(ContactShells(gas, orders), {powers}).front();
}

/// k_x k_y of l = 2 and the first two functions of l = 1, by quadrature over P, g, both directions of g and the angle
/// between them: the integral as it stands.
struct DirectBracket {
  double stress;
  Eigen::Matrix2d heat;
};

DirectBracket direct_bracket(const ContactGas& gas) {
  const QuadratureRule length = gauss_legendre(36, 0.0, 13.0);
  const QuadratureRule cosine = gauss_legendre(14, -1.0, 1.0);
  constexpr int turns = 6;  // exact: the integrand is of degree 4 in the azimuth
  DirectBracket sum{0.0, Eigen::Matrix2d::Zero()};
  for (std::size_t a = 0; a < length.nodes.size(); ++a) {
    for (std::size_t b = 0; b < length.nodes.size(); ++b) {
      const double P = length.nodes[a];
      const double g = length.nodes[b];
      const double mean = 0.125 * (P * P + g * g);
      // ¼ dk1 dk2 (g/4) dΩ', dk1 dk2 = dP dg/8.
      const double shell = 0.25 * length.weights[a] * length.weights[b] * 4.0 * pi * P * P * 2.0 * pi * g * g / 8.0 *
                           g / 4.0 * 2.0 * pi / turns;
      const auto pair = [&](double c) {
        return gas.root_weight(mean + 0.25 * P * g * c) * gas.root_weight(mean - 0.25 * P * g * c);
      };
      for (std::size_t i = 0; i < cosine.nodes.size(); ++i) {
        for (std::size_t j = 0; j < cosine.nodes.size(); ++j) {
          const double c = cosine.nodes[i];
          const double d = cosine.nodes[j];
          const double weight = shell * cosine.weights[i] * cosine.weights[j] * pair(c) * pair(d);
          for (int t = 0; t < turns; ++t) {
            const double chi =
                c * d + std::sqrt((1.0 - c * c) * (1.0 - d * d)) * std::cos(2.0 * pi * (t + 0.5) / turns);
            // k k' − k* k*' of both particles are those of g/2: (gg − g'g')/2, averaged over rotations.
            sum.stress += weight * 0.05 * std::pow(g, 4) * (1.0 - chi * chi);
            // Σ k ω = P ω̄ + (P·g) g/4: its change along one axis.
            const double change = std::pow(P * g * g / 4.0, 2) * (c * c + d * d - 2.0 * c * d * chi) / 3.0;
            sum.heat(1, 1) += weight * change;
          }
        }
      }
    }
  }
  return sum;
}

/// ν(k) by the isotropic reduction ν E1 = 8π² ∫∫ dω3 dω4 (min k_i/k1) E2 E3 E4, piece by piece where it is smooth.
double reduced_loss_rate(const ContactGas& gas, double k1) {
  const auto E = [&gas](double k) { return gas.root_weight(0.5 * k * k); };
  const auto k2_of = [k1](double k3, double k4) { return std::sqrt(std::max(k3 * k3 + k4 * k4 - k1 * k1, 0.0)); };
  const QuadratureRule inside = gauss_legendre(60, 0.0, k1);
  const QuadratureRule outside = gauss_legendre(120, k1, 14.0);
  double sum = 0.0;
  for (std::size_t i = 0; i < outside.nodes.size(); ++i) {
    const double k4 = outside.nodes[i];
    for (std::size_t j = 0; j < inside.nodes.size(); ++j) {
      const double k3 = inside.nodes[j];
      sum += 2.0 * inside.weights[j] * outside.weights[i] * k3 * k4 * k3 / k1 * E(k2_of(k3, k4)) * E(k3) * E(k4);
    }
    for (std::size_t j = 0; j < outside.nodes.size(); ++j) {
      const double k3 = outside.nodes[j];
      sum += outside.weights[j] * outside.weights[i] * k3 * k4 * E(k2_of(k3, k4)) * E(k3) * E(k4);
    }
  }
  // Both below k1: k2 is the smallest, integrated over k2 and k3.
  for (std::size_t i = 0; i < inside.nodes.size(); ++i) {
    const double k2 = inside.nodes[i];
    const QuadratureRule rest = gauss_legendre(60, k2, k1);
    for (std::size_t j = 0; j < rest.nodes.size(); ++j) {
      const double k3 = rest.nodes[j];
      const double k4 = std::sqrt(k1 * k1 + k2 * k2 - k3 * k3);
      sum += inside.weights[i] * rest.weights[j] * k2 * k3 * k2 / k1 * E(k2) * E(k3) * E(k4);
    }
  }
  return 8.0 * pi * pi * sum / E(k1);
}

}  // namespace

TEST_CASE("a graded rule integrates through a near singularity", "[collision]") {
  // ∫ dx/(x² + w²) over [0, 1] = atan(1/w)/w.
  for (const double w : {1e-1, 1e-3, 1e-6}) {
    const QuadratureRule rule = graded_rule(gauss_legendre(40, 0.0, 1.0), 0.0, 1.0, {0.0, w});
    double sum = 0.0;
    for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
      sum += rule.weights[i] / (rule.nodes[i] * rule.nodes[i] + w * w);
    }
    CHECK_THAT(sum, WithinRel(std::atan(1.0 / w) / w, 1e-10));
  }
}

TEST_CASE("the weight of pairs in closed form is its integral", "[collision]") {
  for (const Gas& of : {Gas{Statistics::boson, 0.9}, Gas{Statistics::fermion, 0.3}, Gas{Statistics::fermion, 1e3}}) {
    const ContactGas gas(of.statistics, of.z);
    for (const double total : {0.5, 6.0, 2.0 * std::max(gas.mu(), 1.0), 40.0}) {
      for (const double share : {1e-9, 0.4, 0.97}) {
        const QuadratureRule c = gauss_legendre(200, -1.0, 1.0);
        double sum = 0.0;
        for (std::size_t i = 0; i < c.nodes.size(); ++i) {
          sum += c.weights[i] * gas.root_weight(0.5 * total * (1.0 + share * c.nodes[i])) *
                 gas.root_weight(0.5 * total * (1.0 - share * c.nodes[i]));
        }
        CAPTURE(of.z, total, share);
        CHECK_THAT(gas.pair_weight(total, total * share, total * (1.0 - share)), WithinRel(sum, 1e-12));
      }
    }
  }
}

TEST_CASE("number, momentum and energy are invariants on any rule", "[collision]") {
  for (const Gas& of :
       {Gas{Statistics::classical, 1.0}, Gas{Statistics::fermion, 30.0}, Gas{Statistics::boson, 0.95}}) {
    const ContactGas gas(of.statistics, of.z);
    CAPTURE(name(of.statistics));
    for (const ShellOrders& orders : {ShellOrders{7, 5, 6}, fine}) {
      const Eigen::MatrixXd number_energy = powers_bracket(gas, 0, 3, orders);
      const double scale = std::abs(number_energy(2, 2));
      CHECK(scale > 0.0);
      // Rounding of a difference of gain and loss; powers of ω of about 10 stand before it.
      CHECK(number_energy.topRows(2).cwiseAbs().maxCoeff() < 1e-13 * scale * 10.0);
      const Eigen::MatrixXd momentum = powers_bracket(gas, 1, 2, orders);
      CHECK(momentum.topRows(1).cwiseAbs().maxCoeff() < 1e-13 * momentum(1, 1) * 10.0);
    }
  }
}

TEST_CASE("the bracket is the one of the lens transform", "[collision]") {
  // Degree and scale for E: it has poles at |Im k| = √(2π) (fermions of z = 1) and √(2 log 2) (bosons of z = 1/2).
  struct Lens {
    Gas gas;
    int K;
    double a;
    double accuracy;
  };
  for (const Lens& lens :
       {Lens{{Statistics::classical, 1.0}, 40, std::sqrt(2.0), 1e-12}, Lens{{Statistics::fermion, 1.0}, 90, 0.75, 1e-9},
        Lens{{Statistics::boson, 0.5}, 110, 0.65, 1e-9}}) {
    const ContactGas gas(lens.gas.statistics, lens.gas.z);
    const test::LensBracket by_lens([&gas](double k) { return gas.root_weight(0.5 * k * k); }, lens.K, lens.a);
    for (const int l : {0, 1, 2, 3}) {
      const Eigen::MatrixXd shells = powers_bracket(gas, l, 3);
      const Eigen::MatrixXd other =
          by_lens(l, {[l](double k) { return std::pow(k, l); }, [l](double k) { return std::pow(k, l) * 0.5 * k * k; },
                      [l](double k) { return std::pow(k, l) * 0.25 * k * k * k * k; }});
      CAPTURE(name(lens.gas.statistics), l);
      CHECK((shells - other).cwiseAbs().maxCoeff() < lens.accuracy * shells.cwiseAbs().maxCoeff());
    }
  }
}

TEST_CASE("the bracket is the integral over both pairs of directions", "[collision]") {
  for (const Gas& of : {Gas{Statistics::classical, 1.0}, Gas{Statistics::fermion, 1.0}, Gas{Statistics::boson, 0.3}}) {
    const ContactGas gas(of.statistics, of.z);
    const DirectBracket direct = direct_bracket(gas);
    CAPTURE(name(of.statistics));
    // Of k_x k_y = √(4π/15) k² Y and of k_x ω = √(4π/3) k ω Y; the direct rule has some 1e-9 left.
    CHECK_THAT(4.0 * pi / 15.0 * powers_bracket(gas, 2, 1)(0, 0), WithinRel(direct.stress, 1e-8));
    CHECK_THAT(4.0 * pi / 3.0 * powers_bracket(gas, 1, 2)(1, 1), WithinRel(direct.heat(1, 1), 1e-8));
  }
}

TEST_CASE("the quadrature converges geometrically", "[collision]") {
  for (const Gas& of : {Gas{Statistics::classical, 1.0}, Gas{Statistics::fermion, 1e4}, Gas{Statistics::boson, 0.98},
                        Gas{Statistics::boson, 1.0 - 1e-6}}) {
    const ContactGas gas(of.statistics, of.z);
    const double exact = powers_bracket(gas, 2, 1, {90, 60, 60})(0, 0);
    const double coarse = std::abs(powers_bracket(gas, 2, 1, {20, 12, 12})(0, 0) / exact - 1.0);
    const double better = std::abs(powers_bracket(gas, 2, 1, {40, 24, 24})(0, 0) / exact - 1.0);
    CAPTURE(name(of.statistics), of.z, coarse, better);
    CHECK(coarse < 3e-2);
    // Half as many digits again at least, in practice twice as many; 1e-13 is rounding.
    CHECK(better < std::max(std::pow(coarse, 1.5), 1e-13));
  }
}

TEST_CASE("the loss rate of a classical gas has its closed form", "[collision]") {
  const ContactGas gas(Statistics::classical, 1.0);
  for (const double k : {1e-9, 0.01, 0.5, 1.0, 2.5, 6.0}) {
    const double exact = pi * std::pow(2.0 * pi, 1.5) *
                         (std::sqrt(2.0 / pi) * std::exp(-0.5 * k * k) + (k + 1.0 / k) * std::erf(k / std::sqrt(2.0)));
    CHECK_THAT(loss_rate(gas, k), WithinRel(exact, 1e-12));
  }
}

TEST_CASE("the loss rate of quantum gases is that of the reduction to energies", "[collision]") {
  for (const Gas& of : {Gas{Statistics::fermion, 1.0}, Gas{Statistics::fermion, 40.0}, Gas{Statistics::boson, 0.5}}) {
    const ContactGas gas(of.statistics, of.z);
    for (const double k : {0.3, 1.0, 2.2}) {
      CAPTURE(name(of.statistics), of.z, k);
      // √ at the border of a piece leaves some 1e-7 in the reference.
      CHECK_THAT(loss_rate(gas, k), WithinRel(reduced_loss_rate(gas, k), 1e-6));
    }
  }
  // The smallest one: at k = 0 for bosons, at the Fermi momentum of degenerate fermions.
  CHECK(least_loss_rate(ContactGas(Statistics::boson, 0.5)).k == 0.0);
  const ContactGas fermions(Statistics::fermion, 1e6);
  const LeastRate least = least_loss_rate(fermions);
  CHECK_THAT(least.k, WithinRel(std::sqrt(2.0 * fermions.mu()), 1e-2));
  CHECK(least.rate < loss_rate(fermions, least.k + 0.05));
  CHECK(least.rate < loss_rate(fermions, least.k - 0.05));
}
