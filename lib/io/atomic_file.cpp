// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/io/atomic_file.hpp>

#include "io/temporary_file.hpp"

namespace nordheim {

void write_text_file(const std::filesystem::path& path, std::string_view text) {
  detail::TemporaryFile file(path);
  file.write(text);
  file.commit();
}

}  // namespace nordheim
