// SPDX-License-Identifier: GPL-3.0-or-later
// The products of the three-phonon collision term: cubic springs in space and time.
#pragma once

#include <nordheim/collision/three_phonon.hpp>

#include "collision/space_time_products.hpp"

#include <array>
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
  [[nodiscard]] static std::size_t memory(int dimension, int points, int threads);

 private:
  /// Shifts of the first axis, of the middle one, and of the last, each in [0, N).
  struct Shift {
    std::array<std::size_t, 3> x;
    double alpha;
  };
  /// Of up to four fields: T of them, and T² of one slab; of the two products Q0 and Q1, and T Q0 − 2 Q1 in place of
  /// it.
  struct Work {
    std::array<AlignedArray<Complex>, 4> once, twice;
    std::array<AlignedArray<Complex>, 2> zeroth, first;
  };
  void reserve(std::size_t fields);
  /// out = a·out + b·T in, in slab number s; out begins there.
  void add_differences(const Complex* in, std::size_t s, double a, double b, Complex* out) const noexcept;
  static void add_row(const Complex* forward, const Complex* backward, std::size_t row, std::size_t shift, double a,
                      double b, Complex* out) noexcept;
  template <class Value, std::size_t inputs>
  void multiply_slab(Work& work, const std::array<Complex*, inputs>& fields, std::size_t s) const noexcept;
  template <class Value, std::size_t inputs>
  void multiply(Work& work, const std::array<Complex*, inputs>& fields) const noexcept;

  SpaceTimeEngine engine_;
  std::size_t points_, rows_, row_;  // slabs, rows of a slab, length of a row
  std::size_t reach_ = 0;            // slabs that a bond reaches over
  std::vector<Shift> shifts_;
  double largest_vertex_ = 0.0;  // a bound of |T_A + T_B − T_1|²
  double size_;
  std::vector<Work> work_;
};

}  // namespace nordheim::detail
