// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

#include <array>
#include <cstddef>
#include <utility>

namespace nordheim::detail {

/// A row-major matrix inside a larger array, its rows @ref stride apart.
template <class Scalar>
struct Panel {
  Scalar* data;
  std::size_t rows, columns, stride;
};

/// Rows i … i + 1 + max(I) of the columns j … j + Columns of C = A B. The sums stay in registers, for which the
/// compiler must see their indices as constants.
template <int Columns, std::size_t... I>
inline void multiply_block(const Panel<const double>& A, const Panel<const double>& B, const Panel<double>& C,
                           std::size_t i, std::size_t j, std::index_sequence<I...> /*rows*/) noexcept {
  using Row = Eigen::Array<double, Columns, 1>;
  std::array<Row, sizeof...(I)> sum;
  ((sum[I] = Row::Zero()), ...);
  const double* a = A.data + i * A.stride;
  const double* b = B.data + j;
  for (std::size_t k = 0; k < A.columns; ++k, ++a, b += B.stride) {
    const Row row = Eigen::Map<const Row>(b);
    ((sum[I] += a[I * A.stride] * row), ...);
  }
  double* const c = C.data + i * C.stride + j;
  ((Eigen::Map<Row>(c + I * C.stride) = sum[I]), ...);
}

/// The columns j … j + Columns of C = A B, by blocks of at most six rows that are as equal as can be.
template <int Columns>
inline void multiply_columns(const Panel<const double>& A, const Panel<const double>& B, const Panel<double>& C,
                             std::size_t j) noexcept {
  for (std::size_t i = 0, blocks = (C.rows + 5) / 6; blocks > 0; --blocks) {
    const std::size_t rows = (C.rows - i + blocks - 1) / blocks;
    switch (rows) {
      case 1:
        multiply_block<Columns>(A, B, C, i, j, std::make_index_sequence<1>{});
        break;
      case 2:
        multiply_block<Columns>(A, B, C, i, j, std::make_index_sequence<2>{});
        break;
      case 3:
        multiply_block<Columns>(A, B, C, i, j, std::make_index_sequence<3>{});
        break;
      case 4:
        multiply_block<Columns>(A, B, C, i, j, std::make_index_sequence<4>{});
        break;
      case 5:
        multiply_block<Columns>(A, B, C, i, j, std::make_index_sequence<5>{});
        break;
      default:
        multiply_block<Columns>(A, B, C, i, j, std::make_index_sequence<6>{});
        break;
    }
    i += rows;
  }
}

/// @brief C = A B for matrices of some tens of rows and columns.
///
/// Eigen's general product first sets C to zero, then copies both factors into the order that its kernel reads; at
/// these sizes that takes a third of the time. Here the factors are read where they are: 8 columns of B stay in the
/// first cache while the rows of A pass by.
inline void multiply(const Panel<const double>& A, const Panel<const double>& B, const Panel<double>& C) noexcept {
  std::size_t j = 0;
  for (; j + 8 <= C.columns; j += 8) multiply_columns<8>(A, B, C, j);
  for (; j + 4 <= C.columns; j += 4) multiply_columns<4>(A, B, C, j);
  for (; j + 2 <= C.columns; j += 2) multiply_columns<2>(A, B, C, j);
  for (; j < C.columns; ++j) multiply_columns<1>(A, B, C, j);
}

}  // namespace nordheim::detail
