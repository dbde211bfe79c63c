// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/io/number_text.hpp>

#include "case/bath_sections.hpp"
#include "case/case.hpp"
#include "case/case_text.hpp"
#include "case/continuum_sections.hpp"
#include "case/elastic_sections.hpp"
#include "case/evolution_sections.hpp"
#include "case/lattice_transport_section.hpp"
#include "case/phonon_sections.hpp"
#include "case/phonon_transport_section.hpp"
#include "case/section.hpp"
#include "case/space_section.hpp"
#include "case/transport_section.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <limits>
#include <system_error>

namespace nordheim::program {

namespace {

constexpr long long largest_int = std::numeric_limits<int>::max();

/// What a case is about, by collision.kind and the section [transport]: it decides which other keys there are. Phonons
/// that collide evolve like a gas with two-body collisions.
enum class Subject { two_body, transport, lattice_transport, phonon_transport, elastic, shells, bath, unknown };

/// Of a gas with [transport], whose momenta are in the continuum unless the case says so, or can only mean a lattice.
bool is_on_lattice(const toml::node_view<const toml::node>& momentum) {
  if (momentum["space"]) return momentum["space"].value<std::string>() == "lattice";
  return momentum["points"] || momentum["dimension"].value_or(3) < 3;
}

Subject subject_of(const toml::table& root) {
  const auto kind = root["collision"]["kind"].value<std::string>();
  if (kind == "two-body") {
    if (!root.contains("transport")) return Subject::two_body;
    return is_on_lattice(root["momentum"]) ? Subject::lattice_transport : Subject::transport;
  }
  if (kind && is_phonon_kind(*kind)) {
    return root.contains("transport") ? Subject::phonon_transport : Subject::two_body;
  }
  if (kind == "phonon-bath") return Subject::bath;
  const std::vector<std::string>& elastic = elastic_kinds();
  if (!kind || std::find(elastic.begin(), elastic.end(), *kind) == elastic.end()) return Subject::unknown;
  const bool shells = root["momentum"]["space"].value<std::string>() == "shell";
  return shells && root.contains("space") ? Subject::shells : Subject::elastic;
}

/// momentum.space = "shell"; it is that of a lattice or of the continuum, as the dispersion relation says.
MomentumCase read_shell_momentum(Section section, bool continuum, std::optional<ShellsCase>& shells) {
  MomentumCase momentum;
  (void)section.text("space");
  momentum.space = continuum ? "continuum" : "lattice";
  momentum.dimension =
      static_cast<int>(continuum ? section.integer("dimension", {3, 3}, 3) : section.integer("dimension", {1, 3}));
  shells = read_shells(section, continuum);
  section.close();
  return momentum;
}

MomentumCase read_momentum(Section section, Subject subject, std::optional<BathCase>& bath) {
  MomentumCase momentum;
  const WordRule spaces =
      subject == Subject::phonon_transport ? WordRule{{"lattice"}} : WordRule{{"lattice", "continuum"}};
  if (section.has("space") && section.value("space")->value<std::string_view>() == "shell") {
    section.mistake(
        "space",
        subject == Subject::elastic
            ? "momentum.space = \"shell\" is for states in a box, with the section [space] (found none, allowed " +
                  quoted_list(spaces.available) + ")"
            : "momentum.space = \"shell\" is for elastic scattering, collision.kind = " + quoted_list(elastic_kinds()) +
                  " (allowed " + quoted_list(spaces.available) + ")");
    section.ignore_other_keys();
    section.close();
    return momentum;
  }
  const auto space = section.word("space", spaces, momentum.space);
  if (!space) return momentum;  // the other keys belong to that space
  momentum.space = *space;
  if (momentum.space == "continuum") {
    momentum.dimension = static_cast<int>(section.integer("dimension", {3, 3}, 3));
    if (subject == Subject::two_body) {
      momentum.spherical = read_spherical(section);
      refuse_keys_of_other_space(section, {"points"}, momentum);
    }
    if (subject == Subject::bath) {
      read_bath_grid(section, bath.emplace());
      refuse_keys_of_other_space(section, {"points"}, momentum);
    }
  } else {
    momentum.dimension = static_cast<int>(section.integer("dimension", {1, 3}));
    if (subject == Subject::lattice_transport && momentum.dimension == 1) {
      section.mistake("dimension",
                      "momentum.dimension: a lattice gas with [transport] has dimension 2 or 3 (found 1, where "
                      "particles exchange their momenta and currents may never relax)");
    }
    const bool has_nodes = subject == Subject::two_body || subject == Subject::bath;
    const auto fallback = has_nodes ? std::nullopt : std::optional<long long>(0);
    momentum.points = static_cast<int>(section.integer("points", {2, largest_int}, fallback));
    refuse_keys_of_other_space(section, {"degree", "lmax", "scale", "centre", "symmetry"}, momentum);
    if (subject == Subject::bath) {
      bath.emplace();
      refuse_keys_of_other_space(section, {"order", "largest_momentum"}, momentum);
    }
  }
  section.close();
  return momentum;
}

std::vector<HoppingTerm> read_terms(Section& section, int dimension) {
  constexpr long long farthest = 1'000'000;
  std::vector<HoppingTerm> terms;
  for (Section& entry : section.tables("terms")) {
    // A dimension of 0 is one that has been refused already.
    const auto min = static_cast<std::size_t>(dimension == 0 ? 1 : dimension);
    const auto max = static_cast<std::size_t>(dimension == 0 ? 3 : dimension);
    const auto R = entry.integers("R", min, max, {-farthest, farthest});
    HoppingTerm term{.t = entry.number("t", not_zero)};
    std::transform(R.begin(), R.end(), term.R.begin(), [](long long x) { return static_cast<int>(x); });
    terms.push_back(term);
    entry.close();
  }
  return terms;
}

DispersionCase read_dispersion(Section section, const MomentumCase& momentum, Subject subject) {
  DispersionCase dispersion;
  const bool continuum = momentum.space == "continuum";
  const std::vector<std::string> bands{"nearest-neighbour", "hopping", "optical", "acoustic", "bending"};
  WordRule kinds = continuum ? WordRule{{"free"}} : WordRule{bands};
  const bool only_free = continuum && (subject == Subject::two_body || subject == Subject::bath);
  (only_free ? kinds.unavailable : kinds.available).emplace_back("expression");
  const auto foreign = section.has("kind") ? section.value("kind")->value<std::string>() : std::nullopt;
  if (foreign && (continuum ? std::find(bands.begin(), bands.end(), *foreign) != bands.end() : *foreign == "free")) {
    section.mistake("kind", "dispersion.kind = \"" + *foreign +
                                "\" is for momentum.space = " + (continuum ? "\"lattice\"" : "\"continuum\"") +
                                " (allowed " + quoted_list(kinds.available) + ")");
    return dispersion;  // the other keys belong to that kind
  }
  if (continuum) dispersion.kind = "free";
  const auto kind = section.word("kind", kinds, dispersion.kind);
  if (!kind) section.ignore_other_keys();
  dispersion.kind = kind.value_or(dispersion.kind);
  if (kind == "optical" || kind == "bending") dispersion.omega0 = section.number("omega0", not_negative);
  if (kind == "optical" || kind == "bending" || kind == "acoustic") {
    dispersion.kappa = section.number("kappa", positive, dispersion.kappa);
  }
  if (kind == "hopping") dispersion.terms = read_terms(section, momentum.dimension);
  if (kind == "expression") {
    dispersion.formula = section.formula(
        "formula", continuum ? std::vector<std::string>{"k"} : std::vector<std::string>{"kx", "ky", "kz"});
  }
  section.close();
  return dispersion;
}

/// "auto", "on", "off", or the booleans for the last two.
std::string read_rectangle_correction(Section& section, const std::string& fallback) {
  constexpr std::string_view key = "rectangle_correction";
  const toml::node* const node = section.value(key);
  if (node != nullptr && node->is_boolean()) return section.flag(key, false) ? "on" : "off";
  return section.word(key, {{"auto", "on", "off"}}, fallback).value_or(fallback);
}

/// How a collision term on the lattice is discretised.
void read_discretisation(Section& section, CollisionCase& collision) {
  collision.window = section.word("window", {{"flat", "bohman", "parzen"}}, collision.window).value_or("");
  collision.horizon = section.number_or("auto", "horizon", positive);
  collision.time_step = section.number_or("auto", "time_step", positive);
  collision.energy = section.word("energy", {{"projection", "reference"}}, collision.energy).value_or("");
}

/// The keys that a lattice gas has, and phonons have not.
void read_lattice_collision(Section& section, int points, CollisionCase& collision) {
  if (const toml::node* const potential = section.value("potential");
      potential != nullptr && potential->value<std::string_view>() != "contact") {
    section.mistake("potential",
                    "collision.potential: a potential other than \"contact\" is not available in this "
                    "version (found " +
                        description_of(*potential) + ", allowed \"contact\")");
  }
  read_discretisation(section, collision);
  collision.rectangle_correction = read_rectangle_correction(section, collision.rectangle_correction);
  if (const auto engine_points = section.integer_or("same", "engine_points", {std::max(2, points), largest_int})) {
    collision.engine_points = static_cast<int>(*engine_points);
  }
}

CollisionCase read_collision(Section section, const MomentumCase& momentum) {
  CollisionCase collision;
  const WordRule kinds{
      {"two-body", "impurity", "mass-disorder", "scatterers", "four-phonon", "three-phonon", "phonon-bath"}};
  const auto kind = section.word("kind", kinds);
  if (!kind && section.has("kind")) return collision;  // the other keys belong to that kind
  if (kind && is_phonon_kind(*kind)) {
    collision.kind = *kind;
    read_phonon_collision(section, momentum, collision);
    read_discretisation(section, collision);
    collision.error_estimate = section.flag("error_estimate", collision.error_estimate);
    section.close();
    return collision;
  }
  if (const auto name = section.word("statistics", {{"fermion", "boson", "classical"}})) {
    collision.statistics = statistics_from_name(*name);
  }
  collision.strength = section.number("strength", positive, collision.strength);
  if (momentum.space == "continuum") {
    read_potential(section, momentum.spherical, collision);
    refuse_keys_of_other_space(
        section, {"window", "horizon", "time_step", "energy", "rectangle_correction", "engine_points"}, momentum);
  } else {
    read_lattice_collision(section, momentum.points, collision);
    refuse_keys_of_other_space(section, {"exchange", "extra_degree"}, momentum);
  }
  collision.error_estimate = section.flag("error_estimate", collision.error_estimate);
  section.close();
  return collision;
}

/// Sections of a case that only other versions of nordheim read, or other kinds of collision.
void refuse_unavailable(Section& root, Subject subject, const std::string& kind) {
  root.value("space");
  if (root.has("space") && subject == Subject::elastic) {
    root.mistake("space", "the section [space] with elastic scattering needs energy shells (found collision.kind = \"" +
                              kind + "\" without momentum.space = \"shell\")");
  }
  const bool coefficients =
      subject == Subject::transport || subject == Subject::lattice_transport || subject == Subject::phonon_transport;
  if (root.has("space") && coefficients) {
    root.mistake("space", "the section [space] is for a run in time (found it beside [transport])");
  }
  root.value("transport");
  if (root.has("transport") && (subject == Subject::elastic || subject == Subject::shells)) {
    root.mistake("transport",
                 "the section [transport] is for collision.kind = \"two-body\" (found elastic scattering, for which "
                 "there is [diffusion])");
  }
  root.value("diffusion");
  if (root.has("diffusion") && subject == Subject::shells) {
    root.mistake("diffusion",
                 "the section [diffusion] is for momentum.space = \"lattice\" and \"continuum\" (found \"shell\"; "
                 "D_kin of its shells is computed anyway)");
  } else if (root.has("diffusion") && subject == Subject::bath) {
    root.mistake("diffusion",
                 "the section [diffusion] is for elastic scattering (found \"phonon-bath\", for which there is "
                 "[transport])");
  } else if (root.has("diffusion") && subject != Subject::elastic && subject != Subject::unknown) {
    root.mistake("diffusion", "the section [diffusion] is for elastic scattering: collision.kind = " +
                                  quoted_list(elastic_kinds()) + " (found \"" + kind + "\")");
  }
}

KeyPlaces places_of(const toml::table& root) {
  KeyPlaces places;
  for (auto&& [section, node] : root) {
    if (!node.is_table()) continue;
    for (auto&& [key, value] : *node.as_table()) {
      places.of.emplace(std::string(section.str()) + "." + std::string(key.str()), text_of(place_of(value.source())));
    }
  }
  return places;
}

/// The sections of a two-body case; of others, which do not need them, what is there is checked.
void read_evolution(Section& root, Subject subject, std::string_view source_name, Case& input) {
  const bool evolves = subject == Subject::two_body || subject == Subject::bath || subject == Subject::shells;
  if (subject == Subject::shells || (evolves && root.has("space"))) {
    input.space = read_space(root.inner("space"), input);
  }
  const bool in_space = input.space.has_value();
  const auto wanted = [&](std::string_view name) {
    return subject == Subject::two_body || (evolves && in_space) || root.has(name);
  };
  Case read;
  if (wanted("initial")) {
    const Surroundings around = input.shells ? Surroundings::shells
                                : in_space   ? Surroundings::box
                                             : Surroundings::homogeneous;
    read.initial =
        read_initial(root.inner("initial"), input.momentum, around, std::filesystem::path(source_name).parent_path());
  }
  read.time = subject == Subject::shells ? read_exact_time(root.inner("time"))
                                         : read_time(root.inner("time"), subject == Subject::bath, input.space);
  read.output = read_output(root.inner("output"), read.time.end);
  root.value("initial");
  if (!evolves) return;
  input.initial = std::move(read.initial);
  input.time = std::move(read.time);
  input.output = std::move(read.output);
}

}  // namespace

std::string Case::at(std::string_view key) const {
  const auto place = places.of.find(key);
  return (place == places.of.end() ? "" : place->second + ": ") + std::string(key) + ": ";
}

Case parse_case(std::string_view text, std::string_view source_name, const std::vector<std::string>& overrides) {
  Mistakes mistakes;
  const toml::table table = read_toml(text, source_name, overrides, mistakes);
  mistakes.throw_if_any();  // without the table every key would seem to be missing
  const Subject subject = subject_of(table);
  Section root(&table, "", {std::string(source_name), 1, 1}, mistakes);
  Case input;
  input.places = places_of(table);
  input.title = root.text("title", "");
  if (subject == Subject::transport) {
    input.momentum = read_gas_momentum(root.inner("momentum"));
  } else if (subject == Subject::shells) {
    const bool continuum = table["dispersion"]["kind"].value<std::string>() == "free";
    input.momentum = read_shell_momentum(root.inner("momentum"), continuum, input.shells);
  } else {
    input.momentum = read_momentum(root.inner("momentum"), subject, input.bath);
  }
  input.dispersion = read_dispersion(root.inner("dispersion"), input.momentum,
                                     subject == Subject::transport ? Subject::two_body : subject);
  if (subject == Subject::elastic || subject == Subject::shells) {
    input.elastic = read_elastic(root.inner("collision"), *table["collision"]["kind"].value<std::string>(),
                                 input.momentum, input.dispersion);
    if (!input.shells) input.diffusion = read_diffusion(root.inner("diffusion"), input.momentum);
  } else if (subject == Subject::bath) {
    if (!input.bath) input.bath.emplace();  // a space that has been refused already
    read_bath(root.inner("collision"), input);
    read_bath_transport(root.inner("transport"), input.momentum, *input.bath);
  } else if (subject == Subject::transport) {
    input.collision = read_gas_collision(root.inner("collision"));
    input.transport = read_transport(root.inner("transport"), input.collision.statistics);
  } else if (subject == Subject::lattice_transport) {
    input.collision = read_collision(root.inner("collision"), input.momentum);
    input.lattice_transport = read_lattice_transport(root.inner("transport"), root.inner("collision"), input);
  } else if (subject == Subject::phonon_transport) {
    input.phonons = read_phonon_transport(root.inner("collision"), root.inner("transport"), input.momentum.dimension);
  } else {
    input.collision = read_collision(root.inner("collision"), input.momentum);
  }
  read_evolution(root, subject, source_name, input);
  refuse_unavailable(root, subject, table["collision"]["kind"].value_or<std::string>("two-body"));
  root.close();
  mistakes.throw_if_any();
  return input;
}

namespace {

/// What stands in @p file, but not much more than a case file may have: a device has no end.
std::string case_text(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string text;
  std::array<char, 65536> block{};
  while (stream && text.size() <= largest_case_text) {
    stream.read(block.data(), block.size());
    text.append(block.data(), static_cast<std::size_t>(stream.gcount()));
  }
  if (!stream.is_open() || stream.bad()) throw InvalidArgument(file.string() + ": the case file cannot be read");
  return text;
}

}  // namespace

Case read_case(const std::filesystem::path& file, const std::vector<std::string>& overrides) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) throw InvalidArgument(file.string() + ": there is no such case file");
  if (std::filesystem::is_directory(file, ignored)) {
    throw InvalidArgument(file.string() + ": a case file is needed, found a directory");
  }
  return parse_case(case_text(file), file.string(), overrides);
}

}  // namespace nordheim::program
