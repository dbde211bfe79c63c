// SPDX-License-Identifier: GPL-3.0-or-later
#include "momentum/spherical_transform.hpp"

#include "momentum/legendre_functions.hpp"
#include "momentum/oscillator_functions.hpp"
#include "momentum/small_product.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>

namespace nordheim::detail {

namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Eigen::Index index(std::size_t n) { return static_cast<Eigen::Index>(n); }

Panel<const double> panel(const RowMajor& table) {
  const auto columns = static_cast<std::size_t>(table.cols());
  return {table.data(), static_cast<std::size_t>(table.rows()), columns, columns};
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

// A ring has [r][part], the sums over l and n have [part][r].

/// lower = E + O and upper = E − O; one ring that is both is their sum.
void unfold_rings(std::size_t parts, std::size_t n, const double* __restrict E, const double* __restrict O,
                  double* lower, double* upper) {
  if (parts == 1) {
#pragma omp simd
    for (std::size_t r = 0; r < n; ++r) upper[r] = E[r] - O[r];
#pragma omp simd
    for (std::size_t r = 0; r < n; ++r) lower[r] = E[r] + O[r];
    return;
  }
#pragma omp simd
  for (std::size_t r = 0; r < n; ++r) {
    upper[2 * r] = E[r] - O[r];
    upper[2 * r + 1] = E[n + r] - O[n + r];
  }
#pragma omp simd
  for (std::size_t r = 0; r < n; ++r) {
    lower[2 * r] = E[r] + O[r];
    lower[2 * r + 1] = E[n + r] + O[n + r];
  }
}

/// E = lower + upper and O = lower − upper; one ring that is both counts once.
void fold_rings(std::size_t parts, std::size_t n, const double* lower, const double* upper, double* __restrict E,
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
  const bool quarters = azimuths_ % 4 == 0;
  const int step = quarters ? 2 : 1;  // between the m of a family
  for (const bool sines : {false, true}) {
    for (int parity = 0; parity < step; ++parity) add_family(sines, parity, step);
  }
}

/// The cosines or sines of mφ with m ≡ @p parity modulo @p step, as far as they are in the basis.
void SphericalTransform::add_family(bool sines, int parity, int step) {
  const int lowest = sines && parity == 0 ? step : parity;
  const int count = basis_.mmax < lowest ? 0 : (basis_.mmax - lowest) / step + 1;
  const std::size_t points = azimuths_ / (2 * static_cast<std::size_t>(step)) + 1;
  const auto azimuths = static_cast<Eigen::Index>(azimuths_);
  const double spacing = 2.0 * std::numbers::pi / static_cast<double>(azimuths_);
  Family& family = families_.emplace_back();
  family.stride = static_cast<std::size_t>(step);
  if (count > 0) {
    const int highest = lowest + (count - 1) * step;
    family.first = static_cast<std::size_t>(sines ? basis_.mmax - highest : basis_.mmax + lowest);
  }
  family.values.resize(index(points), count);
  family.weighted.resize(count, index(points));
  for (Eigen::Index i = 0; i < index(points); ++i) {
    // An angle that is its own image, of which there are two then.
    const bool twice = i == 0 || 2 * i * step == azimuths;
    for (int j = 0; j < count; ++j) {
      const int m = lowest + (sines ? count - 1 - j : j) * step;  // rings begin with m = −mmax
      // Reduced, so that symmetric angles have the same cosine to the last digit.
      const double angle = spacing * static_cast<double>(i * m % azimuths);
      const double norm = m == 0 ? 1.0 / std::sqrt(2.0 * std::numbers::pi) : std::numbers::inv_sqrtpi;
      family.values(i, j) = norm * (sines ? std::sin(angle) : std::cos(angle));
      family.weighted(j, i) = (twice ? 0.5 : 1.0) * spacing * family.values(i, j);
    }
  }
}

SphericalTransform::Scratch SphericalTransform::make_scratch(std::size_t parts, std::size_t radii) const {
  const std::size_t degrees = static_cast<std::size_t>(basis_.lmax) + 1;
  const std::size_t points = static_cast<std::size_t>(families_.front().values.rows());
  const std::size_t row = radii * parts, folded = std::max(2 * half_polar_, families_.size() * points) * row;
  return {std::vector<double>(degrees * slots_ * row), std::vector<double>(folded), std::vector<double>(degrees * row)};
}

void SphericalTransform::coefficients_to_rings(std::size_t parts, const Block& block, const double* coefficients,
                                               double* rings, std::size_t distance, Scratch& scratch) const {
  const std::size_t row = block.radii * parts, degree = slots_ * row;
  for (int l = 0; l <= basis_.lmax; ++l) {
    const std::size_t orders = basis_.orders(l), n = basis_.radial(l);
    const Table& R = radial_[static_cast<std::size_t>(l)];
    double* const first = scratch.by_degree.data() + static_cast<std::size_t>(l) * degree + (slots_ - orders) / 2 * row;
    multiply({coefficients, orders * parts, n, n}, {R.data() + block.first, n, block.radii, radii_},
             {first, orders * parts, block.radii, block.radii});
    coefficients += orders * parts * n;
  }
  double *const even = scratch.folded.data(), *const odd = even + half_polar_ * row;
  for (std::size_t slot = 0; slot < slots_; ++slot) {
    const auto m = static_cast<std::size_t>(std::abs(static_cast<int>(slot) - basis_.mmax));
    const double* const Y = scratch.by_degree.data() + m * degree + slot * row;
    const auto sum = [&](const Table& table, const double* of, double* into) {
      multiply(panel(table), {of, static_cast<std::size_t>(table.cols()), row, 2 * degree},
               {into, half_polar_, row, row});
    };
    sum(even_[m], Y, even);
    sum(odd_[m], Y + degree, odd);
    for (std::size_t t = 0; t < half_polar_; ++t) {
      unfold_rings(parts, block.radii, even + t * row, odd + t * row, rings + t * distance + slot * row,
                   rings + (polar_ - 1 - t) * distance + slot * row);
    }
  }
}

void SphericalTransform::rings_to_degrees(std::size_t parts, const Block& block, const double* rings,
                                          std::size_t distance, double* degrees, Scratch& scratch) const {
  const std::size_t row = block.radii * parts, degree = slots_ * radii_ * parts;
  double *const even = scratch.folded.data(), *const odd = even + half_polar_ * row;
  for (std::size_t slot = 0; slot < slots_; ++slot) {
    for (std::size_t t = 0; t < half_polar_; ++t) {
      fold_rings(parts, block.radii, rings + t * distance + slot * row,
                 rings + (polar_ - 1 - t) * distance + slot * row, even + t * row, odd + t * row);
    }
    const auto m = static_cast<std::size_t>(std::abs(static_cast<int>(slot) - basis_.mmax));
    const auto sum = [&](const Table& table, const double* of, double* into) {
      multiply(panel(table), {of, half_polar_, row, row}, {into, static_cast<std::size_t>(table.rows()), row, 2 * row});
    };
    double* const Y = scratch.column.data();  // from l = m on
    sum(even_weighted_[m], even, Y);
    sum(odd_weighted_[m], odd, Y + row);
    const std::size_t count = static_cast<std::size_t>(basis_.lmax) + 1 - m;
    double* const out = degrees + m * degree + slot * radii_ * parts + block.first;
    for (std::size_t l = 0; l < count; ++l) {
      for (std::size_t part = 0; part < parts; ++part) {
        std::copy_n(Y + l * row + part * block.radii, block.radii, out + l * degree + part * radii_);
      }
    }
  }
}

void SphericalTransform::degrees_to_coefficients(std::size_t parts, const double* degrees, double* coefficients) const {
  const std::size_t row = radii_ * parts, degree = slots_ * row;
  for (int l = 0; l <= basis_.lmax; ++l) {
    const std::size_t orders = basis_.orders(l), n = basis_.radial(l);
    const double* const first = degrees + static_cast<std::size_t>(l) * degree + (slots_ - orders) / 2 * row;
    multiply({first, orders * parts, radii_, radii_}, panel(radial_weighted_[static_cast<std::size_t>(l)]),
             {coefficients, orders * parts, n, n});
    coefficients += orders * parts * n;
  }
}

/// Where φ_i, −φ_i, π − φ_i and π + φ_i lie among the values of a ring.
template <class Number>
std::array<Number*, 4> SphericalTransform::images(Number* values, std::size_t i, std::size_t row) const noexcept {
  const std::size_t half = azimuths_ / 2;
  return {values + i * row, values + (azimuths_ - i) % azimuths_ * row,
          values + (half + azimuths_ - i) % azimuths_ * row, values + (half + i) % azimuths_ * row};
}

/// Values from the sums over each family.
void SphericalTransform::unfold(const double* sums, double* values, std::size_t row) const {
  const std::size_t points = static_cast<std::size_t>(families_.front().values.rows());
  const std::size_t next = points * row;  // from one family to the next
  for (std::size_t i = 0; i < points; ++i) {
    // No structured binding: clang 14 does not let one into an OpenMP loop.
    const std::array at = images(values, i, row);
    double *const here = at[0], *const mirrored = at[1], *const across = at[2], *const opposite = at[3];
    const double* const C = sums + i * row;
    if (families_.size() == 2) {
      const double* const S = C + next;
#pragma omp simd
      for (std::size_t r = 0; r < row; ++r) mirrored[r] = C[r] - S[r];
#pragma omp simd
      for (std::size_t r = 0; r < row; ++r) here[r] = C[r] + S[r];
    } else {
      const double *const C1 = C + next, *const S = C1 + next, *const S1 = S + next;
#pragma omp simd
      for (std::size_t r = 0; r < row; ++r) {
        const double cosines = C[r] + C1[r], sines = S[r] + S1[r];
        const double turned_cosines = C[r] - C1[r], turned_sines = S[r] - S1[r];
        opposite[r] = turned_cosines + turned_sines;
        across[r] = turned_cosines - turned_sines;
        mirrored[r] = cosines - sines;
        here[r] = cosines + sines;
      }
    }
  }
}

/// What each family is summed with.
void SphericalTransform::fold(const double* values, double* sums, std::size_t row) const {
  const std::size_t points = static_cast<std::size_t>(families_.front().values.rows());
  const std::size_t next = points * row;  // from one family to the next
  for (std::size_t i = 0; i < points; ++i) {
    const std::array at = images(values, i, row);
    const double *const here = at[0], *const mirrored = at[1], *const across = at[2], *const opposite = at[3];
    double* const C = sums + i * row;
    if (families_.size() == 2) {
      double* const S = C + next;
#pragma omp simd
      for (std::size_t r = 0; r < row; ++r) {
        C[r] = here[r] + mirrored[r];
        S[r] = here[r] - mirrored[r];
      }
    } else {
      double *const C1 = C + next, *const S = C1 + next, *const S1 = S + next;
#pragma omp simd
      for (std::size_t r = 0; r < row; ++r) {
        const double sum = here[r] + mirrored[r], difference = here[r] - mirrored[r];
        const double turned_sum = opposite[r] + across[r], turned_difference = opposite[r] - across[r];
        C[r] = sum + turned_sum;
        C1[r] = sum - turned_sum;
        S[r] = difference + turned_difference;
        S1[r] = difference - turned_difference;
      }
    }
  }
}

void SphericalTransform::ring_to_values(std::size_t parts, const Block& block, const double* ring, double* values,
                                        Scratch& scratch) const {
  const std::size_t row = block.radii * parts, points = static_cast<std::size_t>(families_.front().values.rows());
  double* const sums = scratch.folded.data();
  for (std::size_t f = 0; f < families_.size(); ++f) {
    const Family& family = families_[f];
    multiply(panel(family.values),
             {ring + family.first * row, static_cast<std::size_t>(family.values.cols()), row, family.stride * row},
             {sums + f * points * row, points, row, row});
  }
  unfold(sums, values, row);
}

void SphericalTransform::values_to_ring(std::size_t parts, const Block& block, const double* values, double* ring,
                                        Scratch& scratch) const {
  const std::size_t row = block.radii * parts, points = static_cast<std::size_t>(families_.front().values.rows());
  double* const sums = scratch.folded.data();
  fold(values, sums, row);
  for (std::size_t f = 0; f < families_.size(); ++f) {
    const Family& family = families_[f];
    multiply(panel(family.weighted), {sums + f * points * row, points, row, row},
             {ring + family.first * row, static_cast<std::size_t>(family.weighted.rows()), row, family.stride * row});
  }
}

}  // namespace nordheim::detail
