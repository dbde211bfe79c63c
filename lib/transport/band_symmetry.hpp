// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/model/dispersion.hpp>

namespace nordheim::detail {

/// Whether ω is the same at momenta with permuted and reflected components, so that every tensor is a number.
[[nodiscard]] bool is_cubic(const Dispersion& dispersion);

/// Whether ω(−k) = ω(k).
[[nodiscard]] bool is_even(const Dispersion& dispersion);

}  // namespace nordheim::detail
