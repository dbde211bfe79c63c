// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/gas.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/io/output_directory.hpp>

#include "case/phonon_sections.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <variant>

namespace nordheim::program {

std::string Gas::description() const {
  const bool waves = input.collision.statistics == Statistics::classical_wave;
  if (is_phonon_kind(input.collision.kind)) return (waves ? "classical waves " : "phonons ") + place;
  if (bath_beta) return "an electron " + place;
  return name(input.collision.statistics) +
         (input.collision.statistics == Statistics::classical ? " particles " : "s ") + place;
}

double estimated_error(const Gas& gas, AnyCollisions& op) {
  if (!gas.input.collision.error_estimate) return std::numeric_limits<double>::quiet_NaN();
  // A state from a file is known on its nodes only.
  const bool known = !std::holds_alternative<StateFile>(gas.input.initial);
  return (known ? op.error_estimate(gas.W, gas.W_at) : op.error_estimate(gas.W)).relative;
}

double vectors_of_relax(const Case& input) {
  // Adams keeps 13 vectors of history, BDF 6 and a Krylov space of 10, Runge–Kutta 13 stages; each some more.
  constexpr double integrator = 22.0, own = 6.0;
  // The snapshots at the end of a run, when the integrator is gone: kept, in one array, in the file, and in its image.
  constexpr double copies = 4.0;
  return std::max(integrator + own + input.output.snapshots, vectors_of_result + copies * input.output.snapshots);
}

Gas make_gas(Case input, int threads, Occupations accepted, double vectors, const std::filesystem::path& directory) {
  if (input.space) {
    throw InvalidArgument(input.at("space.box") +
                          "relax and collide are for homogeneous states (found a section [space]); for this case use "
                          "evolve");
  }
  if (input.elastic) {
    throw InvalidArgument(input.at("collision.kind") +
                          "relax and collide are for two-body collisions and phonons (found elastic scattering, "
                          "allowed \"two-body\", \"four-phonon\" and \"three-phonon\"); for this case use diffusion");
  }
  if (input.transport || input.lattice_transport || input.phonons) {
    throw InvalidArgument(input.at(input.transport ? "transport.fugacity" : "transport.temperature") +
                          "relax and collide are not for a case with the section [transport]; for this case use "
                          "transport");
  }
  if (input.bath) {
    Gas gas = make_bath_gas(std::move(input), accepted, vectors);
    make_output_directory(directory);
    return gas;
  }
  const auto make = input.momentum.space == "continuum" ? make_continuum_gas : make_lattice_gas;
  Gas gas = make(std::move(input), threads, accepted, vectors);
  make_output_directory(directory);
  return gas;
}

std::filesystem::path output_directory(const RunOptions& options, const std::string& suffix) {
  return options.output.value_or(options.case_file.stem().string() + suffix);
}

}  // namespace nordheim::program
