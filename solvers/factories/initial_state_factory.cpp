// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/expression.hpp>
#include <nordheim/io/hdf5_file.hpp>
#include <nordheim/model/equilibrium.hpp>

#include "factories/factories.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>
#include <variant>

namespace nordheim::program {

namespace {

constexpr double round_off = 1e-12;

std::vector<double> from_formula(const OccupationFormula& initial, const LatticeGrid& grid) {
  const Expression formula(initial.formula, {"kx", "ky", "kz", "k", "omega"});
  std::vector<double> W(grid.size());
  for (std::size_t a = 0; a < W.size(); ++a) {
    const Vector3 k = grid.momentum(a);
    const std::array values{k[0], k[1], k[2], std::hypot(k[0], k[1], k[2]), grid.energies()[a]};
    W[a] = formula(values);
  }
  return W;
}

std::vector<double> from_equilibrium(const Equilibrium& equilibrium, const LatticeGrid& grid) {
  std::vector<double> W(grid.size());
  for (std::size_t a = 0; a < W.size(); ++a) W[a] = equilibrium.occupation(grid.energies()[a]);
  return W;
}

std::vector<double> from_file(const StateFile& initial, const LatticeGrid& grid) {
  const Hdf5Reader file(initial.path);
  const std::string place = "initial.file = \"" + initial.path.string() + "\": ";
  const std::vector<double> momenta = file.numbers("momenta");
  const ConstState expected = grid.momenta();
  if (!std::equal(momenta.begin(), momenta.end(), expected.begin(), expected.end())) {
    throw InvalidArgument(place + "its momenta are not those of this case, " + std::to_string(grid.points()) +
                          " points per direction in dimension " + std::to_string(grid.dimension()));
  }
  const std::vector<double> states = file.numbers("W");
  if (states.empty() || states.size() % grid.size() != 0) {
    throw InvalidArgument(place + "its dataset W has " + std::to_string(states.size()) + " numbers, " +
                          std::to_string(grid.size()) + " a state are needed");
  }
  return {states.end() - static_cast<std::ptrdiff_t>(grid.size()), states.end()};  // the last of several
}

/// @throws InvalidArgument for what is no occupation; sets round-off to the bound
void check_occupations(std::vector<double>& W, const LatticeGrid& grid, Statistics statistics, Occupations accepted) {
  const double most = statistics == Statistics::fermion ? 1.0 : HUGE_VAL;
  for (std::size_t a = 0; a < W.size(); ++a) {
    if (std::isfinite(W[a]) && W[a] >= -round_off && W[a] <= most + round_off) {
      W[a] = std::clamp(W[a], 0.0, most);
      continue;
    }
    if (std::isfinite(W[a]) && accepted == Occupations::any) continue;
    const Vector3 k = grid.momentum(a);
    std::ostringstream text;
    text << "initial: the occupation is " << W[a] << " at k = (" << k[0];
    for (std::size_t j = 1; j < static_cast<std::size_t>(grid.dimension()); ++j) text << ", " << k[j];
    text << "); allowed are numbers " << (statistics == Statistics::fermion ? "from 0 to 1 for fermions" : "from 0 on");
    throw InvalidArgument(text.str());
  }
  if (std::all_of(W.begin(), W.end(), [](double w) { return w == 0.0; })) {
    throw InvalidArgument("initial: the occupation is 0 everywhere; there is nothing to collide");
  }
}

}  // namespace

std::vector<double> make_initial_state(const Case& input, const LatticeGrid& grid, Occupations accepted) {
  const Statistics statistics = input.collision.statistics;
  struct Maker {
    const LatticeGrid& grid;
    Statistics statistics;
    std::vector<double> operator()(const OccupationFormula& initial) const { return from_formula(initial, grid); }
    std::vector<double> operator()(const EquilibriumOfTemperature& initial) const {
      return from_equilibrium(Equilibrium::from_temperature(statistics, initial.temperature, initial.fugacity), grid);
    }
    std::vector<double> operator()(const EquilibriumOfBeta& initial) const {
      return from_equilibrium(Equilibrium::from_chemical_potential(statistics, initial.beta, initial.mu), grid);
    }
    std::vector<double> operator()(const StateFile& initial) const { return from_file(initial, grid); }
  };
  std::vector<double> W = std::visit(Maker{grid, statistics}, input.initial);
  check_occupations(W, grid, statistics, accepted);
  return W;
}

}  // namespace nordheim::program
