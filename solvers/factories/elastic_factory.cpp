// SPDX-License-Identifier: GPL-3.0-or-later
#include "factories/elastic_factory.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/io/expression.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/io/smooth_expression.hpp>

#include "factories/factories.hpp"
#include "run/memory.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string_view>

namespace nordheim::program {

namespace {

/// What @p make makes; a refusal is said to be about @p key, once.
template <class Make>
auto made_from(const Case& input, std::string_view key, const Make& make) {
  try {
    return make();
  } catch (const InvalidArgument& error) {
    std::string_view sentence = error.what();
    const std::string own = std::string(key.substr(key.find('.') + 1)) + ": ";
    if (sentence.starts_with(own)) sentence.remove_prefix(own.size());
    throw InvalidArgument(input.at(key) + std::string(sentence));
  }
}

std::string_view dispersion_key(const Case& input) {
  return input.dispersion.kind == "expression" ? "dispersion.formula" : "dispersion.kind";
}

Dispersion make_smooth_dispersion(const Case& input) {
  const DispersionCase& dispersion = input.dispersion;
  return made_from(input, dispersion_key(input), [&] {
    if (dispersion.kind != "expression") return make_dispersion(input);
    const Expression formula(dispersion.formula, {"kx", "ky", "kz"});
    return Dispersion::from_formula(smooth_function(formula, input.momentum.dimension), dispersion.formula);
  });
}

Correlator lattice_correlator(const ImpurityCase& impurity, int dimension) {
  if (impurity.correlator == "delta") return Correlator::delta(impurity.variance);
  if (impurity.correlator == "table") return Correlator::table(dimension, impurity.table);
  if (impurity.correlator == "product") return Correlator::product(dimension, impurity.c, impurity.variance);
  if (impurity.correlator == "gaussian") {
    return Correlator::gaussian_lattice(dimension, impurity.length, impurity.variance);
  }
  const Expression formula(impurity.formula, {"qx", "qy", "qz"});
  return Correlator::lattice_formula(
      dimension, [formula](const Vector3& q) { return formula(q); }, impurity.formula);
}

/// With bounds, unless the formula has a kink or jump: then it is a function like another.
std::optional<SmoothFunction> smooth_if_possible(const Expression& formula) {
  try {
    return smooth_function(formula, 1);
  } catch (const InvalidArgument&) {
    return std::nullopt;
  }
}

Correlator continuum_correlator(const ImpurityCase& impurity) {
  if (impurity.correlator == "delta") return Correlator::delta(impurity.variance);
  if (impurity.correlator == "gaussian") return Correlator::gaussian(impurity.length, impurity.strength);
  if (impurity.correlator == "screened") return Correlator::screened(impurity.kappa, impurity.strength);
  const Expression formula(impurity.formula, {"q"});
  if (const auto smooth = smooth_if_possible(formula)) return Correlator::in_continuum(*smooth, impurity.formula);
  return Correlator::in_continuum([formula](double q) { return formula(std::array{q}); }, impurity.formula);
}

/// One overload for each kind of collision; lattice and continuum in each.
struct ModelMaker {
  const Case& input;
  [[nodiscard]] bool continuum() const { return input.momentum.space == "continuum"; }

