// SPDX-License-Identifier: GPL-3.0-or-later
// Oscillators of a ring in the occupation number basis, exactly: states are sums over occupations, without truncation.
#pragma once

#include <cmath>
#include <complex>
#include <map>
#include <numbers>
#include <utility>
#include <vector>

namespace nordheim::test {

using Occupation = std::vector<int>;
using FockState = std::map<Occupation, std::complex<double>>;

inline FockState operator+(FockState a, const FockState& b) {
  for (const auto& [n, c] : b) a[n] += c;
  return a;
}
inline FockState operator*(std::complex<double> factor, FockState a) {
  for (auto& [n, c] : a) c *= factor;
  return a;
}

/// a_j or its adjoint.
inline FockState ladder(const FockState& state, std::size_t j, int step) {
  FockState result;
  for (const auto& [before, c] : state) {
    Occupation n = before;
    const double factor = std::sqrt(static_cast<double>(step > 0 ? n[j] + 1 : n[j]));
    n[j] += step;
    if (factor > 0.0) result[n] += factor * c;
  }
  return result;
}

/// A ring of L sites, modes k = j/L with frequencies ω_j: q_x = Σ_j (2ω_j L)^{−1/2} (a_j e^{2πikx} + h.c.).
struct Ring {
  std::vector<double> omega;

  [[nodiscard]] int sites() const { return static_cast<int>(omega.size()); }
  [[nodiscard]] FockState displaced(const FockState& state, int x) const {
    FockState result;
    for (std::size_t j = 0; j < omega.size(); ++j) {
      const double angle = 2.0 * std::numbers::pi * static_cast<double>(j) * x / sites();
      const double scale = 1.0 / std::sqrt(2.0 * omega[j] * sites());
      result = std::move(result) + std::polar(scale, angle) * ladder(state, j, -1) +
               std::polar(scale, -angle) * ladder(state, j, +1);
    }
    return result;
  }
  /// λ Σ_x q_x⁴ in Wick's order, q⁴ − 6σ²q² + 3σ⁴ with σ² = ⟨q²⟩ in the vacuum: what this takes away shifts frequencies
  /// and is no collision.
  [[nodiscard]] FockState quartic(const FockState& state, double lambda) const {
    double variance = 0.0;
    for (const double frequency : omega) variance += 1.0 / (2.0 * frequency * sites());
    FockState result;
    for (int x = 0; x < sites(); ++x) {
      const FockState second = displaced(displaced(state, x), x);
      result = std::move(result) + lambda * displaced(displaced(second, x), x) + (-6.0 * lambda * variance) * second +
               (3.0 * lambda * variance * variance) * state;
    }
    return result;
  }
  /// ⅓ Σ_y Σ_x α_x (q_{y+x} − q_y)³.
  [[nodiscard]] FockState cubic(const FockState& state, const std::vector<std::pair<int, double>>& bonds) const {
    FockState result;
    for (int y = 0; y < sites(); ++y) {
      for (const auto& [x, alpha] : bonds) {
        FockState power = state;
        for (int i = 0; i < 3; ++i) power = displaced(power, y + x) + (-1.0) * displaced(power, y);
        result = std::move(result) + (alpha / 3.0) * power;
      }
    }
    return result;
  }
};

/// The state with one quantum in each of the modes named, twice in one that is named twice.
inline FockState quanta(std::size_t modes, const std::vector<std::size_t>& in) {
  Occupation n(modes, 0);
  for (const std::size_t j : in) ++n[j];
  return {{n, 1.0}};
}

/// ⟨quanta out|ψ⟩.
inline std::complex<double> amplitude(const FockState& psi, std::size_t modes, const std::vector<std::size_t>& out) {
  const auto found = psi.find(quanta(modes, out).begin()->first);
  return found == psi.end() ? 0.0 : found->second;
}

/// All ways to choose n modes, each in ascending order, one mode as often as you like.
inline std::vector<std::vector<std::size_t>> choices(std::size_t modes, int n) {
  std::vector<std::vector<std::size_t>> all{{}};
  for (int i = 0; i < n; ++i) {
    std::vector<std::vector<std::size_t>> longer;
    for (const auto& chosen : all) {
      for (std::size_t j = chosen.empty() ? 0 : chosen.back(); j < modes; ++j) {
        longer.push_back(chosen);
        longer.back().push_back(j);
      }
    }
    all = std::move(longer);
  }
  return all;
}

/// @brief Fermi's golden rule summed over all events in → out of one interaction, at mean occupations W:
///
///     dW_k/dt = Σ 2π |⟨out|H|in⟩|² δ_T(E_in − E_out) Π_in W Π_out (1 + W) (quanta of k in out − in),
///
/// both directions of each event. @p interaction maps a state |in⟩ to H|in⟩; δ_T is @p delta.
/// Averages over independent modes of geometric distribution: n(n−1)… has the mean m! W^m, which the norm of the
/// amplitude between states of m equal quanta contains.
template <class Interaction, class Delta>
std::vector<double> golden_rule_sum(const Ring& ring, const std::vector<double>& W, int in, int out,
                                    Interaction interaction, Delta delta) {
  const std::size_t modes = ring.omega.size();
  std::vector<double> rate(modes, 0.0);
  for (const auto& initial : choices(modes, in)) {
    const FockState reached = interaction(quanta(modes, initial));
    for (const auto& final_modes : choices(modes, out)) {
      if (in == out && final_modes <= initial) continue;  // each event once; its reverse below
      const double size = std::norm(amplitude(reached, modes, final_modes));
      double energy = 0.0, forth = 1.0, back = 1.0;
      for (const std::size_t k : initial) {
        energy += ring.omega[k];
        forth *= W[k];
        back *= 1.0 + W[k];
      }
      for (const std::size_t k : final_modes) {
        energy -= ring.omega[k];
        forth *= 1.0 + W[k];
        back *= W[k];
      }
      const double net = 2.0 * std::numbers::pi * size * delta(energy) * (forth - back);
      for (const std::size_t k : initial) rate[k] -= net;
      for (const std::size_t k : final_modes) rate[k] += net;
    }
  }
  return rate;
}

}  // namespace nordheim::test
