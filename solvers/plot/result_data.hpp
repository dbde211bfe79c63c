// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/model/statistics.hpp>

#include <filesystem>
#include <initializer_list>
#include <map>
#include <string>
#include <vector>

namespace nordheim::program {

/// A dataset of result.h5: row-major values and the lengths of the dimensions.
struct Dataset {
  std::vector<std::size_t> shape;
  std::vector<double> values;
  std::string units{};      ///< as the file says; empty if it does not
  std::string long_name{};  ///< as the file says; empty if it does not
  /// Value (i, j) of a dataset of two dimensions.
  [[nodiscard]] double at(std::size_t i, std::size_t j) const { return values[i * shape[1] + j]; }
};

/// What the figures are made of: the known datasets and attributes of DIR/result.h5, checked against each other.
struct ResultData {
  std::string command;  ///< "relax", "collide", "diffusion", "transport" or "evolve"
  std::string title;
  std::string version;                            ///< of the nordheim that wrote the file
  Statistics statistics = Statistics::classical;  ///< not of diffusion, nor of space "shell"
  std::string space{};                            ///< "lattice" (of a gas: empty), "continuum", "radial" or "shell"
  double tolerance = 0.0;                         ///< of diffusion and transport
  /// Those that are there; every value is finite, but for an infinite entropy production and an error
  /// that could not be estimated.
  std::map<std::string, Dataset> datasets;

  [[nodiscard]] bool has(const std::string& name) const { return datasets.contains(name); }
  /// Whether sums over nodes are integrals ∫dk over R³, not means per site.
  [[nodiscard]] bool in_continuum() const {
    return space == "continuum" || space == "radial" || (has("x") && datasets.at("x").units == "length");
  }
  /// Whether it is the relaxation of an electron in a bath that takes and gives energy.
  [[nodiscard]] bool in_bath() const { return command == "relax" && has("time") && !has("energy_drift"); }
  /// @throws std::out_of_range if it is not there
  [[nodiscard]] const Dataset& operator[](const std::string& name) const { return datasets.at(name); }
  /// A sentence on those of @p names that are not there; empty if all are.
  [[nodiscard]] std::string missing(std::initializer_list<const char*> names) const;
};

/// @throws InvalidArgument if there is no result.h5, or it is broken: no HDF5 file, no such command, datasets that do
///         not fit together, numbers that are not finite
[[nodiscard]] ResultData read_result(const std::filesystem::path& directory);

}  // namespace nordheim::program
