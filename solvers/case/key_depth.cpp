// SPDX-License-Identifier: GPL-3.0-or-later
#include "case/key_depth.hpp"

namespace nordheim::program {

namespace {

/// Index of the first character behind the quoted text that begins at @p begin, by the rules of TOML's four kinds.
std::size_t end_of_quotes(std::string_view text, std::size_t begin) {
  const char quote = text[begin];
  const std::string_view triple = quote == '"' ? "\"\"\"" : "'''";
  const bool long_form = text.substr(begin, 3) == triple;
  std::size_t i = begin + (long_form ? 3 : 1);
  while (i < text.size()) {
    if (quote == '"' && text[i] == '\\') {
      i += 2;
    } else if (long_form && text.substr(i, 3) == triple) {
      i += 3;
      while (i < text.size() && text[i] == quote) ++i;  // up to two quotes may stand before the closing three
      return i;
    } else if (!long_form && (text[i] == quote || text[i] == '\n')) {
      return i + 1;
    } else {
      ++i;
    }
  }
  return text.size();
}

TextPosition position_of(std::string_view text, std::size_t index) {
  TextPosition position;
  for (const char c : text.substr(0, index)) {
    if (c == '\n') {
      ++position.line;
      position.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {  // a column is a character, not a byte of UTF-8
      ++position.column;
    }
  }
  return position;
}

}  // namespace

std::optional<TextPosition> too_deep_key(std::string_view text, std::size_t most) {
  std::size_t parts = 1;
  std::size_t i = 0;
  while (i < text.size()) {
    const char c = text[i];
    if (c == '"' || c == '\'') {
      i = end_of_quotes(text, i);
      continue;
    }
    if (c == '#') {
      while (i < text.size() && text[i] != '\n') ++i;
      continue;
    }
    if (c == '.' && ++parts > most) return position_of(text, i);
    if (std::string_view("\n=,[]{}").find(c) != std::string_view::npos) parts = 1;
    ++i;
  }
  return std::nullopt;
}

}  // namespace nordheim::program
