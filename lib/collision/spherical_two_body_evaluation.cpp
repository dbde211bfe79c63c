// SPDX-License-Identifier: GPL-3.0-or-later
// C(W) in R³, its derivative, and the rate at which a mode loses particles.
#include <nordheim/core/error.hpp>

#include "collision/sizes_of_rates.hpp"
#include "collision/spherical_two_body_impl.hpp"
#include "momentum/spherical_grid_tables.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace nordheim {

using detail::InvariantCombination;
using detail::max_abs;
using detail::ratio_or_zero;

namespace {

/// Calls f(a, l(a)) for every node a.
template <class Function>
void at_nodes(const InvariantCombination& l, const SphericalGrid& grid, const Function& f) {
  const ConstState v = grid.tables().centred_velocities, omega = grid.tables().centred_energies;
  for (std::size_t a = 0; a < omega.size(); ++a) f(a, l({v[3 * a], v[3 * a + 1], v[3 * a + 2]}, omega[a]));
}

/// Σ w ψ C over Σ w |ψ C| for the invariants ψ.
void report_defects(const SphericalGrid& grid, ConstState C, CollisionReport& report) {
  const ConstState w = grid.weights(), omega = grid.energies(), v = grid.velocities();
  double number = 0.0, energy = 0.0, moved_number = 0.0, moved_energy = 0.0;
#pragma omp simd reduction(+ : number, energy, moved_number, moved_energy)
  for (std::size_t a = 0; a < C.size(); ++a) {
    const double flow = w[a] * C[a];
    number += flow;
    energy += flow * omega[a];
    moved_number += std::abs(flow);
    moved_energy += std::abs(flow) * omega[a];
  }
  report.number_defect = ratio_or_zero(number, moved_number);
  report.energy_defect = ratio_or_zero(energy, moved_energy);
  for (std::size_t j = 0; j < 3; ++j) {
    double momentum = 0.0, moved = 0.0;
#pragma omp simd reduction(+ : momentum, moved)
    for (std::size_t a = 0; a < C.size(); ++a) {
      const double flow = w[a] * C[a] * v[3 * a + j];
      momentum += flow;
      moved += std::abs(flow);
    }
    report.momentum_defect[j] = ratio_or_zero(momentum, moved);
  }
}

}  // namespace

void SphericalTwoBody::Impl::use(const MovingEquilibrium& equilibrium) {
  used = equilibrium;
  evaluated_by = nullptr;
  for (std::size_t a = 0; a < grid.size(); ++a) {
    const double half = 0.5 * equilibrium.exponent(grid.momentum(a));
    falling[a] = std::exp(-half);
    rising[a] = std::exp(half);
  }
}

void SphericalTwoBody::Impl::evaluate(ConstState W, detail::LensEvaluation& with) {
  if (evaluated_by == &with && std::equal(W.begin(), W.end(), evaluated.begin())) return;
  evaluated_by = nullptr;
  const double th = theta(statistics);
  double sum = 0.0;
  for (std::size_t a = 0; a < W.size(); ++a) {
    P[a] = (1.0 + th * W[a]) * falling[a];
    R[a] = W[a] * rising[a];
    sum += R[a];
  }
  if (!std::isfinite(sum)) throw RecoverableError("the state W is not finite, or too large beside its equilibrium");
  with.evaluate(P.data(), R.data(), G1.data(), G2.data());
  sum = 0.0;
  for (std::size_t a = 0; a < W.size(); ++a) sum += P[a] * G1[a] - R[a] * G2[a];
  if (!std::isfinite(sum)) throw RecoverableError("the collision term of the state W is beyond double precision");
  std::copy(W.begin(), W.end(), evaluated.begin());
  evaluated_by = &with;
}

void SphericalTwoBody::Impl::combine(State out) const {
  const double strength = options.strength;
  for (std::size_t a = 0; a < out.size(); ++a) out[a] = strength * (P[a] * G1[a] - R[a] * G2[a]);
}

/// Whether the sums of C and ωC are round-off beside those of gain and loss.
bool SphericalTwoBody::Impl::conserves(ConstState C_there) const {
  const ConstState w = grid.weights(), omega = grid.energies();
  double number = 0.0, energy = 0.0, moved_number = 0.0, moved_energy = 0.0;
#pragma omp simd reduction(+ : number, energy, moved_number, moved_energy)
  for (std::size_t a = 0; a < C_there.size(); ++a) {
    const double moved = w[a] * options.strength * (std::abs(P[a] * G1[a]) + std::abs(R[a] * G2[a]));
    number += w[a] * C_there[a];
    energy += w[a] * omega[a] * C_there[a];
    moved_number += moved;
    moved_energy += omega[a] * moved;
  }
  constexpr double round_off = 1e-11;
  return std::abs(number) <= round_off * moved_number && std::abs(energy) <= round_off * moved_energy;
}

InvariantCombination SphericalTwoBody::Impl::correct(ConstState W, State out) {
  const double th = theta(statistics);
  for (std::size_t a = 0; a < W.size(); ++a) weight[a] = W[a] * (1.0 + th * W[a]);
  const auto subtract = [&] {
    InvariantCombination l = detail::invariant_correction(grid, out, weight);
    at_nodes(l, grid, [&](std::size_t a, double l_a) { out[a] -= l_a * weight[a]; });
    return l;
  };
  InvariantCombination l = subtract();
  if (!conserves(out)) {
    // A step function (W = 0 or 1 nearly everywhere): |C| is what W(1+θW) becomes proportional to a moment later.
    combine(out);
    for (std::size_t a = 0; a < out.size(); ++a) weight[a] = std::abs(out[a]);
    l = subtract();
  }
  return l;
}

