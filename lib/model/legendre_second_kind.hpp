// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace nordheim::detail {

/// @brief Legendre functions of the second kind Q_l(z), l = 0 … lmax, z = (a² + b²)/(2ab) for a, b > 0.
///
/// Q_0 = log((a+b)/|a−b|); the ratios Q_l/Q_{l−1} = l/((2l+1)z − (l+1) Q_{l+1}/Q_l) downwards from a degree where they
/// do not matter, which is stable for every z > 1; close to 1 upwards, which is as stable there.
/// @param difference  |a − b|, given apart because it may be known without cancellation; positive
[[nodiscard]] std::vector<double> legendre_second_kind(int lmax, double a, double b, double difference);

}  // namespace nordheim::detail
