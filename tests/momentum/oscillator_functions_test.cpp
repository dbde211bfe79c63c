// SPDX-License-Identifier: GPL-3.0-or-later
// Radial oscillator functions, Legendre functions and their Gauss rules.
#include "momentum/oscillator_functions.hpp"

#include "momentum/legendre_functions.hpp"
#include "support/catch.hpp"

#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_laguerre.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

using namespace nordheim::detail;

namespace {

/// max |Σ_i w_i f_n(r_i) f_n'(r_i) − δ_nn'|.
double orthonormality_error(const Eigen::MatrixXd& f, const std::vector<double>& weights) {
  const Eigen::Map<const Eigen::VectorXd> w(weights.data(), static_cast<Eigen::Index>(weights.size()));
  const Eigen::MatrixXd gram = f * w.asDiagonal() * f.transpose();
  return (gram - Eigen::MatrixXd::Identity(f.rows(), f.rows())).cwiseAbs().maxCoeff();
}

}  // namespace

TEST_CASE("oscillator functions have the values of their closed form", "[momentum]") {
  const std::vector<double> r{0.1, 0.9, 2.3, 5.0};
  for (const int l : {0, 1, 4, 9}) {
    const Eigen::MatrixXd R = oscillator_functions(12, l, r);
    for (int n = 0; n < 12; ++n) {
      for (std::size_t i = 0; i < r.size(); ++i) {
        const double norm = std::exp(0.5 * (std::log(2.0) + std::lgamma(n + 1.0) - std::lgamma(n + l + 1.5)));
        const double L = gsl_sf_laguerre_n(n, l + 0.5, r[i] * r[i]);
        const double expected = norm * std::pow(r[i], l) * L * std::exp(-0.5 * r[i] * r[i]);
        // Near a zero of L both recurrences have the rounding of their terms.
        CHECK(R(n, static_cast<Eigen::Index>(i)) == Approx(expected).epsilon(1e-12).margin(1e-13));
      }
    }
  }
  CHECK(oscillator_functions(3, 2, {0.0}).isZero(0.0));
}

TEST_CASE("oscillator functions are orthonormal under their Gauss rule", "[momentum]") {
  // With n points products of degree up to 2n − 1 in r² are exact: all functions with 2m + l < 2n − l. At 600 points
  // e^{-u/2} alone would underflow at the outer nodes; the sums of 600 terms round at some 1e-14.
  for (const int points : {1, 5, 40, 200, 600}) {
    const QuadratureRule rule = radial_gauss(points, 1.0);
    CHECK(std::is_sorted(rule.nodes.begin(), rule.nodes.end()));
    for (const int l : {0, 1, 7}) {
      const int count = std::max(1, points - (l + 1) / 2);
      if (count + l / 2 > points) continue;
      CHECK(orthonormality_error(oscillator_functions(count, l, rule.nodes), rule.weights) < 3e-13);
    }
  }
}

TEST_CASE("a radial Gauss rule integrates powers times its Gaussian", "[momentum]") {
  for (const double p : {1.0, 2.0}) {
    const QuadratureRule rule = radial_gauss(12, p);
    for (int power = 0; power < 24; ++power) {
      double sum = 0.0;
      for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
        sum += rule.weights[i] * std::pow(rule.nodes[i], 2 * power) * std::exp(-p * rule.nodes[i] * rule.nodes[i]);
      }
      const double exact = 0.5 * gsl_sf_gamma(power + 1.5) / std::pow(p, power + 1.5);
      CHECK(sum == Approx(exact).epsilon(1e-12));  // powers amplify the rounding of the nodes 2·23 times
    }
  }
}

TEST_CASE("Legendre functions are orthonormal and have their closed forms", "[momentum]") {
  const QuadratureRule rule = gauss_legendre(40, -1.0, 1.0);
  for (const int m : {0, 1, 2, 17}) {
    CHECK(orthonormality_error(legendre_functions(39, m, rule.nodes), rule.weights) < 1e-13);
  }
  const std::vector<double> x{-0.7, 0.0, 0.3};
  const Eigen::MatrixXd P = legendre_functions(2, 1, x);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double sine = std::sqrt(1.0 - x[i] * x[i]);
    CHECK(P(0, static_cast<Eigen::Index>(i)) == Approx(std::sqrt(0.75) * sine));
    CHECK(P(1, static_cast<Eigen::Index>(i)) == Approx(std::sqrt(15.0 / 4.0) * sine * x[i]).margin(1e-16));
  }
}
