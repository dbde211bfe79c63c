// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/wigner/density_matrix.hpp>

#include "momentum/complex_product.hpp"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <limits>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace nordheim {

using detail::Complex;

namespace {

/// max |R(x,y)|, real and imaginary parts taken apart.
double largest_part(const std::vector<Complex>& R, std::size_t n) {
  double largest = 0.0;
  for (std::size_t i = 0; i < R.size(); ++i) {
    const double part = std::max(std::abs(R[i].real()), std::abs(R[i].imag()));
    if (!std::isfinite(R[i].real()) || !std::isfinite(R[i].imag())) {
      throw InvalidArgument("the density matrix is not finite at (" + std::to_string(i / n) + ", " +
                            std::to_string(i % n) + ")");
    }
    largest = std::max(largest, part);
  }
  return largest;
}

[[noreturn]] void refuse(std::size_t x, std::size_t y, double difference, double largest) {
  std::ostringstream text;
  text << "the density matrix is not hermitian: R(" << x << "," << y << ") differs from the conjugate of R(" << y << ","
       << x << ") by " << difference << ", allowed is 1e-12 of the largest value, " << largest;
  throw InvalidArgument(text.str());
}

std::vector<Complex> matrix_of(const WaveMixture& mixture) {
  const std::size_t n = mixture.box().size();
  std::vector<Complex> R(n * n);
  for (const auto& [occupation, wave] : mixture.waves()) {
    for (std::size_t x = 0; x < n; ++x) {
      const Complex left = occupation * wave[x];
      for (std::size_t y = 0; y < n; ++y) R[x * n + y] += left * std::conj(wave[y]);
    }
  }
  return R;
}

/// Of a hermitian matrix, shape (n, n).
Spectrum spectrum_of(const std::vector<Complex>& values, std::size_t n) {
  const auto size = static_cast<Eigen::Index>(n);
  // Read by columns it is the conjugate matrix, which has the same eigenvalues.
  const Eigen::Map<const Eigen::MatrixXcd> matrix(values.data(), size, size);
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXcd> solver(matrix, Eigen::EigenvaluesOnly);
  if (solver.info() != Eigen::Success) throw LibraryError("Eigen found no eigenvalues of a density matrix");
  Spectrum result{solver.eigenvalues()[0], solver.eigenvalues()[size - 1], 0.0};
  result.error = static_cast<double>(n) * std::numeric_limits<double>::epsilon() *
                 std::max(std::abs(result.lowest), std::abs(result.highest));
  return result;
}

}  // namespace

DensityMatrix::DensityMatrix(LatticeBox box, std::vector<Complex> values) : box_(box), values_(std::move(values)) {
  const std::size_t n = box_.size();
  if (values_.size() != n * n) {
    throw InvalidArgument("the density matrix has " + std::to_string(values_.size()) + " values, but a box of " +
                          std::to_string(n) + " sites needs " + std::to_string(n * n));
  }
  const double largest = largest_part(values_, n);
  for (std::size_t x = 0; x < n; ++x) {
    for (std::size_t y = 0; y <= x; ++y) {
      Complex& lower = values_[x * n + y];
      Complex& upper = values_[y * n + x];
      const double difference = std::abs(lower - std::conj(upper));
      if (!(difference <= 1e-12 * largest)) refuse(x, y, difference, largest);
      lower = 0.5 * (lower + std::conj(upper));
      upper = std::conj(lower);
    }
  }
}

DensityMatrix::DensityMatrix(const WaveMixture& mixture) : DensityMatrix(mixture.box(), matrix_of(mixture)) {}

Spectrum spectrum(const DensityMatrix& R) {
  const std::size_t n = R.box().size();
  if (n > largest_spectrum) {
    throw InvalidArgument("the spectrum of a density matrix on " + std::to_string(n) + " sites; at most " +
                          std::to_string(largest_spectrum) + " are allowed");
  }
  return spectrum_of(R.values(), n);
}

Spectrum spectrum(const WaveMixture& mixture) {
  const std::vector<OccupiedWave>& waves = mixture.waves();
  const std::size_t count = waves.size(), sites = mixture.box().size();
  if (count > largest_spectrum) {
    throw InvalidArgument("the spectrum of a mixture of " + std::to_string(count) + " waves; at most " +
                          std::to_string(largest_spectrum) + " are allowed");
  }
  std::vector<Complex> overlaps(count * count);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      Complex sum = 0.0;
      for (std::size_t x = 0; x < sites; ++x) sum += detail::product_with_conjugate(waves[j].wave[x], waves[i].wave[x]);
      overlaps[i * count + j] = std::sqrt(waves[i].occupation * waves[j].occupation) * sum;
      overlaps[j * count + i] = std::conj(overlaps[i * count + j]);
    }
  }
  Spectrum result = spectrum_of(overlaps, count);
  if (count < sites) {  // all that is orthogonal to the waves
    result.lowest = std::min(result.lowest, 0.0);
    result.highest = std::max(result.highest, 0.0);
  }
  return result;
}

}  // namespace nordheim
