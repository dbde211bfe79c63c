// SPDX-License-Identifier: GPL-3.0-or-later
// The linear response of the currents of energy and number on one grid with one horizon.
#pragma once

#include "collision/linearised_collisions.hpp"
#include "transport/conjugate_gradients.hpp"
#include "transport/phonon_weight.hpp"

#include <memory>
#include <vector>

namespace nordheim::detail {

/// @brief A⁻¹ on the currents e = ωv g² and n = v g², v along the first axis, by conjugate gradients with the loss rate
/// as preconditioner.
///
/// The currents are odd in k and the null vectors of A, ω and for some collisions 1, are even: they never enter.
class LatticeCurrents {
 public:
  /// @param weight  of which the collisions were made
  /// @throws Error if a loss rate is not positive
  LatticeCurrents(std::unique_ptr<LinearisedCollisions> collisions, const PhononWeight& weight);

  struct Response {
    double energy = 0.0;     ///< ⟨e, A⁻¹ e⟩
    double mixed = 0.0;      ///< ⟨n, A⁻¹ e⟩
    double number = 0.0;     ///< ⟨n, A⁻¹ n⟩, where number is conserved
    double loss_only = 0.0;  ///< ⟨e, Γ⁻¹ e⟩
    double square = 0.0;     ///< ⟨e, g⁻² e⟩
    int iterations = 0;      ///< for e
  };
  /// @param tolerance  at which iterations end: of the squared residual in the norm of Γ⁻¹, relative
  /// @throws Error if A is not positive or the iteration does not converge
  [[nodiscard]] Response response(double tolerance);
  [[nodiscard]] LinearisedCollisions& collisions() noexcept { return *operator_; }
  /// g, shape (n).
  [[nodiscard]] ConstState fluctuation() const noexcept { return g_; }

 private:
  std::unique_ptr<LinearisedCollisions> operator_;
  ConjugateGradients solver_;
  std::vector<double> g_, energy_, number_;
  double square_ = 0.0;
};

}  // namespace nordheim::detail
