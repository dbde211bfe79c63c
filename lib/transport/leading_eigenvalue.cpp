// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/transport/elastic_transport.hpp>

#include "transport/shell_average.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace nordheim {

namespace {

using Complex = std::complex<double>;
using detail::NodeValues;

/// λ(q) of A = −iq·v + C, which is complex symmetric: (u, v) = Σ w u v without conjugation. Followed from small q, by
/// Rayleigh-quotient iteration, which converges cubically.
class LeadingEigenvalue {
 public:
  LeadingEigenvalue(const ElasticScattering& scattering, const Vector3& q)
      : scattering_(scattering),
        q_(q),
        flight_(detail::velocity_along(scattering.space(), q)),
        vector_(scattering.space().size(), Complex(1.0)),
        next_(vector_.size()) {
    for (const double frequency : flight_) fastest_ = std::max(fastest_, std::abs(frequency));
    slowest_rate_ = *std::min_element(scattering.rates().begin(), scattering.rates().end());
  }

  [[nodiscard]] Complex follow() {
    if (fastest_ == 0.0) return 0.0;
    constexpr double growth = 1.5;
    double scale = std::min(1.0, 0.1 * slowest_rate_ / fastest_);
    iterate(scale);
    while (scale < 1.0) {
      const double next = std::min(1.0, growth * scale);
      value_ *= (next / scale) * (next / scale);  // λ ~ −Dq²
      scale = next;
      iterate(scale);
    }
    return value_;
  }

 private:
  [[noreturn]] void refuse(double scale) const {
    throw InvalidArgument("−iq·v + C has no isolated leading eigenvalue at " + shortest_text(scale) +
                          " of the wavevector, where the largest q·v is " + shortest_text(scale * fastest_) +
                          " and the smallest scattering rate " + shortest_text(slowest_rate_) +
                          "; smaller wavevectors are needed");
  }

  /// From value_ and vector_ to those of the wavevector scale·q.
  void iterate(double scale) {
    const Vector3 q{scale * q_[0], scale * q_[1], scale * q_[2]};
    const std::vector<Complex> before = vector_;
    constexpr int enough = 12;
    constexpr double settled = 1e-7;  // the next error is its square at most
    for (int i = 0;; ++i) {
      if (i == enough) refuse(scale);
      // Off the eigenvalue by a little, so that the resolvent exists at convergence, too.
      const Complex z = value_ * (1.0 + settled);
      scattering_.resolve(z, q, vector_, next_);
      const Complex norm = product(next_, next_);
      const Complex value = z - product(next_, vector_) / norm;
      const Complex factor = 1.0 / std::sqrt(norm);
      for (std::size_t a = 0; a < next_.size(); ++a) vector_[a] = factor * next_[a];
      const double change = std::abs(value - value_);
      value_ = value;
      if (!std::isfinite(change)) refuse(scale);
      if (i > 0 && change <= 10.0 * settled * std::abs(value)) break;
    }
    if (std::abs(product(before, vector_)) < 0.5 || distance_to_continuum(scale) < 0.05 * slowest_rate_) {
      refuse(scale);
    }
  }

  /// Averages, normalised like ⟨⟩.
  [[nodiscard]] Complex product(const std::vector<Complex>& f, const std::vector<Complex>& g) const {
    const ConstState w = scattering_.space().weights();
    Complex sum = 0.0;
    for (std::size_t a = 0; a < w.size(); ++a) sum += w[a] * (f[a] * g[a]);
    return sum / scattering_.space().density_of_states();
  }

  /// From the eigenvalue to −γ − iq·v, the continuous spectrum of A.
  [[nodiscard]] double distance_to_continuum(double scale) const {
    double nearest = std::numeric_limits<double>::infinity();
    const ConstState rates = scattering_.rates();
    for (std::size_t a = 0; a < rates.size(); ++a) {
      nearest = std::min(nearest, std::abs(value_ + Complex(rates[a], scale * flight_[a])));
    }
    return nearest;
  }

  const ElasticScattering& scattering_;
  Vector3 q_;
  NodeValues flight_;  ///< q·v
  double fastest_ = 0.0;
  double slowest_rate_ = 0.0;
  Complex value_ = 0.0;
  std::vector<Complex> vector_;
  std::vector<Complex> next_;
};

Vector3 along(const Vector3& n, double q) { return {q * n[0], q * n[1], q * n[2]}; }

}  // namespace

std::complex<double> leading_eigenvalue(const ElasticScattering& scattering, const Vector3& q) {
  if (!(std::isfinite(q[0]) && std::isfinite(q[1]) && std::isfinite(q[2]))) {
    throw InvalidArgument("a wavevector has a component that is not finite");
  }
  return LeadingEigenvalue(scattering, q).follow();
}

DispersionFit fit_leading_eigenvalue(const ElasticScattering& scattering, const Vector3& n) {
  const NodeValues v = detail::centred_velocity(scattering.space(), n);
  const double second = detail::average(scattering.space(), v, v);
  DispersionFit fit;
  if (second == 0.0) return fit;
  double fastest = 0.0;
  for (const double component : v) fastest = std::max(fastest, std::abs(component));

  // λ is a power series in q·v over the rate ⟨v²⟩/D at which the velocity relaxes; a first, small q tells that rate.
  const double slowest_rate = *std::min_element(scattering.rates().begin(), scattering.rates().end());
  const double probe = 1e-3 * slowest_rate / fastest;
  const double first_D = -leading_eigenvalue(scattering, along(n, probe)).real() / (probe * probe);
  // Seven even powers at seven points up to 0.2 of that rate: what is left out is below 1e-13 of D, and rounding of λ,
  // 1e-15 of Dq², is not amplified beyond that.
  constexpr Eigen::Index points = 7;
  const double largest = 0.2 * second / (first_D * fastest);
  Eigen::MatrixXd powers(points, points);
  Eigen::VectorXd ratio(points);
  for (Eigen::Index i = 0; i < points; ++i) {
    const double x = static_cast<double>(i + 1) / points;
    const double q = x * largest;
    ratio[i] = leading_eigenvalue(scattering, along(n, q)).real() / (q * q);
    for (Eigen::Index p = 0; p < points; ++p) powers(i, p) = std::pow(x * x, p);
  }
  const Eigen::VectorXd coefficients = powers.fullPivLu().solve(ratio);
  fit.D = -coefficients[0];
  fit.B = coefficients[1] / (largest * largest);
  return fit;
}

}  // namespace nordheim
