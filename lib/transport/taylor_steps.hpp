// SPDX-License-Identifier: GPL-3.0-or-later
// Short steps of one spatial mode by the power series of the exponential.
#pragma once

#include <nordheim/collision/elastic_scattering.hpp>

#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace nordheim::detail {

/// @brief W → e^{tA} W, A = −iq·v + C, in steps of length h by the series of e^{h(A + c)} e^{−hc}, c = max γ.
///
/// As −C is between 0 and 2c, |A + c| ≤ c + |q·v|: with h(c + |q·v|) ≤ 8 and h|q·v| ≤ 2 the series ends after some 40
/// terms, and of rounding no more than e² is lost.
class TaylorSteps {
 public:
  /// @param flight  q·v at the nodes
  TaylorSteps(const ElasticScattering& scattering, std::span<const double> flight);

  /// Applications of C that a time costs, roughly.
  [[nodiscard]] double cost(double t) const;
  /// W becomes zero where its norm is not above @p negligible.
  void run(std::span<std::complex<double>> W, double t, double negligible);

 private:
  /// Values at the nodes, real and imaginary parts.
  struct Parts {
    std::vector<double> real, imaginary;
  };

  void step(std::span<std::complex<double>> W, double h, int degree);
  /// term ← scale (A + c) term.
  void multiply(double scale);

  const ElasticScattering& scattering_;
  std::span<const double> flight_;
  double shift_ = 0.0;    ///< c
  double fastest_ = 0.0;  ///< largest |q·v|
  Parts term_, collided_;
};

}  // namespace nordheim::detail
