// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/model/cubic_band.hpp>

#include "model/arithmetic_geometric_mean.hpp"
#include "model/cubic_band_energies.hpp"
#include "model/double_exponential.hpp"

#include <gsl/gsl_sf_ellint.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace nordheim {

namespace {

constexpr double pi = std::numbers::pi;

/// ∫δ, ∫s_1² δ and ∫s_1⁴ δ.
using LineMoments = std::array<double, 3>;

CubicBandShell averages(const LineMoments& moments) {
  const double rho = moments[0];
  if (rho == 0.0) return {};
  return {rho, moments[1] / rho, moments[2] / rho};
}

CubicBandShell chain(double energy) {
  const double s1_squared = energy * (2.0 - energy);
  return {1.0 / (pi * std::sqrt(s1_squared)), s1_squared, s1_squared * s1_squared};
}

/// @brief cos 2πk_1 = y + u, cos 2πk_2 = y − u with y = 1 − E/2 and u = δ sin φ, δ = 1 − y: the shell in d = 2 is
/// ∫δ(ω − E) f = 2/(π²(1 + y)) ∫₀^{π/2} dφ f/√(1 − κ sin²φ), κ = (δ/(1 + y))².
///
/// The even part of s_1⁴ in u is δ²[8y² + 4y(1 − 2y) cos²φ + δ² cos⁴φ], that of s_1² δ[2y + δ cos²φ].
/// @param energy  in the lower half of the band
CubicBandShell square(double energy) {
  const double delta = 0.5 * energy;
  const double y = 1.0 - delta;
  const double ratio = delta / (1.0 + y);
  const double kappa = ratio * ratio;
  const double complement = 4.0 * y / ((1.0 + y) * (1.0 + y));  // 1 − κ
  // C_n = ∫cos²ⁿφ/√(1 − κ sin²φ), all without cancellation; relative to C_0 = K.
  const double c0 = 0.5 * pi / detail::arithmetic_geometric_mean(1.0, std::sqrt(complement));
  const double c1 = complement / 3.0 * gsl_sf_ellint_RD(0.0, 1.0, complement, GSL_PREC_DOUBLE);
  // The rounding of order 1/κ does no harm: C_2 comes with δ².
  const double c2 = kappa > 0.0 ? (2.0 * (kappa - complement) * c1 + complement * c0) / (3.0 * kappa) : 3.0 * pi / 16.0;
  return {1.0 / (2.0 * pi * detail::arithmetic_geometric_mean(1.0, y)), delta * (2.0 * y + delta * c1 / c0),
          delta * delta * (8.0 * y * y + (4.0 * y * (1.0 - 2.0 * y) * c1 + delta * delta * c2) / c0)};
}

/// 2πρ₂ of the square lattice at |e − 2|/2 = y times 1, s² and s⁴. At y = 0, reached only by underflow beside the
/// singular point, the weight is nothing.
LineMoments layer(double y, double s) {
  if (y == 0.0) return {};
  const double rho = 1.0 / detail::arithmetic_geometric_mean(1.0, y);
  return {rho, rho * s * s, rho * s * s * s * s};
}

/// @brief The mean over layers, π⁻¹ ∫dt ρ₂(E − 1 + cos t), t = 2πk_1, s_1 = sin t.
///
/// Below E = 2 the layers end where E − 1 + cos t = 0, from there on all t count and ρ₂ has its logarithm at
/// cos t = 3 − E.
/// @param energy  in the lower half of the band
LineMoments layers(double energy) {
  if (energy <= 2.0) {
    const double end = detail::layer_edge(energy);
    return detail::double_exponential<3>(end, [&](double t, double) {
      const double half = std::sin(0.5 * t);
      return layer(0.5 * (2.0 - energy) + half * half, std::sin(t));
    });
  }
  const double middle = detail::layer_middle(energy);
  const auto beside = [&](double t, double offset) {
    // cos t − cos t' = 2 sin((t + t')/2) sin((t' − t)/2)
    return layer(std::sin(0.5 * (t + middle)) * std::sin(0.5 * offset), std::sin(t));
  };
  const auto below =
      detail::double_exponential<3>(middle, [&](double left, double right) { return beside(left, right); });
  const auto above =
      detail::double_exponential<3>(pi - middle, [&](double left, double) { return beside(middle + left, left); });
  return {below[0] + above[0], below[1] + above[1], below[2] + above[2]};
}

CubicBandShell cubic(double energy) {
  if (energy == 0.0) return {};
  auto moments = layers(energy);
  for (double& moment : moments) moment /= 2.0 * pi * pi;
  return averages(moments);
}

}  // namespace

CubicBandShell cubic_band_shell(int dimension, double energy) {
  detail::check_cubic_band(dimension, energy);
  const double width = 2.0 * dimension;
  const bool at_edge = energy == 0.0 || energy == width;
  if ((dimension == 1 && at_edge) || (dimension == 2 && energy == 2.0)) {
    detail::refuse_infinite("the density of states", dimension, energy);
  }
  if (energy < 0.0 || energy > width) return {};
  const double lower = std::min(energy, width - energy);  // exact; the shells of E and 2d − E are shifted by (½ … ½)
  switch (dimension) {
    case 1:
      return chain(lower);
    case 2:
      return square(lower);
    default:
      return cubic(lower);
  }
}

}  // namespace nordheim
