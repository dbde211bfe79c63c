// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/transport/bath_transport.hpp>

#include <Eigen/Core>
#include <Eigen/Eigenvalues>

#include <cmath>
#include <cstddef>
#include <sstream>
#include <vector>

namespace nordheim {

namespace {

/// Solves the symmetric tridiagonal positive system with diagonal a and off-diagonal b; the result replaces f.
void solve_tridiagonal(std::vector<double> a, const std::vector<double>& b, std::vector<double>& f) {
  for (std::size_t m = 1; m < a.size(); ++m) {
    const double factor = b[m - 1] / a[m - 1];
    a[m] -= factor * b[m - 1];
    f[m] -= factor * f[m - 1];
  }
  for (std::size_t m = a.size(); m-- > 0;) {
    if (m + 1 < a.size()) f[m] -= b[m] * f[m + 1];
    f[m] /= a[m];
  }
}

/// The second lowest eigenvalue: the lowest is zero, the thermal distribution.
double second_eigenvalue(const std::vector<double>& a, const std::vector<double>& b) {
  const auto n = static_cast<Eigen::Index>(a.size());
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver;
  solver.computeFromTridiagonal(Eigen::Map<const Eigen::VectorXd>(a.data(), n),
                                Eigen::Map<const Eigen::VectorXd>(b.data(), n - 1), Eigen::EigenvaluesOnly);
  return solver.eigenvalues()[1];
}

}  // namespace

LadderTransport ladder_transport(const OpticalPhonons& phonons, double temperature, double epsilon) {
  const double beta = 1.0 / temperature, omega0 = phonons.omega0;
  check(Phonons(phonons), beta);
  if (!(epsilon >= 0.0 && epsilon <= omega0)) {
    std::ostringstream text;
    text << "epsilon = " << epsilon << "; a ladder begins at an energy from 0 to omega0 = " << omega0;
    throw InvalidArgument(text.str());
  }
  constexpr double largest_exponent = 48.0, least_rungs = 2.0, most_rungs = 1e5;
  const double rungs = std::max(least_rungs, std::ceil(largest_exponent / (beta * omega0)));
  if (rungs > most_rungs) {
    std::ostringstream text;
    text << "omega0 = " << omega0 << " makes " << rungs << " rungs at temperature " << temperature << "; at most "
         << most_rungs << " are allowed";
    throw InvalidArgument(text.str());
  }
  const auto size = static_cast<std::size_t>(rungs);
  std::vector<double> loss(size), isotropic(size - 1), vector(size - 1), source(size), thermal(size);
  LadderTransport ladder;
  ladder.epsilon = epsilon;
  for (std::size_t m = 0; m < size; ++m) {
    const double E = epsilon + static_cast<double>(m) * omega0;
    const auto rates = jump_rates(phonons, beta, 1, E);
    const bool is_top = m + 1 == size;
    loss[m] = (is_top ? 0.0 : rates[0].absorption) + (m == 0 ? 0.0 : rates[0].emission);
    if (!is_top) {
      // √(Z_m/Z_{m+1}) makes the rate upwards symmetric.
      const double symmetrised = std::pow(E / (E + omega0), 0.25) * std::exp(0.5 * beta * omega0);
      isotropic[m] = -rates[0].absorption * symmetrised;
      vector[m] = -rates[1].absorption * symmetrised;
    }
    thermal[m] = std::pow(2.0 * E, 0.25) * std::exp(-0.5 * beta * E);
    source[m] = thermal[m] * std::sqrt(2.0 * E);
    ladder.weight += thermal[m] * thermal[m];
  }
  std::vector<double> solution = source;
  solve_tridiagonal(loss, vector, solution);
  for (std::size_t m = 0; m < size; ++m) ladder.diffusion += source[m] * solution[m] / (3.0 * ladder.weight);
  ladder.gap = second_eigenvalue(loss, isotropic);
  return ladder;
}

}  // namespace nordheim
