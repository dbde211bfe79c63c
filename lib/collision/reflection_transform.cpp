// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/reflection_transform.hpp"

#include "momentum/small_product.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nordheim::detail {

namespace {

constexpr std::size_t column_block = 32;  // matrices of some hundred rows stay in the cache with it
constexpr std::size_t row_block = 48;

std::vector<double> transposed(const std::vector<double>& A, std::size_t height, std::size_t width) {
  std::vector<double> B(A.size());
  for (std::size_t i = 0; i < height; ++i) {
    for (std::size_t j = 0; j < width; ++j) B[j * height + i] = A[i * width + j];
  }
  return B;
}

double sign_of(Reflection parity) noexcept { return parity == Reflection::even ? 1.0 : -1.0; }

/// Calls body(count, first number) for rows of the last axis, as many at a time as stay in the cache.
template <class Body>
void for_rows(std::size_t outer, std::size_t side, double* f, const Body& body) {
  for (std::size_t o = 0; o < outer; o += row_block) body(std::min(row_block, outer - o), f + o * side);
}

/// The same for columns along any other axis.
template <class Body>
void for_columns(std::size_t outer, std::size_t side, std::size_t inner, double* f, const Body& body) {
  for (std::size_t o = 0; o < outer; ++o) {
    for (std::size_t c = 0; c < inner; c += column_block) {
      body(std::min(column_block, inner - c), f + o * side * inner + c);
    }
  }
}

/// even = f + s f', odd = f − s f'.
void fold(std::size_t n, double s, const double* f, const double* image, double* even, double* odd) noexcept {
  for (std::size_t i = 0; i < n; ++i) {
    even[i] = f[i] + s * image[i];
    odd[i] = f[i] - s * image[i];
  }
}

/// f = even + odd, f' = s (even − odd); where f is its own image, even or odd is zero, and f comes last.
void unfold(std::size_t n, double s, const double* even, const double* odd, double* f, double* image) noexcept {
  for (std::size_t i = 0; i < n; ++i) {
    image[i] = s * (even[i] - odd[i]);
    f[i] = even[i] + odd[i];
  }
}

}  // namespace

ReflectionTransform::Scratch::Scratch(const ReflectionTransform& transform)
    : even_(transform.evens_ * std::max(column_block, row_block)), odd_(even_.size()) {}

ReflectionTransform::ReflectionTransform(int points)
    : side_(static_cast<std::size_t>(points / 2 + 1)),
      evens_(static_cast<std::size_t>(points / 4 + 1)),
      odds_(evens_ - 1),
      cosine_(make_tables(Reflection::even)),
      sine_(make_tables(Reflection::odd)) {}

ReflectionTransform::Tables ReflectionTransform::make_tables(Reflection parity) const {
  const std::size_t half = side_ - 1;  // H
  const auto kernel = [&](std::size_t x, std::size_t k) {
    const double angle = std::numbers::pi * static_cast<double>((x * k) % (2 * half)) / static_cast<double>(half);
    if (parity == Reflection::even) return std::cos(angle);
    return (x * k) % half == 0 ? 0.0 : std::sin(angle);
  };
  // Momenta 0 and H/2, which is its own image, come once, the others with −k.
  const auto copies_of_momentum = [&](std::size_t k) { return k == 0 || 2 * k == half ? 1.0 : 2.0; };
  const auto copies_of_place = [&](std::size_t x) { return x == 0 || x == half ? 1.0 : 2.0; };
  Tables t;
  const auto fill = [&](std::size_t first, std::size_t places, std::vector<double>& space,
                        std::vector<double>& momentum) {
    space.resize(places * evens_);
    momentum.resize(places * evens_);
    for (std::size_t m = 0; m < places; ++m) {
      const std::size_t x = first + 2 * m;
      for (std::size_t k = 0; k < evens_; ++k) {
        space[m * evens_ + k] = copies_of_momentum(k) * kernel(x, k);
        momentum[k * places + m] = copies_of_place(x) * kernel(x, k);
      }
    }
  };
  fill(0, evens_, t.space_even, t.momentum_even);
  fill(1, odds_, t.space_odd, t.momentum_odd);
  t.space_even_t = transposed(t.space_even, evens_, evens_);
  t.space_odd_t = transposed(t.space_odd, odds_, evens_);
  t.momentum_even_t = transposed(t.momentum_even, evens_, evens_);
  t.momentum_odd_t = transposed(t.momentum_odd, evens_, odds_);
  return t;
}

