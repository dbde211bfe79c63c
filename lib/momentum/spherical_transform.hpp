// SPDX-License-Identifier: GPL-3.0-or-later
// Values on a product grid of radii, polar angles and azimuths from coefficients of oscillator functions, and back.
#pragma once

#include "momentum/spherical_basis.hpp"

#include <Eigen/Core>

#include <array>
#include <cstddef>
#include <vector>

namespace nordheim::detail {

/// A product grid with quadrature weights: ∫d³r F ≈ Σ (2π/azimuths) polar_weights radial_weights F.
struct SphericalPoints {
  std::vector<double> radii, radial_weights;   ///< for ∫r² dr
  std::vector<double> cosines, polar_weights;  ///< cos ϑ symmetric about 0, for ∫d cos ϑ
  int azimuths = 1;                            ///< φ = 2πi/azimuths

  [[nodiscard]] std::size_t size() const noexcept {
    return radii.size() * cosines.size() * static_cast<std::size_t>(azimuths);
  }
};

/// @brief The sums  f(r, ϑ, φ) = Σ c_nlm R_nl(r) Y_lm(ϑ, φ)  and  c_nlm = Σ w R_nl Y_lm f  on a product grid, as matrix
/// products over n, then l, then m; the second is the inverse of the first where the grid is fine enough.
///
/// Only the sums over n mix radii. The others can be done for a few radii at a time, a block, so that all that lies
/// between coefficients and values stays in the cache. Real functions have one part, complex ones two. Between the
/// steps lie
///
/// | array | order | size |
/// | --- | --- | --- |
/// | coefficients | [l][m][part][n] | parts × basis().size() |
/// | degrees | [l][m = −mmax … mmax][part][r] | degrees_size(parts) |
/// | rings of a block | [ϑ][m = −mmax … mmax][r][part] | ring_size(parts, block) for each ϑ |
/// | values of a ring | [φ][r][part] | ring_values(parts, block) |
///
/// and what is local in space can be done ring by ring. Even and odd functions of cos ϑ are summed apart, which halves
/// the work, and so are cosines and sines of even and odd m where the azimuths φ are a multiple of four, which leaves a
/// quarter of the azimuthal step: φ, −φ, π − φ and π + φ differ in signs only. That step is a matrix product as well: a
/// fast transform of these lengths (2mmax to 4mmax points, mmax below about 50) takes longer.
/// Const use from several threads is safe, with a Scratch for each.
class SphericalTransform {
 public:
  /// Radii that are treated together.
  struct Block {
    std::size_t first, radii;
  };
  /// Work space of one thread.
  struct Scratch {
    std::vector<double> by_degree;  // of a block: [l][m][part][r]; of all radii: degrees
    std::vector<double> folded;     // of a column (m): [even, odd][ϑ][part][r]; of a ring: [family][φ][r][part]
    std::vector<double> column;     // of a column (m): [l][part][r]
  };

  SphericalTransform(const SphericalBasis& basis, const SphericalPoints& points);

  [[nodiscard]] const SphericalBasis& basis() const noexcept { return basis_; }
  [[nodiscard]] std::size_t polar() const noexcept { return polar_; }
  [[nodiscard]] Block all() const noexcept { return {0, radii_}; }
  [[nodiscard]] std::size_t degrees_size(std::size_t parts) const noexcept {
    return (static_cast<std::size_t>(basis_.lmax) + 1) * slots_ * radii_ * parts;
  }
  /// Numbers of one ring between the steps.
  [[nodiscard]] std::size_t ring_size(std::size_t parts, const Block& block) const noexcept {
    return slots_ * block.radii * parts;
  }
  /// Numbers of the values on one ring.
  [[nodiscard]] std::size_t ring_values(std::size_t parts, const Block& block) const noexcept {
    return azimuths_ * block.radii * parts;
  }
  /// For blocks of at most so many radii.
  [[nodiscard]] Scratch make_scratch(std::size_t parts, std::size_t radii) const;

  /// @param distance  from ring to ring
  void coefficients_to_rings(std::size_t parts, const Block& block, const double* coefficients, double* rings,
                             std::size_t distance, Scratch& scratch) const;
  void ring_to_values(std::size_t parts, const Block& block, const double* ring, double* values,
                      Scratch& scratch) const;
  void values_to_ring(std::size_t parts, const Block& block, const double* values, double* ring,
                      Scratch& scratch) const;
  /// @param distance  from ring to ring
  void rings_to_degrees(std::size_t parts, const Block& block, const double* rings, std::size_t distance,
                        double* degrees, Scratch& scratch) const;
  void degrees_to_coefficients(std::size_t parts, const double* degrees, double* coefficients) const;

 private:
  using Table = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

  /// Functions of φ that have the same signs at the images of an angle; their m are @ref stride apart.
  struct Family {
    Table values, weighted;             // φ (half or quarter) × m; m × φ
    std::size_t first = 0, stride = 1;  // of the slots m + mmax
  };

  void add_family(bool sines, int parity, int step);
  template <class Number>
  [[nodiscard]] std::array<Number*, 4> images(Number* values, std::size_t i, std::size_t row) const noexcept;
  void unfold(const double* sums, double* values, std::size_t row) const;
  void fold(const double* values, double* sums, std::size_t row) const;

  SphericalBasis basis_;
  std::size_t radii_, polar_, half_polar_, azimuths_, slots_;
  std::vector<Table> radial_, radial_weighted_;      // of l: n × r, r × n
  std::vector<Table> even_, odd_;                    // of |m|: ϑ (half) × l
  std::vector<Table> even_weighted_, odd_weighted_;  // of |m|: l × ϑ (half)
  std::vector<Family> families_;                     // cosines of even and odd m, sines of even and odd m
};

}  // namespace nordheim::detail
