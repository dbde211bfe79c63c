// SPDX-License-Identifier: GPL-3.0-or-later
#include "case/phonon_transport_section.hpp"

#include "case/phonon_sections.hpp"
#include "case/toml_text.hpp"
#include "case/transport_section.hpp"

namespace nordheim::program {

namespace {

constexpr NumberRule wanted_error{[](double x) { return x >= 1e-13 && x < 1.0; }, "1e-13 <= number < 1"};

}  // namespace

PhononTransportCase read_phonon_transport(Section collision, Section transport, int dimension) {
  PhononTransportCase phonons;
  const bool four = collision.text("kind", "four-phonon") == "four-phonon";
  if (four) {
    phonons.lambda = collision.number("lambda", positive);
    phonons.processes =
        collision.word("processes", {{"resonant", "scattering"}}, phonons.processes).value_or(phonons.processes);
  } else {
    phonons.bonds = read_bonds(collision, dimension);
  }
  if (const auto word = collision.word("statistics", {{"boson", "classical-wave"}}, name(phonons.statistics))) {
    phonons.statistics = statistics_from_name(*word);
  }
  collision.close();
  phonons.temperatures = read_numbers(transport, "temperature", positive, 1.0);
  phonons.tolerance = transport.number_or("auto", "tolerance", wanted_error);
  if (dimension == 1) {
    phonons.most_functions = static_cast<int>(transport.integer("most_functions", {64, 1024}, phonons.most_functions));
  } else {
    phonons.most_points = static_cast<int>(transport.integer_or("auto", "most_points", {24, 4096}).value_or(0));
  }
  if (four) phonons.relaxation_rates = transport.flag("relaxation_rates", phonons.relaxation_rates);
  transport.close();
  return phonons;
}

std::string phonon_transport_toml(const PhononTransportCase& phonons, int dimension) {
  const auto or_auto = [](bool given, const std::string& text) { return given ? text : std::string("\"auto\""); };
  const bool four = phonons.bonds.empty();
  std::string text = "\n[collision]\nkind = ";
  text += four ? "\"four-phonon\"\nlambda = " + toml_number(phonons.lambda) +
                     "\nprocesses = " + toml_text(phonons.processes)
               : "\"three-phonon\"\nbonds = " + bonds_toml(phonons.bonds, dimension);
  text += "\nstatistics = " + toml_text(name(phonons.statistics)) +
          "\n\n[transport]\ntemperature = " + numbers_toml(phonons.temperatures) +
          "\ntolerance = " + or_auto(phonons.tolerance.has_value(), toml_number(phonons.tolerance.value_or(1.0)));
  text += dimension == 1 ? "\nmost_functions = " + std::to_string(phonons.most_functions)
                         : "\nmost_points = " + or_auto(phonons.most_points != 0, std::to_string(phonons.most_points));
  if (four) text.append("\nrelaxation_rates = ").append(phonons.relaxation_rates ? "true" : "false");
  return text + "\n";
}

}  // namespace nordheim::program
