// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/output_directory.hpp>

#include "io/temporary_file.hpp"

#include <system_error>

namespace nordheim {

void make_output_directory(const std::filesystem::path& directory) {
  std::error_code failure;
  std::filesystem::create_directories(directory, failure);
  if (!failure && !std::filesystem::is_directory(directory, failure)) {
    failure = std::make_error_code(std::errc::not_a_directory);
  }
  if (failure) {
    throw InvalidArgument("cannot make the output directory " + directory.string() + ": " + failure.message());
  }
  try {
    const detail::TemporaryFile trial(directory / "trial");
  } catch (const Error& error) {
    throw InvalidArgument("cannot write into the output directory " + directory.string() + ": " + error.what());
  }
}

}  // namespace nordheim
