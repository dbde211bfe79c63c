// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/wigner/quasifree.hpp>

#include "momentum/fft.hpp"
#include "wigner/box_index.hpp"

#include <Eigen/Core>

#include <algorithm>
#include <bit>
#include <cmath>
#include <complex>
#include <cstddef>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace nordheim {

using detail::Complex;
using detail::Extents;

namespace {

/// δ ρ + θ |c|² with the δ term of particles, which waves have not.
double correlation(Statistics statistics, bool same, double density, Complex coherence) {
  const double own = same && statistics != Statistics::classical_wave ? density : 0.0;
  return own + theta(statistics) * std::norm(coherence);
}

void check_occupations(ConstState W, Statistics statistics) {
  constexpr double slack = 1e-12;
  for (std::size_t k = 0; k < W.size(); ++k) {
    const bool blocked = statistics == Statistics::fermion && W[k] > 1.0 + slack;
    if (std::isfinite(W[k]) && W[k] >= -slack && !blocked) continue;
    std::ostringstream text;
    text << "a local state with W = " << W[k] << " at momentum number " << k << "; allowed are occupations, W >= 0"
         << (statistics == Statistics::fermion ? " and W <= 1 for fermions" : "");
    throw InvalidArgument(text.str());
  }
}

}  // namespace

Complex wick_expectation(std::span<const Complex> coherences, Statistics statistics) {
  std::size_t m = 0;
  while (m * m < coherences.size()) ++m;
  if (m * m != coherences.size() || m > 16) {
    throw InvalidArgument("Wick's theorem with " + std::to_string(coherences.size()) +
                          " coherences; allowed is m * m of them with m <= 16");
  }
  // sum[S]: over all ways to pair the first |S| creators with the annihilators in S. Each annihilator that was chosen
  // before and stands behind the new one is one transposition.
  std::vector<Complex> sum(std::size_t{1} << m);
  sum[0] = 1.0;
  for (std::size_t S = 0; S + 1 < sum.size(); ++S) {
    const auto row = static_cast<std::size_t>(std::popcount(S));
    for (std::size_t j = 0; j < m; ++j) {
      const std::size_t bit = std::size_t{1} << j;
      if ((S & bit) != 0) continue;
      const int behind = std::popcount(S >> j);
      sum[S | bit] += std::pow(theta(statistics), behind) * coherences[row * m + j] * sum[S];
    }
  }
  return sum.back();
}

double bond_current(Complex amplitude, Complex coherence) noexcept { return 2.0 * (amplitude * coherence).imag(); }

QuasifreeState::QuasifreeState(DensityMatrix R, Statistics statistics) : R_(std::move(R)), statistics_(statistics) {}

double QuasifreeState::density_correlation(std::size_t x, std::size_t y) const noexcept {
  return correlation(statistics_, x == y, density(x), coherence(x, y));
}

MeanAndVariance QuasifreeState::sum_of_densities(std::span<const double> weights) const {
  const std::size_t n = R_.box().size();
  if (weights.size() != n) {
    throw InvalidArgument("a sum of densities with " + std::to_string(weights.size()) + " weights, but the box has " +
                          std::to_string(n) + " sites");
  }
  MeanAndVariance result;
  for (std::size_t x = 0; x < n; ++x) {
    if (weights[x] == 0.0) continue;
    result.mean += weights[x] * density(x);
    for (std::size_t y = 0; y < n; ++y) result.variance += weights[x] * weights[y] * density_correlation(x, y);
  }
  return result;
}

