// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/vector3.hpp>
#include <nordheim/wigner/lattice_box.hpp>

#include <complex>
#include <vector>

namespace nordheim {

/// A one-particle wave function and how many particles are in it.
struct OccupiedWave {
  double occupation = 1.0;                 ///< p ≥ 0
  std::vector<std::complex<double>> wave;  ///< ψ(x), shape (N^d) in the order of the sites, of any norm
};

/// @brief The one-particle density matrix  R = Σ_i p_i |ψ_i⟩⟨ψ_i|  on a LatticeBox, kept as its wave functions.
class WaveMixture {
 public:
  /// @throws InvalidArgument without waves, if one has another length than the box or is not finite, or p_i < 0
  WaveMixture(LatticeBox box, std::vector<OccupiedWave> waves);

  /// One particle in one wave function.
  [[nodiscard]] static WaveMixture pure(LatticeBox box, std::vector<std::complex<double>> wave);

  [[nodiscard]] const LatticeBox& box() const noexcept { return box_; }
  [[nodiscard]] const std::vector<OccupiedWave>& waves() const noexcept { return waves_; }

 private:
  LatticeBox box_;
  std::vector<OccupiedWave> waves_;
};

/// Centre, momentum and width of a Gaussian packet.
struct PacketShape {
  Vector3 centre{};    ///< c [sites], any point, taken modulo N
  Vector3 momentum{};  ///< k, any, taken modulo 1
  double width = 1.0;  ///< σ [sites], from 0.1 to N; |ψ|² has the standard deviation σ/√2
};

/// @brief A periodised Gaussian packet of norm one,
///
///     ψ(x) ∝ Σ_{m∈Z^d} e^{−|x+Nm−c|²/2σ²} e^{i2πk·(x+Nm)},
///
/// shape (N^d) in the order of the sites.
/// @throws InvalidArgument if the centre or momentum is not finite or the width out of range
[[nodiscard]] std::vector<std::complex<double>> gaussian_packet(const LatticeBox& box, const PacketShape& shape);

}  // namespace nordheim
