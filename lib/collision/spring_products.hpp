// SPDX-License-Identifier: GPL-3.0-or-later
// The products of the three-phonon collision term: cubic springs in space and time.
#pragma once

#include <nordheim/collision/three_phonon.hpp>

#include "collision/space_time_products.hpp"
#include "collision/spring_sweep.hpp"

#include <cstddef>
#include <vector>

namespace nordheim::detail {

/// @brief With T f(y) = Σ_x α(x) [f(y+x) − f(y−x)], which is Σ_x α(x) 2i sin 2πk·x in k,
///
///     X = Z[R, R + 2P̄],   Y = Z[P, P + 2R̄],
///     Z[A, B] = −[T²(AB) − 2T(TA·B + A·TB) + T²A·B + 2 TA·TB + A·T²B]:
///
/// of the two legs A, B and the third one, k1, the factor −(T_A + T_B − T_1)² = |T_A + T_B − T_1|² of the vertex. R·R
/// is one quantum made of two, R·P̄ one that a quantum of higher energy splits off.
class SpringProducts final : public SpaceTimeProducts {
 public:
  SpringProducts(SpaceTimeEngine engine, int dimension, int points, const std::vector<CubicBond>& bonds);

  void integrate(const double* R, const double* P, const std::vector<double>& weights, double* S_X,
                 double* S_Y) override;
  void differentiate(const double* R, const double* P, const double* dR, const double* dP,
                     const std::vector<double>& weights, double* dS_X, double* dS_Y) override;
  [[nodiscard]] double largest_product(double P, double R) const override;
  [[nodiscard]] int threads() const override { return engine_.threads(); }

  /// Bytes of the work space for one right-hand side, besides the engine.
  [[nodiscard]] static std::size_t memory(int dimension, int points, const std::vector<CubicBond>& bonds, int threads);

 private:
  SpaceTimeEngine engine_;
  int dimension_, points_;
  std::vector<CubicBond> bonds_;
  double largest_vertex_ = 0.0;  // a bound of |T_A + T_B − T_1|²
  std::vector<SpringSweep<Wave>> products_;
  std::vector<SpringSweep<VariedWave>> derivatives_;
};

}  // namespace nordheim::detail
