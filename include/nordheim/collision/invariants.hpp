// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace nordheim {

/// A function φ(k) with Σ w φ C(W) = 0 for every W.
struct Invariant {
  std::string name;            ///< "number", "energy", …
  std::vector<double> values;  ///< φ at the nodes, shape (n)
};

/// All that a collision operator conserves.
using Invariants = std::vector<Invariant>;

}  // namespace nordheim
