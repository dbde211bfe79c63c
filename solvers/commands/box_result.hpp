// SPDX-License-Identifier: GPL-3.0-or-later
// What `evolve` says of a gas in a box.
#pragma once

#include "commands/box_gas.hpp"
#include "commands/box_run.hpp"
#include "commands/report.hpp"

#include <filesystem>
#include <vector>

namespace nordheim::program {

/// Datasets of the positions: position, x, box_axis and attributes of the box.
void write_positions(Hdf5Writer& file, const PeriodicBox& box, double knudsen, const std::string& length);

/// image_position, image_momentum and the images over both.
void write_images(Hdf5Writer& file, const PeriodicBox& box, const std::string& length, ConstState momenta,
                  const DatasetDescription& momentum, const TimeSeries& images);

/// @brief moments: number, energy, mean and variance at each instant of a series, as the summary has them.
[[nodiscard]] Json moments_of_series(const TimeSeries& series);

/// The columns of a series that are one number an instant, or a vector along the axes of the box.
void write_series_table(const std::filesystem::path& path, const TimeSeries& series, const std::string& comment);

void write_box_result(const std::filesystem::path& directory, const BoxGas& gas, const BoxRun& run);
[[nodiscard]] Json box_summary(const BoxGas& gas, const BoxRun& run);
[[nodiscard]] std::vector<TableLine> box_table(const BoxGas& gas, const BoxRun& run, const Json& summary,
                                               const std::filesystem::path& directory);

}  // namespace nordheim::program
