// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/deformed_torus.hpp"

#include "model/interpreter.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <limits>
#include <vector>

namespace nordheim::detail {

namespace {

using Complex = DeformedTorus::Complex;
using ComplexVector3 = std::array<Complex, 3>;

/// Of the factors of a term.
constexpr double some_roundings = 4.0;

/// det(1 − i a H) for the symmetric H, whose rows beyond the dimension are 0.
Complex jacobian(const std::array<Vector3, 3>& H, double a) {
  const auto m = [&](std::size_t i, std::size_t j) { return Complex{i == j ? 1.0 : 0.0, -a * H[i][j]}; };
  return m(0, 0) * (m(1, 1) * m(2, 2) - m(1, 2) * m(1, 2)) - m(0, 1) * (m(0, 1) * m(2, 2) - m(1, 2) * m(0, 2)) +
         m(0, 2) * (m(0, 1) * m(1, 2) - m(1, 1) * m(0, 2));
}

/// f has the same value with z_axis and −z_axis at points without symmetry, to rounding: an analytic function is even
/// then.
template <class Function>
bool is_even(const Function& f, std::size_t axis, int dimension) {
  constexpr int trials = 12;
  constexpr double rounding = 1e-13;
  for (int i = 0; i < trials; ++i) {
    ComplexVector3 z{};
    for (std::size_t j = 0; j < static_cast<std::size_t>(dimension); ++j) {
      // Multiples of irrational numbers, spread over the torus, and a little off it.
      const double x = (i + 1) * (0.6180339887 + 0.2360679775 * static_cast<double>(j));
      z[j] = {x - std::floor(x) - 0.5, 0.01 * (x - std::floor(x))};
    }
    const Complex value = f(z);
    z[axis] = -z[axis];
    if (!(std::abs(f(z) - value) <= rounding * std::abs(value))) return false;
  }
  return true;
}

}  // namespace

Vector3 DeformedTorus::Grid::momentum(std::size_t point) const {
  Vector3 k{};
  for (std::size_t j = 3; j-- > 0; point /= counts[j]) {
    if (counts[j] > 1) k[j] = (static_cast<double>(point % counts[j]) + 0.5) * spacing;
  }
  return k;
}

DeformedTorus::Grid DeformedTorus::grid(int n) const {
  Grid grid{{1, 1, 1}, 1.0 / n};
  for (std::size_t j = 0; j < static_cast<std::size_t>(omega_.dimension()); ++j) {
    grid.counts[j] = static_cast<std::size_t>(even_[j] ? n / 2 : n);
  }
  return grid;
}

std::size_t DeformedTorus::points(int n) const {
  const auto counts = grid(n).counts;
  return counts[0] * counts[1] * counts[2];
}

DeformedTorus::DeformedTorus(const SmoothFunction& omega, double energy, const Factor& f)
    : omega_(omega), energy_(energy), f_(f) {
  find_reflections();
  find_curvature();
}

void DeformedTorus::find_reflections() {
  const auto omega = [&](const ComplexVector3& z) { return evaluate<Complex>(omega_.program(), z); };
  for (std::size_t j = 0; j < static_cast<std::size_t>(omega_.dimension()); ++j) {
    even_[j] = is_even(omega, j, omega_.dimension()) && (!f_ || is_even(f_, j, omega_.dimension()));
  }
}

void DeformedTorus::find_curvature() {
  constexpr int coarse = 16;
  const auto grid = this->grid(coarse);
  for (std::size_t point = 0; point < points(coarse); ++point) {
    for (const auto& row : omega_.expansion(grid.momentum(point)).hessian) {
      curvature_ = std::max(curvature_, std::abs(row[0]) + std::abs(row[1]) + std::abs(row[2]));
    }
  }
}

void DeformedTorus::add(const Vector3& k, double strength, Sum& sum) const {
  const auto here = omega_.expansion(k);
  ComplexVector3 z{};
  for (std::size_t j = 0; j < 3; ++j) z[j] = {k[j], -strength * here.gradient[j]};
  const Complex omega = evaluate<Complex>(omega_.program(), z);
  Complex term = jacobian(here.hessian, strength) / (energy_ - omega);
  if (f_) term *= f_(z);
  sum.value += term;
  const double size = std::abs(term);
  sum.magnitude += size;
  sum.rounding += size * (some_roundings + (std::abs(energy_) + std::abs(omega)) / std::abs(energy_ - omega));
  sum.rise = std::max(sum.rise, omega.imag());
}

DeformedTorus::Sum DeformedTorus::sum(double strength, int n) const {
  const auto grid = this->grid(n);
  const std::size_t total = points(n);
  // A fixed number of blocks, added in order: the same digits for every number of threads.
  constexpr std::size_t most_blocks = 256;
  const std::size_t blocks = std::min(most_blocks, total);
  std::vector<Sum> sums(blocks);
  std::vector<std::exception_ptr> errors(blocks);
#pragma omp parallel for schedule(dynamic)
  for (std::size_t block = 0; block < blocks; ++block) {
    try {
      Sum partial;
      const std::size_t end = (block + 1) * total / blocks;
      for (std::size_t point = block * total / blocks; point < end; ++point) {
        add(grid.momentum(point), strength, partial);
      }
      sums[block] = partial;
    } catch (...) {
      errors[block] = std::current_exception();
    }
  }
  Sum sum;
  for (std::size_t block = 0; block < blocks; ++block) {
    if (errors[block]) std::rethrow_exception(errors[block]);
    sum.value += sums[block].value;
    sum.magnitude += sums[block].magnitude;
    sum.rounding += sums[block].rounding;
    sum.rise = std::max(sum.rise, sums[block].rise);
  }
  sum.value /= static_cast<double>(total);
  sum.magnitude /= static_cast<double>(total);
  sum.rounding *= std::numeric_limits<double>::epsilon() / static_cast<double>(total);
  return sum;
}

}  // namespace nordheim::detail
