// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace nordheim::program {

/// Line and column, from 1.
struct TextPosition {
  unsigned line = 1;
  unsigned column = 1;
};

/// @brief The first key of a TOML text with more than @p most parts (a.b.c has three), if there is one.
///
/// toml++ limits the depth of arrays and inline tables, but not that of dotted keys: a megabyte of "a.a.a. …" becomes
/// tables nested half a million deep, and the end of their lifetime overflows the stack. This scan needs no memory.
[[nodiscard]] std::optional<TextPosition> too_deep_key(std::string_view text, std::size_t most);

}  // namespace nordheim::program
