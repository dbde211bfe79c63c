// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/vector3.hpp>
#include <nordheim/model/smooth_function.hpp>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nordheim {

/// One hopping amplitude of a tight-binding band.
struct HoppingTerm {
  std::array<int, 3> R{};  ///< lattice vector, not zero; ±R are one term
  double t = 0.0;          ///< amplitude [energy]
};

/// Smallest and largest energy of a band.
struct EnergyRange {
  double min = 0.0;
  double max = 0.0;
  /// Bandwidth.
  [[nodiscard]] double width() const noexcept { return max - min; }
};

/// @brief Dispersion relation ω(k) of one band on the torus T^d = [−½, ½)^d, d = 1, 2, 3.
///
/// Energies in units with ħ = 1; the group velocity is v = (2π)⁻¹ ∇ω, in lattice sites per unit time.
/// A value type: cheap to copy, immutable, safe to use from several threads if a user's own callable is.
class Dispersion {
 public:
  using Energy = std::function<double(const Vector3&)>;
  using Velocity = std::function<Vector3(const Vector3&)>;

  /// ω = Σ_j (1 − cos 2πk_j).
  static Dispersion nearest_neighbour(int dimension);
  /// ω = Σ_R t_R (1 − cos 2πk·R), each ±R pair once.
  /// Components of R reach from −256 to 256 in d = 1, ±24 in d = 2, ±8 in d = 3.
  /// @throws InvalidArgument if a term is zero, has R = 0 or components out of range, or comes twice
  static Dispersion hopping(int dimension, const std::vector<HoppingTerm>& terms);
  /// ω = √(ω0² + 2κ Σ_j (1 − cos 2πk_j)), the band of a harmonic lattice with on-site potential; ω0 ≥ 0, κ > 0.
  static Dispersion optical(int dimension, double omega0, double kappa = 1.0);
  /// ω = √(2κ Σ_j (1 − cos 2πk_j)); the velocity at the kink k = 0 is given as 0.
  static Dispersion acoustic(int dimension, double kappa = 1.0);
  /// ω = √(ω0² + (2κ Σ_j (1 − cos 2πk_j))²).
  static Dispersion bending(int dimension, double omega0, double kappa = 1.0);
  /// @brief Any band.
  /// Both functions are called only with k in [−½, ½)^d and continued periodically.
  /// @param energy    ω(k)
  /// @param velocity  (2π)⁻¹∇ω; if empty, by numerical differentiation (GSL), good to about 1e-9
  /// @throws InvalidArgument if a value on the sampling grid is not finite; whatever the functions throw
  static Dispersion from_function(int dimension, Energy energy, Velocity velocity = {},
                                  std::string description = "a function");
  /// @brief A smooth band given by a formula, with exact velocities: what energy shells need.
  ///
  /// @param formula  a generic function of k (see Symbol), periodic with period 1 in each component:
  ///                 from_formula(2, [](const auto& k) { return 2.0 - cos(two_pi * k[0]) - cos(two_pi * k[1]); })
  /// @throws InvalidArgument if it is not finite on the torus, or not periodic together with its gradient
  static Dispersion from_formula(int dimension, const SmoothFunction::Formula& formula,
                                 std::string description = "a formula");
  /// The same of a function that is there already, in its dimension.
  static Dispersion from_formula(const SmoothFunction& formula, std::string description = "a formula");

  [[nodiscard]] int dimension() const noexcept;
  /// The formula, for messages and output.
  [[nodiscard]] const std::string& description() const noexcept;

  /// ω(k), any k (periodic).
  [[nodiscard]] double operator()(const Vector3& k) const;
  /// v(k) = (2π)⁻¹ ∇ω(k).
  [[nodiscard]] Vector3 velocity(const Vector3& k) const;

  /// The formula of ω for exact derivatives and certain bounds; null for a band from_function(). All other kinds have
  /// one.
  [[nodiscard]] const SmoothFunction* formula() const noexcept;

  /// Band edges over the whole torus: in closed form, or by sampling and a simplex search (GSL) to about 1e-9.
  [[nodiscard]] EnergyRange range() const noexcept;
  /// max over the torus and the axes of |v_j| [sites/time].
  [[nodiscard]] double max_velocity() const noexcept;
  /// The amplitudes t_j if ω = const + Σ_j t_j (1 − cos 2πk_j) with every t_j ≠ 0, j < dimension; else nothing.
  [[nodiscard]] std::optional<Vector3> cosine_amplitudes() const noexcept;

 private:
  struct Model;
  explicit Dispersion(std::shared_ptr<const Model> model);
  static Dispersion built(Model model);
  std::shared_ptr<const Model> model_;
};

/// The representative of k in [−½, ½)^d, component by component.
[[nodiscard]] Vector3 wrap_to_torus(const Vector3& k) noexcept;

}  // namespace nordheim
