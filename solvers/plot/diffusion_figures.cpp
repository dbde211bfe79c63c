// SPDX-License-Identifier: GPL-3.0-or-later
#include "case/transport_units.hpp"
#include "plot/energy_figure.hpp"
#include "plot/figures.hpp"
#include "plot/script_text.hpp"

namespace nordheim::program {

namespace {

/// A symbol with its units, as the title of an axis.
std::string axis(const std::string& symbol, const std::string& units) { return symbol + "  [" + units + "]"; }

/// The diagonal of the tensor and its mean; the mean alone where D is a number.
std::vector<EnergyCurve> diffusion_curves(const ResultData& result) {
  if (!result.has("D_11")) return {{"D"}};
  std::vector<EnergyCurve> curves{{"D_11", "{/:Italic D}_{11}", colour::blue}};
  if (result.has("D_22")) curves.push_back({"D_22", "{/:Italic D}_{22}", colour::vermilion});
  if (result.has("D_33")) curves.push_back({"D_33", "{/:Italic D}_{33}", colour::green});
  curves.push_back({"D", "mean", colour::ink});
  return curves;
}

}  // namespace

Figure diffusion_figure(const ResultData& result) {
  const std::vector<EnergyCurve> curves = diffusion_curves(result);
  Figure figure{"diffusion", "Diffusion coefficient",
                "The kinetic diffusion coefficient D_kin(E) = ⟨v (−C)⁻¹ v⟩ of the energy shell E: a packet of this "
                "energy spreads by ⟨x²⟩ = 2Dt along each axis once it has been scattered many times."};
  if (curves.size() > 1) figure.caption += " D is a tensor here: its diagonal and their mean are drawn.";
  return energy_figure(result, figure, axis("{/:Italic D}_{kin}", transport_units(result.space).D), curves);
}

Figure density_of_states_figure(const ResultData& result) {
  const bool lattice = result.space != "continuum";
  return energy_figure(result,
                       {"density_of_states", "Density of states",
                        lattice ? "The density of states ρ(E) = ∫dk δ(ω(k) − E) per site, over the unit torus."
                                : "The density of states ρ(E) = ∫dk δ(ω(k) − E) over R³: (2π)³ times the number of "
                                  "states per volume and energy."},
                       axis("{/:Italic ρ}", transport_units(result.space).density_of_states), {{"density_of_states"}});
}

Figure rate_figure(const ResultData& result) {
  return energy_figure(result,
                       {"rate", "Scattering rate",
                        "The rate ⟨γ⟩ at which a particle of energy E is scattered, the mean over the shell; 1/⟨γ⟩ is "
                        "the mean free time. Amplitudes decay half as fast."},
                       axis("⟨{/:Italic γ}⟩", transport_units(result.space).rate), {{"rate"}});
}

Figure super_burnett_figure(const ResultData& result) {
  return energy_figure(
      result,
      {"super_burnett", "Super-Burnett coefficient",
       "The coefficient B(E) of the decay of density waves along the first axis, λ(q) = −Dq² + Bq⁴ for small q: where "
       "it is positive, short waves decay more slowly than diffusion says."},
      axis("{/:Italic B}", transport_units(result.space).super_burnett), {{"super_burnett"}});
}

Figure error_figure(const ResultData& result) {
  return energy_error_figure(
      result,
      {"error", "Estimated error of the diffusion coefficient",
       "The estimated relative error of D at each energy, from the orders of quadrature that were compared; an upper "
       "bound in practice. The line is the tolerance that was asked for. Errors of zero, of closed forms, are drawn "
       "at 1e-17."},
      "relative error of {/:Italic D}", "error");
}

}  // namespace nordheim::program
