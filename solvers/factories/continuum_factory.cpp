// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/expression.hpp>
#include <nordheim/io/hdf5_file.hpp>
#include <nordheim/model/moving_equilibrium.hpp>
#include <nordheim/momentum/spherical_fit.hpp>

#include "factories/factories.hpp"

#include <array>
#include <cmath>
#include <variant>

namespace nordheim::program {

namespace {

using Occupation = std::function<double(const Vector3&)>;

struct OccupationMaker {
  Statistics statistics;
  Occupation operator()(const OccupationFormula& initial) const {
    return [formula = Expression(initial.formula, {"kx", "ky", "kz", "k", "omega"})](const Vector3& k) {
      const double length = std::hypot(k[0], k[1], k[2]);
      return formula(std::array{k[0], k[1], k[2], length, 0.5 * length * length});
    };
  }
  Occupation operator()(const EquilibriumOfTemperature& initial) const {
    return moving(Equilibrium::from_temperature(statistics, initial.temperature, initial.fugacity), initial.velocity);
  }
  Occupation operator()(const EquilibriumOfBeta& initial) const {
    return moving(Equilibrium::from_chemical_potential(statistics, initial.beta, initial.mu), initial.velocity);
  }
  Occupation operator()(const StateFile& /*initial*/) const { return {}; }
  Occupation operator()(const MicroscopicCase& /*initial*/) const { return {}; }

  static Occupation moving(const Equilibrium& at_rest, const Vector3& velocity) {
    return [equilibrium = MovingEquilibrium{at_rest, velocity}](const Vector3& k) { return equilibrium.occupation(k); };
  }
};

/// The centre and scale that a result was made with.
SphericalGridOptions with_grid_of(const StateFile& initial, SphericalGridOptions options) {
  const Hdf5Reader file(initial.path);
  if (!file.has("centre") || !file.has_attribute("/", "scale")) {
    throw InvalidArgument("initial.file = \"" + initial.path.string() +
                          "\": it is no result of a gas in the continuum");
  }
  const std::vector<double> centre = file.numbers("centre");
  if (centre.size() == options.centre.size()) std::copy(centre.begin(), centre.end(), options.centre.begin());
  options.scale = file.number_attribute("/", "scale");
  return options;
}

/// V̂(q); empty for contact.
std::function<double(double)> potential_of(const CollisionCase& collision) {
  if (collision.potential == "contact") return {};
  return [formula = Expression(collision.potential, {"q"})](double q) { return formula(std::array{q}); };
}

}  // namespace

Occupation make_initial_occupation(const Case& input) {
  return std::visit(OccupationMaker{input.collision.statistics}, input.initial);
}

SphericalGridOptions grid_options(const SphericalCase& spherical) {
  SphericalGridOptions options;
  options.degree = spherical.degree;
  options.lmax = spherical.lmax;
  options.symmetry = momentum_symmetry_from_name(spherical.symmetry);
  return options;
}

SphericalGridOptions spherical_options(const Case& input, const Occupation& W) {
  const SphericalCase& spherical = input.momentum.spherical;
  SphericalGridOptions options = grid_options(spherical);
  if (!spherical.scale || !spherical.centre) {
    options = W ? fitted_to(W, input.collision.statistics, options)
                : with_grid_of(std::get<StateFile>(input.initial), options);
  }
  options.scale = spherical.scale.value_or(options.scale);
  options.centre = spherical.centre.value_or(options.centre);
  return options;
}

bool has_exchange(const CollisionCase& collision) {
  return collision.potential != "contact" && collision.exchange == "full" &&
         collision.statistics != Statistics::classical;
}

IsotropicTwoBodyOptions isotropic_two_body_options(const Case& input, int threads) {
  IsotropicTwoBodyOptions options;
  options.strength = input.collision.strength;
  options.potential = potential_of(input.collision);
  options.threads = threads;
  return options;
}

SphericalTwoBodyOptions spherical_two_body_options(const Case& input, int threads) {
  const CollisionCase& collision = input.collision;
  SphericalTwoBodyOptions options;
  options.strength = collision.strength;
  options.extra_degree = collision.extra_degree;
  options.threads = threads;
  options.potential = potential_of(collision);
  return options;
}

}  // namespace nordheim::program