  ElasticModel operator()(const ImpurityCase& impurity) const {
    const Correlator correlator = made_from(input, "collision.correlator", [&] {
      return continuum() ? continuum_correlator(impurity) : lattice_correlator(impurity, input.momentum.dimension);
    });
    if (!continuum()) {
      const Dispersion dispersion = make_smooth_dispersion(input);
      return made_from(input, dispersion_key(input), [&] { return ElasticModel::impurities(dispersion, correlator); });
    }
    if (input.dispersion.kind == "free") return ElasticModel::continuum(correlator);
    return made_from(input, "dispersion.formula", [&] {
      return ElasticModel::continuum(correlator, smooth_function(Expression(input.dispersion.formula, {"k"}), 1));
    });
  }
  ElasticModel operator()(const MassDisorderCase& disorder) const {
    const Dispersion dispersion = make_smooth_dispersion(input);
    return made_from(input, dispersion_key(input),
                     [&] { return ElasticModel::mass_disorder(dispersion, disorder.variance); });
  }
  ElasticModel operator()(const ScatterersCase& scatterers) const {
    if (scatterers.scatterer == "scattering_length") {
      return ElasticModel::point_scatterers(scatterers.density, scatterers.value);
    }
    if (scatterers.scatterer == "radius") return ElasticModel::hard_spheres(scatterers.density, scatterers.value);
    const Dispersion dispersion = make_smooth_dispersion(input);
    return made_from(input, dispersion_key(input),
                     [&] { return ElasticModel::dilute(dispersion, scatterers.density, scatterers.value); });
  }
};

/// The key that says most of how strong the scattering is.
std::string_view collision_key(const Case& input) {
  if (std::holds_alternative<ImpurityCase>(*input.elastic)) return "collision.correlator";
  return std::holds_alternative<MassDisorderCase>(*input.elastic) ? "collision.variance" : "collision.density";
}

/// Whether a momentum of the continuum has this energy, and D is a number there.
void check_isotropic(const Case& input, const ElasticModel& model, double energy) {
  try {
    static_cast<void>(model.isotropic(energy));
  } catch (const NotIncreasing& error) {
    throw InvalidArgument(input.at("dispersion.formula") + error.what());
  } catch (const InvalidArgument& error) {
    throw InvalidArgument(input.at("diffusion.energies") + error.what());
  }
  DiffusionOptions quick;
  quick.threads = 1;
  quick.super_burnett = input.diffusion.super_burnett;
  made_from(input, collision_key(input), [&] { return diffusion_curve(model, std::array{energy}, quick); });
}

/// Whether there is a shell of this energy; a van Hove energy is tried, because some models have a closed form there.
void check_energy(const Case& input, const ElasticModel& model, double energy) {
  if (!model.on_lattice()) {
    check_isotropic(input, model, energy);
    return;
  }
  const EnergyRange band = model.dispersion().range();
  const double nearest = EnergyShell::closest_van_hove * band.width();
  const auto& singular = model.van_hove();
  if (energy < band.min - nearest || energy > band.max + nearest) {
    throw InvalidArgument(input.at("diffusion.energies") + "the energy " + shortest_text(energy) +
                          " is outside the band (allowed " + shortest_text(band.min) + " to " +
                          shortest_text(band.max) + ")");
  }
  const bool close =
      std::any_of(singular.begin(), singular.end(), [&](double E) { return std::abs(E - energy) <= nearest; });
  if (!close) return;
  DiffusionOptions quick;
  quick.threads = 1;
  made_from(input, "diffusion.energies", [&] { return diffusion_curve(model, std::array{energy}, quick); });
}

DiffusionOptions diffusion_options(const Case& input, int threads) {
  DiffusionOptions options;
  options.tolerance = input.diffusion.tolerance;
  options.threads = threads;
  options.super_burnett = input.diffusion.super_burnett;
  options.spectral_gap = input.diffusion.spectral_gap;
  options.max_order = input.diffusion.max_order;
  options.max_memory = std::max<std::size_t>(1, available_memory());
  options.refusals = Refusals::recorded;
  return options;
}

}  // namespace

ElasticModel make_elastic_model(const Case& input) {
  if (!input.elastic) {
    throw InvalidArgument(
        input.at("collision.kind") + "D_kin(E) is computed for elastic scattering (found \"" +
        (input.phonons ? (input.phonons->bonds.empty() ? "four-phonon" : "three-phonon") : input.collision.kind) +
        "\", allowed \"impurity\", "
        "\"mass-disorder\", \"scatterers\"); for this case use relax or collide");
  }
  return std::visit(ModelMaker{input}, *input.elastic);
}

std::vector<double> make_energies(const Case& input, const ElasticModel& model) {
  if (const auto* grid = std::get_if<EnergyGridCase>(&input.diffusion.energies)) {
    auto energies = made_from(input, "diffusion.energies", [&] {
      return resolving_energies(model, grid->from, grid->to, grid->count, input.diffusion.tolerance);
    });
    if (!model.on_lattice()) {
      for (const double energy : energies) check_energy(input, model, energy);
    }
    return energies;
  }
  const auto& energies = std::get<std::vector<double>>(input.diffusion.energies);
  for (const double energy : energies) check_energy(input, model, energy);
  return energies;
}

std::vector<DiffusionPoint> make_curve(const Case& input, const ElasticModel& model,
                                       const std::vector<double>& energies, int threads,
                                       const std::function<void(std::size_t)>& progress) {
  try {
    return diffusion_curve(model, energies, diffusion_options(input, threads), progress);
  } catch (const NotRepresentable& error) {
    throw InvalidArgument(input.at(collision_key(input)) + error.what());
  } catch (const InvalidArgument& error) {
    throw InvalidArgument(input.at("diffusion.energies") + error.what());
  }
}

}  // namespace nordheim::program
