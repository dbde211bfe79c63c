// SPDX-License-Identifier: GPL-3.0-or-later
#include "case/elastic_sections.hpp"

#include <nordheim/io/number_text.hpp>

#include "case/case_text.hpp"
#include "case/toml_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <string_view>

namespace nordheim::program {

namespace {

constexpr NumberRule product_factor{[](double x) { return x >= -1.0 && x <= 1.0; }, "a number from -1 to 1"};
constexpr NumberRule curve_tolerance{[](double x) { return x >= 1e-14 && x < 1.0; }, "1e-14 <= number < 1"};

bool in_continuum(const MomentumCase& momentum) { return momentum.space == "continuum"; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// "1,0,-2" as a lattice vector of d components (d = 0: of any number up to three).
std::optional<std::array<int, 3>> lattice_vector(std::string_view text, int dimension) {
  std::array<int, 3> x{};
  std::size_t count = 0;
  for (bool more = true; more; ++count) {
    const auto comma = text.find(',');
    const std::string_view part = trimmed(text.substr(0, comma));
    if (count == 3) return std::nullopt;
    const auto [rest, error] = std::from_chars(part.data(), part.data() + part.size(), x[count]);
    if (part.empty() || error != std::errc() || rest != part.data() + part.size()) return std::nullopt;
    constexpr int farthest = 1'000'000;
    if (x[count] < -farthest || x[count] > farthest) return std::nullopt;
    more = comma != std::string_view::npos;
    if (more) text.remove_prefix(comma + 1);
  }
  if (dimension != 0 && count != static_cast<std::size_t>(dimension)) return std::nullopt;
  return x;
}

std::string vector_text(const std::array<int, 3>& x, int dimension) {
  std::string text;
  for (std::size_t j = 0; j < static_cast<std::size_t>(dimension); ++j) {
    text.append(j == 0 ? "" : ",").append(std::to_string(x[j]));
  }
  return text;
}

/// A correlation function is even: ϑ(−x) = ϑ(x), and no image is implied.
void check_images(Section& section, const std::vector<CorrelatorEntry>& table, int dimension) {
  for (const auto& [x, value] : table) {
    const std::array<int, 3> image{-x[0], -x[1], -x[2]};
    const auto found =
        std::find_if(table.begin(), table.end(), [&image](const CorrelatorEntry& entry) { return entry.x == image; });
    if (found != table.end() && found->value == value) continue;
    const std::string other = found == table.end() ? "none" : shortest_text(found->value);
    section.mistake("correlator", "collision.correlator: the table is one-sided, \"" + vector_text(x, dimension) +
                                      "\" = " + shortest_text(value) + " needs the same value at \"" +
                                      vector_text(image, dimension) + "\" (found " + other + ")");
    return;  // its image would be named as well
  }
}

std::vector<CorrelatorEntry> read_table(Section& section, const toml::table& table, int dimension) {
  std::vector<CorrelatorEntry> entries;
  std::size_t wrong = 0;
  for (auto&& [key, node] : table) {
    const std::string name = "collision.correlator." + toml_text(shortened(key.str()));
    const auto x = lattice_vector(key.str(), dimension);
    const auto value = node.is_number() ? node.value<double>() : std::nullopt;
    if (!x) {
      section.mistake_at(place_of(key.source()),
                         name + " is no lattice vector (allowed " + std::to_string(dimension == 0 ? 3 : dimension) +
                             " integers with commas between, as in \"1,0,0\" in three dimensions)");
    } else if (!value || !(*value > -1e300 && *value < 1e300)) {
      section.mistake_at(place_of(node.source()),
                         name + " has a wrong value (found " + description_of(node) + ", allowed a number)");
    } else if (std::any_of(entries.begin(), entries.end(), [&x](const auto& entry) { return entry.x == *x; })) {
      section.mistake_at(place_of(key.source()), name + " is given twice");
    } else {
      entries.push_back({*x, *value});
      continue;
    }
    ++wrong;
  }
  if (table.empty()) section.mistake("correlator", "collision.correlator: the table is empty");
  if (wrong == 0) check_images(section, entries, dimension == 0 ? 3 : dimension);
  // TOML has the keys in the order of their texts, in which "+1" and "01" are not where "1" is.
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.x < b.x; });
  return entries;
}

/// A text that can only be meant as the name of a correlator.
bool is_word(std::string_view text, const std::vector<std::string>& variables) {
  const bool letters = std::all_of(text.begin(), text.end(),
                                   [](unsigned char c) { return std::isalpha(c) != 0 || c == '-' || c == '_'; });
  return text.size() > 2 && letters && std::find(variables.begin(), variables.end(), text) == variables.end();
}

ImpurityCase read_impurity(Section& section, const MomentumCase& momentum) {
  ImpurityCase impurity;
  const bool continuum = in_continuum(momentum);
  const WordRule words =
      continuum ? WordRule{{"delta", "gaussian", "screened"}} : WordRule{{"delta", "product", "gaussian"}};
  const std::vector<std::string> variables =
      continuum ? std::vector<std::string>{"q"} : std::vector<std::string>{"qx", "qy", "qz"};
  const toml::node* const node = section.value("correlator");
  if (node == nullptr) {
    section.mistake("the required key collision.correlator is missing (allowed " + quoted_list(words.available) +
                    (continuum ? "" : ", a table of values") + " or a formula)");
    section.ignore_other_keys();
    return impurity;
  }
  if (const toml::table* const table = node->as_table()) {
    impurity.correlator = "table";
    if (continuum) {
      section.mistake("correlator",
                      "collision.correlator: a table of values on lattice vectors is for "
                      "momentum.space = \"lattice\" (allowed " +
                          quoted_list(words.available) + " or a formula of q)");
    } else {
      impurity.table = read_table(section, *table, momentum.dimension);
    }
    return impurity;
  }
  const auto text = node->value<std::string_view>();
  const bool named = text && std::find(words.available.begin(), words.available.end(), *text) != words.available.end();
  if (text && !named && is_word(*text, variables)) {
    const bool foreign = *text == "product" || *text == "screened";
    if (foreign) {
      section.mistake("correlator", "collision.correlator = \"" + std::string(*text) +
                                        "\" is for momentum.space = " + (continuum ? "\"lattice\"" : "\"continuum\"") +
                                        " (allowed " + quoted_list(words.available) + " or a formula)");
    } else {
      (void)section.word("correlator", words);
    }
    section.ignore_other_keys();
    return impurity;
  }
  if (!named) {
    impurity.correlator = "expression";
    impurity.formula = section.formula("correlator", variables);
    return impurity;
  }
  impurity.correlator = *text;
  if (*text == "gaussian") impurity.length = section.number("length", positive);
  if (*text == "product") impurity.c = section.number("c", product_factor);
  if (*text == "screened") impurity.kappa = section.number("kappa", positive);
  if (*text == "delta" || !continuum) impurity.variance = section.number("variance", positive, impurity.variance);
  if (*text != "delta" && continuum) impurity.strength = section.number("strength", positive, impurity.strength);
  return impurity;
}

ScatterersCase read_scatterers(Section& section, const MomentumCase& momentum, const DispersionCase& dispersion) {
  ScatterersCase scatterers{section.number("density", positive), {}, 1.0};
  const bool continuum = in_continuum(momentum);
  const std::vector<std::string> own =
      continuum ? std::vector<std::string>{"scattering_length", "radius"} : std::vector<std::string>{"potential"};
  std::vector<std::string> found;
  for (const char* key : {"scattering_length", "radius", "potential"}) {
    if (!section.has(key)) continue;
    if (std::find(own.begin(), own.end(), key) == own.end()) {
      (void)section.value(key);
      section.mistake(key, "collision." + std::string(key) + " is for momentum.space = " +
                               (continuum ? "\"lattice\"" : "\"continuum\"") + " (allowed " + quoted_list(own) + ")");
      section.ignore_other_keys();
      return scatterers;
    }
    found.emplace_back(key);
  }
  for (const std::string& key : own) (void)section.value(key);
  if (found.size() != 1) {
    section.mistake("[collision] with kind = \"scatterers\" must have exactly one of the keys " + quoted_list(own) +
                    " (found " + (found.empty() ? "none" : quoted_list(found)) + ")");
    return scatterers;
  }
  scatterers.scatterer = found.front();
  scatterers.value = section.number(found.front(), found.front() == "radius" ? positive : not_zero);
  if (continuum && dispersion.kind != "free") {
    section.mistake("kind",
                    "collision.kind = \"scatterers\" in the continuum is for dispersion.kind = \"free\" (found \"" +
                        dispersion.kind + "\")");
  }
  return scatterers;
}

}  // namespace

