// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/error.hpp>

#include "case/case.hpp"

#include <variant>

namespace nordheim::program {

/// Runs @p make; what it refuses is said with the place of a key of the case.
template <class Make>
auto placed(const Case& input, const char* key, Make make) {
  try {
    return make();
  } catch (const NoEquilibrium& error) {
    throw NoEquilibrium(input.at(key) + error.what());
  } catch (const InvalidArgument& error) {
    throw InvalidArgument(input.at(key) + error.what());
  }
}

/// The key that the initial state of a case is read from.
inline const char* initial_key(const Case& input) {
  if (std::holds_alternative<OccupationFormula>(input.initial)) return "initial.occupation";
  return std::holds_alternative<StateFile>(input.initial) ? "initial.file" : "initial.equilibrium";
}

}  // namespace nordheim::program
