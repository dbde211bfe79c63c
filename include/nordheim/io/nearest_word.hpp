// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace nordheim {

/// @brief The known word that was probably meant: smallest number of single-character edits (insertion, deletion,
/// replacement, exchange of neighbours; upper and lower case count as equal).
/// @return nothing if no known word is nearer than about a third of the letters of @p word
[[nodiscard]] std::optional<std::string> nearest_word(std::string_view word, std::span<const std::string> known);

}  // namespace nordheim
