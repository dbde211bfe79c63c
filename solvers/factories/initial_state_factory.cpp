// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/expression.hpp>
#include <nordheim/io/hdf5_file.hpp>
#include <nordheim/model/equilibrium.hpp>

#include "factories/factories.hpp"
#include "factories/initial_state.hpp"

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

}  // namespace

std::vector<double> state_in_file(const StateFile& initial, ConstState momenta, const std::string& nodes) {
  const Hdf5Reader file(initial.path);
  const std::string place = "initial.file = \"" + initial.path.string() + "\": ";
  const std::vector<double> found = file.numbers("momenta");
  if (!std::equal(found.begin(), found.end(), momenta.begin(), momenta.end())) {
    throw InvalidArgument(place + "its momenta are not those of this case, " + nodes);
  }
  const std::size_t size = momenta.size() / file.shape("momenta").back();
  const std::vector<double> states = file.numbers("W");
  if (states.empty() || states.size() % size != 0) {
    throw InvalidArgument(place + "its dataset W has " + std::to_string(states.size()) + " numbers, " +
                          std::to_string(size) + " a state are needed");
  }
  return {states.end() - static_cast<std::ptrdiff_t>(size), states.end()};  // the last of several
}

void check_occupation_range(std::vector<double>& W, ConstState momenta, Statistics statistics, Occupations accepted) {
  const double most = statistics == Statistics::fermion ? 1.0 : HUGE_VAL;
  const bool waves = statistics == Statistics::classical_wave;  // their entropy is log W
  const std::size_t d = momenta.size() / W.size();
  for (std::size_t a = 0; a < W.size(); ++a) {
    const bool inside = waves ? W[a] > 0.0 : W[a] >= -round_off;
    if (std::isfinite(W[a]) && inside && W[a] <= most + round_off) {
      W[a] = std::clamp(W[a], 0.0, most);
      continue;
    }
    if (std::isfinite(W[a]) && accepted == Occupations::any) continue;
    std::ostringstream text;
    text << "initial: the occupation is " << W[a] << " at k = (" << momenta[a * d];
    for (std::size_t j = 1; j < d; ++j) text << ", " << momenta[a * d + j];
    text << "); allowed are numbers "
         << (statistics == Statistics::fermion ? "from 0 to 1 for fermions"
             : waves                           ? "above 0 for classical waves"
                                               : "from 0 on");
    throw InvalidArgument(text.str());
  }
}

void check_occupations(std::vector<double>& W, ConstState momenta, Statistics statistics, Occupations accepted) {
  check_occupation_range(W, momenta, statistics, accepted);
  if (std::all_of(W.begin(), W.end(), [](double w) { return w == 0.0; })) {
    throw InvalidArgument("initial: the occupation is 0 everywhere; there is nothing to collide");
  }
}

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
    std::vector<double> operator()(const StateFile& initial) const {
      return state_in_file(
          initial, grid.momenta(),
          std::to_string(grid.points()) + " points per direction in dimension " + std::to_string(grid.dimension()));
    }
    std::vector<double> operator()(const MicroscopicCase& /*initial*/) const {
      throw InvalidArgument("initial.microscopic is for a state in a box");  // as the reader has said already
    }
  };
  std::vector<double> W = std::visit(Maker{grid, statistics}, input.initial);
  check_occupations(W, grid.momenta(), statistics, accepted);
  return W;
}

}  // namespace nordheim::program
