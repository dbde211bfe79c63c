// SPDX-License-Identifier: GPL-3.0-or-later
// The words by which users name the values of an enumeration.
#pragma once

#include <nordheim/core/error.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace nordheim::detail {

template <class Enum, std::size_t count>
using Words = std::array<std::pair<std::string_view, Enum>, count>;

/// The word for a value.
/// @throws InvalidArgument if the value has none: it is no value of the enumeration
template <class Enum, std::size_t count>
[[nodiscard]] std::string word_for(const Words<Enum, count>& words, Enum value, const char* what) {
  for (const auto& [word, known] : words) {
    if (known == value) return std::string(word);
  }
  throw InvalidArgument(std::string(what) + " = " + std::to_string(static_cast<int>(value)) + " does not exist");
}

/// The value for a word.
/// @throws InvalidArgument listing the words if it is none of them
template <class Enum, std::size_t count>
[[nodiscard]] Enum value_of(const Words<Enum, count>& words, std::string_view word, const char* what) {
  std::string allowed;
  for (std::size_t i = 0; i < count; ++i) {
    if (words[i].first == word) return words[i].second;
    if (i > 0) allowed += i + 1 < count ? ", " : " and ";
    allowed.append("\"").append(words[i].first).append("\"");
  }
  throw InvalidArgument(std::string(what) + " = \"" + std::string(word) + "\"; allowed are " + allowed);
}

}  // namespace nordheim::detail
