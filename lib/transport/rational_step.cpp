// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/rational_step.hpp"

#include "transport/shell_average.hpp"

#include <Eigen/Dense>
#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

namespace nordheim::detail {

namespace {

using Complex = std::complex<double>;

std::vector<PartialFraction> make_talbot_fractions(int nodes) {
  const double N = nodes;
  std::vector<PartialFraction> fractions;
  for (int k = nodes / 2; k < nodes; ++k) {  // the upper half
    const double theta = std::numbers::pi * ((k + 0.5) * 2.0 / N - 1.0);
    const double cotangent = 1.0 / std::tan(0.6407 * theta);
    const Complex z = N * Complex(0.5017 * theta * cotangent - 0.6122, 0.2645 * theta);
    const double slope = 0.5017 * (cotangent - 0.6407 * theta * (1.0 + cotangent * cotangent));
    const Complex dz = N * Complex(slope, 0.2645);
    fractions.push_back({z, std::exp(z) * dz / Complex(0.0, N)});
  }
  return fractions;
}

std::vector<PartialFraction> make_radau_fractions() {
  const double r = std::sqrt(6.0);
  Eigen::Matrix3d A;
  A << (88.0 - 7.0 * r) / 360.0, (296.0 - 169.0 * r) / 1800.0, (-2.0 + 3.0 * r) / 225.0,  //
      (296.0 + 169.0 * r) / 1800.0, (88.0 + 7.0 * r) / 360.0, (-2.0 - 3.0 * r) / 225.0,   //
      (16.0 - r) / 36.0, (16.0 + r) / 36.0, 1.0 / 9.0;
  const Eigen::EigenSolver<Eigen::Matrix3d> eigen(A);
  const Eigen::Matrix3cd X = eigen.eigenvectors();
  const Eigen::Vector3cd ones = X.fullPivLu().solve(Eigen::Vector3cd::Ones());
  const Eigen::RowVector3cd b = A.row(2).cast<Complex>() * X;  // the last stage is the step
  std::vector<PartialFraction> fractions;
  for (Eigen::Index j = 0; j < 3; ++j) {
    // bᵀ… = Σ β_j/(1 − z a_j), and z β/(1 − z a) = −β/a + (β/a²)/(1/a − z), where the constants cancel the 1.
    const Complex a = eigen.eigenvalues()[j];
    const Complex pole = 1.0 / a;
    if (pole.imag() >= 0.0) fractions.push_back({pole, b[j] * ones[j] / (a * a)});
  }
  return fractions;
}

}  // namespace

const std::vector<PartialFraction>& talbot_fractions() {
  static const std::vector<PartialFraction> fractions = make_talbot_fractions(32);
  return fractions;
}

const std::vector<PartialFraction>& real_talbot_fractions() {
  static const std::vector<PartialFraction> fractions = make_talbot_fractions(26);
  return fractions;
}

const std::vector<PartialFraction>& radau_fractions() {
  static const std::vector<PartialFraction> fractions = make_radau_fractions();
  return fractions;
}

double squared_norm(const EnergyShell& shell, std::span<const Complex> f) {
  const ConstState w = shell.weights();
  double sum = 0.0;
  for (std::size_t a = 0; a < w.size(); ++a) sum += w[a] * std::norm(f[a]);
  return sum;
}

std::vector<std::size_t> inverted_nodes(const EnergyShell& shell) {
  const std::vector<AxisFlip>& flips = shell.reflections();
  const AxisFlip inversion = (1U << static_cast<unsigned>(shell.dimension())) - 1U;
  const std::size_t m = shell.fundamental_size();
  std::vector<std::size_t> nodes;
  for (const AxisFlip flip : flips) {
    const auto image = std::find(flips.begin(), flips.end(), flip ^ inversion);
    if (image == flips.end()) return {};
    const auto block = static_cast<std::size_t>(image - flips.begin());
    for (std::size_t i = 0; i < m; ++i) nodes.push_back(block * m + i);
  }
  return nodes;
}

RationalStep::RationalStep(const ElasticScattering& scattering, const Vector3& q,
                           const std::vector<PartialFraction>& fractions, double h)
    : scattering_(scattering), shell_(scattering.space()), q_(q), u_(shell_.size()), sum_(shell_.size()) {
  if (q == Vector3{}) {  // C is real
    mirrored_.resize(shell_.size());
    std::iota(mirrored_.begin(), mirrored_.end(), std::size_t{0});
  } else {
    mirrored_ = inverted_nodes(shell_);
  }
  for (const PartialFraction& fraction : fractions) {
    const Term term{fraction.pole / h, fraction.residue / h, fraction.pole.imag() > 0.0 && !mirrored_.empty()};
    terms_.push_back(term);
    if (fraction.pole.imag() > 0.0 && mirrored_.empty()) {
      terms_.push_back({std::conj(term.pole), std::conj(term.residue), false});
    }
  }
}

Complex RationalStep::average(std::span<const Complex> f) const {
  CompensatedSum total;
  for (const double w : shell_.weights()) total.add(w);
  return integral(shell_, f) / total.value();
}

/// sum += residue (pole − A)⁻¹ W and, if paired, K Π of the same of K Π W.
void RationalStep::add(const ElasticScattering::Resolvent& resolvent, const Term& term, std::span<const Complex> W) {
  const double real = term.residue.real(), imaginary = term.residue.imag();
  const auto product = [&](Complex u) {
    return Complex(real * u.real() - imaginary * u.imag(), real * u.imag() + imaginary * u.real());
  };
  resolvent.apply(W, u_);
  for (std::size_t a = 0; a < u_.size(); ++a) sum_[a] += product(u_[a]);
  if (!term.paired) return;
  for (std::size_t a = 0; a < u_.size(); ++a) u_[a] = std::conj(W[mirrored_[a]]);
  resolvent.apply(u_, u_);
  for (std::size_t a = 0; a < u_.size(); ++a) sum_[a] += std::conj(product(u_[mirrored_[a]]));
}

void RationalStep::step(std::span<Complex> W, bool keep) {
  // Without a wavevector mass is conserved: the mean, which r(0) = 1 only multiplies by rounding, is kept aside.
  const bool uniform = q_ == Vector3{};
  const Complex mean = uniform ? average(W) : 0.0;
  for (Complex& value : W) value -= mean;
  std::fill(sum_.begin(), sum_.end(), Complex(0.0));
  const bool made = !resolvents_.empty();
  for (std::size_t j = 0; j < terms_.size(); ++j) {
    if (made) {
      add(resolvents_[j], terms_[j], W);
    } else {
      auto resolvent = scattering_.resolvent(terms_[j].pole, q_);
      add(resolvent, terms_[j], W);
      if (keep) resolvents_.push_back(std::move(resolvent));
    }
  }
  const Complex rest = uniform ? average(sum_) : 0.0;
  for (std::size_t a = 0; a < sum_.size(); ++a) W[a] = mean + (sum_[a] - rest);
}

void RationalStep::run(std::span<Complex> W, std::uint64_t steps, double negligible) {
  for (std::uint64_t i = 0; i < steps; ++i) {
    if (squared_norm(shell_, W) <= negligible * negligible) {
      std::fill(W.begin(), W.end(), Complex(0.0));
      return;
    }
    step(W, steps > 1);
  }
}

}  // namespace nordheim::detail
