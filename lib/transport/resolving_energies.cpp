// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/transport/diffusion_curve.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <string>

namespace nordheim {

namespace {

/// From a to b; an end that is singular is approached as s².
struct Piece {
  double a = 0.0;
  double b = 0.0;
  bool singular_a = false;
  bool singular_b = false;

  [[nodiscard]] double at(double s) const {
    if (singular_a && singular_b) {
      const double half = std::sin(0.5 * std::numbers::pi * s);
      return s < 0.5 ? a + (b - a) * half * half : b - (b - a) * (1.0 - half) * (1.0 + half);
    }
    if (singular_a) return a + (b - a) * s * s;
    if (singular_b) return b - (b - a) * (1.0 - s) * (1.0 - s);
    return a + (b - a) * s;
  }
};

/// [from, to] without the neighbourhoods, of half width @p margin, of the singular energies.
std::vector<Piece> pieces_between(const std::vector<double>& singular, double margin, double from, double to) {
  std::vector<Piece> pieces;
  const auto add = [&](double left, bool singular_left, double right, bool singular_right) {
    const Piece piece{std::max(left, from), std::min(right, to), singular_left && left > from,
                      singular_right && right < to};
    if (piece.a <= piece.b) pieces.push_back(piece);
  };
  if (singular.empty()) {
    add(from, false, to, false);
    return pieces;
  }
  // Outside the band there is no shell.
  for (std::size_t i = 0; i + 1 < singular.size(); ++i) {
    add(singular[i] + margin, true, singular[i + 1] - margin, true);
  }
  return pieces;
}

}  // namespace

std::vector<double> resolving_energies(const ElasticModel& model, double from, double to, int count) {
  if (!(std::isfinite(from) && std::isfinite(to) && from < to)) {
    throw InvalidArgument("energies from " + shortest_text(from) + " to " + shortest_text(to) +
                          " were asked for; allowed are finite numbers, the first below the second");
  }
  if (count < 2) throw InvalidArgument("count = " + std::to_string(count) + "; allowed are whole numbers from 2");
  const auto& singular = model.van_hove();
  // A shell at the closest distance is allowed; twice that is clear of rounding.
  const double margin =
      singular.empty() ? 0.0 : 2.0 * EnergyShell::closest_van_hove * (singular.back() - singular.front());
  const auto pieces = pieces_between(singular, margin, from, to);
  double length = 0.0;
  for (const Piece& piece : pieces) length += piece.b - piece.a;
  if (pieces.empty()) {
    throw InvalidArgument("no energy from " + shortest_text(from) + " to " + shortest_text(to) +
                          " lies inside the band, from " + shortest_text(singular.front()) + " to " +
                          shortest_text(singular.back()));
  }
  std::vector<double> energies;
  for (const Piece& piece : pieces) {
    const double share = length > 0.0 ? (piece.b - piece.a) / length : 0.0;
    const int points = piece.a < piece.b ? std::max(2, static_cast<int>(std::lround(share * count))) : 1;
    for (int i = 0; i < points; ++i)
      energies.push_back(points > 1 ? piece.at(static_cast<double>(i) / (points - 1)) : piece.a);
  }
  return energies;
}

}  // namespace nordheim
