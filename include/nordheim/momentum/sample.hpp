// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/vector3.hpp>
#include <nordheim/momentum/momentum_space.hpp>

#include <concepts>
#include <cstddef>
#include <vector>

namespace nordheim {

/// f(k_a) at the nodes of a momentum space, shape (n).
template <MomentumSpace Space, std::regular_invocable<const Vector3&> Function>
[[nodiscard]] std::vector<double> sample(const Space& space, Function f) {
  std::vector<double> values(space.size());
  for (std::size_t a = 0; a < values.size(); ++a) values[a] = f(space.momentum(a));
  return values;
}

}  // namespace nordheim
