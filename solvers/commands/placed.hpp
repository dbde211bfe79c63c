// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/error.hpp>

#include "case/case.hpp"

#include <string>
#include <string_view>
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

/// @brief The same at the key that the sentence begins with, if the case has it: "temperature = 0 …" stands at
/// collision.temperature, "bond 2: …" at collision.bonds.
/// @param otherwise  the key if it names none
template <class Make>
auto placed_by_name(const Case& input, const char* otherwise, Make make) {
  try {
    return make();
  } catch (const InvalidArgument& error) {
    const std::string_view sentence = error.what();
    const std::string word(sentence.substr(0, sentence.find_first_of(" :=")));
    for (const std::string& key : {"collision." + word, "collision." + word + "s", "momentum." + word}) {
      if (input.places.of.contains(key)) throw InvalidArgument(input.at(key) + error.what());
    }
    throw InvalidArgument(input.at(otherwise) + error.what());
  }
}

/// The key that the initial state of a case is read from.
inline const char* initial_key(const Case& input) {
  if (std::holds_alternative<OccupationFormula>(input.initial)) return "initial.occupation";
  if (std::holds_alternative<MicroscopicCase>(input.initial)) return "initial.microscopic";
  return std::holds_alternative<StateFile>(input.initial) ? "initial.file" : "initial.equilibrium";
}

}  // namespace nordheim::program
