// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/vector3.hpp>

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace nordheim {

/// ϑ(x) = value at one lattice vector.
struct CorrelatorEntry {
  std::array<int, 3> x{};
  double value = 0.0;
};

/// @brief Correlations of a random potential: ϑ(x) = E[V(0)V(x)], and the spectrum ϑ̂(q) that enters scattering rates.
///
/// On the lattice ϑ̂(q) = Σ_x ϑ(x) e^{−i2πq·x}, periodic with period 1. In the continuum R³ it is isotropic and
/// ϑ̂(q) = (2π)⁻³ ∫dx ϑ(x) e^{−iq·x}: forgetting the (2π)⁻³ is the most likely error of a factor. A random potential exists if and
/// only if ϑ̂ ≥ 0 (S. Bochner), which every constructor checks.
class Correlator {
 public:
  /// Uncorrelated: ϑ̂(q) = variance, for lattice (ϑ(x) = variance·δ_{x0}) and continuum.
  static Correlator delta(double variance);
  /// ϑ̂ from a table of ϑ(x) on Z^d; no image is implied, ϑ(−x) = ϑ(x) must be there.
  static Correlator table(int dimension, const std::vector<CorrelatorEntry>& entries);
  /// ϑ̂(q) = variance · Π_j (1 + c cos 2πq_j), |c| ≤ 1.
  static Correlator product(int dimension, double c, double variance = 1.0);
  /// ϑ(x) = variance · e^{−x²/2ℓ²} on Z^d.
  static Correlator gaussian_lattice(int dimension, double length, double variance = 1.0);
  /// ϑ̂(q) = strength · e^{−q²ℓ²/2} in R³.
  static Correlator gaussian(double length, double strength = 1.0);
  /// ϑ̂(q) = strength · (q² + κ²)⁻² in R³: screened charges.
  static Correlator screened(double kappa, double strength = 1.0);
  /// Any ϑ̂(q) on the torus, called with q in [−½, ½)^d; checked on a grid.
  static Correlator on_lattice(int dimension, std::function<double(const Vector3& q)> spectrum,
                               std::string description = "a function of q");
  /// Any isotropic ϑ̂(|q|) in R³; checked from 10⁻³ to 10³ and at 0 when it is used.
  static Correlator in_continuum(std::function<double(double q)> spectrum,
                                 std::string description = "a function of |q|");
  // Each of these throws InvalidArgument if a parameter is out of range or not finite, or ϑ̂ is negative somewhere or
  // not real (ϑ one-sided), naming the q and the value.

  /// 1 to 3 on the lattice, 3 in the continuum, 0 for both and any (delta).
  [[nodiscard]] int dimension() const noexcept;
  [[nodiscard]] bool on_lattice() const noexcept;    ///< periodic in q
  [[nodiscard]] bool in_continuum() const noexcept;  ///< isotropic in q
  /// Whether ϑ̂ does not depend on q.
  [[nodiscard]] bool is_constant() const noexcept;
  [[nodiscard]] const std::string& description() const noexcept;

  /// ϑ̂(q).
  [[nodiscard]] double operator()(const Vector3& q) const;

 private:
  struct Model;
  explicit Correlator(std::shared_ptr<const Model> model);
  std::shared_ptr<const Model> model_;
};

}  // namespace nordheim
