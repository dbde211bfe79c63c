// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/deflated_resolvent.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace nordheim::detail {

namespace {

using Complex = std::complex<double>;
using Eigen::Index;
using Eigen::Map;
using Eigen::MatrixXcd;
using Eigen::MatrixXd;
using Eigen::VectorXcd;
using Eigen::VectorXd;
/// A complex vector as two rows, so that it can be multiplied by real matrices.
using Rows = Eigen::Matrix<double, 2, Eigen::Dynamic>;

double* real_pointer(Complex* p) { return reinterpret_cast<double*>(p); }
const double* real_pointer(const Complex* p) { return reinterpret_cast<const double*>(p); }

/// Product of finite numbers, without the search for infinities that the operator * makes.
Complex times(Complex a, Complex b) {
  return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}

/// Of the order of |z|.
double size_of(Complex z) { return std::abs(z.real()) + std::abs(z.imag()); }

bool is_finite(Complex z) { return std::isfinite(z.real()) && std::isfinite(z.imag()); }

AxisFlip axes_of(const Vector3& q) {
  AxisFlip axes = 0;
  for (unsigned j = 0; j < 3; ++j) axes |= q[j] != 0.0 ? 1U << j : 0U;
  return axes;
}

/// Σ_x A(x)ᵀ d(x) B(x), in pieces that stay in the cache; the lower triangle is enough for A = B.
MatrixXd weighted_product(const Eigen::Ref<const MatrixXd>& A, const VectorXd& d, const Eigen::Ref<const MatrixXd>& B) {
  constexpr Index piece = 256;
  const bool symmetric = A.data() == B.data();
  MatrixXd sum = MatrixXd::Zero(A.cols(), B.cols());
  if ((d.array() == 0.0).all()) return sum;
  MatrixXd scaled(std::min(piece, A.rows()), B.cols());
  for (Index first = 0; first < A.rows(); first += piece) {
    const Index rows = std::min(piece, A.rows() - first);
    scaled.topRows(rows) = d.segment(first, rows).asDiagonal() * B.middleRows(first, rows);
    const auto transposed = A.middleRows(first, rows).transpose();
    if (symmetric) {
      sum.triangularView<Eigen::Lower>() += transposed * scaled.topRows(rows);
    } else {
      sum.noalias() += transposed * scaled.topRows(rows);
    }
  }
  if (symmetric) sum.triangularView<Eigen::StrictlyUpper>() = sum.transpose();
  return sum;
}

}  // namespace

DeflatedResolvent::DeflatedResolvent(ElasticParts parts, Complex z, const Vector3& q)
    : parts_(std::move(parts)), z_(z), inverse_(parts_.shell.size()), flow_(parts_.shell.size()) {
  if (!is_finite(z) || !std::isfinite(q[0] + q[1] + q[2])) {
    throw InvalidArgument("elastic scattering: z and q of the resolvent must be finite");
  }
  const EnergyShell& shell = parts_.shell;
  const auto d = static_cast<std::size_t>(shell.dimension());
  const ConstState w = shell.weights(), velocities = shell.velocities();
  Complex sum_flow = 0.0;
  double size = 0.0, sum_rates = 0.0;
  for (std::size_t a = 0; a < w.size(); ++a) {
    double frequency = 0.0;
    for (std::size_t j = 0; j < d; ++j) frequency += q[j] * velocities[a * d + j];
    const Complex x(z.real(), z.imag() + frequency), D = x + parts_.rates[a];
    if (std::norm(D) == 0.0) refuse();
    inverse_[a] = std::conj(D) / std::norm(D);
    flow_[a] = times(x, inverse_[a]);
    const Complex square = times(x, flow_[a]);
    sum_flow += w[a] * square;
    size += w[a] * size_of(square);
    sum_rates += w[a] * parts_.rates[a];
  }
  const Vector3 v = shell.mean_velocity();
  const Complex sum_x =
      shell.density_of_states() * Complex(z.real(), z.imag() + q[0] * v[0] + q[1] * v[1] + q[2] * v[2]);
  constants_ = (sum_x - sum_flow) / sum_rates;
  constants_size_ = (std::abs(sum_x) + size) / sum_rates;
  root_sum_rates_ = std::sqrt(sum_rates);
  split(inverse_, inverse_parts_);
  split(flow_, flow_parts_);

  auto classes = parts_.sectors.coupled(axes_of(q));
  systems_ = std::vector<System>(classes.size());
  for (std::size_t c = 0; c < classes.size(); ++c) systems_[c].sectors = std::move(classes[c]);
}

