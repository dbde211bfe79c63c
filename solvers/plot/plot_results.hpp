// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace nordheim::program {

/// @brief Draws the results in @p directory (result.h5; summary.json and case.toml if there) with gnuplot.
///
/// Writes directory/figures/NAME.{gp,dat,svg,png} and the page directory/index.html, which needs no other file. Figures
/// that lack a dataset are left out, with the reason on the page; files of them from an earlier call are removed.
/// Everything is drawn in a hidden directory first, so that a failure leaves earlier figures as they were.
/// @throws InvalidArgument if there are no results, or they are broken
/// @throws Error if there is no gnuplot, it fails, or a file cannot be written
void plot_results(const std::filesystem::path& directory);

}  // namespace nordheim::program
