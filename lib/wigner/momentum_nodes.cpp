// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/wigner/momentum_nodes.hpp>

#include "wigner/phase_transform.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace nordheim {

using detail::Complex;

namespace {

/// Modes in k, which are displacements: those that both sets of momenta have, N and M of them.
detail::Modes common_modes(std::size_t N, std::size_t M, FewerMomenta fewer) {
  if (M >= N) return detail::interpolating_modes(M, N);
  return fewer == FewerMomenta::resolved ? detail::resolved_modes(N, M) : detail::folded_modes(N, M);
}

}  // namespace

std::vector<double> at_momenta(const PhaseSpaceFunction& W, int points, FewerMomenta fewer) {
  if (points < 2) {
    throw InvalidArgument("points = " + std::to_string(points) + " momenta per axis; at least 2 are needed");
  }
  const int d = W.box().dimension();
  const auto N = static_cast<std::size_t>(W.box().points()), M = static_cast<std::size_t>(points);
  const detail::Extents target = detail::extents(d, points);
  const std::size_t momenta = target[0] * target[1] * target[2];
  std::vector<double> values(detail::checked_size(W.positions(), momenta));
  if (M == N) {
    std::copy(W.values().begin(), W.values().end(), values.begin());
    return values;
  }
  detail::Modes modes = common_modes(N, M, fewer);
  const auto weights = [modes](std::size_t, std::span<Complex> row) {
    for (std::size_t i = 0; i < modes.size(); ++i) row[i] = modes[i].weight;
  };
  detail::ModeProduct product(d, modes, weights, std::max(N, M), std::min(N, M));
  const detail::FftPlan to_displacements(d, W.box().points(), 1, {}, detail::FftSign::forward);
  const detail::FftPlan to_momenta(d, points, 1, {}, detail::FftSign::backward);
  detail::AlignedArray<Complex> from(W.box().size()), to(momenta);
  const double scale = 1.0 / static_cast<double>(W.box().size());
  for (std::size_t r = 0; r < W.positions(); ++r) {
    std::copy(W.at(r).begin(), W.at(r).end(), from.data());
    to_displacements.execute(from.data());
    std::fill_n(to.data(), momenta, Complex{});
    product.for_each(0, [&](std::size_t fine, std::size_t coarse, Complex factor) {
      to[M > N ? fine : coarse] += factor * from[M > N ? coarse : fine];
    });
    to_momenta.execute(to.data());
    for (std::size_t k = 0; k < momenta; ++k) values[r * momenta + k] = scale * to[k].real();
  }
  return values;
}

}  // namespace nordheim
