// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/ranks.hpp>

#include <limits>
#include <vector>

namespace nordheim {

/// How an InhomogeneousEquation moves particles freely.
enum class StreamingScheme {
  spectral,  ///< Streaming: exact for what the nodes resolve; steps overshoot
  bounded    ///< BoundedStreaming: order 3, within bounds, for steps; EvolutionMethod::strang only, without a force
};

/// What InhomogeneousEquation is given beside box and collisions.
struct InhomogeneousOptions {
  /// Kn > 0: the mean free path in units of the length of the box and of v, so that collisions are C/Kn.
  double knudsen = 1.0;
  /// The component of the velocity along each axis of the box, from 0; empty: 0, 1, … in order.
  std::vector<int> axes{};
  /// Factor of the collision term at each r-node, not negative: a density of impurities n(r) in units of that of the
  /// operator, or a coupling that depends on r. Empty: 1 everywhere.
  std::vector<double> collision_factor{};
  /// A force F on lattice particles, of as many components as k has: the same everywhere, or at each node, shape
  /// (n_r, dimension) [energy/length]. Empty: none.
  std::vector<double> force{};
  /// A potential U(r), periodic in the box, at each node; its force −∇U is added. Empty: none.
  std::vector<double> potential{};
  /// How particles move freely.
  StreamingScheme streaming = StreamingScheme::spectral;
  /// The processes that share the positions of the box.
  Ranks ranks{};
  /// Of bounded streaming, the largest W that there can be: 1 for fermions.
  double largest_occupation = std::numeric_limits<double>::infinity();
};

}  // namespace nordheim
