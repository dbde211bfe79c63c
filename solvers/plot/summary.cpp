// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/summary.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

namespace nordheim::program {

namespace {

using Json = nlohmann::json;

/// A number of summary.json that the page explains.
struct KnownNumber {
  const char* pointer;
  const char* quantity;
  const char* unit;
  const char* explanation;
};

constexpr KnownNumber known_numbers[] = {
    {"/time", "Time reached", "1/energy", "Time t at the end of the run."},
    {"/distance_to_equilibrium", "Distance to equilibrium", "",
     "Largest |W − W_eq| over the nodes at the end, W_eq being the equilibrium of what is conserved; on "
     "energy shells ∫|W − W_eq| over the number."},
    {"/initial_distance", "Initial distance", "", "The same at the beginning."},
    {"/mean_free_times", "Mean free times", "", "Time reached times the largest loss rate, over the Knudsen number."},
    {"/knudsen", "Knudsen number", "", "Mean free path in units of the length of the case file."},
    {"/distance_to_local_equilibrium", "Distance to local equilibrium", "",
     "The same as that to equilibrium, with the equilibrium of each position, at the end."},
    {"/distance_to_diffusion", "Distance to diffusion", "",
     "∫|ρ − ρ_D| over the number at the end, ρ_D by the diffusion equation from the same start."},
    {"/diffusion/0/measured", "Diffusion constant of the run", "length²/time", "Kn D of the first shell, measured."},
    {"/diffusion/0/predicted", "… as predicted", "length²/time", "Kn D_kin of the first shell."},
    {"/local_law_defect", "Defect of local laws", "", "Largest |∂ρ/∂t + ∇·J| of number and energy, relative."},
    {"/unresolved", "Unresolved in space", "", "Share of W in the last third of the Fourier modes, the largest."},
    {"/equilibrium/beta", "Inverse temperature β", "1/energy", "Of the equilibrium that the run is heading to."},
    {"/equilibrium/mu", "Chemical potential μ", "energy", "Of the equilibrium that the run is heading to."},
    {"/entropy/initial", "Initial entropy", "",
     "Entropy S per site or volume (k_B = 1) at the beginning; in a bath that of both, S − E/T."},
    {"/entropy/final", "Final entropy", "", "The same at the end; it may only grow."},
    {"/entropy/max_decrease", "Largest fall of entropy", "",
     "Between two outputs; zero or round-off, as the second law demands."},
    {"/mass_drift", "Drift of the number", "", "Relative change of Σ w W over the run; exact up to round-off."},
    {"/energy_drift", "Drift of the energy", "", "Relative change of Σ w ω W over the run."},
    {"/momentum_drift", "Drift of the momentum", "", "Relative change of the total momentum over the run."},
    {"/correction", "Correction", "",
     "Size of what was corrected to conserve number and energy: an estimate of the discretisation error."},
    {"/min_W", "Smallest occupation", "", "Of all nodes and output times; negative means too coarse a resolution."},
    {"/max_W", "Largest occupation", "", "Of all nodes and output times; at most 1 for fermions."},
    {"/mass_defect", "Defect of the number", "", "∫C before any correction, relative to ∫|C|."},
    {"/momentum_defect", "Defect of the momentum", "", "∫k C before any correction, relative to ∫|C|."},
    {"/energy_defect", "Defect of the energy", "", "∫ω C before any correction, relative to ∫|ω C|."},
    {"/error", "Estimated error", "", "Of C, relative to its largest absolute value."},
    {"/energies", "Energies", "", "Number of energy shells of the curve."},
    {"/converged_energies", "Converged energies", "", "Number of those where the error of D is within the tolerance."},
    {"/coefficients/viscosity/value", "Shear viscosity", "momentum³ energy time",
     "Of the first point, ⟨S (−L)⁻¹ S⟩/T with S = k_x k_y, plain ∫dk."},
    {"/coefficients/viscosity/ratio", "… over its first order", "", "What more than one trial function adds."},
    {"/coefficients/heat_conductivity/value", "Heat conductivity", "momentum³ length²/time; phonons: sites^(2−d)/time",
     "Of the first point, ⟨S (−L)⁻¹ S⟩/T², in a gas with S = k_x (ω − h), of phonons with S = ωv: at μ = 0, phonons "
     "flowing."},
    {"/coefficients/heat_conductivity/zero_number_current", "… without a current of number", "sites^(2−d)/time",
     "The same with the gradient of μ that stops the flow of phonons."},
    {"/coefficients/heat_conductivity/rta", "… in the relaxation-time approximation", "sites^(2−d)/time",
     "With the loss rate alone; there is none in one dimension."},
    {"/coefficients/heat_conductivity/ratio", "… over its first order", "", "What more than one trial function adds."},
    {"/axes/0/diffusivities", "Diffusivities", "sites²/time",
     "Eigenvalues of the diffusion matrix of number and energy, of the first point (and axis)."},
    {"/axes/0/heat_conductivity", "Heat conductivity", "sites^(2−d)/time",
     "Of the first point (and axis), where no particles flow."},
    {"/axes/0/conductivity", "Conductivity", "sites^(2−d)/(time energy)",
     "Current of particles per force, of the first point (and axis)."},
    {"/reciprocity", "Defect of reciprocity", "",
     "Largest |L_ab − L_ba|, relative, of the first point; exactly it is zero."},
    {"/coefficients/diffusion/value", "Diffusion constant", "length²/time",
     "Of the first temperature, ⟨v·(−L)⁻¹v⟩/d in thermal equilibrium."},
    {"/coefficients/diffusion/error", "… its relative error", "", "Estimated; an upper bound in practice."},
    {"/coefficients/mobility/value", "Mobility", "length²/(time energy)", "D/T: drift velocity per force."},
    {"/energy_per_particle/initial", "Initial energy of an electron", "energy", "Mean over all of them."},
    {"/energy_per_particle/final", "Final energy of an electron", "energy", "The rest is with the bath."},
    {"/ladder_drift", "Drift of ladders", "",
     "Largest change of the share of electrons on a ladder of energies ε + mω0, which optical phonons conserve."},
    {"/current_decay", "Decay of the current", "1/time", "Slowest, of the first temperature."},
    {"/spectral_gap", "Spectral gap", "1/time", "Smallest relaxation rate of the first point."},
    {"/continuum_edge", "Smallest loss rate", "1/time", "Where the continuous spectrum of the first point begins."},
    {"/points", "Points", "", "Pairs of temperature and fugacity or chemical potential; of phonons temperatures."},
    {"/converged_points", "Converged points", "", "Number of those where all errors are within the tolerance."},
    {"/tolerance", "Tolerance", "", "Relative error that was asked for."},
    {"/largest_error", "Largest error", "", "Estimated, relative, the largest of all energies or points."},
    {"/van_hove", "Van Hove energies", "energy", "Where the density of states is singular; band edges included."},
    {"/most_nodes", "Nodes", "", "Largest number of nodes on one energy shell."},
    {"/steps", "Time steps", "", "Internal steps of the time integrator."},
    {"/rhs_evaluations", "Evaluations", "", "Of the right-hand side C(W)."},
    {"/seconds_per_evaluation", "Time of one evaluation", "s", "Of C(W) on the machine that ran it."},
    {"/wall_seconds", "Wall time", "s", "Of the whole run."},
};

/// A number or a list of numbers; empty for anything else.
std::string value_text(const Json& value) {
  if (value.is_number()) return short_text(value.get<double>());
  if (!value.is_array()) return {};
  std::string text;
  for (const Json& part : value) {
    if (!part.is_number()) return {};
    text += (text.empty() ? "" : ", ") + short_text(part.get<double>());
  }
  return text;
}

std::optional<double> number_at(const Json& json, const char* pointer) {
  const Json::json_pointer place(pointer);
  if (!json.contains(place) || !json[place].is_number()) return std::nullopt;
  return json[place].get<double>();
}

/// Three components, or none.
std::vector<double> velocity_in(const Json& json) {
  const Json::json_pointer place("/equilibrium/velocity");
  if (!json.contains(place) || !json[place].is_array() || json[place].size() != 3) return {};
  std::vector<double> velocity;
  for (const Json& part : json[place]) velocity.push_back(part.is_number() ? part.get<double>() : 0.0);
  return velocity;
}

}  // namespace

Summary read_summary(const std::filesystem::path& directory) {
  const std::filesystem::path path = directory / "summary.json";
  std::ifstream file(path, std::ios::binary);
  if (!file) return {};
  Json json;
  try {
    json = Json::parse(file);
  } catch (const Json::exception& error) {
    throw InvalidArgument(path.string() + ": " + error.what());
  }
  if (!json.is_object()) throw InvalidArgument(path.string() + ": holds no JSON object");
  Summary summary;
  for (const KnownNumber& known : known_numbers) {
    const Json::json_pointer place(known.pointer);
    if (!json.contains(place)) continue;
    std::string value = value_text(json[place]);
    if (!value.empty()) summary.rows.push_back({known.quantity, std::move(value), known.unit, known.explanation});
  }
  summary.beta = number_at(json, "/equilibrium/beta");
  summary.mu = number_at(json, "/equilibrium/mu");
  summary.frozen_modes = number_at(json, "/frozen_modes").value_or(0.0);
  summary.velocity = velocity_in(json);
  return summary;
}

}  // namespace nordheim::program
