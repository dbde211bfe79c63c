// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/momentum/spherical_series.hpp>

#include "momentum/legendre_functions.hpp"
#include "momentum/oscillator_functions.hpp"
#include "momentum/spherical_grid_tables.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <utility>

namespace nordheim {

double detail::evaluate(const SphericalBasis& basis, const std::vector<double>& coefficients, const Vector3& x) {
  const double r = std::hypot(x[0], x[1], x[2]);
  const double cosine = r > 0.0 ? std::clamp(x[2] / r, -1.0, 1.0) : 0.0;
  const double phi = std::atan2(x[1], x[0]);
  std::vector<Eigen::MatrixXd> P;
  for (int m = 0; m <= basis.mmax; ++m) P.push_back(legendre_functions(basis.lmax, m, {cosine}));
  double sum = 0.0;
  const double* c = coefficients.data();
  for (int l = 0; l <= basis.lmax; ++l) {
    const auto radial = static_cast<Eigen::Index>(basis.radial(l));
    const Eigen::VectorXd R = oscillator_functions(static_cast<int>(radial), l, {r});
    const int most = std::min(l, basis.mmax);
    for (int m = -most; m <= most; ++m, c += radial) {
      const double azimuthal = m == 0  ? 1.0 / std::sqrt(2.0 * std::numbers::pi)
                               : m > 0 ? std::cos(m * phi) * std::numbers::inv_sqrtpi
                                       : std::sin(-m * phi) * std::numbers::inv_sqrtpi;
      const auto order = static_cast<std::size_t>(std::abs(m));
      sum += P[order](l - std::abs(m), 0) * azimuthal * R.dot(Eigen::Map<const Eigen::VectorXd>(c, radial));
    }
  }
  return sum;
}

SphericalSeries::SphericalSeries(SphericalGrid grid, ConstState values) : grid_(std::move(grid)) {
  if (values.size() != grid_.size()) throw DimensionMismatch("the nodal values", values.size(), grid_.size());
  const detail::SphericalGridTables& tables = grid_.tables();
  coefficients_.resize(tables.basis.size());
  detail::NodalScratch scratch(tables.transform);
  tables.analyse(tables.transform, values.data(), coefficients_.data(), scratch);
}

double SphericalSeries::operator()(const Vector3& k) const {
  const Vector3& c = grid_.centre();
  const double a = grid_.scale();
  return detail::evaluate(grid_.tables().basis, coefficients_,
                          {(k[0] - c[0]) / a, (k[1] - c[1]) / a, (k[2] - c[2]) / a});
}

}  // namespace nordheim
