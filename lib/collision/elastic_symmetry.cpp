// SPDX-License-Identifier: GPL-3.0-or-later
// What energy shell and correlator have in common.
#include <nordheim/core/error.hpp>

#include "collision/elastic_scattering_impl.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

namespace nordheim::detail {

namespace {

/// Whether ϑ̂(map q) = ϑ̂(q), at momenta that are in no relation to the lattice.
template <class Map>
bool leaves_unchanged(const Map& map, const Correlator& correlator) {
  constexpr int samples = 12;
  double scale = 0.0, change = 0.0;
  for (int n = 1; n <= samples; ++n) {
    const Vector3 q{std::remainder(n * std::numbers::sqrt2, 1.0), std::remainder(n * std::numbers::sqrt3, 1.0),
                    std::remainder(n * std::numbers::phi, 1.0)};
    const double value = correlator(q);
    scale = std::max(scale, std::abs(value));
    change = std::max(change, std::abs(correlator(map(q)) - value));
  }
  return change <= 1e-14 * scale;  // the rounding of ϑ̂
}

}  // namespace

void check_spaces(const EnergyShell& shell, const Correlator& correlator) {
  const auto dimensions = [](int d) { return std::to_string(d) + (d == 1 ? " dimension" : " dimensions"); };
  if (correlator.dimension() != 0 && correlator.dimension() != shell.dimension()) {
    throw InvalidArgument("the correlator (" + correlator.description() + ") has " +
                          dimensions(correlator.dimension()) + ", the energy shell " + dimensions(shell.dimension()));
  }
  if (!(shell.on_lattice() ? correlator.on_lattice() : correlator.in_continuum())) {
    throw InvalidArgument("the correlator (" + correlator.description() + ") is one " +
                          (shell.on_lattice() ? "in the continuum, the energy shell on the lattice"
                                              : "on the lattice, the energy shell in the continuum"));
  }
}

std::vector<AxisFlip> common_reflections(const EnergyShell& shell, const Correlator& correlator) {
  if (correlator.is_constant() || !shell.on_lattice()) return shell.reflections();
  const AxisFlip inversion = (1U << static_cast<unsigned>(shell.dimension())) - 1U;  // ϑ̂(−q) = ϑ̂(q) always
  std::vector<AxisFlip> group{0};
  for (const AxisFlip flip : shell.reflections()) {
    const auto with_all = [&](auto test) {
      return std::all_of(group.begin(), group.end(), [&](AxisFlip g) { return test(flip ^ g); });
    };
    if (std::find(group.begin(), group.end(), flip) != group.end()) continue;
    if (!with_all([&](AxisFlip g) {
          return g == inversion || leaves_unchanged([g](const Vector3& q) { return reflected(q, g); }, correlator);
        }))
      continue;
    const std::vector<AxisFlip> smaller = group;
    for (const AxisFlip g : smaller) group.push_back(flip ^ g);
  }
  return group;
}

bool is_cubic(const EnergyShell& shell, const Correlator& correlator, std::size_t reflections) {
  const auto d = static_cast<std::size_t>(shell.dimension());
  if (reflections != std::size_t{1} << d || !shell.axes_equivalent()) return false;
  for (std::size_t j = 1; j < d; ++j) {
    if (!leaves_unchanged([j](const Vector3& q) { return exchanged(q, j); }, correlator)) return false;
  }
  return true;
}

}  // namespace nordheim::detail
