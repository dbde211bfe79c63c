// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/momentum/energy_shell.hpp>

#include "momentum/energy_shell_tables.hpp"
#include "momentum/gauss_rule.hpp"

#include <cmath>
#include <numbers>
#include <utility>

namespace nordheim {

namespace {

void check(const char* what, double value, bool allowed, const char* range) {
  if (std::isfinite(value) && allowed) return;
  throw InvalidArgument(std::string("sphere: ") + what + " = " + shortest_text(value) + " must be " + range);
}

}  // namespace

EnergyShell EnergyShell::sphere(double radius, double energy, double velocity, int degree) {
  check("radius", radius, radius > 0.0, "finite and positive");
  check("energy", energy, true, "finite");
  check("velocity", velocity, velocity != 0.0, "finite and not zero");
  constexpr int largest = 1000;  // two million points an octant's worth of which are stored eight times
  check("degree", degree, degree >= 1 && degree <= largest, "1 to 1000");

  // An even number of latitudes and a multiple of four longitudes, half a step off: no point on a coordinate plane, so
  // that the octant is a fundamental part.
  const int latitudes = degree + 1 + (degree + 1) % 2;
  const int quarter = (2 * degree + 2 + 3) / 4;
  const double step = std::numbers::pi / (2.0 * quarter);
  const auto cosines = detail::gauss_legendre(latitudes, -1.0, 1.0);

  auto tables = std::make_shared<Tables>();
  tables->on_lattice = false;
  tables->order = degree;
  tables->energy = energy;
  tables->reflections = {0, 1, 2, 3, 4, 5, 6, 7};
  tables->axes_equivalent = true;
  tables->cells = 1;
  tables->reserve(static_cast<std::size_t>(latitudes / 2) * static_cast<std::size_t>(quarter));
  for (auto i = static_cast<std::size_t>(latitudes / 2); i < static_cast<std::size_t>(latitudes); ++i) {
    const double z = cosines.nodes[i];
    const double sine = std::sqrt((1.0 - z) * (1.0 + z));
    for (int j = 0; j < quarter; ++j) {
      const double phi = (j + 0.5) * step;
      const Vector3 n{sine * std::cos(phi), sine * std::sin(phi), z};
      tables->add({radius * n[0], radius * n[1], radius * n[2]}, {velocity * n[0], velocity * n[1], velocity * n[2]},
                  radius * radius / std::abs(velocity) * cosines.weights[i] * step);
    }
  }
  tables->reflect();
  return EnergyShell(std::move(tables));
}

}  // namespace nordheim
