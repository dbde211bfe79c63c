// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/ranks.hpp>

namespace nordheim {

double Ranks::sum(double value) const {
  sum(State(&value, 1));
  return value;
}

double Ranks::largest(double value) const {
  largest(State(&value, 1));
  return value;
}

bool Ranks::any(bool value) const { return size() == 1 ? value : largest(value ? 1.0 : 0.0) > 0.0; }

}  // namespace nordheim
