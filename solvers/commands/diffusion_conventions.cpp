// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/diffusion_conventions.hpp"

#include <variant>

namespace nordheim::program {

namespace {

constexpr const char* lattice_space =
    "hbar = 1, time in 1/energy; lattice: k in [-1/2, 1/2)^d in units of 2 pi over the lattice constant, int dk over "
    "the unit torus (no 2 pi); v = grad_k omega / (2 pi) in sites per unit time; rho(E) = int dk delta(omega-E), "
    "states per site and energy";
constexpr const char* continuum_space =
    "hbar = m = 1, time in 1/energy; continuum R^3: wave vector k, v = d omega / dk, int dk over R^3 (no (2 pi)^-3); "
    "rho(E) = int dk delta(omega-E), (2 pi)^3 times the states per volume and energy";

constexpr const char* golden_rule =
    "C(W)(k) = 2 pi int dk' theta(k-k') delta(omega-omega') (W(k')-W(k)), weak random potential V: the 2 pi of Fermi's "
    "golden rule, the only one; rate = shell mean of the loss rate of W, 2 pi int dk' theta delta";

/// The collision term of a model, one overload for each kind of collision.
struct CollisionTerm {
  bool continuum;

  std::string operator()(const ImpurityCase& /*impurity*/) const {
    return std::string(golden_rule) +
           (continuum ? "; theta(q) = (2 pi)^-3 int dx theta(x) exp(-i q.x), theta(x) = E[V(0) V(x)]"
                      : "; theta(q) = sum_x theta(x) exp(-i 2 pi q.x), theta(x) = E[V(0) V(x)]");
  }
  std::string operator()(const MassDisorderCase& /*disorder*/) const {
    return "C(W)(k) = 2 pi E[xi^2] omega^2 int dk' delta(omega-omega') (W(k')-W(k)), harmonic lattice of masses "
           "(1 + sqrt(eps) xi)^-2, variance = E[xi^2], omega the frequency of the phonons; rate = 2 pi E[xi^2] E^2 rho";
  }
  std::string operator()(const ScatterersCase& scatterers) const {
    if (!continuum) {
      return "C(W)(k) = 2 pi n |T(E)|^2 int dk' delta(omega-omega') (W(k')-W(k)), n impurities per site of strength V, "
             "T = V/(1 - V G(E + i0)), G(z) = int dk / (z - omega); rate = 2 pi n |T|^2 rho";
    }
    const std::string phases = scatterers.scatterer == "radius"
                                   ? "hard spheres of radius a: tan delta_l = j_l(ka)/y_l(ka)"
                                   : "points of scattering length a: tan delta_0 = -k a";
    return "C(W)(k) = n v int dOmega' dsigma/dOmega (W(k')-W(k)), |k'| = |k|, n scatterers per volume, " + phases +
           "; no 2 pi but those in the cross section sigma; rate = n v sigma";
  }
};

}  // namespace

std::string diffusion_conventions(const Case& input) {
  const bool continuum = input.momentum.space == "continuum";
  return std::string(continuum ? continuum_space : lattice_space) + "\n" +
         std::visit(CollisionTerm{continuum}, input.elastic.value()) +
         "; amplitudes decay half as fast\n"
         "D = <v (-C)^-1 v>: mean-square displacement 2 D t along each axis; super_burnett B: lambda(q) = -D q^2 + B "
         "q^4, q the wave vector in radians per " +
         (continuum ? "length" : "site") + "; errors: estimated, relative (of B absolute)";
}

}  // namespace nordheim::program
