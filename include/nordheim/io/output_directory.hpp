// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace nordheim {

/// @brief Makes a directory with all its parents, if it is not there yet, and tries that a file can be made in it:
/// before a long run, not after it.
/// @throws InvalidArgument with path and reason if not
void make_output_directory(const std::filesystem::path& directory);

}  // namespace nordheim
