// SPDX-License-Identifier: GPL-3.0-or-later
#include "case/bath_sections.hpp"
#include "case/case.hpp"
#include "case/lattice_transport_section.hpp"
#include "case/microscopic_section.hpp"
#include "case/phonon_sections.hpp"
#include "case/phonon_transport_section.hpp"
#include "case/space_section.hpp"
#include "case/toml_text.hpp"
#include "case/transport_section.hpp"

#include <algorithm>

namespace nordheim::program {

namespace {

/// Lines of a TOML file, one function for each kind of value.
class Lines {
 public:
  void section(const char* name) { text_.append("\n[").append(name).append("]\n"); }
  void raw(const char* key, const std::string& value) { text_.append(key).append(" = ").append(value).append("\n"); }
  void text(const char* key, const std::string& value) { raw(key, toml_text(value)); }
  void number(const char* key, double value) { raw(key, toml_number(value)); }
  void integer(const char* key, long value) { raw(key, std::to_string(value)); }
  void flag(const char* key, bool value) { raw(key, value ? "true" : "false"); }
  void append(const std::string& lines) { text_ += lines; }
  [[nodiscard]] const std::string& all() const noexcept { return text_; }

 private:
  std::string text_{};
};

std::string array_of(const std::vector<double>& values) {
  std::string text;
  for (const double value : values) text.append(text.empty() ? "" : ", ").append(toml_number(value));
  return "[" + text + "]";
}

std::string array_of(const std::vector<HoppingTerm>& terms, int dimension) {
  std::string text;
  for (const auto& [R, t] : terms) {
    std::string vector;
    for (std::size_t j = 0; j < static_cast<std::size_t>(dimension); ++j) {
      vector.append(j == 0 ? "" : ", ").append(std::to_string(R[j]));
    }
    text.append("  { R = [").append(vector).append("], t = ").append(toml_number(t)).append(" },\n");
  }
  return "[\n" + text + "]";
}

void write_dispersion(Lines& lines, const DispersionCase& dispersion, int dimension) {
  const std::string& kind = dispersion.kind;
  lines.section("dispersion");
  lines.text("kind", kind);
  if (kind == "optical" || kind == "bending") lines.number("omega0", dispersion.omega0);
  if (kind == "optical" || kind == "bending" || kind == "acoustic") lines.number("kappa", dispersion.kappa);
  if (kind == "hopping") lines.raw("terms", array_of(dispersion.terms, dimension));
  if (kind == "expression") lines.text("formula", dispersion.formula);
}

std::string number_or_auto(const std::optional<double>& value) { return value ? toml_number(*value) : "\"auto\""; }

std::string array_of(const Vector3& v) { return array_of(std::vector<double>(v.begin(), v.end())); }

void write_momentum(Lines& lines, const MomentumCase& momentum, bool two_body) {
  lines.section("momentum");
  lines.text("space", momentum.space);
  lines.integer("dimension", momentum.dimension);
  if (momentum.points > 0) lines.integer("points", momentum.points);
  if (!two_body || momentum.space != "continuum") return;
  const SphericalCase& spherical = momentum.spherical;
  lines.integer("degree", spherical.degree);
  if (spherical.lmax) lines.integer("lmax", *spherical.lmax);
  lines.raw("scale", number_or_auto(spherical.scale));
  lines.raw("centre", spherical.centre ? array_of(*spherical.centre) : "\"auto\"");
  lines.text("symmetry", spherical.symmetry);
}

void write_discretisation(Lines& lines, const CollisionCase& collision) {
  lines.text("window", collision.window);
  lines.raw("horizon", number_or_auto(collision.horizon));
  lines.raw("time_step", number_or_auto(collision.time_step));
  lines.text("energy", collision.energy);
}

void write_phonon_collision(Lines& lines, const CollisionCase& collision, int dimension) {
  lines.section("collision");
  lines.text("kind", collision.kind);
  if (collision.kind == "four-phonon") {
    lines.text("statistics", name(collision.statistics));
    lines.number("lambda", collision.lambda);
    lines.text("processes", collision.processes);
  } else {
    lines.raw("bonds", bonds_toml(collision.bonds, dimension));
  }
  write_discretisation(lines, collision);
  lines.flag("error_estimate", collision.error_estimate);
}

void write_collision(Lines& lines, const CollisionCase& collision, const MomentumCase& momentum) {
  if (is_phonon_kind(collision.kind)) {
    write_phonon_collision(lines, collision, momentum.dimension);
    return;
  }
  lines.section("collision");
  lines.text("kind", collision.kind);
  lines.text("statistics", name(collision.statistics));
  lines.number("strength", collision.strength);
  lines.text("potential", collision.potential);
  if (momentum.space == "continuum") {
    if (collision.potential != "contact") lines.text("exchange", collision.exchange);
    lines.integer("extra_degree", collision.extra_degree);
    lines.flag("error_estimate", collision.error_estimate);
    return;
  }
  write_discretisation(lines, collision);
  lines.text("rectangle_correction", collision.rectangle_correction);
  lines.raw("engine_points", collision.engine_points ? std::to_string(*collision.engine_points) : "\"same\"");
  lines.flag("error_estimate", collision.error_estimate);
}

std::string table_of(const std::vector<CorrelatorEntry>& entries, int dimension) {
  std::string text;
  for (const auto& [x, value] : entries) {
    std::string vector;
    for (std::size_t j = 0; j < static_cast<std::size_t>(dimension); ++j) {
      vector.append(j == 0 ? "" : ",").append(std::to_string(x[j]));
    }
    text.append(text.empty() ? " " : ", ").append(toml_text(vector)).append(" = ").append(toml_number(value));
  }
  return "{" + text + " }";
}

/// [collision], one overload for each kind of elastic scattering.
struct ElasticWriter {
  Lines& lines;
  const MomentumCase& momentum;
  void operator()(const ImpurityCase& impurity) const {
    const std::string& name = impurity.correlator;
    const bool continuum = momentum.space == "continuum";
    lines.text("kind", "impurity");
    if (name == "table") {
      lines.raw("correlator", table_of(impurity.table, momentum.dimension));
    } else {
      lines.text("correlator", name == "expression" ? impurity.formula : name);
    }
    if (name == "table" || name == "expression") return;
    if (name == "gaussian") lines.number("length", impurity.length);
    if (name == "product") lines.number("c", impurity.c);
    if (name == "screened") lines.number("kappa", impurity.kappa);
    if (name == "delta" || !continuum) lines.number("variance", impurity.variance);
    if (name != "delta" && continuum) lines.number("strength", impurity.strength);
  }
  void operator()(const MassDisorderCase& disorder) const {
    lines.text("kind", "mass-disorder");
    lines.number("variance", disorder.variance);
  }
  void operator()(const ScatterersCase& scatterers) const {
    lines.text("kind", "scatterers");
    lines.number("density", scatterers.density);
    lines.number(scatterers.scatterer.c_str(), scatterers.value);
  }
};

std::string energies_of(const std::variant<std::vector<double>, EnergyGridCase>& energies) {
  if (const auto* list = std::get_if<std::vector<double>>(&energies)) return array_of(*list);
  const auto& grid = std::get<EnergyGridCase>(energies);
  return "{ from = " + toml_number(grid.from) + ", to = " + toml_number(grid.to) +
         ", count = " + std::to_string(grid.count) + " }";
}

void write_shell_momentum(Lines& lines, const MomentumCase& momentum, const ShellsCase& shells) {
  lines.section("momentum");
  lines.text("space", "shell");
  lines.integer("dimension", momentum.dimension);
  lines.raw("energies", energies_of(shells.energies));
  lines.integer("order", shells.order);
}

void write_diffusion(Lines& lines, const DiffusionCase& diffusion) {
  lines.section("diffusion");
  lines.raw("energies", energies_of(diffusion.energies));
  lines.number("tolerance", diffusion.tolerance);
  lines.integer("max_order", diffusion.max_order);
  lines.flag("super_burnett", diffusion.super_burnett);
  lines.flag("spectral_gap", diffusion.spectral_gap);
  lines.integer("displacements", diffusion.displacements);
}

/// One overload for each kind of initial state.
struct InitialWriter {
  Lines& lines;
  void operator()(const OccupationFormula& initial) const { lines.text("occupation", initial.formula); }
  void operator()(const EquilibriumOfTemperature& initial) const {
    lines.raw("equilibrium", "{ temperature = " + toml_number(initial.temperature) +
                                 ", fugacity = " + toml_number(initial.fugacity) + velocity(initial.velocity) + " }");
  }
  void operator()(const EquilibriumOfBeta& initial) const {
    lines.raw("equilibrium", "{ beta = " + toml_number(initial.beta) + ", mu = " + toml_number(initial.mu) +
                                 velocity(initial.velocity) + " }");
  }
  void operator()(const StateFile& initial) const { lines.text("file", initial.path.string()); }
  void operator()(const MicroscopicCase& initial) const { lines.raw("microscopic", microscopic_toml(initial)); }
  static std::string velocity(const Vector3& v) {
    return v == Vector3{} ? std::string() : ", velocity = " + array_of(v);
  }
};

void write_time(Lines& lines, const TimeCase& time, bool exact) {
  lines.section("time");
  if (time.end) lines.number("end", *time.end);
  if (exact) return;
  if (time.until_equilibrium) lines.number("until_equilibrium", *time.until_equilibrium);
  lines.number("rtol", time.rtol);
  lines.number("atol", time.atol);
  lines.text("method", time.method);
  lines.integer("max_steps", time.max_steps);
  if (time.step) lines.number("step", *time.step);
}

void write_output(Lines& lines, const OutputCase& output) {
  lines.section("output");
  if (const auto* times = std::get_if<std::vector<double>>(&output.times)) {
    lines.raw("times", array_of(*times));
  } else {
    lines.integer("times", std::get<int>(output.times));
  }
  lines.integer("snapshots", output.snapshots);
  if (output.checkpoint) lines.raw("checkpoint", checkpoint_toml(*output.checkpoint));
}

}  // namespace

bool DispersionCase::operator==(const DispersionCase& other) const {
  const auto equal = [](const HoppingTerm& a, const HoppingTerm& b) { return a.R == b.R && a.t == b.t; };
  return kind == other.kind && omega0 == other.omega0 && kappa == other.kappa && formula == other.formula &&
         std::equal(terms.begin(), terms.end(), other.terms.begin(), other.terms.end(), equal);
}

bool ImpurityCase::operator==(const ImpurityCase& other) const {
  const auto equal = [](const CorrelatorEntry& a, const CorrelatorEntry& b) {
    return a.x == b.x && a.value == b.value;
  };
  return correlator == other.correlator && variance == other.variance && strength == other.strength && c == other.c &&
         length == other.length && kappa == other.kappa && formula == other.formula &&
         std::equal(table.begin(), table.end(), other.table.begin(), other.table.end(), equal);
}

std::string resolved_toml(const Case& input) {
  Lines lines;
  lines.text("title", input.title);
  if (input.shells) {
    write_shell_momentum(lines, input.momentum, *input.shells);
  } else {
    write_momentum(lines, input.momentum, !input.elastic && !input.transport && !input.phonons && !input.bath);
  }
  if (input.bath && input.momentum.space == "continuum") lines.append(bath_grid_toml(*input.bath));
  write_dispersion(lines, input.dispersion, input.momentum.dimension);
  if (input.elastic) {
    lines.section("collision");
    std::visit(ElasticWriter{lines, input.momentum}, *input.elastic);
    if (!input.shells) {
      write_diffusion(lines, input.diffusion);
      return lines.all();
    }
  }
  if (input.phonons) return lines.all() + phonon_transport_toml(*input.phonons, input.momentum.dimension);
  if (input.transport) return lines.all() + transport_toml(input.collision, *input.transport);
  if (input.lattice_transport) {
    write_collision(lines, input.collision, input.momentum);
    return lines.all() + lattice_transport_toml(*input.lattice_transport);
  }
  if (input.bath) {
    lines.append(bath_toml(input));
  } else if (!input.elastic) {
    write_collision(lines, input.collision, input.momentum);
  }
  if (input.space) lines.append(space_toml(*input.space));
  const auto* formula = std::get_if<OccupationFormula>(&input.initial);
  if (formula == nullptr || !formula->formula.empty()) {
    lines.section("initial");
    std::visit(InitialWriter{lines}, input.initial);
  }
  write_time(lines, input.time, input.shells.has_value());
  write_output(lines, input.output);
  return lines.all();
}

}  // namespace nordheim::program