void DeflatedResolvent::refuse() const {
  throw InvalidArgument("elastic scattering: z = " + shortest_text(z_.real()) + " + " + shortest_text(z_.imag()) +
                        "i is on the spectrum of −iq·v + C, where there is no resolvent");
}

/// The functions of a sector but the one that carries the constants.
auto DeflatedResolvent::functions(std::size_t sector) const {
  const SectorGain& gain = parts_.gain(sector);
  return gain.P.rightCols(gain.rank() - (sector == 0 && gain.rank() > 0 ? 1 : 0));
}

void DeflatedResolvent::split(const ComplexVector& nodes, ComplexVector& parts) const {
  parts.resize(nodes.size());
  parts_.sectors.split(real_pointer(nodes.data()), real_pointer(parts.data()), 2);
}

void DeflatedResolvent::apply(std::span<const Complex> b, std::span<Complex> u) const {
  const ConstState w = parts_.shell.weights();
  thread_local ComplexVector scattered, parts;
  scattered.resize(b.size());
  Complex moment = 0.0, flow_moment = 0.0;
  for (std::size_t a = 0; a < b.size(); ++a) {
    scattered[a] = times(inverse_[a], b[a]);
    moment += w[a] * b[a];
    flow_moment += w[a] * times(b[a], flow_[a]);
  }
  split(scattered, parts);
  const std::size_t size = parts_.sectors.size();
  for (System& system : systems_) {
    const bool needed = std::any_of(system.sectors.begin(), system.sectors.end(), [&](std::size_t s) {
      const auto first = parts.begin() + static_cast<std::ptrdiff_t>(s * size);
      return std::any_of(first, first + static_cast<std::ptrdiff_t>(size), [](Complex c) { return c != 0.0; });
    });
    if (!needed) continue;
    std::call_once(system.made, [&] { factorise(system); });
    solve(system, parts, moment - flow_moment);
  }
  parts_.sectors.join(real_pointer(parts.data()), real_pointer(scattered.data()), 2);
  Complex sum = 0.0;
  for (std::size_t a = 0; a < b.size(); ++a) {
    u[a] = times(inverse_[a], b[a] + scattered[a]);
    sum += u[a];
  }
  if (!is_finite(sum)) {
    if (!is_finite(moment))
      throw InvalidArgument("elastic scattering: the right side b of the resolvent is not finite");
    refuse();
  }
}

/// Moments of D⁻¹b in, Σ a_r ψ_r out.
void DeflatedResolvent::solve(const System& system, ComplexVector& parts, Complex moment_of_constants) const {
  const auto rows = static_cast<Index>(parts_.sectors.size());
  const Map<const VectorXd> w(parts_.sectors.weights().data(), rows);
  const auto part = [&](std::size_t s) {
    return Map<Rows>(real_pointer(parts.data()) + 2 * s * parts_.sectors.size(), 2, rows);
  };
  Rows moments(2, system.size);
  Index offset = 0;
  for (const std::size_t s : system.sectors) {
    const auto P = functions(s);
    moments.middleCols(offset, P.cols()) = (part(s) * w.asDiagonal()) * P;
    offset += P.cols();
  }
  if (system.has_constants) {
    const auto images = static_cast<double>(parts_.sectors.count());
    const Complex moment = moment_of_constants * std::sqrt(images) / root_sum_rates_;
    moments.col(offset) << moment.real(), moment.imag();
  }
  VectorXcd amplitudes(system.size);
  amplitudes.real() = moments.row(0).transpose();
  amplitudes.imag() = moments.row(1).transpose();
  if (system.size > 0) amplitudes = system.factor.solve(amplitudes).eval();
  moments.row(0) = amplitudes.real().transpose();
  moments.row(1) = amplitudes.imag().transpose();
  offset = 0;
  for (const std::size_t s : system.sectors) {
    const auto P = functions(s);
    part(s).noalias() = moments.middleCols(offset, P.cols()) * P.transpose();
    offset += P.cols();
  }
  if (system.has_constants) part(0).noalias() += moments.col(offset) * parts_.gain(0).P.col(0).transpose();
}

