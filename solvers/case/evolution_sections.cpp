// SPDX-License-Identifier: GPL-3.0-or-later
#include "case/evolution_sections.hpp"

#include <nordheim/io/number_text.hpp>

#include "case/case_text.hpp"
#include "case/continuum_sections.hpp"
#include "case/space_section.hpp"

#include <limits>
#include <system_error>
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

StateFile read_state_file(Section& section, const std::filesystem::path& directory) {
  const std::string name = section.text("file");
  std::error_code failure;
  const auto path = std::filesystem::absolute(directory / name, failure).lexically_normal();
  if (!name.empty() && (failure || !std::filesystem::is_regular_file(path, failure))) {
    section.mistake("file", "initial.file: there is no such file (found " + path.string() +
                                ", allowed a result of an "
                                "earlier run, relative to the case file)");
  }
  return {path};
}

}  // namespace

InitialCase read_initial(Section section, const MomentumCase& momentum, bool in_space,
                         const std::filesystem::path& directory) {
  InitialCase initial;
  std::string found;
  for (const char* kind : {"occupation", "equilibrium", "file"}) {
    if (section.has(kind)) found += (found.empty() ? "" : " and ") + std::string(kind);
  }
  if (found.empty() || found.find(" and ") != std::string::npos) {
    section.mistake("[initial] must have exactly one of the keys occupation, equilibrium and file (found " +
                    (found.empty() ? std::string("none") : found) + ")");
  }
  if (section.has("occupation")) {
    initial = OccupationFormula{section.formula("occupation", occupation_variables(in_space))};
  }
  if (section.has("equilibrium")) initial = read_equilibrium(section.inner("equilibrium"), momentum);
  if (section.has("file")) initial = read_state_file(section, directory);
  for (const char* kind : {"occupation", "equilibrium", "file"}) section.value(kind);
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
        key, section.full(key) + " is not for momentum.space = \"shell\", whose evolution is exact (allowed end)");
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