const std::vector<std::string>& elastic_kinds() {
  static const std::vector<std::string> kinds{"impurity", "mass-disorder", "scatterers"};
  return kinds;
}

ElasticCase read_elastic(Section section, const std::string& kind, const MomentumCase& momentum,
                         const DispersionCase& dispersion) {
  (void)section.value("kind");
  ElasticCase elastic;
  if (kind == "impurity") {
    elastic = read_impurity(section, momentum);
  } else if (kind == "scatterers") {
    elastic = read_scatterers(section, momentum, dispersion);
  } else {
    elastic = MassDisorderCase{section.number("variance", positive)};
    if (in_continuum(momentum)) {
      section.mistake("kind",
                      "collision.kind = \"mass-disorder\" is for momentum.space = \"lattice\" (found \"continuum\")");
    }
  }
  section.close();
  return elastic;
}

std::variant<std::vector<double>, EnergyGridCase> read_energies(Section& section, const NumberRule& rule) {
  constexpr long long most_energies = 1'000'000;
  const toml::node* const node = section.value("energies");
  if (node != nullptr && node->is_array()) return section.numbers("energies", rule);
  if (node == nullptr || !node->is_table()) {
    const std::string allowed = "(allowed an array of energies or { from, to, count })";
    section.mistake("energies", node == nullptr
                                    ? "the required key " + section.full("energies") + " is missing " + allowed
                                    : section.full("energies") + " has a wrong value (found " + description_of(*node) +
                                          ", " + allowed.substr(1));
    return EnergyGridCase{};
  }
  Section inner = section.inner("energies");
  EnergyGridCase grid{inner.number("from", rule), inner.number("to", rule),
                      static_cast<int>(inner.integer("count", {2, most_energies}))};
  // A number with a mistake of its own was replaced by another.
  const auto as_given = [node](std::string_view key, double read) {
    return node->at_path(key).value<double>() == read;
  };
  if (!(grid.from < grid.to) && as_given("from", grid.from) && as_given("to", grid.to)) {
    inner.mistake("to", section.full("energies") + ": to must be larger than from (found from = " +
                            shortest_text(grid.from) + " and to = " + shortest_text(grid.to) + ")");
  }
  inner.close();
  return grid;
}

DiffusionCase read_diffusion(Section section, const MomentumCase& momentum) {
  constexpr long long least_order = 8, most_order = 64, most_displacements = 4;
  DiffusionCase diffusion;
  diffusion.energies = read_energies(section, in_continuum(momentum) ? positive : any_number);
  diffusion.tolerance = section.number("tolerance", curve_tolerance, diffusion.tolerance);
  diffusion.max_order = static_cast<int>(section.integer("max_order", {least_order, most_order}, diffusion.max_order));
  diffusion.super_burnett = section.flag("super_burnett", diffusion.super_burnett);
  diffusion.spectral_gap = section.flag("spectral_gap", diffusion.spectral_gap);
  diffusion.displacements =
      static_cast<int>(section.integer("displacements", {0, most_displacements}, diffusion.displacements));
  section.close();
  return diffusion;
}

}  // namespace nordheim::program