void DeflatedResolvent::factorise(System& system) const {
  std::vector<Index> offsets;
  Index offset = 0;
  for (const std::size_t s : system.sectors) {
    offsets.push_back(offset);
    offset += functions(s).cols();
    system.has_constants = system.has_constants || (s == 0 && parts_.gain(0).rank() > 0);
  }
  system.size = offset + (system.has_constants ? 1 : 0);
  if (system.size == 0) return;
  MatrixXcd M = MatrixXcd::Zero(system.size, system.size);
  for (std::size_t i = 0; i < system.sectors.size(); ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      const MatrixXcd coupling = block(system.sectors[i], system.sectors[j]);
      M.block(offsets[i], offsets[j], coupling.rows(), coupling.cols()) = coupling;
      M.block(offsets[j], offsets[i], coupling.cols(), coupling.rows()) = coupling.transpose();
    }
  }
  if (system.has_constants) add_constants(M, system);
  system.factor.compute(M);
  check_pivots(system);
}

/// M_rs of the functions of two sectors.
MatrixXcd DeflatedResolvent::block(std::size_t A, std::size_t B) const {
  const auto rows = static_cast<Index>(parts_.sectors.size());
  const Map<const VectorXd> w(parts_.sectors.weights().data(), rows);
  const Map<const VectorXcd> inverse(inverse_parts_.data() + (A ^ B) * parts_.sectors.size(), rows);
  const VectorXd scale = w / static_cast<double>(parts_.sectors.count());
  const auto P = functions(A), Q = functions(B);
  MatrixXcd M(P.cols(), Q.cols());
  M.real() = -weighted_product(P, scale.cwiseProduct(inverse.real()), Q);
  M.imag() = -weighted_product(P, scale.cwiseProduct(inverse.imag()), Q);
  if (A == B) M.diagonal() += parts_.gain(A).sigma.tail(P.cols());
  return M;
}

/// The last row and column of M.
void DeflatedResolvent::add_constants(MatrixXcd& M, const System& system) const {
  const auto rows = static_cast<Index>(parts_.sectors.size());
  const auto images = static_cast<double>(parts_.sectors.count());
  const Map<const VectorXd> w(parts_.sectors.weights().data(), rows);
  const Index last = M.rows() - 1;
  Index offset = 0;
  for (const std::size_t s : system.sectors) {
    const auto P = functions(s);
    const Map<const Rows> flow(real_pointer(flow_parts_.data()) + 2 * s * parts_.sectors.size(), 2, rows);
    const Rows coupling = ((flow * w.asDiagonal()) * P) / (std::sqrt(images) * root_sum_rates_);
    M.row(last).segment(offset, P.cols()).real() = coupling.row(0);
    M.row(last).segment(offset, P.cols()).imag() = coupling.row(1);
    offset += P.cols();
  }
  M.col(last) = M.row(last).transpose();
  M(last, last) = constants_;
}

/// A pivot that is all rounding shows that z is on the spectrum.
void DeflatedResolvent::check_pivots(const System& system) const {
  constexpr double rounding = 8.0 * std::numeric_limits<double>::epsilon();
  const MatrixXcd& LU = system.factor.matrixLU();
  for (Index r = 0; r < LU.rows(); ++r) {
    const double eliminated = LU.row(r).head(r).cwiseAbs().dot(LU.col(r).head(r).cwiseAbs());
    // Entries of M are differences of numbers of order 1, but for the row of the constants.
    const bool constants = system.has_constants && r == LU.rows() - 1;
    const double size = eliminated + (constants ? constants_size_ : 1.0);
    if (!(std::abs(LU(r, r)) > rounding * size)) refuse();
  }
}

}  // namespace nordheim::detail
