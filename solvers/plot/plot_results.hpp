// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace nordheim::program {

/// What plot_results() has made.
struct PlotReport {
  std::filesystem::path page;        ///< DIR/index.html
  std::vector<std::string> figures;  ///< names of the figures that were drawn
  std::vector<std::string> missing;  ///< one sentence for each that was not
};

/// @brief Draws the results in a directory: DIR/figures/NAME.svg, .png with the script NAME.gp and the data NAME.dat
/// that they are made of, and DIR/index.html, which holds everything in one file.
///
/// Figures are drawn in a directory of their own and moved to their place when all are there.
/// @throws InvalidArgument if there are no results in the directory, or broken ones
/// @throws Error if gnuplot is missing or fails, or a file cannot be written
PlotReport plot_results(const std::filesystem::path& directory);

}  // namespace nordheim::program
