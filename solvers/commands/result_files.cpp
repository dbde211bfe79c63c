// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/result_files.hpp"

#include <nordheim/core/version.hpp>
#include <nordheim/io/atomic_file.hpp>

#include <numeric>
#include <vector>

namespace nordheim::program {

namespace {

/// What makes the nodes.
void write_space(Hdf5Writer& file, const Gas& gas) {
  if (const auto* radial = std::get_if<RadialGrid>(&gas.space)) {
    file.attribute("/", "space", std::string("radial"));
    file.attribute("/", "dimension", static_cast<std::int64_t>(radial->dimension()));
    file.attribute("/", "order", static_cast<std::int64_t>(radial->order()));
    file.attribute("/", "lmax", static_cast<std::int64_t>(radial->lmax()));
    file.write("boundaries", radial->boundaries(), {gas.units.momentum, "radii between the elements"});
    return;
  }
  if (!gas.sphere()) {
    file.attribute("/", "points", static_cast<std::int64_t>(std::get<LatticeGrid>(gas.space).points()));
    file.attribute("/", "dimension", static_cast<std::int64_t>(gas.nodes.dimension()));
    return;
  }
  const SphericalGrid& grid = *gas.sphere();
  file.attribute("/", "space", std::string("continuum"));
  file.attribute("/", "dimension", static_cast<std::int64_t>(grid.dimension()));
  file.attribute("/", "degree", static_cast<std::int64_t>(grid.degree()));
  file.attribute("/", "lmax", static_cast<std::int64_t>(grid.lmax()));
  file.attribute("/", "scale", grid.scale());
  file.attribute("/", "symmetry", name(grid.symmetry()));
  file.write("centre", grid.centre(), {gas.units.momentum, "centre of the spherical grid"});
}

}  // namespace

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

Hdf5Writer begin_result(const std::filesystem::path& directory, const std::string& command, const Gas& gas) {
  const Nodes& space = gas.nodes;
  Hdf5Writer file = begin_result(directory, command, gas.input, gas.units.conventions);
  file.attribute("/", "statistics", name(gas.input.collision.statistics));
  write_space(file, gas);

  const auto d = static_cast<std::size_t>(space.dimension());
  file.write_integers("node", indices(space.size()), {"1", "index of the momentum node"});
  file.write_integers("axis", indices(d), {"1", "index of the component of a vector"});
  file.write("momenta", space.momenta(), d, {gas.units.momentum, "momentum k", {"node", "axis"}});
  file.write("energies", space.energies(), {"energy", "energy omega(k)", {"node"}});
  file.write("weights", space.weights(), {gas.units.weight, "weight of the node in the integral over k", {"node"}});
  file.write("velocities", space.velocities(), d, {gas.units.velocity, "group velocity v(k)", {"node", "axis"}});
  return file;
}

std::vector<std::int64_t> indices(std::size_t count) {
  std::vector<std::int64_t> all(count);
  std::iota(all.begin(), all.end(), 0);
  return all;
}

void write_summary(const std::filesystem::path& directory, const Case& input, const Json& summary) {
  write_text_file(directory / "summary.json", summary.dump(2) + "\n");
  write_text_file(directory / "case.toml", resolved_toml(input));
}

}  // namespace nordheim::program
