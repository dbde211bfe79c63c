// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/wigner/weyl_quantisation.hpp>

#include "wigner/hermitian_rows.hpp"
#include "wigner/phase_modes.hpp"
#include "wigner/phase_transform.hpp"

#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <sstream>
#include <utility>
#include <vector>

namespace nordheim {

using detail::AlignedArray;
using detail::Complex;
using detail::Extents;
using detail::FftPlan;
using detail::FftSign;

namespace {

/// W(r,k) at a midpoint r, all k, checked.
void sample_midpoint(const LatticeBox& box, const std::function<double(const Vector3&, const Vector3&)>& W,
                     const Vector3& r, AlignedArray<Complex>& values) {
  const auto axes = static_cast<std::size_t>(box.dimension());
  const Extents n = detail::extents(box.dimension(), box.points());
  for (std::size_t a = 0; a < box.size(); ++a) {
    const Extents i = detail::indices(a, n);
    Vector3 k{};
    for (std::size_t j = 0; j < axes; ++j) {
      const std::size_t index = i[3 - axes + j];
      const double N = box.points();
      k[j] = (static_cast<double>(index) - (2 * index >= n[2] ? N : 0.0)) / N;  // −½, not ½, as on a LatticeGrid
    }
    const double value = W(r, k);
    if (!std::isfinite(value)) {
      std::ostringstream text;
      text << "W = " << value << " at r = (" << r[0] << ", " << r[1] << ", " << r[2] << "), k = (" << k[0] << ", "
           << k[1] << ", " << k[2] << "); it must be finite";
      throw InvalidArgument(text.str());
    }
    values[a] = value;
  }
}

/// Index of z among the N displacements and of y = (M − z)/2, of each z that has the parity of M, for one axis; z =
/// ±N/2 both, with half the weight.
struct Pair {
  std::size_t z;
  std::size_t y;
  double weight;
};

std::vector<Pair> pairs_of(std::size_t midpoint, std::size_t N) {
  std::vector<Pair> pairs;
  const auto n = static_cast<std::ptrdiff_t>(N);
  const auto M = static_cast<std::ptrdiff_t>(midpoint);
  for (std::ptrdiff_t z = -(n / 2); z <= n / 2; ++z) {
    if ((M - z) % 2 != 0) continue;
    const std::ptrdiff_t y = (M - z) / 2;
    pairs.push_back({static_cast<std::size_t>((z + n) % n), static_cast<std::size_t>((y + n) % n),
                     2 * z == n || 2 * z == -n ? 0.5 : 1.0});
  }
  return pairs;
}

}  // namespace

DensityMatrix weyl_quantisation(const PhaseSpaceFunction& W) {
  const LatticeBox& box = W.box();
  const int d = box.dimension();
  const std::size_t n = box.size();
  const auto fine = static_cast<std::size_t>(box.points());
  const auto coarse = static_cast<std::size_t>(W.nodes());
  const detail::Modes kept = detail::interpolating_modes(fine, coarse);
  detail::ModeProduct modes(d, kept, detail::half_shift(fine, kept), fine, coarse);
  std::vector<double> values(W.values().begin(), W.values().end());
  detail::HermitianRows rows(d, box.points(), values);
  rows.from_momenta();

  std::vector<Complex> R(detail::checked_size(n, n));
  AlignedArray<Complex> fine_work(n);
  AlignedArray<Complex> coarse_work(W.positions());
  const FftPlan to_modes(d, W.nodes(), 1, {}, FftSign::forward);
  const FftPlan to_sites(d, box.points(), 1, {}, FftSign::backward);
  std::vector<std::size_t> sums(n);
  const double scale = 1.0 / static_cast<double>(W.positions());
  for (std::size_t z = 0; z < n; ++z) {
    if (!rows.kept(z)) continue;
    for (std::size_t r = 0; r < W.positions(); ++r) coarse_work[r] = scale * rows.get(r, z);
    to_modes.execute(coarse_work.data());
    std::fill_n(fine_work.data(), n, Complex{});
    modes.for_each(z, [&](std::size_t f, std::size_t c, Complex factor) {
      fine_work[f] += detail::product_with_conjugate(coarse_work[c], factor);
    });
    to_sites.execute(fine_work.data());
    detail::displace(z, modes.fine(), sums);
    for (std::size_t y = 0; y < n; ++y) {
      R[y * n + sums[y]] = std::conj(fine_work[y]);
      R[sums[y] * n + y] = fine_work[y];
    }
  }
  return {box, std::move(R)};
}

DensityMatrix weyl_quantisation(const LatticeBox& box,
                                const std::function<double(const Vector3& r, const Vector3& k)>& W) {
  const int d = box.dimension();
  const auto axes = static_cast<std::size_t>(d);
  const std::size_t n = box.size();
  const auto N = static_cast<std::size_t>(box.points());
  const Extents sites = detail::extents(d, box.points());
  const Extents halves = detail::extents(d, 2 * box.points());
  std::vector<Complex> R(detail::checked_size(n, n));
  AlignedArray<Complex> c(n);
  const FftPlan to_displacements(d, box.points(), 1, {}, FftSign::backward);
  const double scale = 1.0 / static_cast<double>(n);
  for (std::size_t M = 0; M < halves[0] * halves[1] * halves[2]; ++M) {
    const Extents at = detail::indices(M, halves);
    Vector3 r{};
    for (std::size_t j = 0; j < axes; ++j) r[j] = static_cast<double>(at[3 - axes + j]) / static_cast<double>(2 * N);
    sample_midpoint(box, W, r, c);
    to_displacements.execute(c.data());
    std::array<std::vector<Pair>, 3> pairs;
    for (std::size_t j = 0; j < 3; ++j) pairs[j] = sites[j] == 1 ? std::vector<Pair>{{0, 0, 1.0}} : pairs_of(at[j], N);
    for (const Pair& p : pairs[0]) {
      for (const Pair& q : pairs[1]) {
        for (const Pair& s : pairs[2]) {
          const std::size_t z = detail::point({p.z, q.z, s.z}, sites);
          const std::size_t y = detail::point({p.y, q.y, s.y}, sites);
          const std::size_t x =
              detail::point({(p.y + p.z) % sites[0], (q.y + q.z) % sites[1], (s.y + s.z) % sites[2]}, sites);
          R[x * n + y] += scale * p.weight * q.weight * s.weight * c[z];
        }
      }
    }
  }
  return {box, std::move(R)};
}

}  // namespace nordheim
