// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/transport/gas_transport.hpp>

#include "collision/contact_gas.hpp"
#include "momentum/gauss_rule.hpp"

#include <Eigen/Core>

#include <vector>

namespace nordheim::detail {

/// The variable s(ω) of which trial functions are polynomials: increasing, analytic for ω ≥ 0.
class TrialVariable {
 public:
  TrialVariable(const ContactGas& gas, TrialFunctions kind);
  [[nodiscard]] double operator()(double omega) const;

 private:
  enum class Map { identity, logarithm, area_sine };
  Map map_;
  double centre_ = 0.0;
  double width_ = 1.0;
};

/// @brief Functions of one angular momentum, ψ(k) = k^l f(ω) Y_lm(k̂), to represent deviations δW = W(1+θW) ψ.
///
/// The raw functions are f = ω and the polynomials p_0 … p_N in s(ω), orthonormal in the scalar product
/// ⟨f, g⟩ = ∫_0^∞ dk k^{2l+2} E² f g. Out of them combine() makes an orthonormal basis whose first two functions are
/// f = 1 and f ∝ ω − ⟨ω⟩, which are exact whatever s is: with l = 0 these are number and energy, with l = 1 momentum,
/// the invariants, and the source of heat conduction; with l = 2 the first is the source of viscosity.
class TrialSpace {
 public:
  /// @param degree  N ≥ 0
  TrialSpace(const ContactGas& gas, TrialFunctions kind, int l, int degree);

  [[nodiscard]] int l() const noexcept { return l_; }
  [[nodiscard]] Eigen::Index raw_functions() const noexcept { return static_cast<Eigen::Index>(a_.size()) + 1; }
  /// Values of the raw functions at energies, shape (energies, raw functions), ω first.
  void evaluate(const Eigen::Ref<const Eigen::ArrayXd>& omega, Eigen::Ref<Eigen::MatrixXd> values) const;
  /// @brief The basis as combinations of raw functions up to a degree M ≤ N, shape (raw functions, max(M, 1) + …).
  ///
  /// It has the M + 1 functions 1, ω − ⟨ω⟩ and, orthogonal to both, M − 1 of the space of p_1 … p_M; only 1 for M = 0.
  [[nodiscard]] Eigen::MatrixXd combine(int degree) const;
  /// ‖1‖ and ‖ω − ⟨ω⟩‖.
  [[nodiscard]] double norm_of_one() const noexcept { return norm_of_one_; }
  [[nodiscard]] double norm_of_energy() const noexcept { return norm_of_energy_; }

 private:
  TrialVariable variable_;
  int l_;
  std::vector<double> a_, b_;  // b_{j+1} p_{j+1} = (s − a_j) p_j − b_j p_{j−1}, b_0 = ‖1‖
  Eigen::VectorXd energy_;     // of (ω − ⟨ω⟩)/‖…‖ along p_0 … p_N; the first is zero
  double norm_of_one_ = 0.0;
  double mean_energy_ = 0.0;
  double norm_of_energy_ = 0.0;
};

/// Nodes in k and weights of dk for functions like E².
[[nodiscard]] QuadratureRule radial_rule(const ContactGas& gas);

}  // namespace nordheim::detail
