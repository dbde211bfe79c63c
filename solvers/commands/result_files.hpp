// SPDX-License-Identifier: GPL-3.0-or-later
// What every run leaves in its directory: result.h5, summary.json, case.toml.
#pragma once

#include <nordheim/core/error.hpp>
#include <nordheim/io/hdf5_file.hpp>
#include <nordheim/io/output_directory.hpp>

#include "commands/gas.hpp"
#include "commands/report.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace nordheim::program {

/// Opens result.h5 in a directory, with the attributes command, title, nordheim_version, conventions and case.
[[nodiscard]] Hdf5Writer begin_result(const std::filesystem::path& directory, const std::string& command,
                                      const Case& input, const std::string& conventions);

/// Opens result.h5 in a directory, with what every result of a gas has: attributes command, title,
/// nordheim_version, statistics, conventions, case and those of the momentum space; datasets node, momenta, energies,
/// weights, velocities. The caller adds its own and commits.
[[nodiscard]] Hdf5Writer begin_result(const std::filesystem::path& directory, const std::string& command,
                                      const Gas& gas);

/// 0, 1, …: the coordinates of an index.
[[nodiscard]] std::vector<std::int64_t> indices(std::size_t count);

/// Runs something whose results go to a directory of their own, which does not stay if the case turns out to be bad.
template <class Run>
auto in_own_directory(const std::filesystem::path& directory, Run run) {
  const bool existed = std::filesystem::exists(directory);
  make_output_directory(directory);
  try {
    return run();
  } catch (const InvalidArgument&) {
    std::error_code ignored;
    if (!existed) std::filesystem::remove(directory, ignored);
    throw;
  }
}

/// Writes summary.json and case.toml.
void write_summary(const std::filesystem::path& directory, const Case& input, const Json& summary);

}  // namespace nordheim::program
