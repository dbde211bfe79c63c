// SPDX-License-Identifier: GPL-3.0-or-later
// D_kin(E) of bands and correlators that are functions of the caller.
#include <nordheim/transport/diffusion_curve.hpp>

#include "reference_values.hpp"
#include "support/catch.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

using namespace nordheim;

namespace {

constexpr double two_pi = 2.0 * std::numbers::pi;

template <class Table>
std::vector<double> energies_of(const Table& table) {
  std::vector<double> energies;
  energies.reserve(table.size());
  for (const auto& row : table) energies.push_back(row.energy);
  return energies;
}

/// D, B and ⟨γ⟩ of a model that has the cubic symmetry, against a table.
template <class Table>
void check_cubic(const ElasticModel& model, const Table& table) {
  const auto curve = diffusion_curve(model, energies_of(table));
  for (std::size_t i = 0; i < curve.size(); ++i) {
    const auto& row = table[i];
    const auto& point = curve[i];
    CAPTURE(row.energy, point.order, point.error);
    CHECK(point.converged);
    CHECK(std::abs(point.D[0][0] / row.D - 1.0) <= point.error);
    CHECK_THAT(point.D[0][0], WithinRel(row.D, 1e-10));
    CHECK_THAT(point.super_burnett.value(), WithinRel(row.B, 1e-8));  // of a D that is known to 1e-10
    CHECK_THAT(point.rate, WithinRel(row.rate, 1e-10));
  }
}

/// Relaxation and D of a correlator in R³ against a table.
template <class Table>
void check_isotropic(const Correlator& correlator, const Table& table) {
  const auto model = ElasticModel::continuum(correlator);
  const auto curve = diffusion_curve(model, energies_of(table));
  for (std::size_t i = 0; i < curve.size(); ++i) {
    const auto& row = table[i];
    CAPTURE(row.energy, curve[i].error);
    CHECK(curve[i].converged);
    CHECK_THAT(curve[i].D[0][0], WithinRel(row.D, 2e-14));  // adaptive quadrature to 1e-14, rounding of ϑ̂
    CHECK(std::abs(curve[i].D[0][0] / row.D - 1.0) <= curve[i].error);
    const auto rates = model.relaxation_rates(row.energy, 4).rates;
    for (std::size_t l = 1; l <= 4; ++l) CHECK_THAT(rates[l], WithinRel(row.rates[l - 1], 2e-14));
  }
}

/// Σ_j (1 − cos 2πκ_j), κ = (k_1 + k_2, k_2 − k_3, k_3): the cubic band on a lattice with other primitive vectors.
Dispersion sheared_band() {
  return Dispersion::from_formula(3, [](const auto& k) {
    using std::cos;
    return 3.0 - cos(two_pi * (k[0] + k[1])) - cos(two_pi * (k[1] - k[2])) - cos(two_pi * k[2]);
  });
}

/// With κ = Mk the velocity is Mᵀ times that of the cubic band, and D is MᵀM times its D: MᵀM of the κ above.
constexpr Tensor3 metric{{{1.0, 1.0, 0.0}, {1.0, 2.0, -1.0}, {0.0, -1.0, 2.0}}};

}  // namespace

TEST_CASE("the product correlator as a function of q") {
  const auto own = Correlator::on_lattice(3, [](const Vector3& q) {
    double value = 1.0;
    for (const double q_j : q) value *= 1.0 + 0.5 * std::cos(two_pi * q_j);
    return value;
  });
  check_cubic(ElasticModel::impurities(Dispersion::nearest_neighbour(3), own),
              std::array{reference::product[1], reference::product[2], reference::product[6]});
}

TEST_CASE("neighbour correlations and the cubic band as functions") {
  const auto band = Dispersion::from_formula(3, [](const auto& k) {
    using std::sin;
    // 1 − cos x = 2 sin²(x/2)
    auto sum = 2.0 * sin(0.5 * two_pi * k[0]) * sin(0.5 * two_pi * k[0]);
    for (std::size_t j = 1; j < 3; ++j) sum += 2.0 * sin(0.5 * two_pi * k[j]) * sin(0.5 * two_pi * k[j]);
    return sum;
  });
  const auto own = Correlator::on_lattice(3, [](const Vector3& q) {
    double value = 1.0;
    for (const double q_j : q) value += 0.25 * std::cos(two_pi * q_j);
    return value;
  });
  check_cubic(ElasticModel::impurities(band, own), reference::neighbours);
}

TEST_CASE("a sheared lattice has the sheared tensor of the cubic one") {
  const auto uncorrelated = ElasticModel::impurities(sheared_band(), Correlator::delta(1.0));
  const auto own = Correlator::on_lattice(3, [](const Vector3& q) {
    return (1.0 + 0.5 * std::cos(two_pi * (q[0] + q[1]))) * (1.0 + 0.5 * std::cos(two_pi * (q[1] - q[2]))) *
           (1.0 + 0.5 * std::cos(two_pi * q[2]));
  });
  const auto correlated = ElasticModel::impurities(sheared_band(), own);
  const auto check = [](const ElasticModel& model, double D) {
    DiffusionOptions options;
    options.tolerance = 1e-6;  // cells do not follow the shear: more nodes than on the cubic lattice
    const auto point = diffusion_curve(model, std::vector<double>{1.0}, options).front();
    CAPTURE(model.description(), point.order, point.nodes, point.error);
    CHECK(point.converged);
    CHECK_FALSE(point.isotropic);
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t j = 0; j < 3; ++j) {
        CHECK(std::abs(point.D[i][j] - D * metric[i][j]) <= point.error * 2.0 * D);  // of the largest element, 2D
      }
    }
  };
  check(uncorrelated, 0.7657073169106906311724);
  check(correlated, reference::product[1].D);
}

TEST_CASE("correlators of the continuum as functions of the transferred momentum") {
  check_isotropic(Correlator::in_continuum([](double q) { return std::exp(-0.5 * q * q); }),
                  reference::continuum_gaussian);
  check_isotropic(Correlator::in_continuum([](double q) { return 1.0 / ((q * q + 1.0) * (q * q + 1.0)); }),
                  reference::continuum_screened);
}
