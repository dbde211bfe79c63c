// SPDX-License-Identifier: GPL-3.0-or-later
#include "case/evolution_sections.hpp"

#include <nordheim/io/number_text.hpp>

#include "case/case_text.hpp"
#include "case/continuum_sections.hpp"
#include "case/microscopic_section.hpp"
#include "case/space_section.hpp"

#include <array>
#include <limits>
#include <utility>

namespace nordheim::program {

namespace {

constexpr long long most_outputs = 1'000'000;
constexpr NumberRule relative_tolerance{[](double x) { return x > 1e-14 && x < 1.0; }, "1e-14 < number < 1"};

Vector3 velocity_of(Section& section, bool continuum) {
  return continuum ? section.vector_or("", "velocity").value_or(Vector3{}) : Vector3{};
}

InitialCase read_equilibrium(Section section, const MomentumCase& momentum) {
  InitialCase initial;
  const bool continuum = momentum.space == "continuum";
  const bool by_temperature = section.has("temperature") || section.has("fugacity");
  const bool by_beta = section.has("beta") || section.has("mu");
  if (by_temperature == by_beta) {
    // What is no table has been reported already.
    if (section.present()) {
      section.mistake("",
                      "initial.equilibrium must be given by either temperature and fugacity or beta and mu (found " +
                          std::string(by_beta ? "keys of both" : "none of them") + ")");
    }
    section.ignore_other_keys();
  } else if (by_temperature) {
    // Energies without upper bound: no negative temperatures.
    const NumberRule rule = continuum ? positive : not_zero;
    initial = EquilibriumOfTemperature{section.number("temperature", rule), section.number("fugacity", positive),
                                       velocity_of(section, continuum)};
  } else {
    const NumberRule rule = continuum ? positive : any_number;
    initial = EquilibriumOfBeta{section.number("beta", rule), section.number("mu", any_number),
                                velocity_of(section, continuum)};
  }
  if (!continuum) refuse_keys_of_other_space(section, {"velocity"}, momentum);
  section.close();
  return initial;
}

/// Waves live on all sites of a lattice, which a box has and a surface of constant energy has not.
InitialCase read_waves(Section& section, const MomentumCase& momentum, Surroundings around,
                       const std::filesystem::path& directory) {
  if (around != Surroundings::box || momentum.space != "lattice") {
    const std::string found = around == Surroundings::homogeneous ? "none"
                              : momentum.space == "lattice"       ? "momentum.space = \"shell\""
                                                                  : "momentum.space = \"continuum\"";
    section.mistake(
        "microscopic",
        "initial.microscopic is for the momenta of a lattice in a box: momentum.space = \"lattice\" and the "
        "section [space] (found " +
            found + ")");
    return {};
  }
  return read_microscopic(section.inner("microscopic"), momentum, directory);
}

}  // namespace

InitialCase read_initial(Section section, const MomentumCase& momentum, Surroundings around,
                         const std::filesystem::path& directory) {
  constexpr std::array kinds{"occupation", "equilibrium", "file", "microscopic"};
  InitialCase initial;
  std::string found;
  for (const char* kind : kinds) {
    if (section.has(kind)) found += (found.empty() ? "" : " and ") + std::string(kind);
  }
  if (found.empty() || found.find(" and ") != std::string::npos) {
    section.mistake(
        "[initial] must have exactly one of the keys occupation, equilibrium, file and microscopic (found " +
        (found.empty() ? std::string("none") : found) + ")");
  }
  if (section.has("occupation")) {
    initial =
        OccupationFormula{section.formula("occupation", occupation_variables(around != Surroundings::homogeneous))};
  }
  if (section.has("equilibrium")) initial = read_equilibrium(section.inner("equilibrium"), momentum);
  if (section.has("file")) initial = StateFile{section.file("file", "a result of an earlier run", directory)};
  if (section.has("microscopic")) initial = read_waves(section, momentum, around, directory);
  for (const char* kind : kinds) section.value(kind);
  section.close();
  return initial;
}

TimeCase read_time(Section section, bool stiff, const std::optional<SpaceCase>& space) {
  constexpr double default_distance = 1e-10;
  constexpr double atol_by_rtol = 1e-2;
  TimeCase time;
  if (space) time.rtol = 1e-8;
  const bool has_end = section.has("end");
  const bool has_distance = section.has("until_equilibrium");
  const double end = section.number("end", positive, default_distance);
  const double distance = section.number("until_equilibrium", positive, default_distance);
  if (has_end) time.end = end;
  if (has_distance || !has_end) time.until_equilibrium = distance;
  time.rtol = section.number("rtol", relative_tolerance, time.rtol);
  time.atol = section.number_or("auto", "atol", positive).value_or(time.rtol * atol_by_rtol);
  if (stiff) time.method = "bdf";
  WordRule methods{{"adams", "bdf", "explicit"}, {"imex"}};
  if (space) {
    time.method = "auto";
    methods = {{"auto", "lawson", "bdf", "adams", "explicit", "strang", "imex"}};
    time.step = section.number_or("auto", "step", positive);
  }
  time.method = section.word("method", methods, time.method).value_or("");
  const bool bounded = space && space->streaming == "bounded", automatic = time.method == "auto";
  if (bounded && !automatic && time.method != "strang" && !time.method.empty()) {
    section.mistake("method", "space.streaming = \"bounded\" needs time.method = \"strang\" or \"auto\" (found \"" +
                                  time.method + "\")");
  }
  if (time.step && time.method != "strang" && !(bounded && automatic)) {
    section.mistake(
        "step", "time.step is for time.method = \"strang\" (found \"" + time.method + "\", which chooses its steps)");
  }
  if (space && !space->force.empty() && time.until_equilibrium) {
    section.mistake("until_equilibrium",
                    "time.until_equilibrium has no meaning in a constant force, where there is no equilibrium (allowed "
                    "time.end alone)");
  }
  constexpr long long most_steps = std::numeric_limits<long>::max();
  time.max_steps = static_cast<long>(section.integer("max_steps", {1, most_steps}, time.max_steps));
  section.close();
  return time;
}

TimeCase read_exact_time(Section section) {
  TimeCase time;
  time.end = section.number("end", positive);
  for (const char* key : {"until_equilibrium", "rtol", "atol", "method", "max_steps", "step"}) {
    if (!section.has(key)) continue;
    section.value(key);  // refused here, not unknown
    section.mistake(
        key,
        section.full(key) + " is not for momentum.space = \"shell\", whose evolution needs no tolerance (allowed end)");
  }
  section.close();
  return time;
}

OutputCase read_output(Section section, const std::optional<double>& end) {
  OutputCase output;
  const toml::node* const times = section.value("times");
  if (times != nullptr && times->is_array()) {
    auto list = section.increasing_numbers("times", not_negative);
    if (end && !list.empty() && list.back() > *end) {
      section.mistake("times", "output.times goes beyond time.end (found " + shortest_text(list.back()) +
                                   ", allowed up to " + shortest_text(*end) + ")");
    }
    output.times = std::move(list);
  } else {
    output.times = static_cast<int>(section.integer("times", {1, most_outputs}, std::get<int>(output.times)));
  }
  output.snapshots = static_cast<int>(section.integer("snapshots", {2, most_outputs}, output.snapshots));
  output.checkpoint = read_checkpoint(section);
  section.close();
  return output;
}

}  // namespace nordheim::program
