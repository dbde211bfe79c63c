// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/invariants.hpp>
#include <nordheim/core/ranks.hpp>
#include <nordheim/core/state.hpp>
#include <nordheim/equation/streaming.hpp>
#include <nordheim/evolution/ode_system.hpp>

#include <memory>
#include <vector>

namespace nordheim {

/// The model of a linearised collision operator that RelaxationPreconditioner inverts.
struct RelaxationModel {
  std::vector<double> weights{};      ///< w of the momentum space, shape (n_k)
  std::vector<double> rates{};        ///< ν(k) ≥ 0 [1/time], the loss rate times n/Kn, shape (n_k)
  std::vector<double> fluctuation{};  ///< g(k) ≥ 0: its products with the invariants do not relax; W(1+θW), shape (n_k)
  Invariants invariants{};            ///< φ_a
};

/// @brief (1 − γJ)⁻¹ for streaming and a relaxation that keeps the invariants,
///
///     J = −v·∇_r − ν + ν g Σ_a e_a ⟨e_a ν, ·⟩,      ⟨f, h⟩ = Σ w f h,
///
/// the e_a being the φ_a made orthonormal in the weight w ν g, so that J g φ_a = 0 in a homogeneous state, and no φ_a
/// is produced. In Fourier space, with c = 1/γ, x = c + i q·v and D = x + ν, one small system for each mode,
///
///     z = D⁻¹(c r + ν g Σ_a e_a s_a),      Σ_b ⟨e_a ν g (x/D) e_b⟩ s_b = ⟨e_a (ν/D) c r⟩,
///
/// written so that no digits are lost as q, c → 0, where the matrix is small like x: the slow modes are inverted as
/// accurately as the others. P. L. Bhatnagar, E. P. Gross, M. Krook, Phys. Rev. 94, 511 (1954) for the model. Without
/// the gain, the diagonal −i q·v − ν alone is worse than no preconditioner.
///
/// One object serves one thread at a time, and uses several inside.
class RelaxationPreconditioner {
 public:
  /// @param velocities, dimension, axes, threads, ranks  as Streaming; set_up() and solve() are collective
  /// @param model  of all momenta, the same on all ranks
  /// @throws InvalidArgument if a rate or a fluctuation is negative or not finite, or as Streaming; DimensionMismatch
  RelaxationPreconditioner(PeriodicBox box, ConstState velocities, int dimension, RelaxationModel model,
                           std::vector<int> axes = {}, int threads = 0, Ranks ranks = {});
  RelaxationPreconditioner(RelaxationPreconditioner&&) noexcept;
  RelaxationPreconditioner& operator=(RelaxationPreconditioner&&) noexcept;
  ~RelaxationPreconditioner();

  /// For a new γ > 0 [time].
  void set_up(double gamma);
  /// z = (1 − γJ)⁻¹ r, shapes (n_r, n_k), of this rank's positions.
  /// @throws DimensionMismatch
  void solve(ConstState r, State z);

  /// As an OdeSystem takes it; refers to this object.
  [[nodiscard]] OdeSystem::Preconditioner for_ode();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nordheim
