// SPDX-License-Identifier: GPL-3.0-or-later
#include "case/space_section.hpp"

#include "case/elastic_sections.hpp"
#include "case/toml_text.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

namespace nordheim::program {

namespace {

constexpr long long most_points = 1'000'000;

void read_positions(Section& section, std::size_t most_axes, SpaceCase& space) {
  space.box = section.numbers("box", positive);
  if (space.box.size() > most_axes) {
    section.mistake("box", "space.box has more axes than momenta have components (found " +
                               std::to_string(space.box.size()) + " lengths, allowed up to " +
                               std::to_string(most_axes) + ")");
  }
  const auto points = section.integers("points", 1, 3, {1, most_points});
  std::transform(points.begin(), points.end(), std::back_inserter(space.points),
                 [](long long n) { return static_cast<int>(n); });
  const bool comparable = !points.empty() && !space.box.empty() && space.box.size() <= most_axes;
  if (comparable && space.points.size() != space.box.size()) {
    section.mistake("points", "space.points needs one number for each length of space.box (found " +
                                  std::to_string(space.points.size()) + ", allowed " +
                                  std::to_string(space.box.size()) + ")");
  }
}

/// A formula of the position; @p fallback if it is not there.
std::string read_position_formula(Section& section, const char* key, const std::string& fallback) {
  if (section.has(key)) return section.formula(key, {"x", "y", "z"});
  section.value(key);
  return fallback;
}

/// Forces act on particles on a lattice, of which streaming within bounds has none.
void read_forces(Section& section, const Case& input, SpaceCase& space) {
  const auto components = static_cast<std::size_t>(input.momentum.dimension);
  if (section.has("force")) {
    space.force = section.numbers("force", any_number);
    if (components != 0 && !space.force.empty() && space.force.size() != components) {
      section.mistake("force", "space.force needs as many components as k has (found " +
                                   std::to_string(space.force.size()) + ", allowed " + std::to_string(components) +
                                   ")");
    }
  }
  section.value("force");
  space.potential = read_position_formula(section, "potential", space.potential);
  const bool particles =
      input.momentum.space == "lattice" && !input.shells && (input.bath || input.collision.kind == "two-body");
  for (const char* key : {"force", "potential"}) {
    if (!section.has(key) || particles) continue;
    section.mistake(key, section.full(key) +
                             " is for particles on a lattice: momentum.space = \"lattice\" with collision.kind = "
                             "\"two-body\" or \"phonon-bath\"");
  }
  if (space.streaming != "bounded") return;
  if (input.shells) section.mistake("streaming", "space.streaming = \"bounded\" is not for energy shells");
  if (section.has("force") || section.has("potential")) {
    section.mistake("streaming", "space.streaming = \"bounded\" is for states without a force");
  }
}

}  // namespace

SpaceCase read_space(Section section, const Case& input) {
  SpaceCase space;
  // A dimension of 0 is one that has been refused already.
  read_positions(section, static_cast<std::size_t>(input.momentum.dimension == 0 ? 3 : input.momentum.dimension),
                 space);
  space.knudsen = section.number("knudsen", positive, space.knudsen);
  space.density = read_position_formula(section, "density", space.density);
  space.streaming = section.word("streaming", {{"spectral", "bounded"}}, space.streaming).value_or(space.streaming);
  read_forces(section, input, space);
  section.close();
  return space;
}

ShellsCase read_shells(Section& section, bool continuum) {
  constexpr long long least_order = 2, most_order = 64;
  ShellsCase shells;
  shells.energies = read_energies(section, continuum ? positive : any_number);
  shells.order = static_cast<int>(section.integer("order", {least_order, most_order}, shells.order));
  return shells;
}

std::optional<CheckpointCase> read_checkpoint(Section& section) {
  if (!section.has("checkpoint")) {
    section.value("checkpoint");
    return std::nullopt;
  }
  Section inner = section.inner("checkpoint");
  CheckpointCase checkpoint;
  const bool steps = inner.has("steps"), seconds = inner.has("seconds");
  if (steps == seconds && inner.present()) {
    inner.mistake("", "output.checkpoint must have exactly one of the keys steps and seconds (found " +
                          std::string(steps ? "both" : "none") + ")");
  }
  constexpr long long most_steps = std::numeric_limits<long>::max();
  if (steps) checkpoint.steps = static_cast<long>(inner.integer("steps", {1, most_steps}));
  if (seconds) checkpoint.seconds = inner.number("seconds", positive);
  inner.value("steps");
  inner.value("seconds");
  inner.close();
  return checkpoint;
}

std::vector<std::string> occupation_variables(bool in_space) {
  std::vector<std::string> names{"kx", "ky", "kz", "k", "omega"};
  if (in_space) names.insert(names.end(), {"x", "y", "z"});
  return names;
}

std::string space_toml(const SpaceCase& space) {
  const auto list = [](const auto& values, const auto& text) {
    std::string all;
    for (const auto& value : values) all.append(all.empty() ? "" : ", ").append(text(value));
    return "[" + all + "]";
  };
  std::string lines = "\n[space]\nbox = " + list(space.box, toml_number) +
                      "\npoints = " + list(space.points, [](int n) { return std::to_string(n); }) +
                      "\nknudsen = " + toml_number(space.knudsen) + "\ndensity = " + toml_text(space.density) +
                      "\nstreaming = " + toml_text(space.streaming) + "\n";
  if (!space.force.empty()) lines += "force = " + list(space.force, toml_number) + "\n";
  if (!space.potential.empty()) lines += "potential = " + toml_text(space.potential) + "\n";
  return lines;
}

std::string checkpoint_toml(const CheckpointCase& checkpoint) {
  return checkpoint.steps ? "{ steps = " + std::to_string(*checkpoint.steps) + " }"
                          : "{ seconds = " + toml_number(*checkpoint.seconds) + " }";
}

}  // namespace nordheim::program
