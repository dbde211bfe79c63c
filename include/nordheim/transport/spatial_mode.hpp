// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/elastic_scattering.hpp>
#include <nordheim/core/vector3.hpp>
#include <nordheim/evolution/ode_system.hpp>

#include <complex>
#include <memory>
#include <span>
#include <vector>

namespace nordheim {

/// @brief One spatial Fourier mode of the kinetic equation on a shell,
///
///     dW_q/dt = (−i q·v + C) W_q,      ρ_q(t) = Σ_a w_a W_q(k_a, t),
///
/// from ballistic flight (e^{−iq·vt}) through the telegraph crossover to diffusion (e^{−D q²t}), for any time.
class SpatialMode {
 public:
  using Complex = std::complex<double>;

  /// @param q  wavevector 2πp [1/site]
  SpatialMode(const std::shared_ptr<const ElasticScattering>& scattering, const Vector3& q);
  /// The same for many wavevectors of one shell, which share its spectral gap. @param gap  rough_gap(*scattering)
  SpatialMode(std::shared_ptr<const ElasticScattering> scattering, const Vector3& q, double gap);

  /// The spectral gap to a percent, see spectral_gap() [1/time].
  [[nodiscard]] static double rough_gap(const ElasticScattering& scattering);

  /// @brief W_q(t) = e^{(−iq·v + C)t} W_q(0), exactly: by an inverse Laplace transform on a contour (A. Talbot 1979;
  /// J. A. C. Weideman and L. N. Trefethen 2007) with the deflated resolvent, which goes over any time at once when
  /// only diffusion is left, and while the flight is ballistic in steps, or in those of a power series where these cost
  /// less. Mass is exact for q = 0.
  /// @param W           initial state, overwritten, shape (n)
  /// @param negligible  W becomes zero, and costs nothing more, once its norm √(Σ w |W|²), which never grows, is not
  ///                    above this
  void propagate(std::span<Complex> W, double t, double negligible = 0.0) const;

  /// @brief One step of length h of Radau IIA of order 5 (L-stable): three resolvents, uniformly accurate for any h.
  void radau_step(std::span<Complex> W, double h) const;

  /// The same equation for SUNDIALS: real and imaginary parts one after another, size 2n; refers to this object.
  [[nodiscard]] OdeSystem ode_system() const;

  /// ρ_q = Σ w W.
  [[nodiscard]] Complex density(std::span<const Complex> W) const;
  [[nodiscard]] const Vector3& wavevector() const noexcept { return q_; }

 private:
  std::shared_ptr<const ElasticScattering> scattering_;
  Vector3 q_;
  std::vector<double> flight_;  ///< q·v
  double fastest_ = 0.0;        ///< largest |q·v|
  double slowest_wave_ = 0.0;   ///< a lower bound of the decay of all that is not real [1/time], if positive
};

}  // namespace nordheim
