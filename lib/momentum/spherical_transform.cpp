// SPDX-License-Identifier: GPL-3.0-or-later
#include "momentum/spherical_transform.hpp"

#include "momentum/legendre_functions.hpp"
#include "momentum/oscillator_functions.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>

namespace nordheim::detail {

namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Stride = Eigen::OuterStride<>;
using Rows = Eigen::Map<RowMajor, 0, Stride>;
using ConstRows = Eigen::Map<const RowMajor, 0, Stride>;

Eigen::Index index(std::size_t n) { return static_cast<Eigen::Index>(n); }

ConstRows rows(const double* data, std::size_t count, std::size_t length, std::size_t stride) {
  return {data, index(count), index(length), Stride(index(stride))};
}

Rows rows(double* data, std::size_t count, std::size_t length, std::size_t stride) {
  return {data, index(count), index(length), Stride(index(stride))};
}

Eigen::Map<const Eigen::VectorXd> view(const std::vector<double>& values) {
  return {values.data(), index(values.size())};
}

/// Every second row from @p first on, transposed.
RowMajor every_second(const Eigen::MatrixXd& table, Eigen::Index first) {
  RowMajor result(table.cols(), (table.rows() - first + 1) / 2);
  for (Eigen::Index j = 0; j < result.cols(); ++j) result.col(j) = table.row(first + 2 * j).transpose();
  return result;
}

// A ring has [r][part], the sums over l and n have [part][r]. With two parts, as in the hot loops, the compiler makes
// shuffles of vectors of it.

/// out = E + O.
void interleave_sum(std::size_t parts, std::size_t n, const double* __restrict E, const double* __restrict O,
                    double* __restrict out) {
  if (parts == 1) {
#pragma omp simd
    for (std::size_t r = 0; r < n; ++r) out[r] = E[r] + O[r];
    return;
  }
#pragma omp simd
  for (std::size_t r = 0; r < n; ++r) {
    out[2 * r] = E[r] + O[r];
    out[2 * r + 1] = E[n + r] + O[n + r];
  }
}

/// out = E − O.
void interleave_difference(std::size_t parts, std::size_t n, const double* __restrict E, const double* __restrict O,
                           double* __restrict out) {
  if (parts == 1) {
#pragma omp simd
    for (std::size_t r = 0; r < n; ++r) out[r] = E[r] - O[r];
    return;
  }
#pragma omp simd
  for (std::size_t r = 0; r < n; ++r) {
    out[2 * r] = E[r] - O[r];
    out[2 * r + 1] = E[n + r] - O[n + r];
  }
}

/// E = lower + upper and O = lower − upper; one ring that is both counts once.
void fold(std::size_t parts, std::size_t n, const double* lower, const double* upper, double* __restrict E,
          double* __restrict O) {
  if (lower == upper) {
    for (std::size_t r = 0; r < n; ++r) {
      for (std::size_t part = 0; part < parts; ++part) E[part * n + r] = lower[parts * r + part];
    }
    std::fill_n(O, parts * n, 0.0);
    return;
  }
  if (parts == 1) {
#pragma omp simd
    for (std::size_t r = 0; r < n; ++r) {
      E[r] = lower[r] + upper[r];
      O[r] = lower[r] - upper[r];
    }
    return;
  }
#pragma omp simd
  for (std::size_t r = 0; r < n; ++r) {
    E[r] = lower[2 * r] + upper[2 * r];
    E[n + r] = lower[2 * r + 1] + upper[2 * r + 1];
    O[r] = lower[2 * r] - upper[2 * r];
    O[n + r] = lower[2 * r + 1] - upper[2 * r + 1];
  }
}

}  // namespace

