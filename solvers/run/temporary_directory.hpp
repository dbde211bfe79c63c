// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace nordheim::program {

/// A new empty directory that is removed with all it then holds.
class TemporaryDirectory {
 public:
  /// @param start  path that the name starts with; six characters are put behind it
  /// @throws Error if the directory cannot be made
  explicit TemporaryDirectory(const std::filesystem::path& start);
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  /// Absolute.
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace nordheim::program
