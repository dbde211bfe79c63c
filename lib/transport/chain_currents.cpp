// SPDX-License-Identifier: GPL-3.0-or-later
// Heat conductivity and relaxation rates of a chain of phonons, by Ritz's method on the explicit resonance.
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>

#include "transport/chain_galerkin.hpp"
#include "transport/chain_spectrum.hpp"
#include "transport/phonon_currents.hpp"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>

namespace nordheim::detail {

namespace {

/// A chain in units of Ω = √(ω0² + 2κ).
struct Chain {
  double top;  ///< Ω
  ChainBand band;
  double uncertainty;  ///< relative, of κ, as δ is known
};

/// @throws InvalidArgument if ω² is not ω0² + 2κ(1 − cos 2πk)
Chain chain_of(const Dispersion& dispersion) {
  const auto squared = [&](double k) {
    const double omega = dispersion({k, 0.0, 0.0});
    return omega * omega;
  };
  const double centre = squared(0.0);
  const double edge = squared(-0.5);
  // A minimum at the edge is one at the centre after a shift of all momenta by half a period, which conserves momentum.
  const double pinning = std::min(centre, edge);
  const double sum = 0.5 * (centre + edge);
  double delta = 0.25 * std::abs(centre - edge) / sum;
  double uncertainty = 10.0 * std::numeric_limits<double>::epsilon() / delta;  // κ ~ δ³
  if (dispersion.formula() != nullptr) {
    // The exact velocity keeps all digits of a narrow band.
    constexpr double quarter = 0.25;
    uncertainty = 0.0;
    delta = std::abs(dispersion.velocity({quarter, 0.0, 0.0})[0]) * std::sqrt(squared(quarter)) / sum;
  }
  constexpr int samples = 64;
  constexpr double rounding = 1e-12;
  double deviation = 0.0;
  for (int j = 0; j < samples; ++j) {
    const double k = (j + 0.5) / samples - 0.5;
    const double cosine = 0.5 * (centre - edge) * std::cos(2.0 * std::numbers::pi * k);
    deviation = std::max(deviation, std::abs(squared(k) - sum - cosine));
  }
  const bool resolved = delta > 1e-7;
  if (!(pinning > 1e-8 * sum) || !(deviation <= rounding * sum) || !resolved) {
    throw InvalidArgument(
        "the heat conductivity in dimension 1 is known for the bands sqrt(omega0^2 + 2 kappa (1 - "
        "cos 2 pi k)) with omega0 > 0 and kappa > 0 (found " +
        dispersion.description() + ")");
  }
  return {std::sqrt(sum), ChainBand(delta, pinning / sum), uncertainty};
}

/// Ritz values of the currents in the first n functions, for every n at once: with A = LLᵀ and y = L⁻¹b the value in
/// n functions is the sum of the first n squares of y.
class RitzValues {
 public:
  RitzValues(const Eigen::MatrixXd& A, const Eigen::VectorXd& energy, const Eigen::VectorXd& number) : A_(A) {
    const Eigen::LLT<Eigen::MatrixXd> factors(A);
    positive_ = factors.info() == Eigen::Success;
    energy_ = factors.matrixL().solve(energy);
    number_ = factors.matrixL().solve(number);
    solution_ = factors.solve(energy);
  }

  [[nodiscard]] bool positive() const { return positive_ && energy_.allFinite(); }
  [[nodiscard]] double energy(Eigen::Index n) const { return energy_.head(n).squaredNorm(); }
  /// Without the difference of 1 and a number close to 1.
  [[nodiscard]] double z(Eigen::Index n) const {
    const auto e = energy_.head(n);
    const auto m = number_.head(n);
    return (e - m * (e.dot(m) / m.squaredNorm())).squaredNorm() / e.squaredNorm();
  }
  /// How much of the energy rounded elements of the matrix can change: |δA_ij| ≤ ε √(A_ii A_jj), sums of squares.
  [[nodiscard]] double rounding() const {
    constexpr double roundings = 4.0;  // of a product of weight and functions
    const double sum = solution_.cwiseAbs().dot(A_.diagonal().cwiseSqrt());
    return roundings * std::numeric_limits<double>::epsilon() * sum * sum / energy(energy_.size());
  }

