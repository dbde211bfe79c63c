// SPDX-License-Identifier: GPL-3.0-or-later
#include "case/lattice_transport_section.hpp"

#include <nordheim/io/number_text.hpp>

#include "case/toml_text.hpp"
#include "case/transport_section.hpp"

#include <variant>

namespace nordheim::program {

namespace {

constexpr NumberRule allowed_error{[](double x) { return x >= 1e-10 && x < 1.0; }, "1e-10 <= number < 1"};

/// A range of temperatures has one sign.
void refuse_zero(Section& section, const NumbersCase& temperatures) {
  const auto* range = std::get_if<NumberGridCase>(&temperatures);
  if (range == nullptr || !(range->from < 0.0 && range->to > 0.0)) return;
  section.mistake("temperature", "transport.temperature: a range must not go through 0 (found from = " +
                                     shortest_text(range->from) + " and to = " + shortest_text(range->to) + ")");
}

/// Without momentum.points there is no one grid that these keys could be about.
void refuse_keys_of_one_grid(Section& collision, const Case& input) {
  const auto refuse = [&collision](bool given, const char* key) {
    if (!given) return;
    collision.mistake(key, std::string("collision.") + key +
                               " is about one grid, momentum.points (found none: the limit of fine grids is computed, "
                               "whose numbers follow from their points)");
  };
  refuse(input.collision.horizon.has_value(), "horizon");
  refuse(input.collision.time_step.has_value(), "time_step");
  refuse(input.collision.engine_points.has_value(), "engine_points");
}

}  // namespace

LatticeTransportCase read_lattice_transport(Section section, Section collision, const Case& input) {
  LatticeTransportCase transport;
  const bool one_grid = input.momentum.points > 0;
  if (!one_grid) refuse_keys_of_one_grid(collision, input);
  transport.temperatures = read_numbers(section, "temperature", not_zero, 1.0);
  refuse_zero(section, transport.temperatures);
  if (section.has("mu") && section.has("fugacity")) {
    section.mistake("mu", "transport.mu: fugacity = e^(mu/T) says the same (found both, allowed is one of them)");
  }
  transport.by_potential = section.has("mu");
  // Both are known, so that neither counts as a misspelling of the other.
  (void)section.value("mu");
  transport.fillings =
      transport.by_potential ? read_numbers(section, "mu", any_number) : read_numbers(section, "fugacity", positive);
  (void)section.value("fugacity");
  transport.tolerance = section.number("tolerance", allowed_error, transport.tolerance);
  if (one_grid && section.has("most_points")) {
    section.mistake("most_points",
                    "transport.most_points is where a limit of fine grids ends (found momentum.points = " +
                        std::to_string(input.momentum.points) + ", which asks for one grid)");
  }
  transport.most_points = static_cast<int>(section.integer_or("auto", "most_points", {32, 4096}).value_or(0));
  section.close();
  return transport;
}

std::string lattice_transport_toml(const LatticeTransportCase& transport) {
  std::string text = "\n[transport]\ntemperature = " + numbers_toml(transport.temperatures);
  text.append(transport.by_potential ? "\nmu = " : "\nfugacity = ").append(numbers_toml(transport.fillings));
  text.append("\ntolerance = ").append(toml_number(transport.tolerance)).append("\n");
  if (transport.most_points != 0) text.append("most_points = ").append(std::to_string(transport.most_points)) += '\n';
  return text;
}

}  // namespace nordheim::program
