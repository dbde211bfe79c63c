// SPDX-License-Identifier: GPL-3.0-or-later
#include "factories/state_in_space.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/io/expression.hpp>
#include <nordheim/io/hdf5_file.hpp>
#include <nordheim/model/moving_equilibrium.hpp>

#include "case/space_section.hpp"
#include "commands/placed.hpp"
#include "factories/initial_state.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>
#include <variant>

namespace nordheim::program {

namespace {

struct Maker {
  const Case& input;
  OccupationInSpace operator()(const OccupationFormula& initial) const {
    const bool axial = input.momentum.space == "continuum" && input.momentum.spherical.symmetry == "axial";
    return [formula = Expression(initial.formula, occupation_variables(true)), axial](const Vector3& r,
                                                                                      const Vector3& k, double omega) {
      return formula(
          std::array{k[0], k[1], k[2], std::hypot(k[0], k[1], k[2]), omega, r[0], r[1], axial ? r[0] : r[2]});
    };
  }
  OccupationInSpace operator()(const EquilibriumOfTemperature& initial) const {
    return homogeneous(Equilibrium::from_temperature(input.collision.statistics, initial.temperature, initial.fugacity),
                       initial.velocity);
  }
  OccupationInSpace operator()(const EquilibriumOfBeta& initial) const {
    return homogeneous(Equilibrium::from_chemical_potential(input.collision.statistics, initial.beta, initial.mu),
                       initial.velocity);
  }
  OccupationInSpace operator()(const StateFile& /*initial*/) const { return {}; }
  OccupationInSpace operator()(const MicroscopicCase& /*initial*/) const { return {}; }

