// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace nordheim::detail {

/// @brief A new, empty file beside @p target that takes its name on commit() and is removed otherwise.
class TemporaryFile {
 public:
  /// @throws Error if the file cannot be made, or the target exists and is no regular file
  explicit TemporaryFile(std::filesystem::path target);
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile();

  /// The final name.
  [[nodiscard]] const std::filesystem::path& target() const noexcept { return target_; }
  /// The name until commit().
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

  /// Replaces the contents.
  /// @throws Error if not all of them can be written
  void write(std::string_view contents) const;
  /// Forces the contents to the disk, then gives the file its final name. Whoever wrote must have closed it.
  /// @throws Error if one of the two fails
  void commit();

 private:
  std::filesystem::path target_;
  std::filesystem::path path_;
  bool committed_ = false;
};

/// The temporary files of @p target that belong to no other process which is alive on this machine.
[[nodiscard]] std::vector<std::filesystem::path> abandoned_files(const std::filesystem::path& target);

/// @throws Error "cannot write PATH: REASON", the reason being that of the given errno value
[[noreturn]] void throw_cannot_write(const std::filesystem::path& path, int error_number);

}  // namespace nordheim::detail
