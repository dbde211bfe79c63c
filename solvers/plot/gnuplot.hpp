// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace nordheim::program {

/// @brief Runs `gnuplot SCRIPT` inside a directory, without a shell and without the user's start-up files.
/// @param script  name of a file in @p directory
/// @throws Error if there is no gnuplot on the PATH (names the package), or it fails (with what it printed)
void run_gnuplot(const std::filesystem::path& directory, const std::string& script);

}  // namespace nordheim::program
