// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/io/atomic_file.hpp>

#include "io/temporary_file.hpp"

#include <system_error>

namespace nordheim {

void write_text_file(const std::filesystem::path& path, std::string_view text) {
  detail::TemporaryFile file(path);
  file.write(text);
  file.commit();
}

void remove_abandoned_files(const std::filesystem::path& path) {
  std::error_code ignored;
  for (const std::filesystem::path& file : detail::abandoned_files(path)) std::filesystem::remove(file, ignored);
}

}  // namespace nordheim
