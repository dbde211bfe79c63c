// SPDX-License-Identifier: GPL-3.0-or-later
#include "case/toml_guard.hpp"

namespace nordheim::program {

namespace {

constexpr std::size_t most_parts = 16;

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

std::optional<TextFault> unsafe_toml(std::string_view text) {
  constexpr std::string_view ends_of_keys = "\n=,[]{}";
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  constexpr std::string_view before_quotes = "\n=,[{.";
  std::size_t parts = 1;
  char previous = '\n';  // the last character that is no blank
  std::size_t i = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  while (i < text.size()) {
    const char c = text[i];
    if (c == '"' || c == '\'') {
      if (before_quotes.find(previous) == std::string_view::npos) {
        return TextFault{position_of(text, i), "this is not TOML: a quote in the middle of a key or value"};
      }
      previous = c;
      i = end_of_quotes(text, i);
      continue;
    }
    if (c == '#') {
      while (i < text.size() && text[i] != '\n') ++i;
      continue;
    }
    if (static_cast<unsigned char>(c) > 0x7f) {
      return TextFault{position_of(text, i), "this is not TOML: a character beyond ASCII outside of quotes"};
    }
    if (c == '.' && ++parts > most_parts) {
      return TextFault{position_of(text, i), "a key of more than " + std::to_string(most_parts) +
                                                 " parts; a case file has keys of the form section.key"};
    }
    if (ends_of_keys.find(c) != std::string_view::npos) parts = 1;
    if (c != ' ' && c != '\t' && c != '\r') previous = c;
    ++i;
  }
  return std::nullopt;
}

}  // namespace nordheim::program
