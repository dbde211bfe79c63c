// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/elastic_scattering.hpp>
#include <nordheim/core/error.hpp>
#include <nordheim/model/correlator.hpp>
#include <nordheim/model/dispersion.hpp>
#include <nordheim/model/smooth_function.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace nordheim {

/// The energy ω(k) given for the continuum does not increase with k.
class NotIncreasing : public InvalidArgument {
 public:
  using InvalidArgument::InvalidArgument;
};

/// @brief An elastic scattering model: what D_kin(E) is computed for. A value type.
///
/// Lattice (any band with a formula):
///   impurities()     random potential with a correlator
///   mass_disorder()  harmonic lattice with random masses (1 + √ε ξ)⁻²: rate 2πE[ξ²]ω² (J. Lukkarinen and H. Spohn,
///   Arch.
///                    Ration. Mech. Anal. 183, 93 (2007))
///   dilute()         few strong on-site impurities V of density n: rate 2πn|T(E)|² (D. Eng and L. Erdős, Rev. Math.
///                    Phys. 17, 669 (2005))
/// Continuum R³, ω = k²/2 or any increasing isotropic ω(k):
///   continuum()                      random potential with an isotropic correlator
///   point_scatterers(), hard_spheres()  low-density Lorentz gas
///
/// The van Hove energies of a band are searched once, when the model is made.
class ElasticModel {
 public:
  /// @throws InvalidArgument if the correlator is none of this lattice, or the band has no formula or flat pieces
  static ElasticModel impurities(Dispersion dispersion, Correlator correlator);
  /// @param variance  E[ξ²] > 0
  static ElasticModel mass_disorder(Dispersion dispersion, double variance);
  /// @param density    n > 0 [1/site]
  /// @param potential  V, not zero [energy]
  static ElasticModel dilute(Dispersion dispersion, double density, double potential);
  /// @throws InvalidArgument if the correlator is none of R³
  static ElasticModel continuum(Correlator correlator);
  /// @param energy    ω(k), increasing for k > 0
  /// @param velocity  ω'(k)
  static ElasticModel continuum(Correlator correlator, std::function<double(double)> energy,
                                std::function<double(double)> velocity);
  /// @param energy  ω(k) as a formula of k, of dimension 1: that it increases is certain then, not only sampled
  static ElasticModel continuum(Correlator correlator, const SmoothFunction& energy);
  /// @param density            n > 0 [1/length³]
  /// @param scattering_length  a, not zero
  static ElasticModel point_scatterers(double density, double scattering_length);
  /// @param density  n > 0 [1/length³]
  /// @param radius   > 0
  static ElasticModel hard_spheres(double density, double radius);

  [[nodiscard]] bool on_lattice() const noexcept;
  [[nodiscard]] int dimension() const noexcept;
  [[nodiscard]] const std::string& description() const noexcept;
  /// Van Hove energies of the band (lattice), band edges included; in the continuum empty.
  [[nodiscard]] const std::vector<double>& van_hove() const noexcept;
  /// The band.
  /// @throws InvalidArgument in the continuum
  [[nodiscard]] const Dispersion& dispersion() const;

  /// @brief ϑ̂ at this energy: 2πϑ̂(k − k') δ(ω − ω') is the rate from k to k', whatever the model.
  ///
  /// For scatterers in R³ ϑ̂ = n (dσ/dΩ) v²/(2πk²), a function of q = 2k sin(ϑ/2).
  /// @throws InvalidArgument if the energy is out of range
  [[nodiscard]] Correlator correlator(double energy) const;
  /// The energy shell with this order of quadrature (continuum: degree).
  /// @throws InvalidArgument as EnergyShell
  [[nodiscard]] EnergyShell shell(double energy, int order) const;
  /// The scattering operator on that shell.
  /// @throws InvalidArgument as EnergyShell and ElasticScattering
  [[nodiscard]] ElasticScattering scattering(double energy, int order) const;

  /// A point k(E) of the continuum.
  struct Isotropic {
    double k = 0.0;                  ///< ω(k) = E
    double velocity = 0.0;           ///< ω'(k)
    double density_of_states = 0.0;  ///< 4πk²/ω'
    double error = 0.0;              ///< relative, of k, by rounding (of a formula: a bound)
  };
  /// @throws InvalidArgument on a lattice, if no k > 0 has this energy, or if a velocity that was given is not the
  ///         derivative of the energy there, by a quotient of differences; NotIncreasing if ω' > 0 does not hold from 0
  ///         to k and, by up to a factor of two, beyond: by bounds of a formula, for functions at samples
  [[nodiscard]] Isotropic isotropic(double energy) const;

  /// Eigenvalues of −C for spherical harmonics.
  struct RelaxationRates {
    std::vector<double> rates;  ///< λ_l, l = 0 … lmax; λ_0 = 0 [1/time]
    double total = 0.0;         ///< λ_∞ = γ, the total scattering rate
    double error = 0.0;         ///< relative, of the worst: a bound where ϑ̂ has a formula, else an estimate
  };
  /// @brief λ_l (continuum only; P. Funk, E. Hecke):
  ///
  ///     λ_l = 4π² (k²/ω'(k)) ∫_{−1}^{1}dμ ϑ̂(k√(2−2μ)) (1 − P_l(μ)),    or n v σ_l for scatterers.
  /// @throws InvalidArgument on a lattice; if lmax is negative; if ϑ̂ is negative or not finite for some q ≤ 2k, or
  ///         grows so fast at small q that the rates diverge
  [[nodiscard]] RelaxationRates relaxation_rates(double energy, int lmax) const;

  struct Impl;
  /// For the library itself.
  [[nodiscard]] const Impl& impl() const noexcept { return *impl_; }

 private:
  explicit ElasticModel(std::shared_ptr<const Impl> impl);
  std::shared_ptr<const Impl> impl_;
};

}  // namespace nordheim
