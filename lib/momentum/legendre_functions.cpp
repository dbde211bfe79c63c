// SPDX-License-Identifier: GPL-3.0-or-later
#include "momentum/legendre_functions.hpp"

#include <gsl/gsl_sf_legendre.h>

#include <cstddef>

namespace nordheim::detail {

Eigen::MatrixXd legendre_functions(int lmax, int m, const std::vector<double>& x) {
  const auto order = static_cast<std::size_t>(lmax);
  std::vector<double> all(gsl_sf_legendre_array_n(order));
  Eigen::MatrixXd values(lmax - m + 1, static_cast<Eigen::Index>(x.size()));
  for (std::size_t i = 0; i < x.size(); ++i) {
    gsl_sf_legendre_array_e(GSL_SF_LEGENDRE_FULL, order, x[i], 1.0, all.data());
    for (int l = m; l <= lmax; ++l) {
      values(l - m, static_cast<Eigen::Index>(i)) =
          all[gsl_sf_legendre_array_index(static_cast<std::size_t>(l), static_cast<std::size_t>(m))];
    }
  }
  return values;
}

}  // namespace nordheim::detail
