// SPDX-License-Identifier: GPL-3.0-or-later
// The linear response of the currents of energy and number on one grid with one horizon.
#pragma once

#include "collision/linearised_phonons.hpp"
#include "transport/phonon_weight.hpp"

#include <vector>

namespace nordheim::detail {

/// Time nodes up to a horizon, h = 0.85 π/bandwidth or a little less, so that T/h is an integer.
[[nodiscard]] TimeGrid phonon_time_grid(const Dispersion& dispersion, int points, double horizon);

/// @brief A⁻¹ on the currents e = ωv g² and n = v g², v along the first axis, by conjugate gradients with the loss rate
/// as preconditioner.
///
/// The currents are odd in k and the null vectors of A, 1 and ω, are even: they never enter.
class LatticeCurrents {
 public:
  /// @param points  nodes per direction, a multiple of 4
  /// @throws Error if a loss rate is not positive
  LatticeCurrents(int points, const Dispersion& dispersion, const TimeGrid& time, const PhononWeight& weight,
                  int threads);

  struct Response {
    double energy = 0.0;     ///< ⟨e, A⁻¹ e⟩
    double mixed = 0.0;      ///< ⟨n, A⁻¹ e⟩
    double number = 0.0;     ///< ⟨n, A⁻¹ n⟩
    double loss_only = 0.0;  ///< ⟨e, Γ⁻¹ e⟩
    double square = 0.0;     ///< ⟨e, g⁻² e⟩
    int iterations = 0;      ///< for e
  };
  /// @param tolerance  at which iterations end: of the squared residual in the norm of Γ⁻¹, relative
  /// @throws Error if A is not positive or the iteration does not converge
  [[nodiscard]] Response response(double tolerance);
  [[nodiscard]] LinearisedPhonons& collisions() noexcept { return operator_; }
  /// g, shape (n).
  [[nodiscard]] ConstState fluctuation() const noexcept { return g_; }

 private:
  [[nodiscard]] double product(ConstState f, ConstState h) const;
  int solve(ConstState b, double tolerance, std::vector<double>& x);

  LinearisedPhonons operator_;
  std::vector<double> g_;
  std::vector<double> energy_, number_, residual_, conditioned_, direction_, image_;
  double square_ = 0.0;
};

}  // namespace nordheim::detail
