// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/elastic_scattering.hpp>

namespace nordheim::detail {

/// Smallest non-zero eigenvalue of −C [1/time]: an eigenvalue is within @p accuracy, relative, of the result.
[[nodiscard]] double slowest_rate(const ElasticScattering& scattering, double accuracy);

}  // namespace nordheim::detail
