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

/// Within the quoted text [begin, end): a character beyond ASCII that a backslash, and perhaps a line end, stands
/// before.
std::optional<std::size_t> escaped_beyond_ascii(std::string_view text, std::size_t begin, std::size_t end) {
  if (text[begin] != '"') return std::nullopt;
  for (std::size_t i = text.find('\\', begin); i < end; i = text.find('\\', i + 2)) {
    const std::size_t next = text.find_first_not_of(" \t\r\n", i + 1);
    if (next >= end) continue;
    if (static_cast<unsigned char>(text[next]) > 0x7f) return next;
  }
  return std::nullopt;
}

TextFault no_toml(std::string_view text, std::size_t index, const char* what) {
  return {position_of(text, index), std::string("this is not TOML: ") + what};
}

}  // namespace

std::optional<TextFault> unsafe_toml(std::string_view text) {
  const auto is_one_of = [](char c, std::string_view characters) {
    return characters.find(c) != std::string_view::npos;
  };
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  std::size_t parts = 1;
  bool assigned = false;  // an = since the key began
  char previous = '\n';   // the last character that is no blank
  std::size_t i = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  while (i < text.size()) {
    const char c = text[i];
    if (c == '#') {
      while (i < text.size() && text[i] != '\n') ++i;
      continue;
    }
    if (is_one_of(c, "\"'[{") && !is_one_of(previous, "\n=,[{")) {
      return no_toml(text, i, "a quote or bracket in the middle of a key or value");
    }
    if (c == '=' && assigned) return no_toml(text, i, "a second = (texts need quotes)");
    if (static_cast<unsigned char>(c) > 0x7f) return no_toml(text, i, "a character beyond ASCII outside of quotes");
    if (c == '.' && ++parts > most_parts) {
      return TextFault{position_of(text, i), "a key of more than " + std::to_string(most_parts) +
                                                 " parts; a case file has keys of the form section.key"};
    }
    if (is_one_of(c, "\n=,[]{}")) parts = 1;
    if (is_one_of(c, "\n,[{")) assigned = false;
    if (c == '=') assigned = true;
    if (!is_one_of(c, " \t\r")) previous = c;
    const std::size_t end = is_one_of(c, "\"'") ? end_of_quotes(text, i) : i + 1;
    if (const auto escaped = end > i + 1 ? escaped_beyond_ascii(text, i, end) : std::nullopt) {
      return no_toml(text, *escaped, "a character beyond ASCII behind a backslash");
    }
    i = end;
  }
  return std::nullopt;
}

}  // namespace nordheim::program
