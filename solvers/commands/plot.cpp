// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/command.hpp"
#include "plot/plot_results.hpp"

#include <iostream>

namespace nordheim::program {

void plot(const std::filesystem::path& directory, bool quiet) {
  plot_results(directory);
  if (quiet) return;
  std::cout << "figures in " << (directory / "figures").string() << ", all of them in "
            << (directory / "index.html").string() << std::endl;
}

}  // namespace nordheim::program
