// SPDX-License-Identifier: GPL-3.0-or-later
#include "factories/factories.hpp"

namespace nordheim::program {

LatticeTwoBodyOptions two_body_options(const Case& input, int threads) {
  const CollisionCase& collision = input.collision;
  LatticeTwoBodyOptions options;
  options.strength = collision.strength;
  options.window = time_window_from_name(collision.window);
  options.horizon = collision.horizon;
  options.time_step = collision.time_step;
  options.energy =
      collision.energy == "reference" ? EnergyConstraint::reference_temperature : EnergyConstraint::projection;
  if (collision.rectangle_correction != "auto") options.rectangle_correction = collision.rectangle_correction == "on";
  options.engine_points = collision.engine_points;
  options.threads = threads;
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
