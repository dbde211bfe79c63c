// SPDX-License-Identifier: GPL-3.0-or-later
// The collision bracket of a gas in equilibrium by the lens transform: an independent evaluation.
#pragma once

#include "momentum/gauss_rule.hpp"
#include "momentum/oscillator_functions.hpp"

#include <Eigen/Core>

#include <cmath>
#include <complex>
#include <cstddef>
#include <functional>
#include <numbers>
#include <vector>

namespace nordheim::test {

/// @brief ⟨ψ_i, −Lψ_j⟩ = Q(Eψ_iψ_j, E; E, E) + Q(Eψ_i, Eψ_j; E, E) − 2 Q(Eψ_i, E; Eψ_j, E) of radial functions
/// times Y_lm, with oscillator functions of degree 2n + l ≤ K and scale a:
///
///     Q(f1, f2; f3, f4) = (2π)² a⁷ ∫_0^π sin σ dσ ∫dy conj(v1 v2) v3 v4,    v_f(y, σ) = Σ c_nl e^{−i(2n+l)σ} φ_nl(y).
class LensBracket {
 public:
  using Radial = std::function<double(double k)>;

  LensBracket(Radial E, int K, double a)
      : E_(std::move(E)),
        K_(K),
        a_(a),
        momenta_(detail::radial_gauss(2 * K + 60, 1.0)),
        radii_(detail::radial_gauss(K + 2, 2.0)),
        cosines_(detail::gauss_legendre(K + 2, -1.0, 1.0)),
        e_(field(0, [this](double k) { return std::sqrt(4.0 * std::numbers::pi) * E_(k); })) {}

  /// Radial functions with the factor k^l; E times them must decay.
  [[nodiscard]] Eigen::MatrixXd operator()(int l, const std::vector<Radial>& psi) const {
    const auto n = static_cast<Eigen::Index>(psi.size());
    const double factor = std::numbers::pi * std::pow(a_, 7);  // 4π of it: spherical harmonics
    std::vector<Eigen::ArrayXXcd> fields;
    for (const Radial& f : psi) fields.push_back(field(l, [&](double k) { return E_(k) * f(k); }));
    const std::vector<double> loss = loss_values();
    Eigen::MatrixXd D(n, n);
    for (Eigen::Index i = 0; i < n; ++i) {
      for (Eigen::Index j = 0; j < n; ++j) {
        const auto& f = fields[static_cast<std::size_t>(i)];
        const auto& g = fields[static_cast<std::size_t>(j)];
        const double partner = integral((f * g).conjugate() * e_.square());
        const double product = integral((f * e_).conjugate() * g * e_);
        double own = 0.0;
        for (std::size_t q = 0; q < momenta_.nodes.size(); ++q) {
          const double k = a_ * momenta_.nodes[q];
          own += std::pow(a_, 3) * momenta_.weights[q] * E_(k) * loss[q] * psi[static_cast<std::size_t>(i)](k) *
                 psi[static_cast<std::size_t>(j)](k);
        }
        D(i, j) = own + factor * (partner - 2.0 * product);
      }
    }
    return D;
  }

 private:
  /// v_f at (radius, σ).
  [[nodiscard]] Eigen::ArrayXXcd field(int l, const Radial& f) const {
    const int count = (K_ - l) / 2 + 1;
    Eigen::VectorXd values(static_cast<Eigen::Index>(momenta_.nodes.size()));
    for (std::size_t q = 0; q < momenta_.nodes.size(); ++q) {
      values[static_cast<Eigen::Index>(q)] = momenta_.weights[q] * f(a_ * momenta_.nodes[q]);
    }
    const Eigen::VectorXd c = detail::oscillator_functions(count, l, momenta_.nodes) * values;
    return (detail::oscillator_functions(count, l, radii_.nodes).transpose() * c.asDiagonal() * phases(l, count, -1.0))
        .array();
  }

  /// e^{±i(2n+l)σ}, shape (n, σ).
  [[nodiscard]] Eigen::MatrixXcd phases(int l, int count, double sign) const {
    Eigen::MatrixXcd result(count, static_cast<Eigen::Index>(cosines_.nodes.size()));
    for (std::size_t s = 0; s < cosines_.nodes.size(); ++s) {
      const double sigma = std::acos(cosines_.nodes[s]);
      for (int n = 0; n < count; ++n) {
        result(n, static_cast<Eigen::Index>(s)) = std::polar(1.0, sign * (2 * n + l) * sigma);
      }
    }
    return result;
  }

  [[nodiscard]] double integral(const Eigen::ArrayXXcd& integrand) const {
    const Eigen::Map<const Eigen::VectorXd> r(radii_.weights.data(), integrand.rows());
    const Eigen::Map<const Eigen::VectorXd> s(cosines_.weights.data(), integrand.cols());
    return r.dot(integrand.real().matrix() * s);
  }

  /// G[E; E, E] at the momenta.
  [[nodiscard]] std::vector<double> loss_values() const {
    const int count = K_ / 2 + 1;
    const Eigen::MatrixXd R = detail::oscillator_functions(count, 0, radii_.nodes);
    const Eigen::Map<const Eigen::VectorXd> r(radii_.weights.data(), R.cols());
    const Eigen::Map<const Eigen::VectorXd> s(cosines_.weights.data(), e_.cols());
    const Eigen::MatrixXcd projected = R * r.asDiagonal() * (e_.conjugate() * e_.square()).matrix();
    const Eigen::VectorXd g =
        std::numbers::pi * std::pow(a_, 4) * (projected.array() * phases(0, count, 1.0).array()).real().matrix() * s;
    const Eigen::VectorXd values = detail::oscillator_functions(count, 0, momenta_.nodes).transpose() * g;
    std::vector<double> G;
    for (const double value : values) G.push_back(value / std::sqrt(4.0 * std::numbers::pi));
    return G;
  }

  Radial E_;
  int K_;
  double a_;
  detail::QuadratureRule momenta_, radii_, cosines_;
  Eigen::ArrayXXcd e_;
};

}  // namespace nordheim::test
