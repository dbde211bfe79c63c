// SPDX-License-Identifier: GPL-3.0-or-later
#include "case/transport_section.hpp"

#include <nordheim/io/number_text.hpp>

#include "case/toml_text.hpp"

#include <cmath>
#include <optional>
#include <utility>

namespace nordheim::program {

namespace {

constexpr NumberRule below_one{[](double x) { return x > 0.0 && x < 1.0; },
                               "a number > 0 and < 1, the fugacity of bosons that do not condense"};
constexpr NumberRule transport_tolerance{[](double x) { return x >= 1e-12 && x < 1.0; }, "1e-12 <= number < 1"};
constexpr long long most_points = 100'000;

/// A number or an array of numbers.
std::vector<double> one_or_more(Section& section, std::string_view key, const NumberRule& rule,
                                std::optional<double> fallback = {}) {
  const toml::node* const node = section.value(key);
  if (node != nullptr && node->is_array()) return section.numbers(key, rule);
  return {section.number(key, rule, fallback)};
}

NumberGridCase read_grid(Section inner, const std::string& name, const toml::node& node, const NumberRule& rule) {
  NumberGridCase grid{inner.number("from", rule), inner.number("to", rule),
                      static_cast<int>(inner.integer("count", {2, most_points})),
                      inner.word("spacing", {{"linear", "geometric"}}, "linear") == "geometric"};
  // A number with a mistake of its own was replaced by another.
  const auto as_given = [&node](std::string_view key, double read) {
    return node.at_path(key).value<double>() == read;
  };
  if (!(grid.from < grid.to) && as_given("from", grid.from) && as_given("to", grid.to)) {
    inner.mistake("to", name + ": to must be larger than from (found from = " + shortest_text(grid.from) +
                            " and to = " + shortest_text(grid.to) + ")");
  }
  if (grid.geometric && !(grid.from > 0.0) && as_given("from", grid.from)) {
    inner.mistake("spacing", name + ": geometric steps are for numbers > 0 (found from = " + shortest_text(grid.from) +
                                 "; allowed is \"linear\")");
  }
  inner.close();
  return grid;
}

}  // namespace

NumbersCase read_numbers(Section& section, std::string_view key, const NumberRule& rule,
                         std::optional<double> fallback) {
  const toml::node* const node = section.value(key);
  if (node != nullptr && node->is_table()) return read_grid(section.inner(key), section.full(key), *node, rule);
  return one_or_more(section, key, rule, fallback);
}

std::string numbers_toml(const NumbersCase& numbers) {
  if (const auto* grid = std::get_if<NumberGridCase>(&numbers)) {
    return "{ from = " + toml_number(grid->from) + ", to = " + toml_number(grid->to) +
           ", count = " + std::to_string(grid->count) + ", spacing = \"" + (grid->geometric ? "geometric" : "linear") +
           "\" }";
  }
  std::string text;
  for (const double value : std::get<std::vector<double>>(numbers)) {
    text.append(text.empty() ? "" : ", ").append(toml_number(value));
  }
  return "[" + text + "]";
}

std::vector<double> numbers_of(const NumbersCase& numbers) {
  if (const auto* list = std::get_if<std::vector<double>>(&numbers)) return *list;
  const auto& grid = std::get<NumberGridCase>(numbers);
  std::vector<double> values;
  values.reserve(static_cast<std::size_t>(grid.count));
  for (int i = 0; i < grid.count; ++i) {
    const double t = i / (grid.count - 1.0);
    values.push_back(grid.geometric ? grid.from * std::pow(grid.to / grid.from, t)
                                    : (1.0 - t) * grid.from + t * grid.to);
  }
  values.back() = grid.to;
  return values;
}

MomentumCase read_gas_momentum(Section section) {
  MomentumCase momentum;
  momentum.space = section.word("space", {{"lattice", "continuum"}}, "continuum").value_or("continuum");
  momentum.dimension = static_cast<int>(section.integer("dimension", {3, 3}, 3));
  section.close();
  return momentum;
}

CollisionCase read_gas_collision(Section section) {
  CollisionCase collision;
  (void)section.value("kind");
  if (const auto name = section.word("statistics", {{"fermion", "boson", "classical"}})) {
    collision.statistics = statistics_from_name(*name);
  }
  collision.strength = section.number("strength", positive, collision.strength);
  (void)section.word("potential", {{"contact"}}, "contact");
  section.close();
  return collision;
}

TransportCase read_transport(Section section, Statistics statistics) {
  TransportCase transport;
  const NumberRule& rule = statistics == Statistics::boson ? below_one : positive;
  transport.temperatures = one_or_more(section, "temperature", positive, 1.0);
  // What classical gases do depends on it in density and rates only.
  transport.fugacities = read_numbers(section, "fugacity", rule,
                                      statistics == Statistics::classical ? std::optional<double>(1.0) : std::nullopt);
  transport.tolerance = section.number("tolerance", transport_tolerance, transport.tolerance);
  transport.most_functions = static_cast<int>(section.integer("most_functions", {12, 40}, transport.most_functions));
  const bool rates = section.flag("relaxation_rates", true);
  transport.degrees = static_cast<int>(section.integer("degrees", {2, 8}, transport.degrees));
  if (!rates) transport.degrees = -1;
  section.close();
  return transport;
}

std::string transport_toml(const CollisionCase& collision, const TransportCase& transport) {
  std::string text = "\n[collision]\nkind = \"two-body\"\nstatistics = " + toml_text(name(collision.statistics)) +
                     "\nstrength = " + toml_number(collision.strength) + "\npotential = \"contact\"\n";
  text += "\n[transport]\ntemperature = " + numbers_toml(transport.temperatures) +
          "\nfugacity = " + numbers_toml(transport.fugacities);
  text += "\ntolerance = " + toml_number(transport.tolerance) +
          "\nmost_functions = " + std::to_string(transport.most_functions);
  text += transport.degrees < 0 ? "\nrelaxation_rates = false\n"
                                : "\nrelaxation_rates = true\ndegrees = " + std::to_string(transport.degrees) + "\n";
  return text;
}

}  // namespace nordheim::program
