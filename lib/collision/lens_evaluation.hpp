// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collision/lens_engine.hpp"
#include "momentum/spherical_grid_tables.hpp"

#include <array>
#include <cstddef>
#include <functional>
#include <vector>

namespace nordheim {

namespace detail {

/// What P k and P k², with P in the basis, lie in, and more radial functions.
[[nodiscard]] SphericalBasis raised(const SphericalBasis& basis, int extra_degree) noexcept;

/// @brief G[P; R, R] and G[R; P, P] at the nodes of a grid and anywhere, from nodal P and R, at one degree.
class LensEvaluation {
 public:
  LensEvaluation(const SphericalGridTables& grid, int degree, int extra_degree,
                 const std::function<double(double)>& square, int threads, int lmax = SphericalGrid::largest_degree);

  /// G1 = G[P; R, R] and G2 = G[R; P, P] at the nodes.
  void evaluate(const double* P, const double* R, double* G1, double* G2);
  /// Their derivatives for dP and dR, at the P and R of the last evaluate().
  void linearise(const double* dP, const double* dR, double* dG1, double* dG2);
  /// Coefficients of G1 and G2 of the last evaluate(), in the output basis of engine().
  [[nodiscard]] const std::vector<double>& g1() const noexcept { return g1_; }
  [[nodiscard]] const std::vector<double>& g2() const noexcept { return g2_; }
  [[nodiscard]] const LensEngine& engine() const noexcept { return engine_; }

  /// Bytes that one of these sizes keeps.
  [[nodiscard]] static std::size_t memory(const SphericalBasis& input, int extra_degree, bool potential, int threads);

 private:
  /// Coefficients of two nodal functions, each by a thread if there are two.
  void analyse(const std::array<const double*, 2>& f, const std::array<double*, 2>& coefficients);
  /// The values of two functions at the nodes, likewise.
  void synthesise(const std::array<const double*, 2>& coefficients, const std::array<double*, 2>& f);

  const SphericalGridTables& grid_;
  LensEngine engine_;
  SphericalTransform in_, out_;  // on the nodes
  std::array<NodalScratch, 2> in_scratch_, out_scratch_;
  std::vector<double> p_, r_, dp_, dr_, g1_, g2_, dg1_, dg2_;  // coefficients
};

}  // namespace detail

}  // namespace nordheim
