// SPDX-License-Identifier: GPL-3.0-or-later
#include "case/toml_text.hpp"

#include <nordheim/io/number_text.hpp>

namespace nordheim::program {

std::string toml_text(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string result = "\"";
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      result.append("\\").append(1, c);
    } else if (c == '\n') {
      result += "\\n";
    } else if (c == '\t') {
      result += "\\t";
    } else if (code < 0x20 || code == 0x7f) {
      result.append("\\u00").append(1, digits[code / 16U]).append(1, digits[code % 16U]);
    } else {
      result += c;
    }
  }
  return result + '"';
}

std::string toml_number(double value) {
  std::string text = shortest_text(value);
  if (text.find_first_not_of("-0123456789") == std::string::npos) text += ".0";
  return text;
}

std::string shortened(std::string_view text) {
  constexpr std::size_t longest = 60;
  if (text.size() <= longest) return std::string(text);
  std::size_t end = longest;
  while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // not within a character of UTF-8
  return std::string(text.substr(0, end)) + "...";
}

}  // namespace nordheim::program
