// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/transport/diffusion_curve.hpp>

#include "transport/elastic_model_impl.hpp"
#include "transport/shell_diffusion.hpp"
#include "transport/shell_rounding.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
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

/// What rounding of ω leaves of |T|², relative, at this distance from a van Hove energy: G is singular on both sides.
double impurity_rounding(double energy, double distance) {
  constexpr double roundings = 8.0;
  return roundings * std::numeric_limits<double>::epsilon() * std::abs(energy) / distance;
}

/// Whether D can be had at this distance from a van Hove energy to the tolerance, as far as rounding is concerned: on a
/// shell or in closed form.
bool is_reached(const ElasticModel& model, double singular, double step, double tolerance) {
  const double energy = singular + step;
  constexpr double share = 0.5;  // the rest is for the sums over a shell
  const bool by_quadrature = model.impl().nearest > 0.0;
  if (by_quadrature && impurity_rounding(energy, std::abs(step)) > share * tolerance) return false;
  if (detail::shell_rounding(model, energy) <= share * tolerance) return true;
  if (by_quadrature) return false;  // a closed form there is none, and to look for it takes long
  DiffusionOptions options;
  options.tolerance = tolerance;
  options.super_burnett = false;
  const auto exact = detail::closed_form_diffusion(model, energy, options);
  return exact && exact->converged;
}

/// The parts of the band between neighbouring singular energies, without what is too near to these.
class Gaps {
 public:
  Gaps(const ElasticModel& model, double tolerance)
      : model_(model), singular_(model.van_hove()), tolerance_(tolerance) {
    for (std::size_t i = 0; i + 1 < singular_.size(); ++i) {
      const double half = 0.5 * (singular_[i + 1] - singular_[i]);
      gaps_.push_back({singular_[i] + margin(singular_[i], 1.0, half),
                       singular_[i + 1] - margin(singular_[i + 1], -1.0, half), true, true});
    }
  }
  [[nodiscard]] std::vector<Piece> between(double from, double to) const {
    std::vector<Piece> pieces;
    for (const Piece& gap : gaps_) {
      const Piece piece{std::max(gap.a, from), std::min(gap.b, to), gap.a > from, gap.b < to};
      if (piece.a <= piece.b) pieces.push_back(piece);
    }
    return pieces;
  }
  /// Why there is no energy from ... to.
  [[nodiscard]] std::string refusal(double from, double to) const {
    const std::string range = "from " + shortest_text(from) + " to " + shortest_text(to);
    if (to < singular_.front() || from > singular_.back()) {
      return "no energy " + range + " lies inside the band, from " + shortest_text(singular_.front()) + " to " +
             shortest_text(singular_.back());
    }
    const double middle = 0.5 * (from + to);
    const auto nearest = std::min_element(singular_.begin(), singular_.end(), [middle](double a, double b) {
      return std::abs(a - middle) < std::abs(b - middle);
    });
    std::string allowed;
    if (nearest != singular_.begin()) {
      allowed = "up to " + shortest_text(gaps_[static_cast<std::size_t>(nearest - singular_.begin()) - 1].b);
    }
    if (nearest + 1 != singular_.end()) {
      allowed += (allowed.empty() ? "from " : " and from ") +
                 shortest_text(gaps_[static_cast<std::size_t>(nearest - singular_.begin())].a);
    }
    return "all energies " + range + " are too near to the van Hove energy " + shortest_text(*nearest) +
           " for a relative error of " + shortest_text(tolerance_) + "; allowed are energies " + allowed;
  }

 private:
  /// @brief The distance to a singular energy from which on the tolerance is reached, to a factor of two.
  ///
  /// Where it is not reached at all, the smallest: the curve then says by how much each energy fails.
  [[nodiscard]] double margin(double singular, double direction, double largest) const {
    // A shell at the closest distance is allowed; twice that is clear of rounding.
    const double bandwidths = std::max(2.0 * EnergyShell::closest_van_hove, model_.impl().nearest);
    const double smallest = bandwidths * (singular_.back() - singular_.front());
    double distance = smallest;
    while (distance < largest && !is_reached(model_, singular, direction * distance, tolerance_)) distance *= 2.0;
    return distance < largest ? distance : smallest;
  }

  const ElasticModel& model_;
  const std::vector<double>& singular_;
  double tolerance_;
  std::vector<Piece> gaps_{};
};

/// [from, to] without the neighbourhoods of singular energies.
std::vector<Piece> pieces_between(const ElasticModel& model, double from, double to, double tolerance) {
  if (!model.on_lattice()) return {{from, to}};
  const Gaps gaps(model, tolerance);
  auto pieces = gaps.between(from, to);
  if (pieces.empty()) throw InvalidArgument(gaps.refusal(from, to));
  return pieces;
}

}  // namespace

std::vector<double> resolving_energies(const ElasticModel& model, double from, double to, int count, double tolerance) {
  if (!(std::isfinite(from) && std::isfinite(to) && from < to)) {
    throw InvalidArgument("energies from " + shortest_text(from) + " to " + shortest_text(to) +
                          " were asked for; allowed are finite numbers, the first below the second");
  }
  if (count < 2) throw InvalidArgument("count = " + std::to_string(count) + "; allowed are whole numbers from 2");
  if (!(tolerance > 0.0 && tolerance < 1.0)) {
    throw InvalidArgument("tolerance = " + shortest_text(tolerance) + "; allowed are 0 < tolerance < 1");
  }
  const auto pieces = pieces_between(model, from, to, tolerance);
  // A narrow piece has its own square roots at the ends: it gets more than its share of the width, and never its ends
  // alone.
  const int fewest = pieces.size() > 1 ? 5 : 2;
  double roots = 0.0;
  for (const Piece& piece : pieces) roots += std::sqrt(piece.b - piece.a);
  std::vector<double> energies;
  for (const Piece& piece : pieces) {
    const double share = roots > 0.0 ? std::sqrt(piece.b - piece.a) / roots : 0.0;
    const int points = piece.a < piece.b ? std::max(fewest, static_cast<int>(std::lround(share * count))) : 1;
    for (int i = 0; i < points; ++i)
      energies.push_back(points > 1 ? piece.at(static_cast<double>(i) / (points - 1)) : piece.a);
  }
  return energies;
}

}  // namespace nordheim
