// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/transport/bath_transport.hpp>

#include <algorithm>
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

/// Number of eigenvalues below x: sign changes of Sturm's sequence.
std::size_t eigenvalues_below(const std::vector<double>& a, const std::vector<double>& b, double x) {
  constexpr double tiny = 1e-290;
  std::size_t count = 0;
  double pivot = 1.0;
  for (std::size_t m = 0; m < a.size(); ++m) {
    pivot = a[m] - x - (m == 0 ? 0.0 : b[m - 1] * b[m - 1] / pivot);
    if (pivot == 0.0) pivot = -tiny;
    if (pivot < 0.0) ++count;
  }
  return count;
}

/// An eigenvalue, counted from the lowest, 0, of a non-negative matrix.
double eigenvalue(const std::vector<double>& a, const std::vector<double>& b, std::size_t which) {
  double lower = 0.0, upper = 2.0 * *std::max_element(a.begin(), a.end());
  constexpr int halvings = 60;
  for (int i = 0; i < halvings; ++i) {
    const double middle = 0.5 * (lower + upper);
    (eigenvalues_below(a, b, middle) > which ? upper : lower) = middle;
  }
  return 0.5 * (lower + upper);
}

}  // namespace

LadderTransport ladder_transport(const OpticalPhonons& phonons, double temperature, double epsilon,
                                 LadderRates wanted) {
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
  if (wanted == LadderRates::left_out || phonons.kind == OpticalCoupling::froehlich) return ladder;
  ladder.gap = eigenvalue(loss, isotropic, 1);  // the lowest is zero, the thermal distribution
  ladder.current_decay = eigenvalue(loss, vector, 0);
  return ladder;
}

}  // namespace nordheim
