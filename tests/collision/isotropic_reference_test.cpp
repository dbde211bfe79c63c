// SPDX-License-Identifier: GPL-3.0-or-later
// The slow evaluation that the operators in R³ are compared with, against closed forms and another implementation.
#include "support/isotropic_reference.hpp"

#include "support/catch.hpp"

#include <array>
#include <cmath>
#include <numbers>

using namespace nordheim;
using namespace nordheim::test;

namespace {

constexpr double pi = std::numbers::pi;

}  // namespace

TEST_CASE("The isotropic reference reproduces closed forms", "[collision]") {
  // Loss rate of a Maxwellian at unit temperature, and the product of three Gaussians: all integrals are elementary.
  for (const double k : {0.1, 0.7, 1.0, 2.3, 4.0}) {
    CAPTURE(k);
    const double nu = pi * std::pow(2.0 * pi, 1.5) *
                      (std::sqrt(2.0 / pi) * std::exp(-0.5 * k * k) + (k + 1.0 / k) * std::erf(k / std::sqrt(2.0)));
    const auto loss = [](double, double w2, double, double) { return std::exp(-w2); };
    CHECK(isotropic_integral(loss, k) == Approx(nu).epsilon(1e-12));  // round-off of 1e5 terms
    const auto gaussians = [](double, double w2, double w3, double w4) { return std::exp(-0.5 * (w2 + w3 + w4)); };
    CHECK(isotropic_integral(gaussians, k, {13.0, 0.6}) == Approx(std::exp(-0.25 * k * k) * nu).epsilon(1e-12));
  }
  const auto A = [](double w) { return w * std::exp(-w); };
  CHECK(isotropic_collision_term(A, Statistics::classical, 0.0) == Approx(8.0 * pi * pi).epsilon(1e-12));
}

TEST_CASE("The isotropic reference vanishes at equilibria", "[collision]") {
  for (const auto statistics : {Statistics::fermion, Statistics::classical, Statistics::boson}) {
    const auto W = [&](double w) { return 1.0 / (1.7 * std::exp(w / 0.9) - theta(statistics)); };
    const double gain = isotropic_integral(
        [&](double w1, double w2, double w3, double w4) {
          return W(w3) * W(w4) * (1.0 + theta(statistics) * W(w1)) * (1.0 + theta(statistics) * W(w2));
        },
        1.3);
    // Round-off of the two terms.
    CHECK(std::abs(isotropic_collision_term(W, statistics, 1.3)) < 1e-13 * gain);
  }
}

TEST_CASE("The isotropic reference reproduces tables", "[collision]") {
  // Made by another implementation with other rules, to 1e-12 absolutely and the digits shown.
  struct Row {
    double k, fermion, classical, boson;
  };
  constexpr std::array<Row, 7> rows{{{0.0, 69.0872308076, 78.9568352087, 88.8264396098},
                                     {0.5, 50.876882665, 60.941318543, 71.005754421},
                                     {1.0, 16.348101150, 23.902451311, 31.456801472},
                                     {1.5, -3.7584955577, -2.2058213174, -0.6531470770},
                                     {2.0, -5.3519917263, -7.5092621516, -9.6665325769},
                                     {3.0, 0.22612361134, 0.09136275018, -0.04339811098},
                                     {4.0, 0.17528188082, 0.30827890161, 0.44127592239}}};
  const auto A = [](double w) { return w * std::exp(-w); };
  for (const Row& row : rows) {
    CAPTURE(row.k);
    CHECK(isotropic_collision_term(A, Statistics::fermion, row.k) == Approx(row.fermion).margin(1e-9));
    CHECK(isotropic_collision_term(A, Statistics::classical, row.k) == Approx(row.classical).margin(1e-9));
    CHECK(isotropic_collision_term(A, Statistics::boson, row.k) == Approx(row.boson).margin(1e-9));
  }
  const auto B = [](double w) { return 0.5 / (std::exp(2.0 * (w - 1.0)) + 1.0) + 0.5 / (std::exp(w - 1.0) + 1.0); };
  const auto C = [](double w) { return 0.5 / (2.0 * std::exp(w / 0.7) - 1.0) + 0.5 / (2.0 * std::exp(w / 1.3) - 1.0); };
  constexpr std::array<std::array<double, 3>, 7> others{{{0.0, -2.9806277441491, -4.6221217779181},
                                                         {0.5, -3.094119447602, -2.7904117084955},
                                                         {1.0, -2.8537281636381, -0.60930652717095},
                                                         {1.5, -0.60944071848165, 0.19169503695502},
                                                         {2.0, 1.305659192252, 0.22404053751958},
                                                         {3.0, -0.12260403867566, -0.0083054619635486},
                                                         {4.0, -0.020784125627644, -0.0079243483372511}}};
  for (const auto& [k, fermion, boson] : others) {
    CAPTURE(k);
    CHECK(isotropic_collision_term(B, Statistics::fermion, k, {9.0, 0.45}) == Approx(fermion).margin(1e-10));
    CHECK(isotropic_collision_term(C, Statistics::boson, k, {9.0, 0.45}) == Approx(boson).margin(1e-10));
  }
}
