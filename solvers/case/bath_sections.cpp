// SPDX-License-Identifier: GPL-3.0-or-later
#include "case/bath_sections.hpp"

#include <nordheim/momentum/radial_grid.hpp>

#include "case/continuum_sections.hpp"
#include "case/toml_text.hpp"

namespace nordheim::program {

namespace {

constexpr NumberRule bath_tolerance{[](double x) { return x >= 1e-12 && x < 1.0; }, "1e-12 <= number < 1"};

/// omega0, and one of coupling and froehlich.
void read_optical(Section& section, bool continuum, BathCase& bath) {
  bath.omega0 = section.number("omega0", positive);
  bath.froehlich = section.has("froehlich");
  if (!bath.froehlich) {
    bath.coupling = section.number("coupling", positive);
    return;
  }
  bath.coupling = section.number("froehlich", positive);
  if (section.has("coupling")) {
    section.value("coupling");
    section.mistake("coupling", "[collision] must have one of the keys coupling (constant) and froehlich (found both)");
  }
  if (!continuum) {
    section.mistake("froehlich",
                    "collision.froehlich is for momentum.space = \"continuum\": on a lattice the coupling is constant "
                    "(found \"lattice\", allowed coupling)");
  }
}

}  // namespace

void read_bath_grid(Section& section, BathCase& bath) {
  bath.order = static_cast<int>(section.integer("order", {5, RadialGrid::most_order}, bath.order));
  bath.symmetry = section.word("symmetry", {{"axial", "isotropic"}, {"none"}}, bath.symmetry).value_or(bath.symmetry);
  if (bath.symmetry == "axial") {
    bath.lmax = static_cast<int>(section.integer("lmax", {1, RadialGrid::most_lmax}, bath.lmax));
  } else if (section.has("lmax")) {
    section.value("lmax");
    section.mistake("lmax", "momentum.lmax is for symmetry = \"axial\" (found symmetry = \"isotropic\")");
  }
  bath.largest_momentum = section.number_or("auto", "largest_momentum", positive);
}

void read_bath(Section section, Case& input) {
  BathCase& bath = *input.bath;
  const bool continuum = input.momentum.space == "continuum";
  (void)section.value("kind");
  bath.temperature = section.number("temperature", positive);
  const WordRule phonons = continuum ? WordRule{{"optical", "acoustic"}} : WordRule{{"optical"}, {"acoustic"}};
  const auto phonon = section.word("phonon", phonons);
  if (!phonon) section.ignore_other_keys();
  bath.phonon = phonon.value_or(bath.phonon);
  if (phonon == "optical") read_optical(section, continuum, bath);
  if (phonon == "acoustic") {
    bath.sound_speed = section.number("sound_speed", positive);
    bath.coupling = section.number("coupling", positive);
  }
  if (continuum) {
    refuse_keys_of_other_space(section, {"window", "horizon"}, input.momentum);
  } else {
    bath.window = section.word("window", {{"flat", "bohman", "parzen"}}, bath.window).value_or(bath.window);
    bath.horizon = section.number_or("auto", "horizon", positive);
  }
  input.collision.kind = "phonon-bath";
  input.collision.error_estimate = section.flag("error_estimate", input.collision.error_estimate);
  section.close();
}

void read_bath_transport(Section section, const MomentumCase& momentum, BathCase& bath) {
  const toml::node* const node = section.value("temperature");
  if (node != nullptr && node->is_array()) {
    bath.temperatures = section.numbers("temperature", positive);
  } else {
    bath.temperatures = {section.number("temperature", positive, bath.temperature)};
  }
  if (momentum.space == "continuum") {
    constexpr long long most_ladders = 1000;
    constexpr double usual_tolerance = 1e-10;
    bath.tolerance = section.number("tolerance", bath_tolerance, usual_tolerance);
    bath.ladders = static_cast<int>(section.integer("ladders", {0, most_ladders}, bath.ladders));
  } else {
    refuse_keys_of_other_space(section, {"ladders"}, momentum);
    // Nothing is refined there: what is wanted is compared with the error of the grid.
    if (section.has("tolerance")) bath.tolerance = section.number("tolerance", bath_tolerance);
  }
  section.close();
}

std::string bath_grid_toml(const BathCase& bath) {
  std::string text = "order = " + std::to_string(bath.order) + "\nsymmetry = " + toml_text(bath.symmetry) + "\n";
  if (bath.symmetry == "axial") text += "lmax = " + std::to_string(bath.lmax) + "\n";
  return text + "largest_momentum = " +
         (bath.largest_momentum ? toml_number(*bath.largest_momentum) : std::string("\"auto\"")) + "\n";
}

std::string bath_toml(const Case& input) {
  const BathCase& bath = *input.bath;
  std::string text = "\n[collision]\nkind = \"phonon-bath\"\ntemperature = " + toml_number(bath.temperature) +
                     "\nphonon = " + toml_text(bath.phonon) + "\n";
  if (bath.phonon == "optical") {
    text += "omega0 = " + toml_number(bath.omega0) + (bath.froehlich ? "\nfroehlich = " : "\ncoupling = ");
  } else {
    text += "sound_speed = " + toml_number(bath.sound_speed) + "\ncoupling = ";
  }
  text += toml_number(bath.coupling) + "\n";
  const bool continuum = input.momentum.space == "continuum";
  if (!continuum) {
    text += "window = " + toml_text(bath.window) +
            "\nhorizon = " + (bath.horizon ? toml_number(*bath.horizon) : std::string("\"auto\"")) + "\n";
  }
  text += std::string("error_estimate = ") + (input.collision.error_estimate ? "true" : "false") + "\n";
  std::string list;
  for (const double temperature : bath.temperatures)
    list.append(list.empty() ? "" : ", ").append(toml_number(temperature));
  text += "\n[transport]\ntemperature = [" + list + "]\n";
  if (bath.tolerance) text += "tolerance = " + toml_number(*bath.tolerance) + "\n";
  if (continuum) text += "ladders = " + std::to_string(bath.ladders) + "\n";
  return text;
}

}  // namespace nordheim::program
