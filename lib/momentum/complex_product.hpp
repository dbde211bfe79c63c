// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>

namespace nordheim::detail {

using Complex = std::complex<double>;

/// xy without the search for NaN that std::complex makes.
inline Complex product(Complex x, Complex y) noexcept {
  return {x.real() * y.real() - x.imag() * y.imag(), x.real() * y.imag() + x.imag() * y.real()};
}
/// xȳ.
inline Complex product_with_conjugate(Complex x, Complex y) noexcept {
  return {x.real() * y.real() + x.imag() * y.imag(), x.imag() * y.real() - x.real() * y.imag()};
}

}  // namespace nordheim::detail
