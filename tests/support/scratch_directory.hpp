// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/temporary_directory.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace nordheim::test {

/// A new empty directory that is removed with all it holds.
class ScratchDirectory : public program::TemporaryDirectory {
 public:
  ScratchDirectory() : TemporaryDirectory(std::filesystem::temp_directory_path() / "nordheim-") {}
};

inline std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Number of entries, hidden ones included.
inline std::ptrdiff_t file_count(const std::filesystem::path& directory) {
  return std::distance(std::filesystem::directory_iterator(directory), {});
}

}  // namespace nordheim::test
