// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/transport/elastic_transport.hpp>

#include "transport/lanczos.hpp"
#include "transport/shell_average.hpp"
#include "transport/slowest_rate.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <utility>

namespace nordheim {

namespace {

using detail::NodeValues;

/// Numbers in all symmetry sectors, the same on every machine, of zero mean.
NodeValues generic_start(const EnergyShell& shell) {
  std::mt19937_64 random(1);
  NodeValues start(shell.size());
  for (double& value : start) value = std::ldexp(static_cast<double>(random() >> 11U), -53) - 0.5;
  detail::subtract_mean(shell, start);
  return start;
}

/// An eigenvalue of −C, as far as it is known.
struct Estimate {
  double value = 0.0;
  double radius = 0.0;  ///< there is an eigenvalue this near
  NodeValues vector{};
};

/// @brief The lowest eigenvalue of −C that the Krylov space of (−C − shift)⁻¹ shows.
/// @param inverse  (f, out), out = (−C − shift)⁻¹ f in the functions of zero mean
template <class Inverse>
Estimate lowest(const EnergyShell& shell, const NodeValues& start, double shift, Inverse&& inverse) {
  constexpr double invariant = 1e-13;  // of the largest Ritz value: the space is closed, what follows is rounding
  const std::size_t most_steps = std::min<std::size_t>(60, shell.size() - 1);
  detail::Lanczos lanczos(shell, start);
  double largest = 0.0;
  do {
    lanczos.step(inverse);
    largest = std::max({largest, std::abs(lanczos.alpha()), lanczos.beta()});
  } while (lanczos.steps() < most_steps && lanczos.beta() > invariant * largest);

  const auto ritz = lanczos.ritz();
  const Eigen::VectorXd& theta = ritz.eigenvalues();
  // An eigenvalue below the shift, which was a guess, appears as a large negative number: the lowest, if it counts.
  const Eigen::Index best = theta[0] < -0.01 * largest ? 0 : theta.size() - 1;
  const Eigen::VectorXd s = ritz.eigenvectors().col(best);
  const double residual = lanczos.beta() * std::abs(s[s.size() - 1]);
  const double inverse_value = theta[best];
  Estimate estimate;
  estimate.value = shift + 1.0 / inverse_value;
  // |1/θ' − 1/θ| for an eigenvalue θ' within the residual of θ.
  const double nearest = std::abs(inverse_value) - residual;
  estimate.radius = nearest > 0.0 ? residual / (std::abs(inverse_value) * nearest) : estimate.value;
  estimate.vector = lanczos.combination(s);
  detail::subtract_mean(shell, estimate.vector);
  return estimate;
}

/// (−C − shift)⁻¹ by the resolvent at z = −shift.
class ShiftedInverse {
 public:
  ShiftedInverse(const ElasticScattering& scattering, double shift)
      : shell_(scattering.space()), resolvent_(scattering.resolvent(-shift, Vector3{})), b_(shell_.size()) {}
  void operator()(ConstState f, State out) {
    std::copy(f.begin(), f.end(), b_.begin());
    resolvent_.apply(b_, b_);
    for (std::size_t a = 0; a < out.size(); ++a) out[a] = b_[a].real();
    detail::subtract_mean(shell_, out);
  }

 private:
  const EnergyShell& shell_;
  ElasticScattering::Resolvent resolvent_;
  std::vector<std::complex<double>> b_;
};

}  // namespace

double detail::slowest_rate(const ElasticScattering& scattering, double accuracy) {
  const EnergyShell& shell = scattering.space();
  Estimate gap = lowest(shell, generic_start(shell), 0.0, [&](ConstState f, State out) { scattering.solve(f, out); });
  // An isolated lowest eigenvalue is found at once. At the edge of a continuous spectrum the nodes give eigenvalues
  // close together, which a shift just below them tells apart.
  constexpr int rounds = 12;
  for (int round = 0; gap.radius > accuracy * gap.value; ++round) {
    if (round == rounds) {
      throw InvalidArgument("the smallest relaxation rate does not become separate, but is known to " +
                            shortest_text(gap.radius) + " of " + shortest_text(gap.value));
    }
    const double shift = gap.value - std::min(2.0 * gap.radius + 1e-9 * gap.value, 0.5 * gap.value);
    gap = lowest(shell, gap.vector, shift, ShiftedInverse(scattering, shift));
  }
  return gap.value;
}

double spectral_gap(const ElasticScattering& scattering) { return detail::slowest_rate(scattering, 1e-13); }

}  // namespace nordheim