  [[nodiscard]] OccupationInSpace homogeneous(const Equilibrium& at_rest, const Vector3& velocity) const {
    if (input.momentum.space == "continuum") {
      return [eq = MovingEquilibrium{at_rest, velocity}](const Vector3&, const Vector3& k, double) {
        return eq.occupation(k);
      };
    }
    return [at_rest](const Vector3&, const Vector3&, double omega) { return at_rest.occupation(omega); };
  }
};

std::string position_text(const PeriodicBox& box, std::size_t node) {
  const Vector3 r = box.position(node);
  std::ostringstream text;
  text << "at position (" << r[0];
  for (std::size_t j = 1; j < static_cast<std::size_t>(box.dimension()); ++j) text << ", " << r[j];
  text << "): ";
  return text.str();
}

/// A formula of x, y and z at all nodes.
/// @throws InvalidArgument naming the position where a value is not finite or not allowed
std::vector<double> at_positions(const std::string& formula, const PeriodicBox& box, const char* what,
                                 const NumberRule& rule) {
  const Expression value_at(formula, {"x", "y", "z"});
  std::vector<double> values(box.size());
  for (std::size_t r = 0; r < values.size(); ++r) {
    const Vector3 x = box.position(r);
    values[r] = value_at(std::array{x[0], x[1], x[2]});
    if (rule.allowed(values[r]) && std::isfinite(values[r])) continue;
    std::ostringstream text;
    text << position_text(box, r) << "the " << what << " is " << values[r] << "; allowed is " << rule.words;
    throw InvalidArgument(text.str());
  }
  return values;
}

/// The last state of a file: in space if it has positions, else the same everywhere.
std::vector<double> from_file(const StateFile& initial, const PeriodicBox& box, const MomentumNodes& momenta,
                              const std::string& nodes) {
  const Hdf5Reader file(initial.path);
  if (!file.has("x")) {
    const std::vector<double> one = state_in_file(initial, momenta.momenta, nodes);
    std::vector<double> all;
    for (std::size_t r = 0; r < box.size(); ++r) all.insert(all.end(), one.begin(), one.end());
    return all;
  }
  const std::string place = "initial.file = \"" + initial.path.string() + "\": ";
  const std::vector<double> k = file.numbers("momenta"), x = file.numbers("x");
  if (!std::equal(k.begin(), k.end(), momenta.momenta.begin(), momenta.momenta.end())) {
    throw InvalidArgument(place + "its momenta are not those of this case, " + nodes);
  }
  if (!std::equal(x.begin(), x.end(), box.positions().begin(), box.positions().end())) {
    throw InvalidArgument(place + "its positions x are not those of space.box and space.points");
  }
  std::vector<double> W = file.numbers("W");
  const std::size_t size = box.size() * momenta.energies.size();
  if (W.size() != size) {
    throw InvalidArgument(place + "its dataset W has " + std::to_string(W.size()) + " numbers, " +
                          std::to_string(size) + " are needed");
  }
  return W;
}

}  // namespace

PeriodicBox make_box(const Case& input) {
  return placed(input, "space.box", [&] { return PeriodicBox(input.space->box, input.space->points); });
}

std::vector<double> make_collision_factor(const Case& input, const PeriodicBox& box) {
  return placed(input, "space.density", [&] {
    std::vector<double> n = at_positions(input.space->density, box, "density", not_negative);
    if (std::all_of(n.begin(), n.end(), [](double x) { return x == 0.0; })) {
      throw InvalidArgument("the density is 0 everywhere; there are no collisions");
    }
    return n;
  });
}

std::vector<double> make_potential(const Case& input, const PeriodicBox& box) {
  if (input.space->potential.empty()) return {};
  return placed(input, "space.potential",
                [&] { return at_positions(input.space->potential, box, "potential", any_number); });
}

OccupationInSpace make_occupation_in_space(const Case& input) { return std::visit(Maker{input}, input.initial); }

std::function<double(const Vector3&)> mean_over(const PeriodicBox& box, const OccupationInSpace& W) {
  return [box, W](const Vector3& k) {
    const double omega = 0.5 * (k[0] * k[0] + k[1] * k[1] + k[2] * k[2]);
    double sum = 0.0;
    for (std::size_t r = 0; r < box.size(); ++r) sum += W(box.position(r), k, omega);
    return sum / static_cast<double>(box.size());
  };
}

std::vector<double> sample_in_space(const Case& input, const PeriodicBox& box, const OccupationInSpace& W,
                                    const MomentumNodes& momenta, const std::string& nodes) {
  const std::size_t count = momenta.energies.size(), d = momenta.momenta.size() / count;
  std::vector<double> all;
  if (W) {
    all.reserve(box.size() * count);
    for (std::size_t r = 0; r < box.size(); ++r) {
      const Vector3 x = box.position(r);
      for (std::size_t a = 0; a < count; ++a) {
        Vector3 k{};
        for (std::size_t j = 0; j < d; ++j) k[j] = momenta.momenta[a * d + j];
        all.push_back(W(x, k, momenta.energies[a]));
      }
    }
  } else {
    all = from_file(std::get<StateFile>(input.initial), box, momenta, nodes);
  }
  std::vector<double> one(count);
  for (std::size_t r = 0; r < box.size(); ++r) {
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(r * count);
    std::copy_n(begin, count, one.begin());
    try {
      check_occupation_range(one, momenta.momenta, input.collision.statistics, Occupations::physical);
    } catch (const InvalidArgument& error) {
      throw InvalidArgument(position_text(box, r) + error.what());
    }
    std::copy(one.begin(), one.end(), begin);
  }
  if (std::all_of(all.begin(), all.end(), [](double w) { return w == 0.0; })) {
    throw InvalidArgument("initial: the occupation is 0 everywhere; there is nothing to evolve");
  }
  return all;
}

std::vector<double> mean_state(ConstState W, std::size_t positions) {
  std::vector<double> mean(W.size() / positions, 0.0);
  for (std::size_t i = 0; i < W.size(); ++i) mean[i % mean.size()] += W[i] / static_cast<double>(positions);
  return mean;
}

}  // namespace nordheim::program
