// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/result_files.hpp"

#include <nordheim/core/version.hpp>
#include <nordheim/io/atomic_file.hpp>

#include <numeric>
#include <vector>

namespace nordheim::program {

Hdf5Writer begin_result(const std::filesystem::path& directory, const std::string& command, const Case& input,
                        const std::string& conventions) {
  Hdf5Writer file(directory / "result.h5");
  file.attribute("/", "command", command);
  file.attribute("/", "title", input.title);
  file.attribute("/", "nordheim_version", NORDHEIM_VERSION);
  file.attribute("/", "conventions", conventions);
  file.attribute("/", "case", resolved_toml(input));
  return file;
}

Hdf5Writer begin_result(const std::filesystem::path& directory, const std::string& command, const LatticeGas& gas) {
  Hdf5Writer file = begin_result(
      directory, command, gas.input,
      "hbar = m = k_B = 1; k in [-1/2, 1/2)^d in units of 2 pi over the lattice constant; v = grad omega / 2 pi "
      "in lattice sites per unit time; W is an occupation number");
  file.attribute("/", "statistics", name(gas.input.collision.statistics));
  file.attribute("/", "points", static_cast<std::int64_t>(gas.grid.points()));
  file.attribute("/", "dimension", static_cast<std::int64_t>(gas.grid.dimension()));

  const auto d = static_cast<std::size_t>(gas.grid.dimension());
  std::vector<std::int64_t> nodes(gas.grid.size());
  std::iota(nodes.begin(), nodes.end(), 0);
  std::vector<std::int64_t> axes(d);
  std::iota(axes.begin(), axes.end(), 0);
  file.write_integers("node", nodes, {"1", "index of the momentum node"});
  file.write_integers("axis", axes, {"1", "index of the component of a vector"});
  file.write("momenta", gas.grid.momenta(), d, {"2 pi / lattice constant", "momentum k", {"node", "axis"}});
  file.write("energies", gas.grid.energies(), {"energy", "energy omega(k)", {"node"}});
  file.write("weights", gas.grid.weights(), {"1", "weight of the node in the integral over k", {"node"}});
  file.write("velocities", gas.grid.velocities(), d, {"sites / time", "group velocity v(k)", {"node", "axis"}});
  return file;
}

void write_summary(const std::filesystem::path& directory, const Case& input, const Json& summary) {
  write_text_file(directory / "summary.json", summary.dump(2) + "\n");
  write_text_file(directory / "case.toml", resolved_toml(input));
}

}  // namespace nordheim::program
