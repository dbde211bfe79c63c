// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/model/equilibrium.hpp>
#include <nordheim/momentum/spherical_fit.hpp>

#include "momentum/gauss_rule.hpp"
#include "momentum/spherical_grid_tables.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <sstream>
#include <vector>

namespace nordheim {

namespace {

using Occupation = std::function<double(const Vector3&)>;

std::string text_of(const Vector3& k) {
  std::ostringstream text;
  text << "k = (" << k[0] << ", " << k[1] << ", " << k[2] << ")";
  return text.str();
}

double value_at(const Occupation& W, const Vector3& k) {
  const double value = W(k);
  if (std::isfinite(value)) return value;
  std::ostringstream text;
  text << "the occupation is " << value << " at " << text_of(k) << ", it must be finite";
  throw InvalidArgument(text.str());
}

/// r in (0, ∞) from x in (−1, 1): r = L(1 + x)/(1 − x), with ∫r² dr f ≈ Σ w f.
detail::QuadratureRule half_line(int points, double length) {
  detail::QuadratureRule rule = detail::gauss_legendre(points, -1.0, 1.0);
  for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
    const double x = rule.nodes[i], r = length * (1.0 + x) / (1.0 - x);
    rule.nodes[i] = r;
    rule.weights[i] *= 2.0 * length / ((1.0 - x) * (1.0 - x)) * r * r;
  }
  return rule;
}

/// Directions with weights that sum up to 4π: one for isotropic states, a meridian for axial symmetry.
std::vector<std::pair<Vector3, double>> directions(MomentumSymmetry symmetry, int polar) {
  const int azimuths = 2 * polar;
  constexpr double sphere = 4.0 * std::numbers::pi;
  if (symmetry == MomentumSymmetry::isotropic) return {{{0.0, 0.0, 1.0}, sphere}};
  const int around = symmetry == MomentumSymmetry::axial ? 1 : azimuths;
  const detail::QuadratureRule rule = detail::gauss_legendre(polar, -1.0, 1.0);
  std::vector<std::pair<Vector3, double>> result;
  for (std::size_t t = 0; t < rule.nodes.size(); ++t) {
    const double sine = std::sqrt(1.0 - rule.nodes[t] * rule.nodes[t]);
    for (int i = 0; i < around; ++i) {
      const double phi = 2.0 * std::numbers::pi * i / around;
      result.push_back({{sine * std::cos(phi), sine * std::sin(phi), rule.nodes[t]},
                        rule.weights[t] * 2.0 * std::numbers::pi / around});
    }
  }
  return result;
}

/// Number, mean velocity, and energy per particle in the frame that moves with it.
struct Summary {
  double number = 0.0;
  Vector3 velocity{};
  double energy = 0.0;
};

/// How fine the integrals are.
struct Resolution {
  int radial = 120;
  int polar = 24;
};

Summary integrate(const Occupation& W, MomentumSymmetry symmetry, const Vector3& centre, double length,
                  const Resolution& resolution = {}) {
  const detail::QuadratureRule radial = half_line(resolution.radial, length);
  double number = 0.0, energy = 0.0;
  Vector3 momentum{};
  for (const auto& [e, solid_angle] : directions(symmetry, resolution.polar)) {
    for (std::size_t i = 0; i < radial.nodes.size(); ++i) {
      const double r = radial.nodes[i];
      const Vector3 k{centre[0] + r * e[0], centre[1] + r * e[1], centre[2] + r * e[2]};
      const double wW = radial.weights[i] * solid_angle * value_at(W, k);
      number += wW;
      energy += 0.5 * r * r * wW;
      for (std::size_t j = 0; j < 3; ++j) momentum[j] += r * e[j] * wW;
    }
  }
  if (!(number > 0.0) || !(energy > 0.0) || !std::isfinite(number) || !std::isfinite(energy)) {
    std::ostringstream text;
    text << "the occupation has number " << number << " and energy " << energy
         << "; both must be positive and finite, so it must decay for large momenta, and not be so narrow or so far "
            "from "
            "the origin that it is not found";
    throw InvalidArgument(text.str());
  }
  // What a symmetry leaves of the velocity: nodes stand for circles or spheres of momenta.
  if (symmetry != MomentumSymmetry::none) momentum[0] = momentum[1] = 0.0;
  if (symmetry == MomentumSymmetry::isotropic) momentum[2] = 0.0;
  Summary result{number, centre, energy / number};
  for (std::size_t j = 0; j < 3; ++j) {
    const double moved = momentum[j] / number;
    result.velocity[j] += moved;
    result.energy -= 0.5 * moved * moved;
  }
  return result;
}

/// A length at which particles are found: of order one, or of other orders of magnitude.
double first_length(const Occupation& W, MomentumSymmetry symmetry) {
  for (const double length : {1.0, 1e-3, 1e3, 1e-6, 1e6}) {
    const detail::QuadratureRule radial = half_line(Resolution().radial, length);
    for (const auto& [e, solid_angle] : directions(symmetry, Resolution().polar)) {
      for (const double r : radial.nodes) {
        if (value_at(W, {r * e[0], r * e[1], r * e[2]}) != 0.0) return length;
      }
    }
  }
  return 1.0;
}

/// @brief The moments by a quadrature whose length is that of W.
/// @throws InvalidArgument if another quadrature finds others
Summary summary_of(const Occupation& W, MomentumSymmetry symmetry) {
  Vector3 centre{};
  double length = first_length(W, symmetry);
  constexpr int most_steps = 40;
  for (int step = 0; step < most_steps; ++step) {
    const Summary found = integrate(W, symmetry, centre, length);
    // The median of the nodes lies at the length: at the thermal momentum half of them see the body of W.
    const double next = std::sqrt(2.0 * std::max(found.energy, 0.0));
    if (!(next > 0.0)) {
      throw InvalidArgument("all particles of the occupation move with one velocity; its width must be positive");
    }
    const bool settled = std::abs(next - length) < 1e-3 * length;
    if (settled) {
      // From the origin and from another distance: what is too narrow for one rule is seen differently by another.
      const Vector3 origin{};
      const double reach = 1.37 * (length + std::hypot(found.velocity[0], found.velocity[1], found.velocity[2]));
      const Summary other = integrate(W, symmetry, origin, reach, {150, 31});
      constexpr double tolerance = 0.03;
      if (std::abs(other.number - found.number) > tolerance * found.number ||
          std::abs(other.energy - found.energy) > tolerance * found.energy) {
        std::ostringstream text;
        text << "the occupation is too narrow, or parts of it too far apart, for its moments to be found (number "
             << found.number << " or " << other.number << ", energy per particle " << found.energy << " or "
             << other.energy << "); scale and centre must be given";
        throw InvalidArgument(text.str());
      }
      return found;
    }
    centre = found.velocity;
    length = next;
  }
  throw InvalidArgument(
      "the moments of the occupation do not settle: it must decay faster than |k|^-5 for large momenta");
}

/// @throws InvalidArgument if W changes under the rotations of the symmetry
void check_symmetry(const Occupation& W, MomentumSymmetry symmetry, const Vector3& centre, double length) {
  if (symmetry == MomentumSymmetry::none) return;
  double largest = 0.0;
  for (const double r : {0.0, 0.5, 1.0, 2.0}) {
    for (const double cosine : {-1.0, -0.6, 0.0, 0.3, 1.0}) {
      const double sine = std::sqrt(1.0 - cosine * cosine);
      const bool isotropic = symmetry == MomentumSymmetry::isotropic;
      const Vector3 first =
          isotropic ? Vector3{0.0, 0.0, r * length} : Vector3{r * length * sine, 0.0, centre[2] + r * length * cosine};
      largest = std::max(largest, std::abs(value_at(W, first)));
      for (const double phi : {0.0, 0.7, 1.9, 3.2, 5.1}) {
        const Vector3 k{r * length * sine * std::cos(phi), r * length * sine * std::sin(phi),
                        (isotropic ? 0.0 : centre[2]) + r * length * cosine};
        // Formulas of symmetric states differ by rounding.
        if (std::abs(value_at(W, k) - value_at(W, first)) <= 1e-10 * largest) continue;
        std::ostringstream text;
        text.precision(12);
        text << "the occupation is " << W(first) << " at " << text_of(first) << " and " << W(k) << " at " << text_of(k)
             << ", which contradicts symmetry = \"" << name(symmetry) << '"';
        throw InvalidArgument(text.str());
      }
    }
  }
}

}  // namespace

