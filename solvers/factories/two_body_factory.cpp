// SPDX-License-Identifier: GPL-3.0-or-later
#include "factories/factories.hpp"

namespace nordheim::program {

namespace {

/// The keys that all collisions on a lattice have.
template <class Options>
void discretise(const CollisionCase& collision, int threads, Options& options) {
  options.window = time_window_from_name(collision.window);
  options.horizon = collision.horizon;
  options.time_step = collision.time_step;
  options.energy =
      collision.energy == "reference" ? EnergyConstraint::reference_temperature : EnergyConstraint::projection;
  options.threads = threads;
}

}  // namespace

LatticeTwoBodyOptions two_body_options(const Case& input, int threads) {
  const CollisionCase& collision = input.collision;
  LatticeTwoBodyOptions options;
  options.strength = collision.strength;
  discretise(collision, threads, options);
  if (collision.rectangle_correction != "auto") options.rectangle_correction = collision.rectangle_correction == "on";
  options.engine_points = collision.engine_points;
  return options;
}

FourPhononOptions four_phonon_options(const Case& input, int threads) {
  FourPhononOptions options;
  options.lambda = input.collision.lambda;
  options.processes =
      input.collision.processes == "scattering" ? FourPhononProcesses::scattering : FourPhononProcesses::resonant;
  discretise(input.collision, threads, options);
  return options;
}

ThreePhononOptions three_phonon_options(const Case& input, int threads) {
  ThreePhononOptions options;
  options.bonds = input.collision.bonds;
  discretise(input.collision, threads, options);
  return options;
}

EvolutionOptions evolution_options(const Case& input) {
  EvolutionOptions options;
  options.method = evolution_method_from_name(input.time.method);
  options.rtol = input.time.rtol;
  options.atol = input.time.atol;
  options.max_steps = input.time.max_steps;
  return options;
}

}  // namespace nordheim::program