void ReflectionTransform::to_space(Reflection parity, std::size_t outer, std::size_t inner, double* f,
                                   Scratch& scratch) const noexcept {
  const Tables& t = tables(parity);
  const double s = sign_of(parity);
  double* const even = scratch.even_.data();
  double* const odd = scratch.odd_.data();
  if (inner == 1) {
    for_rows(outer, side_, f, [&](std::size_t count, double* block) {
      for (std::size_t r = 0; r < count; ++r) {
        const double* const row = block + r * side_;
        for (std::size_t k = 0; k < evens_; ++k) {
          even[r * evens_ + k] = row[k] + s * row[side_ - 1 - k];
          odd[r * evens_ + k] = row[k] - s * row[side_ - 1 - k];
        }
      }
      multiply({even, count, evens_, evens_}, {t.space_even_t.data(), evens_, evens_, evens_},
               {block, count, evens_, side_});
      multiply({odd, count, evens_, evens_}, {t.space_odd_t.data(), evens_, odds_, odds_},
               {block + evens_, count, odds_, side_});
    });
    return;
  }
  for_columns(outer, side_, inner, f, [&](std::size_t count, double* block) {
    for (std::size_t k = 0; k < evens_; ++k) {
      fold(count, s, block + k * inner, block + (side_ - 1 - k) * inner, even + k * count, odd + k * count);
    }
    multiply({t.space_even.data(), evens_, evens_, evens_}, {even, evens_, count, count},
             {block, evens_, count, inner});
    multiply({t.space_odd.data(), odds_, evens_, evens_}, {odd, evens_, count, count},
             {block + evens_ * inner, odds_, count, inner});
  });
}

void ReflectionTransform::to_momentum(Reflection parity, std::size_t outer, std::size_t inner, double* f,
                                      Scratch& scratch) const noexcept {
  const Tables& t = tables(parity);
  const double s = sign_of(parity);
  double* const even = scratch.even_.data();
  double* const odd = scratch.odd_.data();
  if (inner == 1) {
    for_rows(outer, side_, f, [&](std::size_t count, double* block) {
      multiply({block, count, evens_, side_}, {t.momentum_even_t.data(), evens_, evens_, evens_},
               {even, count, evens_, evens_});
      multiply({block + evens_, count, odds_, side_}, {t.momentum_odd_t.data(), odds_, evens_, evens_},
               {odd, count, evens_, evens_});
      for (std::size_t r = 0; r < count; ++r) {
        double* const row = block + r * side_;
        for (std::size_t k = 0; k < evens_; ++k) {
          const double e = even[r * evens_ + k], d = odd[r * evens_ + k];
          row[side_ - 1 - k] = s * (e - d);
          row[k] = e + d;
        }
      }
    });
    return;
  }
  for_columns(outer, side_, inner, f, [&](std::size_t count, double* block) {
    multiply({t.momentum_even.data(), evens_, evens_, evens_}, {block, evens_, count, inner},
             {even, evens_, count, count});
    multiply({t.momentum_odd.data(), evens_, odds_, odds_}, {block + evens_ * inner, odds_, count, inner},
             {odd, evens_, count, count});
    for (std::size_t k = 0; k < evens_; ++k) {
      double* const row = block + k * inner;
      double* const image = block + (side_ - 1 - k) * inner;
      unfold(count, s, even + k * count, odd + k * count, row, image);
    }
  });
}

}  // namespace nordheim::detail