CollisionReport SphericalTwoBody::apply(ConstState W, State C) {
  Impl& op = *impl_;
  const std::size_t n = op.grid.size();
  if (W.size() != n) throw DimensionMismatch("the state W", W.size(), n);
  if (C.size() != n) throw DimensionMismatch("the result C", C.size(), n);
  if (!op.reference) op.use(equilibrium_of(W));
  op.evaluate(W, op.lens);
  op.combine(C);

  CollisionReport report;
  report.reference_beta = op.used.at_rest.beta();
  report.largest_rate = max_abs(C);
  report_defects(op.grid, C, report);
  op.applied.g1 = op.lens.g1();
  op.applied.g2 = op.lens.g2();
  op.applied.reference = op.used;
  op.applied.correction = {};
  if (op.options.conserve_exactly) {
    const InvariantCombination l = op.correct(W, C);
    at_nodes(l, op.grid, [&](std::size_t a, double l_a) {
      report.correction = std::max(report.correction, std::abs(l_a * op.weight[a]));
    });
    op.applied.correction = l;
  }
  return report;
}

double SphericalTwoBody::Impl::value(const MovingEquilibrium& equilibrium, const Vector3& k, double W, double G1_there,
                                     double G2_there, const InvariantCombination& l) const {
  const double th = theta(statistics), half = 0.5 * equilibrium.exponent(k);
  const Vector3& c = grid.centre();
  const Vector3 q{k[0] - c[0], k[1] - c[1], k[2] - c[2]};
  const double omega = 0.5 * (q[0] * q[0] + q[1] * q[1] + q[2] * q[2]);
  // Far out e^{x/2} overflows where G has vanished.
  const double gain = G1_there == 0.0 ? 0.0 : (1.0 + th * W) * std::exp(-half) * G1_there;
  const double loss = G2_there == 0.0 || W == 0.0 ? 0.0 : W * std::exp(half) * G2_there;
  return options.strength * (gain - loss) - l(q, omega) * W * (1.0 + th * W);
}

double SphericalTwoBody::value_at(const Vector3& k, double W) const {
  const Impl& op = *impl_;
  if (op.applied.g1.empty()) throw InvalidArgument("value_at() is of the last apply(), and there was none");
  const Vector3& c = op.grid.centre();
  const double a = op.grid.scale();
  const Vector3 x{(k[0] - c[0]) / a, (k[1] - c[1]) / a, (k[2] - c[2]) / a};
  const detail::SphericalBasis& basis = op.lens.engine().output();
  return op.value(op.applied.reference, k, W, detail::evaluate(basis, op.applied.g1, x),
                  detail::evaluate(basis, op.applied.g2, x), op.applied.correction);
}

void SphericalTwoBody::apply_linearised(ConstState W, ConstState dW, State dC) {
  Impl& op = *impl_;
  const std::size_t n = op.grid.size();
  if (dW.size() != n) throw DimensionMismatch("the direction dW", dW.size(), n);
  if (dC.size() != n) throw DimensionMismatch("the result dC", dC.size(), n);
  if (W.size() != n) throw DimensionMismatch("the state W", W.size(), n);
  if (!op.reference) op.use(equilibrium_of(W));
  op.evaluate(W, op.lens);
  const double th = theta(op.statistics), strength = op.options.strength;
  for (std::size_t a = 0; a < n; ++a) {
    op.dP[a] = th * dW[a] * op.falling[a];
    op.dR[a] = dW[a] * op.rising[a];
  }
  op.lens.linearise(op.dP.data(), op.dR.data(), op.dG1.data(), op.dG2.data());
  for (std::size_t a = 0; a < n; ++a) {
    dC[a] = strength * (op.dP[a] * op.G1[a] + op.P[a] * op.dG1[a] - op.dR[a] * op.G2[a] - op.R[a] * op.dG2[a]);
  }
  if (!op.options.conserve_exactly) return;
  // C − l g varies by dC − l dg − dl g, and dl is again the correction that conserves.
  op.combine(op.C);
  const InvariantCombination l = op.correct(W, op.C);
  at_nodes(l, op.grid, [&](std::size_t a, double l_a) { dC[a] -= l_a * (1.0 + 2.0 * th * W[a]) * dW[a]; });
  const InvariantCombination dl = detail::invariant_correction(op.grid, dC, op.weight);
  at_nodes(dl, op.grid, [&](std::size_t a, double dl_a) { dC[a] -= dl_a * op.weight[a]; });
}

void SphericalTwoBody::loss_rate(ConstState W, State nu) {
  Impl& op = *impl_;
  const std::size_t n = op.grid.size();
  if (W.size() != n) throw DimensionMismatch("the state W", W.size(), n);
  if (nu.size() != n) throw DimensionMismatch("the result nu", nu.size(), n);
  if (!op.reference) op.use(equilibrium_of(W));
  op.evaluate(W, op.lens);
  // P G1 − R G2 = e^{−x/2} G1 − W (e^{x/2} G2 − θ e^{−x/2} G1).
  const double th = theta(op.statistics);
  for (std::size_t a = 0; a < n; ++a) {
    nu[a] = op.options.strength * (op.rising[a] * op.G2[a] - th * op.falling[a] * op.G1[a]);
  }
}

}  // namespace nordheim
