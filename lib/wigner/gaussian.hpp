// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <vector>

namespace nordheim::detail {

/// gaussian_packet() in one dimension, shape (N).
/// @throws InvalidArgument as there
[[nodiscard]] std::vector<std::complex<double>> gaussian_line(int points, double centre, double momentum, double width);

}  // namespace nordheim::detail
