// SPDX-License-Identifier: GPL-3.0-or-later
#include "command_line.hpp"

#include <nordheim/core/version.hpp>

#include <CLI/CLI.hpp>

namespace nordheim::program {

int run(int argc, char* argv[]) {
  CLI::App app{"nordheim: quantum kinetic equations", "nordheim"};
  app.set_version_flag("--version", "nordheim " NORDHEIM_VERSION);
  CLI11_PARSE(app, argc, argv);
  return 0;
}

}  // namespace nordheim::program