SphericalGridOptions fitted_to(const Occupation& W, Statistics statistics, SphericalGridOptions options) {
  detail::check(options);
  const Summary state = summary_of(W, options.symmetry);
  const double thermal = std::sqrt(2.0 * state.energy);
  check_symmetry(W, options.symmetry, state.velocity, thermal);

  const detail::QuadratureRule radial = half_line(2 * Resolution().radial, thermal);
  std::vector<double> energies, weights;
  for (std::size_t i = 0; i < radial.nodes.size(); ++i) {
    energies.push_back(0.5 * radial.nodes[i] * radial.nodes[i]);
    weights.push_back(4.0 * std::numbers::pi * radial.weights[i]);
  }
  const Equilibrium equilibrium = [&] {
    try {
      return equilibrium_of(statistics, {state.number, state.number * state.energy}, energies, weights);
    } catch (const NoEquilibrium&) {
      if (statistics != Statistics::fermion) throw;
      throw NoEquilibrium(
          "the fermions are so close to their ground state, mu/T above about 60, that their temperature is not found");
    }
  }();
  const double T = 1.0 / equilibrium.beta(), mu = equilibrium.mu();

  const double factor = statistics == Statistics::boson ? 0.71 : 0.78;
  double scale = factor * std::pow(16.0 / options.degree, 1.0 / 6.0) * std::sqrt(2.0 * T);
  if (statistics == Statistics::fermion && mu > 0.0) {
    // The outermost node must lie where the occupation has fallen to e^{-8}.
    const double outermost = detail::points_of(detail::basis_of(options)).radii.back();
    scale = std::max(scale, std::sqrt(2.0 * (mu + 8.0 * T)) / outermost);
  }
  options.scale = scale;
  options.centre = state.velocity;
  return options;
}

}  // namespace nordheim
