// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/equation/streaming.hpp>
#include <nordheim/momentum/lattice_grid.hpp>
#include <nordheim/momentum/periodic_box.hpp>

#include <memory>
#include <vector>

namespace nordheim {

/// @brief A force on lattice particles,  ∂W/∂t = −(2π)⁻¹ F(r)·∇_k W,  exact for what the nodes resolve: at each
/// position W is a Fourier series in k, whose term e^{i2πk·x} turns with e^{−iF·x t}.
///
/// The momentum conjugate to the position is 2πk (waves are e^{i2πk·x}, ħ = 1), hence dk/dt = F/(2π) beside
/// dr/dt = v = ∇ω/(2π): with F = −∇U the energy ω(k) + U(r) of a particle does not change, and in a constant force k
/// runs around the torus in the time 2π/|F_j| (Bloch oscillations).
///
/// The sum over k at every position is kept to rounding, and what the force produces of the energy is the power F·J
/// with J = Σ w v W, to rounding if the grid resolves ω (a Fourier series with |x_j| < N/2). The terms x_j = N/2 of an
/// even N stand for both signs; they do not turn, as the corresponding modes of PeriodicBox.
/// One object serves one thread at a time, and uses several inside; results do not depend on their number.
class LatticeForce {
 public:
  /// @param force    F, shape (n_r, d), row-major, for all components of k [energy/site]; on several ranks n_r is the
  ///                 number of positions of this one
  /// @param threads  0: all that OpenMP has
  /// @throws InvalidArgument if a component is not finite; DimensionMismatch if there are not d for each position
  LatticeForce(const LatticeGrid& grid, std::vector<double> force, int threads = 0);
  LatticeForce(LatticeForce&&) noexcept;
  LatticeForce& operator=(LatticeForce&&) noexcept;
  ~LatticeForce();

  /// F, shape (n_r, d).
  [[nodiscard]] ConstState force() const noexcept;

  /// dWdt += −(2π)⁻¹ F·∇_k W, shapes (n_r, n_k).
  /// @throws DimensionMismatch
  void add_rate(ConstState W, State dWdt) const;

  /// @brief Free motion in a constant force, streaming included: W(r, k) ← W(r − d(k), k − F t/(2π)) with
  /// d = ∫_0^t v(k − F s/(2π)) ds, of which F·d = ω(k) − ω(k − F t/(2π)); exact for what both grids resolve.
  ///
  /// F is that of the first position. Steps may be composed as far as the product of W and the factors e^{−iq·d} is
  /// resolved.
  /// @param streaming  of the box of the positions, and with the velocities of the grid; collective among its ranks
  /// @throws DimensionMismatch
  void flight(double t, const Streaming& streaming, State W) const;

  /// W(r, k) ← W(r, k − F(r) t/(2π)), shape (n_r, n_k).
  /// @throws DimensionMismatch
  void flow(double t, State W) const;

  /// As Streaming::unresolved(), of the terms in k: the share of those with some |x_j| above N/3, over all r.
  /// @throws DimensionMismatch
  [[nodiscard]] double unresolved(ConstState W) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// @brief F(r) = F_0(r) − ∇U(r) at the nodes of a box, shape (n_r, dimension), row-major; empty if both are.
///
/// The derivative is that of the Fourier series through the values of U, which must be periodic in the box.
/// @param dimension  components of k
/// @param axes       which component belongs to each axis of the box, as Streaming::axes()
/// @param force      F_0: empty, one number for each component, or such for each node, shape (n_r, dimension)
/// @param potential  U, shape (n_r), or empty
/// @throws InvalidArgument if a number is not finite; DimensionMismatch
[[nodiscard]] std::vector<double> force_field(const PeriodicBox& box, int dimension, const std::vector<int>& axes,
                                              const std::vector<double>& force, const std::vector<double>& potential);

namespace detail {

/// The grid behind a momentum space: itself, what its lattice() says, or null.
template <class Space>
[[nodiscard]] const LatticeGrid* lattice_of(const Space& space) {
  if constexpr (std::same_as<Space, LatticeGrid>) {
    return &space;
  } else if constexpr (requires { space.lattice(); }) {
    return space.lattice();
  } else {
    return nullptr;
  }
}

}  // namespace detail

}  // namespace nordheim
