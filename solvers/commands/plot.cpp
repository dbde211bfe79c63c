// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/command.hpp"
#include "plot/plot_results.hpp"

#include <iostream>

namespace nordheim::program {

void plot(const std::filesystem::path& directory, bool quiet) {
  const PlotReport report = plot_results(directory);
  if (quiet) return;
  for (const std::string& sentence : report.missing) std::cout << "not drawn: " << sentence << '\n';
  std::cout << report.figures.size() << " figures in " << (directory / "figures").string() << ", all of them in "
            << report.page.string() << std::endl;
}

}  // namespace nordheim::program
