// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/io/number_text.hpp>

#include <array>
#include <charconv>

namespace nordheim {

namespace {

constexpr std::size_t longest_number = 32;  // sign, 17 digits, point, exponent of five characters

std::string rounded_text(double value, int digits) {
  std::array<char, longest_number> buffer{};
  const auto result =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::general, digits);
  return {buffer.data(), result.ptr};
}

}  // namespace

std::string shortest_text(double value) {
  std::array<char, longest_number> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), result.ptr};
}

std::string full_text(double value) { return rounded_text(value, 17); }

std::string short_text(double value) { return rounded_text(value, 6); }

}  // namespace nordheim
