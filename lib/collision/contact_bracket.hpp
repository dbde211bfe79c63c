// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collision/contact_shells.hpp"

#include <Eigen/Core>

#include <functional>
#include <vector>

namespace nordheim::detail {

/// Functions ψ = k^l f(ω) Y_lm(k̂) of one angular momentum.
struct HarmonicFunctions {
  int l;
  Eigen::Index count;
  /// Energies, shape (n), to values of all f, shape (n, count).
  std::function<void(const Eigen::Ref<const Eigen::ArrayXd>&, Eigen::Ref<Eigen::MatrixXd>)> evaluate;
};

/// @brief ⟨ψ_i, −L ψ_j⟩ of the functions of each angular momentum, for the linearised contact collisions of strength 1,
/// C(W + W(1+θW)ψ) ≈ Lψ, in units of the gas (activity² of them).
///
/// A contact collision forgets all of a pair but P = k1 + k2 and the total energy: on that sphere of relative
/// directions it is a draw with the weight B = E1 E2. So the bracket is the variance of F = ψ(k1) + ψ(k2) on the
/// sphere, summed over spheres,
///
///     ⟨ψ, −Lψ⟩ = ¼ ∫d³k1 … d³k4 δ³δ E1E2E3E4 (ψ1+ψ2−ψ3−ψ4)²
///              = (π/16) ∫dP dg P² g³ [ ∫B dĝ ∫B F² dĝ − (∫B F dĝ)² ]   (mean over the directions of P),
///
/// of which ∫F² needs P_l(k̂1·k̂2) and ∫F only the part symmetric about P. As a variance of any quadrature rule it is
/// never negative and vanishes for the invariants exactly, to rounding.
[[nodiscard]] std::vector<Eigen::MatrixXd> contact_brackets(const ContactShells& shells,
                                                            const std::vector<HarmonicFunctions>& harmonics);

}  // namespace nordheim::detail