SphericalTransform::SphericalTransform(const SphericalBasis& basis, const SphericalPoints& points)
    : basis_(basis),
      radii_(points.radii.size()),
      polar_(points.cosines.size()),
      half_polar_((polar_ + 1) / 2),
      azimuths_(static_cast<std::size_t>(points.azimuths)),
      half_azimuths_(azimuths_ / 2 + 1),
      slots_(static_cast<std::size_t>(2 * basis.mmax + 1)) {
  for (int l = 0; l <= basis.lmax; ++l) {
    const Eigen::MatrixXd R = oscillator_functions(static_cast<int>(basis.radial(l)), l, points.radii);
    radial_.emplace_back(R);
    radial_weighted_.emplace_back((R * view(points.radial_weights).asDiagonal()).transpose());
  }
  const std::vector<double> half(points.cosines.begin(),
                                 points.cosines.begin() + static_cast<std::ptrdiff_t>(half_polar_));
  const auto half_weights = view(points.polar_weights).head(index(half_polar_));
  for (int m = 0; m <= basis.mmax; ++m) {
    const Eigen::MatrixXd P = legendre_functions(basis.lmax, m, half);
    even_.push_back(every_second(P, 0));
    odd_.push_back(every_second(P, 1));
    even_weighted_.emplace_back((half_weights.asDiagonal() * even_.back()).transpose());
    odd_weighted_.emplace_back((half_weights.asDiagonal() * odd_.back()).transpose());
  }
  cosine_.resize(index(half_azimuths_), basis.mmax + 1);
  sine_.resize(index(half_azimuths_), basis.mmax);
  const double step = 2.0 * std::numbers::pi / points.azimuths;
  for (Eigen::Index i = 0; i < index(half_azimuths_); ++i) {
    for (int m = 0; m <= basis.mmax; ++m) {
      // Reduced, so that symmetric angles have the same cosine to the last digit.
      const double angle = step * static_cast<double>(i * m % points.azimuths);
      cosine_(i, m) = std::cos(angle) * (m == 0 ? 1.0 / std::sqrt(2.0 * std::numbers::pi) : std::numbers::inv_sqrtpi);
      if (m > 0) sine_(i, basis.mmax - m) = std::sin(angle) * std::numbers::inv_sqrtpi;  // rings begin with m = −mmax
    }
  }
  cosine_weighted_ = step * cosine_.transpose();
  sine_weighted_ = step * sine_.transpose();
}

SphericalTransform::Scratch SphericalTransform::make_scratch(std::size_t parts) const {
  const std::size_t degrees = static_cast<std::size_t>(basis_.lmax) + 1;
  const std::size_t folded = std::max(half_polar_, half_azimuths_) * radii_ * parts;
  return {std::vector<double>(degrees * slots_ * radii_ * parts), std::vector<double>(folded),
          std::vector<double>(folded)};
}

void SphericalTransform::coefficients_to_rings(std::size_t parts, const double* coefficients, double* rings,
                                               Scratch& scratch) const {
  const std::size_t row = radii_ * parts, degree = slots_ * row;
  for (int l = 0; l <= basis_.lmax; ++l) {
    const std::size_t orders = basis_.orders(l), n = basis_.radial(l);
    double* const first = scratch.by_degree.data() + static_cast<std::size_t>(l) * degree + (slots_ - orders) / 2 * row;
    rows(first, orders * parts, radii_, radii_).noalias() =
        rows(coefficients, orders * parts, n, n) * radial_[static_cast<std::size_t>(l)];
    coefficients += orders * parts * n;
  }
  for (std::size_t slot = 0; slot < slots_; ++slot) {
    const auto m = static_cast<std::size_t>(std::abs(static_cast<int>(slot) - basis_.mmax));
    const double* const Y = scratch.by_degree.data() + m * degree + slot * row;
    const auto sum = [&](const Table& table, const double* of, double* into) {
      rows(into, half_polar_, row, row).noalias() =
          table * rows(of, static_cast<std::size_t>(table.cols()), row, 2 * degree);
    };
    sum(even_[m], Y, scratch.even.data());
    if (odd_[m].cols() > 0) {
      sum(odd_[m], Y + degree, scratch.odd.data());
    } else {
      std::fill_n(scratch.odd.data(), half_polar_ * row, 0.0);
    }
    for (std::size_t t = 0; t < half_polar_; ++t) {
      const double *const E = scratch.even.data() + t * row, *const O = scratch.odd.data() + t * row;
      double* const lower = rings + (t * slots_ + slot) * row;
      double* const upper = rings + ((polar_ - 1 - t) * slots_ + slot) * row;
      interleave_difference(parts, radii_, E, O, upper);
      interleave_sum(parts, radii_, E, O, lower);  // last: the ring ϑ = π/2 is both
    }
  }
}

