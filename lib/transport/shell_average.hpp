// SPDX-License-Identifier: GPL-3.0-or-later
// Integrals Σ w f and averages ⟨f⟩ = Σ w f/Σ w over an energy shell.
#pragma once

#include <nordheim/core/error.hpp>
#include <nordheim/core/vector3.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/momentum/energy_shell.hpp>

#include <cmath>
#include <complex>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace nordheim::detail {

/// Values at the nodes of a shell.
using NodeValues = std::vector<double>;

/// ⟨f_1 f_2 …⟩.
template <class... Values>
[[nodiscard]] double average(const EnergyShell& shell, const Values&... f) {
  const ConstState w = shell.weights();
  double sum = 0.0;
  for (std::size_t a = 0; a < w.size(); ++a) sum += (w[a] * ... * f[a]);
  return sum / shell.density_of_states();
}

/// A sum whose rounding does not grow with the number of terms (A. Neumaier, Z. Angew. Math. Mech. 54, 39 (1974)).
class CompensatedSum {
 public:
  void add(double term) {
    const double sum = sum_ + term;
    lost_ += std::abs(sum_) >= std::abs(term) ? (sum_ - sum) + term : (term - sum) + sum_;
    sum_ = sum;
  }
  [[nodiscard]] double value() const { return sum_ + lost_; }

 private:
  double sum_ = 0.0;
  double lost_ = 0.0;
};

/// Σ w f.
[[nodiscard]] inline std::complex<double> integral(const EnergyShell& shell, std::span<const std::complex<double>> f) {
  const ConstState w = shell.weights();
  CompensatedSum real;
  CompensatedSum imaginary;
  for (std::size_t a = 0; a < w.size(); ++a) {
    real.add(w[a] * f[a].real());
    imaginary.add(w[a] * f[a].imag());
  }
  return {real.value(), imaginary.value()};
}

/// q·v at the nodes.
[[nodiscard]] inline NodeValues velocity_along(const EnergyShell& shell, const Vector3& q) {
  const auto d = static_cast<std::size_t>(shell.dimension());
  const ConstState v = shell.velocities();
  NodeValues along(shell.size(), 0.0);
  for (std::size_t a = 0; a < along.size(); ++a) {
    for (std::size_t j = 0; j < d; ++j) along[a] += q[j] * v[a * d + j];
  }
  return along;
}

/// f − ⟨f⟩.
inline void subtract_mean(const EnergyShell& shell, State f) {
  const double mean = average(shell, f);
  for (double& value : f) value -= mean;
}

/// v_n − ⟨v_n⟩. The mean vanishes on every shell of a periodic band; on nodes without symmetry only up to the error of
/// the quadrature, and must not reach the inverse of C, which does not exist for it.
/// @throws InvalidArgument if n is no unit vector
[[nodiscard]] inline NodeValues centred_velocity(const EnergyShell& shell, const Vector3& n) {
  const double length = std::hypot(n[0], n[1], n[2]);
  if (!(std::abs(length - 1.0) <= 1e-12)) {
    throw InvalidArgument("a direction has length " + shortest_text(length) + "; a unit vector is needed");
  }
  NodeValues v = velocity_along(shell, n);
  subtract_mean(shell, v);
  return v;
}

}  // namespace nordheim::detail
