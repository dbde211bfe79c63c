// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a case file: they are refused with CaseErrors, or read, written out with all defaults and read back as
// the same case. A line that begins with a zero byte ends the file; what follows, line by line, are --set arguments.
#include "case/case.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

using namespace nordheim::program;

namespace {

void check(std::string_view text, const std::vector<std::string>& overrides) {
  Case input;
  try {
    input = parse_case(text, "fuzz.toml", overrides);
  } catch (const CaseErrors& errors) {
    if (errors.mistakes().empty()) std::abort();
    return;
  }
  if (!(parse_case(resolved_toml(input), "fuzz.toml") == input)) std::abort();
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto end = input.find(std::string_view("\n\0", 2));
  if (end == std::string_view::npos) {
    check(input, {});
  } else {
    check(input.substr(0, end), lines_of(input.substr(end + 2)));
  }
  return 0;
}
