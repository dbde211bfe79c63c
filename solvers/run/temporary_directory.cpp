// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/temporary_directory.hpp"

#include <nordheim/core/error.hpp>

#include <stdlib.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace nordheim::program {

TemporaryDirectory::TemporaryDirectory(const std::filesystem::path& start) {
  std::string name = start.string() + "XXXXXX";
  if (mkdtemp(name.data()) == nullptr) {
    throw Error("cannot write in " + start.parent_path().string() + ": " + std::generic_category().message(errno));
  }
  path_ = std::filesystem::absolute(name);
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace nordheim::program
