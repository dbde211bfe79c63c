// SPDX-License-Identifier: GPL-3.0-or-later
// A⁻¹ of linearised collisions on currents, whatever collides.
#pragma once

#include <nordheim/core/state.hpp>

#include <functional>
#include <vector>

namespace nordheim::detail {

/// @brief Conjugate gradients for A x = b, A symmetric and positive in ⟨f, h⟩ = Σ w f h, with the loss rate Γ, the
/// diagonal part of A, as preconditioner. M. R. Hestenes, E. Stiefel, J. Res. Natl. Bur. Stand. 49, 409 (1952).
class ConjugateGradients {
 public:
  /// out = A h, shapes (n).
  using Operator = std::function<void(ConstState h, State out)>;

  /// @param weights, loss  w and Γ, shape (n), which must outlive the object
  /// @param points         nodes per direction, for the sentences of errors
  /// @throws Error if a loss rate is not positive
  ConjugateGradients(ConstState weights, ConstState loss, int points);

  /// @return the number of iterations
  /// @param tolerance  at which iterations end: of the squared residual in the norm of Γ⁻¹, relative
  /// @throws Error if A is not positive or the iteration does not converge
  int solve(const Operator& A, ConstState b, double tolerance, std::vector<double>& x);
  /// ⟨f, h⟩.
  [[nodiscard]] double product(ConstState f, ConstState h) const;

 private:
  ConstState weights_, loss_;
  int points_;
  std::vector<double> residual_, conditioned_, direction_, image_;
};

}  // namespace nordheim::detail
