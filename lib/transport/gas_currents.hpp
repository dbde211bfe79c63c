// SPDX-License-Identifier: GPL-3.0-or-later
// The linear response of the currents of number and energy of a lattice gas on one grid.
#pragma once

#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/transport/onsager.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

namespace nordheim::detail {

/// Number and energy, as indices.
inline constexpr std::array<std::size_t, 2> conserved_pair{0, 1};

/// √(M_aa M'_bb).
inline double scale(const ConservedMatrix& first, std::size_t a, const ConservedMatrix& second, std::size_t b) {
  return std::sqrt(first[a][a] * second[b][b]);
}

/// Sets what follows from L and χ.
void add_consequences(OnsagerCoefficients& result, int dimension, double beta);

/// @brief (−C')⁻¹ of LatticeTwoBody on the currents f = v_i g and v_i ω g, in functions h of δW = g h, where it is
/// symmetric in ⟨f, h⟩.
class GasCurrents {
 public:
  /// @throws InvalidArgument if the operator refuses its options, or an occupation is out of range
  GasCurrents(const LatticeGrid& grid, const Equilibrium& equilibrium, const LatticeTwoBodyOptions& options);

  /// @param tolerance  of the squared residual of each solution, relative, at best 1e-26
  /// @throws Error if −C' is not positive
  [[nodiscard]] OnsagerCoefficients coefficients(double tolerance);

 private:
  void require_occupations() const;
  /// out = −C'(W) g h.
  void apply(ConstState h, State out);
  /// v_i g, times ω for energy.
  [[nodiscard]] std::vector<double> current(std::size_t i, std::size_t a) const;
  void add_moments(OnsagerCoefficients& result) const;

  LatticeGrid grid_;
  LatticeTwoBody collisions_;
  double beta_;
  std::vector<double> W_, g_, loss_, change_;
};

}  // namespace nordheim::detail
