// SPDX-License-Identifier: GPL-3.0-or-later
// Looking into the texts that figures are made of.
#pragma once

#include <cstddef>
#include <sstream>
#include <string>
#include <vector>

namespace nordheim::test {

inline bool mentions(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

inline std::size_t count_of(const std::string& text, const std::string& words) {
  std::size_t count = 0;
  for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++count;
  return count;
}

/// Rows of numbers of the text of a data file, all blocks.
inline std::vector<std::vector<double>> rows(const std::string& data) {
  std::istringstream text(data);
  std::vector<std::vector<double>> result;
  for (std::string line; std::getline(text, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream numbers(line);
    result.emplace_back();
    for (double x = 0.0; numbers >> x;) result.back().push_back(x);
  }
  return result;
}

}  // namespace nordheim::test
