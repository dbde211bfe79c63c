// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace nordheim::program {

/// Line and column, from 1.
struct TextPosition {
  unsigned line = 1;
  unsigned column = 1;
};

/// A place that a text must not be given to toml++ for, and why.
struct TextFault {
  TextPosition position{};
  std::string sentence{};
};

/// @brief The first place that TOML forbids or no case file needs, but that would be toml++'s undoing, if there is one.
///
/// Keys of many parts (a.b.c has three): toml++ limits the depth of arrays and inline tables, but not that of dotted
/// keys; a megabyte of "a.a.a. …" becomes tables nested half a million deep, whose destructors overflow the stack.
/// Characters beyond ASCII outside texts and comments, or behind a backslash: for many of them toml++ 3.3 reaches a
/// statement that it declares unreachable. It also looks ahead over quotes and brackets within a word, so these are
/// refused as well. Beyond TOML's own rules this forbids only quotes behind the dot of a key.
[[nodiscard]] std::optional<TextFault> unsafe_toml(std::string_view text);

}  // namespace nordheim::program
