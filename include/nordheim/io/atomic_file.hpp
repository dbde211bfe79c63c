// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>

namespace nordheim {

/// @brief Writes a whole file, or nothing: under a temporary name in the same directory, then renamed.
///
/// A reader of @p path sees the old file or the complete new one; a crash or a full disk leaves the old one as it was.
/// @throws Error with path and reason: no such directory, no right to write, disk full, or the path is no regular file
void write_text_file(const std::filesystem::path& path, std::string_view text);

/// @brief Removes the temporary files of @p path that were left by processes killed while they wrote it.
///
/// Those of processes that are alive on this machine stay, but for the calling one, which must not be writing @p path.
/// What cannot be removed stays, too.
void remove_abandoned_files(const std::filesystem::path& path);

}  // namespace nordheim