void SphericalTransform::rings_to_coefficients(std::size_t parts, const double* rings, double* coefficients,
                                               Scratch& scratch) const {
  const std::size_t row = radii_ * parts, degree = slots_ * row;
  for (std::size_t slot = 0; slot < slots_; ++slot) {
    for (std::size_t t = 0; t < half_polar_; ++t) {
      double *const E = scratch.even.data() + t * row, *const O = scratch.odd.data() + t * row;
      const double* const lower = rings + (t * slots_ + slot) * row;
      const double* const upper = rings + ((polar_ - 1 - t) * slots_ + slot) * row;
      fold(parts, radii_, lower, upper, E, O);
    }
    const auto m = static_cast<std::size_t>(std::abs(static_cast<int>(slot) - basis_.mmax));
    double* const Y = scratch.by_degree.data() + m * degree + slot * row;
    const auto sum = [&](const Table& table, const double* of, double* into) {
      rows(into, static_cast<std::size_t>(table.rows()), row, 2 * degree).noalias() =
          table * rows(of, half_polar_, row, row);
    };
    sum(even_weighted_[m], scratch.even.data(), Y);
    if (odd_weighted_[m].rows() > 0) sum(odd_weighted_[m], scratch.odd.data(), Y + degree);
  }
  for (int l = 0; l <= basis_.lmax; ++l) {
    const std::size_t orders = basis_.orders(l), n = basis_.radial(l);
    const double* const first =
        scratch.by_degree.data() + static_cast<std::size_t>(l) * degree + (slots_ - orders) / 2 * row;
    rows(coefficients, orders * parts, n, n).noalias() =
        rows(first, orders * parts, radii_, radii_) * radial_weighted_[static_cast<std::size_t>(l)];
    coefficients += orders * parts * n;
  }
}

void SphericalTransform::ring_to_values(std::size_t parts, const double* ring, double* values, Scratch& scratch) const {
  const std::size_t row = radii_ * parts, sines = slots_ / 2;
  rows(scratch.even.data(), half_azimuths_, row, row).noalias() =
      cosine_ * rows(ring + sines * row, sines + 1, row, row);
  if (sines > 0) {
    rows(scratch.odd.data(), half_azimuths_, row, row).noalias() = sine_ * rows(ring, sines, row, row);
  } else {
    std::fill_n(scratch.odd.data(), half_azimuths_ * row, 0.0);
  }
  for (std::size_t i = 0; i < half_azimuths_; ++i) {
    const double *const C = scratch.even.data() + i * row, *const S = scratch.odd.data() + i * row;
    double *const here = values + i * row, *const mirrored = values + (azimuths_ - i) % azimuths_ * row;
#pragma omp simd
    for (std::size_t r = 0; r < row; ++r) mirrored[r] = C[r] - S[r];
#pragma omp simd
    for (std::size_t r = 0; r < row; ++r) here[r] = C[r] + S[r];
  }
}

void SphericalTransform::values_to_ring(std::size_t parts, const double* values, double* ring, Scratch& scratch) const {
  const std::size_t row = radii_ * parts, sines = slots_ / 2;
  for (std::size_t i = 0; i < half_azimuths_; ++i) {
    double *const C = scratch.even.data() + i * row, *const S = scratch.odd.data() + i * row;
    const double *const here = values + i * row, *const mirrored = values + (azimuths_ - i) % azimuths_ * row;
    const double both = here == mirrored ? 0.0 : 1.0;
#pragma omp simd
    for (std::size_t r = 0; r < row; ++r) {
      C[r] = here[r] + both * mirrored[r];
      S[r] = here[r] - both * mirrored[r];
    }
  }
  rows(ring + sines * row, sines + 1, row, row).noalias() =
      cosine_weighted_ * rows(scratch.even.data(), half_azimuths_, row, row);
  if (sines > 0) {
    rows(ring, sines, row, row).noalias() = sine_weighted_ * rows(scratch.odd.data(), half_azimuths_, row, row);
  }
}

}  // namespace nordheim::detail
