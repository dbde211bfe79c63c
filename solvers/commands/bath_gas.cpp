// SPDX-License-Identifier: GPL-3.0-or-later
// Electrons in a phonon bath, as `collide` and `relax` start from them.
#include <nordheim/core/error.hpp>
#include <nordheim/io/hdf5_file.hpp>
#include <nordheim/momentum/fourier_series.hpp>
#include <nordheim/momentum/sample.hpp>

#include "commands/gas.hpp"
#include "commands/placed.hpp"
#include "factories/bath_factory.hpp"
#include "factories/factories.hpp"
#include "factories/initial_state.hpp"
#include "run/memory.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <sstream>
#include <utility>
#include <variant>

namespace nordheim::program {

namespace {

using Occupation = std::function<double(const Vector3&)>;

GasUnits units(bool continuum) {
  const std::string entropy = "; entropy is that of electron and bath, S - E/T";
  if (continuum) {
    return continuum_units(
        "; a node stands for all momenta that rotations about e_3 (isotropic states: all rotations) make of "
        "it\nC(W)(k) = "
        "int dk' [rate(k'->k) W(k') - rate(k->k') W(k)], rate(k->k') = 2 pi |g(k-k')|^2 [(n+1) "
        "delta(omega-omega'-omega_ph) + n delta(omega-omega'+omega_ph)]" +
            entropy,
        "a higher order or lmax");
  }
  return lattice_units(
      "\nC(W)(k) = int dk' [R(k'->k) W(k') - R(k->k') W(k)], R(k->k') = 2 pi g^2 [(n+1) "
      "delta(omega-omega'-omega0) + n delta(omega-omega'+omega0)]" +
      entropy);
}

void require_initial_state(const Case& input) {
  const auto* formula = std::get_if<OccupationFormula>(&input.initial);
  if (formula == nullptr || !formula->formula.empty()) return;
  throw InvalidArgument(input.at("collision.kind") +
                        "relax and collide need a section [initial] (found none; transport needs none)");
}

/// @brief From where on k²W is below a share of its maximum, along and across the axis; at least @p least.
/// @throws InvalidArgument if that is nowhere
double reach(const Occupation& W, double least, double temperature, double negligible) {
  constexpr double step = 1.05, largest_exponent = 550.0;
  const double last = std::sqrt(2.0 * largest_exponent * temperature);
  double largest = 0.0, end = least, k = 1e-3 * least;
  while (k < last) {
    double here = 0.0;
    for (const double cosine : {-1.0, -0.5, 0.0, 0.5, 1.0}) {
      here = std::max(here, std::abs(W({k * std::sqrt(1.0 - cosine * cosine), 0.0, k * cosine})) * k * k);
    }
    largest = std::max(largest, here);
    k *= step;
    if (here > negligible * largest) end = std::max(end, k);
  }
  if (end >= last) {
    std::ostringstream text;
    text << "the occupation has not decayed at |k| = " << last
         << ", where e^{-omega/temperature} is no longer a normal number; a hot electron must be cooler than that";
    throw InvalidArgument(text.str());
  }
  return end;
}

/// @throws InvalidArgument if W has not decayed at the last radius of the grid
void require_inside(const Occupation& W, const RadialGrid& grid, double temperature) {
  constexpr double share = 1e-6;
  const double last = grid.boundaries().back(), end = reach(W, last, temperature, share);
  if (end <= last) return;
  std::ostringstream text;
  text << "the grid ends at |k| = " << last << ", but k^2 W of the initial state falls below " << share
       << " of its maximum at " << end << " only; allowed are \"auto\" and numbers from there on";
  throw InvalidArgument(text.str());
}

/// @throws InvalidArgument if W is not what the symmetry of the grid says
void require_symmetry(const Occupation& W, const RadialGrid& grid) {
  double largest = 0.0;
  for (std::size_t a = 0; a < grid.size(); ++a) largest = std::max(largest, std::abs(W(grid.momentum(a))));
  constexpr double tolerance = 1e-9;
  for (std::size_t a = 0; a < grid.size(); ++a) {
    const Vector3 k = grid.momentum(a);
    const double r = std::hypot(k[0], k[1], k[2]), here = W(k);
    for (const double angle : {0.7, 2.1, 4.0}) {
      const Vector3 turned = grid.lmax() > 0
                                 ? Vector3{k[0] * std::cos(angle), k[0] * std::sin(angle), k[2]}
                                 : Vector3{r * std::sin(angle) * 0.6, r * std::sin(angle) * 0.8, r * std::cos(angle)};
      if (std::abs(W(turned) - here) <= tolerance * largest) continue;
      std::ostringstream text;
      text << "the occupation is " << W(turned) << " at k = (" << turned[0] << ", " << turned[1] << ", " << turned[2]
           << ") and " << here << " at k = (" << k[0] << ", " << k[1] << ", " << k[2] << "); "
           << (grid.lmax() > 0 ? "it must not depend on the angle about e_3"
                               : "with momentum.symmetry = \"isotropic\" it must depend on |k| only");
      throw InvalidArgument(text.str());
    }
  }
}

}  // namespace

RadialGrid bath_grid_of(const Case& input, const Occupation& W) {
  const BathCase& bath = *input.bath;
  const Phonons phonons = make_phonons(bath);
  PhononBathGridOptions options = bath_grid_options(bath);
  const char* const size = options.largest_momentum ? "momentum.largest_momentum" : "collision.temperature";
  RadialGrid thermal =
      placed_by_name(input, size, [&] { return phonon_bath_grid(phonons, bath.temperature, options); });
  if (options.largest_momentum) {
    if (W) placed(input, size, [&] { return require_inside(W, thermal, bath.temperature), 0; });
    return thermal;
  }
  if (!W) {
    // The boundaries of the run that the state comes from.
    const std::vector<double> boundaries = Hdf5Reader(std::get<StateFile>(input.initial).path).numbers("boundaries");
    options.largest_momentum = boundaries.empty() ? 1.0 : boundaries.back() * (1.0 - 1e-12);
  } else {
    options.largest_momentum = placed(input, initial_key(input), [&] {
      constexpr double negligible = 1e-14;
      return reach(W, thermal.boundaries().back() * (1.0 - 1e-12), bath.temperature, negligible);
    });
  }
  return phonon_bath_grid(phonons, bath.temperature, options);
}

namespace {

/// e^{−β(ω−μ)} with the number of electrons of a state.
Equilibrium maxwell(double temperature, double number, ConstState energies, ConstState weights) {
  double thermal = 0.0;
  for (std::size_t a = 0; a < energies.size(); ++a) thermal += weights[a] * std::exp(-energies[a] / temperature);
  return Equilibrium::from_chemical_potential(Statistics::classical, 1.0 / temperature,
                                              temperature * std::log(number / thermal));
}

template <class Operator>
Gas gas_of(Case input, Operator op, std::vector<double> W, const Occupation& W_at, const std::string& place) {
  const auto& space = op.space();
  const double temperature = input.bath->temperature;
  const Moments moments = moments_of(W, space.energies(), space.weights());
  if (!(moments.number > 0.0)) throw InvalidArgument(input.at(initial_key(input)) + "the state has no electrons");
  std::vector<double> stationary(W.size());
  op.stationary_state(W, stationary);
  const bool continuum = input.momentum.space == "continuum";
  const Equilibrium equilibrium = maxwell(temperature, moments.number, space.energies(), space.weights());
  return {.input = std::move(input),
          .space = space,
          .nodes = Nodes(space),
          .units = units(continuum),
          .place = place,
          .W = std::move(W),
          .W_at = W_at,
          .moments = moments,
          .equilibrium = equilibrium,
          .velocity = {},
          .equilibrium_W = std::move(stationary),
          .collisions = AnyCollisions(std::move(op)),
          .bath_beta = 1.0 / temperature};
}

}  // namespace

Gas continuum_bath_of(Case input, const RadialGrid& grid, std::vector<double> W, const OccupationAt& W_at) {
  const BathCase& bath = *input.bath;
  const Phonons phonons = make_phonons(bath);
  PhononBath op =
      placed_by_name(input, "momentum.largest_momentum", [&] { return PhononBath(grid, bath.temperature, phonons); });
  std::ostringstream place;
  place << "in R^3 among " << description(phonons) << " at temperature " << bath.temperature << ", " << grid.size()
        << " nodes";
  return gas_of(std::move(input), std::move(op), std::move(W), W_at, place.str());
}

Gas lattice_bath_of(Case input, const LatticeGrid& grid, std::vector<double> W) {
  const BathCase& bath = *input.bath;
  LatticePhononBath op = placed_by_name(
      input, "collision.omega0", [&] { return LatticePhononBath(grid, lattice_bath_options(bath, bath.temperature)); });
  std::ostringstream place;
  place << "on " << grid.points() << '^' << grid.dimension() << " nodes, " << grid.dispersion().description()
        << ", among optical phonons of frequency " << bath.omega0 << ", coupling " << bath.coupling
        << ", at temperature " << bath.temperature;
  FourierSeries W_at(grid, W);
  return gas_of(std::move(input), std::move(op), std::move(W), W_at, place.str());
}

namespace {

Gas continuum_bath(Case input, Occupations accepted, double vectors) {
  Occupation W_at = placed(input, initial_key(input), [&] { return make_initial_occupation(input); });
  const RadialGrid grid = bath_grid_of(input, W_at);
  require_memory(static_cast<std::size_t>(bath_operator_bytes(grid) + 8.0 * vectors * static_cast<double>(grid.size())),
                 "momentum.order = " + std::to_string(grid.order()));
  std::vector<double> W = placed(input, initial_key(input), [&] {
    return W_at ? sample(grid, W_at)
                : state_in_file(std::get<StateFile>(input.initial), grid.momenta(),
                                "order " + std::to_string(grid.order()) + ", lmax " + std::to_string(grid.lmax()));
  });
  check_occupations(W, grid.momenta(), Statistics::classical, accepted);
  if (W_at) {
    placed(input, initial_key(input), [&] { return require_symmetry(W_at, grid), 0; });
  } else {
    W_at = [grid, W](const Vector3& k) { return grid.interpolate(W, k); };
  }
  return continuum_bath_of(std::move(input), grid, std::move(W), W_at);
}

Gas lattice_bath(Case input, Occupations accepted, double vectors) {
  const double nodes = std::pow(input.momentum.points, input.momentum.dimension);
  require_memory(static_cast<std::size_t>(8.0 * (vectors + 8.0) * nodes),
                 "momentum.points = " + std::to_string(input.momentum.points) + " in dimension " +
                     std::to_string(input.momentum.dimension));
  const LatticeGrid grid = make_grid(input, make_dispersion(input));
  std::vector<double> W = make_initial_state(input, grid, accepted);
  return lattice_bath_of(std::move(input), grid, std::move(W));
}

}  // namespace

double bath_operator_bytes(const RadialGrid& grid) {
  return 2.0 * 12.0 * 4.0 * grid.order() * static_cast<double>(grid.radial_points()) * (grid.lmax() + 1);
}

Gas make_bath_gas(Case input, Occupations accepted, double vectors) {
  require_initial_state(input);
  const auto make = input.momentum.space == "continuum" ? continuum_bath : lattice_bath;
  return make(std::move(input), accepted, vectors);
}

}  // namespace nordheim::program