 private:
  const Eigen::MatrixXd& A_;
  Eigen::VectorXd energy_, number_, solution_;
  bool positive_ = false;
};

/// What is still missing of a sequence at n/4, n/2 and n functions.
struct Remainder {
  double value;
  double error;
};

/// @brief The errors of Ritz values fall like n^{−2α}, α = 2.6124…: the solution behaves like |p − p*|^α where all four
/// momenta meet at the point of inflection p*. Slower decay is one that has not got there yet.
Remainder remainder(double quarter, double half, double full) {
  constexpr double asymptotic = 0.026737;  // 2^{−2α}
  constexpr double slowest = 0.9;
  const double before = half - quarter;
  const double last = full - half;
  const double ratio = before == 0.0 ? asymptotic : std::clamp(last / before, asymptotic, slowest);
  const double rest = last * ratio / (1.0 - ratio);
  // At the known rate it is good to a few per cent; at another it is a guess.
  const double trust = ratio > 4.0 * asymptotic ? 2.0 : 1.0;
  return {rest, trust * std::abs(rest)};
}

/// From units of Ω: in A there are ω⁻⁴ of the vertices and one energy delta function, in L two currents ωv besides.
void restore_units(PhononCurrents& currents, double top, double scale) {
  const double rate = std::pow(top, -5);
  currents.energy.value *= std::pow(top, 9);
  currents.current_rate *= rate;
  for (auto* rates : {&currents.odd_rates, &currents.even_rates}) {
    for (RelaxationRate& r : *rates) r = {rate * scale * r.rate, rate * scale * r.error};
  }
  if (currents.gap) currents.gap = {rate * scale * currents.gap->rate, rate * scale * currents.gap->error};
}

/// Loss rates are infinite: there is no continuous spectrum.
void set_gap(PhononCurrents& result) {
  if (result.odd_rates.empty() || result.even_rates.empty()) return;
  const RelaxationRate& odd = result.odd_rates.front();
  const RelaxationRate& even = result.even_rates.front();
  result.gap = odd.rate < even.rate ? odd : even;
  result.gap_is_isolated = true;
}

int quadrature_nodes(int functions) { return (13 * functions) / 10 + 30; }

/// ω^power v g² as a function of p.
std::function<double(double)> current(const ChainBand& band, const PhononWeight& weight, int power) {
  return [&band, &weight, power](double p) {
    const double omega = band.energy(p);
    const double g = weight(omega);
    return (power == 0 ? 1.0 : omega) * band.velocity(p) * g * g;
  };
}

/// Twice as many functions until the error of the energy is within the tolerance, in units of Ω.
PhononCurrents refined(const Chain& chain, const PhononWeight& weight, double tolerance,
                       const PhononConductivityOptions& options) {
  const ChainBand& band = chain.band;
  PhononCurrents result;
  result.rate = 36.0 * std::numbers::pi * options.lambda * options.lambda;
  double last_full = 0.0;
  constexpr int fewest = 32;
  for (int n = fewest; n <= options.most_functions; n *= 2) {
    const Eigen::MatrixXd A = chain_matrix(band, weight, Parity::odd, n, quadrature_nodes(n), options.threads);
    const RitzValues ritz(A, chain_moments(band, current(band, weight, 1), Parity::odd, n),
                          chain_moments(band, current(band, weight, 0), Parity::odd, n));
    if (!ritz.positive()) break;
    const Remainder rest = remainder(ritz.energy(n / 4), ritz.energy(n / 2), ritz.energy(n));
    const double value = ritz.energy(n) + rest.value;
    // The same functions with the coarser quadrature of the step before.
    const double quadrature = n == fewest ? 1.0 : std::abs(ritz.energy(n / 2) / last_full - 1.0);
    const double rounding = ritz.rounding() + chain.uncertainty;
    result.energy = {value, rest.error / value + quadrature + rounding};
    const Remainder z_rest = remainder(ritz.z(n / 4), ritz.z(n / 2), ritz.z(n));
    const double z = ritz.z(n) + z_rest.value;
    result.z = ShareOfCurrent{z, z_rest.error + (quadrature + rounding) * std::sqrt(z)};
    result.size = n;
    last_full = ritz.energy(n);
    const bool limited_by_rounding = n > fewest && rest.error / value + quadrature < 0.1 * rounding;
    if (result.energy.error <= tolerance || limited_by_rounding) break;
  }
  return result;
}

}  // namespace

PhononCurrents chain_currents(const Dispersion& dispersion, double temperature, double tolerance,
                              const PhononConductivityOptions& options) {
  const Chain chain = chain_of(dispersion);
  require_occupations_in_range(dispersion.range(), temperature, options.statistics);
  const ChainBand& band = chain.band;
  const PhononWeight weight(options.statistics, temperature / chain.top, std::sqrt(band.pinning()));
  PhononCurrents result = refined(chain, weight, tolerance, options);
  if (result.size == 0) refuse_cold_band(temperature);
  if (options.spectral_gap) {
    result.odd_rates = chain_spectrum(band, weight, Parity::odd, options.threads);
    result.even_rates = chain_spectrum(band, weight, Parity::even, options.threads);
    set_gap(result);
  }
  const auto square_of_current = [&](double p) {
    const double omega = band.energy(p);
    const double j = omega * band.velocity(p) * weight(omega);
    return j * j;
  };
  const double square = chain_moments(band, square_of_current, Parity::even, 1)[0];
  result.current_rate = weight.scale() * square / result.energy.value;
  restore_units(result, chain.top, weight.scale());
  return result;
}

}  // namespace nordheim::detail
