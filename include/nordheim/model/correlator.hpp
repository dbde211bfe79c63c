// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/vector3.hpp>
#include <nordheim/model/smooth_function.hpp>

#include <array>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace nordheim {

/// ϑ(x) = value at one lattice vector.
struct CorrelatorEntry {
  std::array<int, 3> x{};
  double value = 0.0;
};

/// ϑ(x) = variance · Π_j ϑ_1(|x_j|) on Z^d.
struct SeparableCorrelation {
  double variance = 1.0;
  std::vector<double> factor{};  ///< ϑ_1(0) = 1, ϑ_1(1), …
  bool cut_off = false;          ///< whether ϑ_1 goes on, with values below 10⁻¹⁸ that are left out
};

/// @brief Correlations of a random potential: ϑ(x) = E[V(0)V(x)], and the spectrum ϑ̂(q) that enters scattering rates.
///
/// On the lattice ϑ̂(q) = Σ_x ϑ(x) e^{−i2πq·x}, periodic with period 1. In the continuum R³ it is isotropic and
/// ϑ̂(q) = (2π)⁻³ ∫dx ϑ(x) e^{−iq·x}: forgetting the (2π)⁻³ is the most likely error of a factor. A homogeneous random
/// potential exists if and only if ϑ̂ is real, even and ≥ 0 (S. Bochner), which every constructor checks.
///
/// A value type: cheap to copy, immutable, safe to use from several threads if a user's own function is.
class Correlator {
 public:
  // Each of these throws InvalidArgument if a parameter is out of range or not finite, or ϑ̂ is negative somewhere or
  // not even (ϑ one-sided), naming the q and the value.

  /// Uncorrelated: ϑ̂(q) = variance, for lattice (ϑ(x) = variance·δ_{x0}) and continuum; variance > 0.
  static Correlator delta(double variance);
  /// @brief ϑ̂ from a table of ϑ(x) on Z^d; no image is implied, ϑ(−x) = ϑ(x) must be there. Where ϑ̂ ≥ 0 is the
  /// question, it is minimised over the torus, and a minimum below 0 by more than rounding refused.
  ///
  /// Components of x reach from −256 to 256 in d = 1, ±24 in d = 2, ±8 in d = 3. O(entries) an evaluation.
  /// @throws InvalidArgument also if an x comes twice, or its image is missing or has another value
  static Correlator table(int dimension, const std::vector<CorrelatorEntry>& entries);
  /// ϑ̂(q) = variance · Π_j (1 + c cos 2πq_j), |c| ≤ 1, variance > 0.
  static Correlator product(int dimension, double c, double variance = 1.0);
  /// ϑ(x) = variance · e^{−x²/2ℓ²} on Z^d, every x; ℓ > 0, variance > 0. ϑ̂ to about 10⁻¹⁵, relative, at every q.
  static Correlator gaussian_lattice(int dimension, double length, double variance = 1.0);
  /// ϑ̂(q) = strength · e^{−q²ℓ²/2} in R³; ℓ > 0, strength > 0.
  static Correlator gaussian(double length, double strength = 1.0);
  /// ϑ̂(q) = strength · (q² + κ²)⁻² in R³: screened charges; κ > 0, strength > 0.
  static Correlator screened(double kappa, double strength = 1.0);
  /// @brief Any ϑ̂(q) on the torus, called with q in [−½, ½)^d.
  ///
  /// Minimised over the torus here, and checked again wherever it is evaluated: operator() throws InvalidArgument at a
  /// negative or infinite value.
  static Correlator on_lattice(int dimension, std::function<double(const Vector3& q)> spectrum,
                               std::string description = "a function of q");
  /// The same of a formula that is defined for all q and must have the period 1 in each component by itself.
  /// @throws InvalidArgument also if it has not
  static Correlator lattice_formula(int dimension, const std::function<double(const Vector3& q)>& formula,
                                    std::string description = "a formula of q");
  /// @brief Any isotropic ϑ̂(|q|) in R³; at q = 0 it may be infinite as long as nobody asks there.
  ///
  /// Sampled here from |q| = 10⁻³ to 10³, and checked again wherever it is evaluated, as on_lattice().
  static Correlator in_continuum(const std::function<double(double q)>& spectrum,
                                 const std::string& description = "a function of |q|");
  /// The same as a formula of |q|, of dimension 1: that ϑ̂ ≥ 0 is certified by bounds, however narrow a dip may be, here
  /// up to |q| = 10³ and by require_non_negative() wherever rates are computed; so is the error of their integrals.
  static Correlator in_continuum(const SmoothFunction& spectrum, const std::string& description = "a formula of |q|");

  /// 1 to 3 on the lattice, 3 in the continuum, 0 for both and any (delta).
  [[nodiscard]] int dimension() const noexcept;
  [[nodiscard]] bool on_lattice() const noexcept;    ///< periodic in q
  [[nodiscard]] bool in_continuum() const noexcept;  ///< isotropic in q
  /// Whether ϑ̂ does not depend on q.
  [[nodiscard]] bool is_constant() const noexcept;
  [[nodiscard]] const std::string& description() const noexcept;

  /// ϑ(x) where it is not zero, if it was given as a table; else nothing.
  [[nodiscard]] std::span<const CorrelatorEntry> entries() const noexcept;
  /// ϑ(x) as a product over the axes, if it is one of product() or gaussian_lattice(); else null.
  [[nodiscard]] const SeparableCorrelation* separable() const noexcept;
  /// ϑ̂ in the continuum as a formula of |q|, for certain bounds; null for a callable and on the lattice.
  [[nodiscard]] const SmoothFunction* isotropic_formula() const noexcept;
  /// @brief Makes sure that ϑ̂ ≥ 0 for |q| ≤ @p largest by bounds of isotropic_formula(), up to the rounding of a
  /// formula; without a formula nothing happens here.
  /// @throws InvalidArgument if ϑ̂ is negative, or if it needs too many steps to see
  void require_non_negative(double largest) const;

  /// ϑ̂(q).
  [[nodiscard]] double operator()(const Vector3& q) const;

 private:
  struct Model;
  explicit Correlator(std::shared_ptr<const Model> model);
  std::shared_ptr<const Model> model_;
};

}  // namespace nordheim