MeanAndVariance QuasifreeState::sum_over_particles(const DensityMatrix& A) const {
  if (A.box() != R_.box()) {
    throw InvalidArgument("an observable on a box of " + std::to_string(A.box().size()) + " sites in a state on " +
                          std::to_string(R_.box().size()) + "; allowed is the same box");
  }
  const auto n = static_cast<Eigen::Index>(R_.box().size());
  // Read by columns they are the conjugate matrices: so are their products, and traces of hermitian ones are real.
  const Eigen::Map<const Eigen::MatrixXcd> a(A.values().data(), n, n), r(R_.values().data(), n, n);
  const Eigen::MatrixXcd ar = a * r;
  const double exchange = (ar.array() * ar.transpose().array()).sum().real();
  const double own =
      statistics_ == Statistics::classical_wave ? 0.0 : (ar.array() * a.transpose().array()).sum().real();
  return {ar.trace().real(), own + theta(statistics_) * exchange};
}

MeanAndVariance kinetic_average(const PhaseSpaceFunction& a, const PhaseSpaceFunction& W, Statistics statistics) {
  if (a.box() != W.box() || a.nodes() != W.nodes()) {
    throw InvalidArgument("an observable at " + std::to_string(a.values().size()) + " nodes for a W at " +
                          std::to_string(W.values().size()) + " nodes; allowed are the same nodes of the same box");
  }
  MeanAndVariance sum;
  for (std::size_t i = 0; i < W.values().size(); ++i) {
    sum.mean += a.values()[i] * W.values()[i];
    sum.variance += a.values()[i] * a.values()[i] * fluctuation(statistics, W.values()[i]);
  }
  const auto nodes = static_cast<double>(W.values().size());
  return {sum.mean / nodes, sum.variance / (nodes * static_cast<double>(W.box().size()))};
}

LocalState::LocalState(const LatticeBox& box, ConstState W, Statistics statistics)
    : box_(box), statistics_(statistics), coherences_(box.size()) {
  if (W.size() != box.size()) throw DimensionMismatch("the local state", W.size(), box.size());
  check_occupations(W, statistics);
  detail::AlignedArray<Complex> work(box.size());
  for (std::size_t k = 0; k < W.size(); ++k) work[k] = W[k];
  const detail::FftPlan plan(box.dimension(), box.points(), 1, {}, detail::FftSign::backward);
  plan.execute(work.data());
  const double scale = 1.0 / static_cast<double>(box.size());
  for (std::size_t z = 0; z < box.size(); ++z) coherences_[z] = scale * work[z];
}

Complex LocalState::coherence(const std::array<int, 3>& z) const noexcept {
  const int N = box_.points();
  std::size_t number = 0;
  for (std::size_t j = 0; j < static_cast<std::size_t>(box_.dimension()); ++j) {
    const int wrapped = (z[j] % N + N) % N;
    number = number * static_cast<std::size_t>(N) + static_cast<std::size_t>(wrapped);
  }
  return coherences_[number];
}

double LocalState::density_correlation(const std::array<int, 3>& z) const noexcept {
  const int N = box_.points();
  const auto last = z.begin() + box_.dimension();
  const bool same = std::all_of(z.begin(), last, [N](int component) { return component % N == 0; });
  return correlation(statistics_, same, density(), coherence(z));
}

MeanAndVariance LocalState::box_average(int side) const {
  if (side < 1 || side > box_.points()) {
    throw InvalidArgument("a cube of " + std::to_string(side) + " sites per axis, allowed is 1 to the " +
                          std::to_string(box_.points()) + " sites of the box");
  }
  const int d = box_.dimension();
  const Extents n = detail::extents(d, 2 * side - 1);
  double sum = 0.0;
  for (std::size_t a = 0; a < n[0] * n[1] * n[2]; ++a) {
    const Extents i = detail::indices(a, n);
    std::array<int, 3> z{};
    double pairs = 1.0;
    for (std::size_t j = 0; j < static_cast<std::size_t>(d); ++j) {
      z[j] = static_cast<int>(i[static_cast<std::size_t>(3 - d) + j]) - (side - 1);
      pairs *= side - std::abs(z[j]);
    }
    sum += pairs * density_correlation(z);
  }
  return {density(), sum / std::pow(side, 2 * d)};
}

}  // namespace nordheim
