// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

#include <vector>

namespace nordheim::detail {

/// @brief Values at x = cos ϑ of the associated Legendre functions P̄_lm, l = m … lmax, shape (lmax − m + 1, points),
/// with ∫_{−1}^{1} P̄_lm P̄_l'm dx = δ_ll' and without the phase of Condon and Shortley.
[[nodiscard]] Eigen::MatrixXd legendre_functions(int lmax, int m, const std::vector<double>& x);

}  // namespace nordheim::detail
