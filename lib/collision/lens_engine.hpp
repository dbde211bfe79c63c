// SPDX-License-Identifier: GPL-3.0-or-later
// Products of freely moving fields in R³, integrated over space and time by the lens transform: the hot code of the
// two-body collision operator in the continuum.
#pragma once

#include "collision/potential_filter.hpp"
#include "collision/space_time_engine.hpp"
#include "core/shared_loop.hpp"
#include "momentum/fft.hpp"
#include "momentum/spherical_basis.hpp"
#include "momentum/spherical_transform.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace nordheim::detail {

/// @brief Evaluates, for real functions f_i = Σ c_nlm φ_nlm(k/a) of degree 2n + l ≤ K and a local product q of three,
/// the coefficients of
///
///     G(k1) = ∫dk2dk3dk4 δ³(k1+k2−k3−k4) δ(ω1+ω2−ω3−ω4) f2 f3 f4,     ω = k²/2,
///
/// up to an output degree. With both delta functions as Fourier integrals, G is the integral over space and time of
/// the product f̂2* f̂3 f̂4 of freely moving fields, seen by the plane wave of k1. The lens x = a⁻¹ y/sin σ,
/// t = a⁻² cot σ turns free motion into that of an oscillator, under which φ_nlm only gains a phase e^{−iNσ}, N = 2n+l:
///
///     v_i(y, σ) = Σ c_nlm e^{−iNσ} φ_nlm(y),
///     G_nlm = (2π)² a⁴ Re ∫_0^π sin σ dσ e^{iNσ} ∫dy φ_nlm(y) q(v_2, v_3, v_4)(y, σ).
///
/// In y this is a polynomial times e^{−2y²}, in σ one in cos σ: Gauss rules of finite order make both integrals exact.
/// Only half of the σ are needed, the other half gives the same real parts.
///
/// With a potential the pair density is multiplied by V² in its Fourier space in between (PotentialFilter); the
/// integral over σ is then not exact, but converges exponentially.
///
/// For each σ, a few radii of y at a time are taken through everything that lies between the coefficients and the
/// product, which stays in the cache of one core: the cores of a processor do not wait for one another.
///
/// The angles σ are shared out over threads; the result depends on their number by the order of the summation only.
class LensEngine {
 public:
  /// @param scale      a
  /// @param potential  V(q)² of the momentum transfer q; empty: 1
  /// @param threads    0: all that OpenMP has
  LensEngine(const SphericalBasis& input, const SphericalBasis& output, double scale,
             const std::function<double(double)>& potential, int threads);

  /// @tparam Product  as TwoBodyProduct
  /// @param f         `inputs` functions, their coefficients in the input basis
  /// @param g         `outputs` results, their coefficients in the output basis
  template <class Product>
  void integrate(const std::array<const double*, Product::inputs>& f, const std::array<double*, Product::outputs>& g);

  [[nodiscard]] const SphericalBasis& output() const noexcept { return out_.basis(); }
  /// Number of angles σ that the sum runs over.
  [[nodiscard]] std::size_t angles() const noexcept { return sigma_.size(); }

  [[nodiscard]] std::size_t threads() const noexcept { return workers_.size(); }

  /// At most so many bytes does an engine of these sizes keep for products of @p fields input functions.
  [[nodiscard]] static std::size_t memory(const SphericalBasis& input, const SphericalBasis& output, bool potential,
                                          int threads, std::size_t fields);

 private:
  struct Field {
    AlignedArray<double> coefficients, rings, degrees;
    AlignedArray<Complex> values;  // of one ring
  };
  /// What one thread needs, and its part of the sum.
  struct Worker {
    SphericalTransform::Scratch in, out, density;
    std::vector<Field> inputs, outputs, densities;
    std::vector<std::vector<double>> sums;
  };

  void reserve(std::size_t inputs, std::size_t outputs, std::size_t densities);
  template <class Product>
  void add_angle(std::size_t s, const std::array<const double*, Product::inputs>& f, Worker& worker) const;
  /// Coefficients of v(·, σ_s) from those of f.
  void evolve(std::size_t s, const double* f, Field& field) const;
  /// sum += weight Re e^{iNσ_s} ⟨φ, q⟩ from the degrees of q.
  void project(std::size_t s, Field& field, std::vector<double>& sum) const;
  [[nodiscard]] std::size_t blocks() const noexcept { return (in_.all().radii + block_radii_ - 1) / block_radii_; }
  [[nodiscard]] SphericalTransform::Block block(std::size_t b) const noexcept {
    return {b * block_radii_, std::min(block_radii_, in_.all().radii - b * block_radii_)};
  }
  /// From one ring of a field to the next: those of the products take the place of those of the inputs.
  [[nodiscard]] std::size_t ring_distance() const noexcept {
    return std::max(in_.ring_size(parts, block(0)), out_.ring_size(parts, block(0)));
  }

  static constexpr std::size_t parts = 2;
  SphericalTransform in_, out_;
  std::size_t block_radii_;
  std::optional<PotentialFilter> filter_;
  std::vector<double> sigma_, weights_;
  std::vector<std::vector<double>> cosine_, sine_;  // of Nσ, for each σ
  std::vector<Worker> workers_;
};

template <class Product>
void LensEngine::integrate(const std::array<const double*, Product::inputs>& f,
                           const std::array<double*, Product::outputs>& g) {
  reserve(Product::inputs, Product::outputs, filter_ ? Product::densities : 0);
  const auto count = static_cast<int>(workers_.size());
  shared_loop(workers_.size(), count, [&](std::size_t w) {
    Worker& worker = workers_[w];
    for (std::size_t j = 0; j < Product::outputs; ++j) std::fill(worker.sums[j].begin(), worker.sums[j].end(), 0.0);
    for (std::size_t s = w; s < sigma_.size(); s += workers_.size()) add_angle<Product>(s, f, worker);
  });
  for (std::size_t j = 0; j < Product::outputs; ++j) {
    std::copy(workers_[0].sums[j].begin(), workers_[0].sums[j].end(), g[j]);
    for (std::size_t w = 1; w < workers_.size(); ++w) {
      const std::vector<double>& sum = workers_[w].sums[j];
      for (std::size_t c = 0; c < sum.size(); ++c) g[j][c] += sum[c];
    }
  }
}

template <class Product>
void LensEngine::add_angle(std::size_t s, const std::array<const double*, Product::inputs>& f, Worker& worker) const {
  static_assert(Product::outputs <= Product::inputs);
  const std::size_t distance = ring_distance(), polar = in_.polar();
  std::array<Complex*, Product::inputs> F;
  for (std::size_t i = 0; i < Product::inputs; ++i) {
    evolve(s, f[i], worker.inputs[i]);
    F[i] = worker.inputs[i].values.data();
  }
  // Without a potential, the rings of one block at a time.
  const auto rings = [&](std::size_t i, std::size_t b) {
    return worker.inputs[i].rings.data() + (filter_ ? b * polar * distance : 0);
  };
  const auto synthesise_rings = [&](std::size_t b) {
    for (std::size_t i = 0; i < Product::inputs; ++i) {
      in_.coefficients_to_rings(parts, block(b), worker.inputs[i].coefficients.data(), rings(i, b), distance,
                                worker.in);
    }
  };
  const auto synthesise_ring = [&](std::size_t b, std::size_t t) {
    for (std::size_t i = 0; i < Product::inputs; ++i) {
      in_.ring_to_values(parts, block(b), rings(i, b) + t * distance, reinterpret_cast<double*>(F[i]), worker.in);
    }
  };
  const auto analyse_ring = [&](std::size_t b, std::size_t t) {
    for (std::size_t j = 0; j < Product::outputs; ++j) {
      out_.values_to_ring(parts, block(b), reinterpret_cast<const double*>(F[j]), rings(j, b) + t * distance,
                          worker.out);
    }
  };
  const auto analyse_rings = [&](std::size_t b) {
    for (std::size_t j = 0; j < Product::outputs; ++j) {
      out_.rings_to_degrees(parts, block(b), rings(j, b), distance, worker.outputs[j].degrees.data(), worker.out);
    }
  };
  if (!filter_) {
    for (std::size_t b = 0; b < blocks(); ++b) {
      synthesise_rings(b);
      for (std::size_t t = 0; t < polar; ++t) {
        synthesise_ring(b, t);
        Product::multiply(in_.ring_values(1, block(b)), F);
        analyse_ring(b, t);
      }
      analyse_rings(b);
    }
  } else {
    const SphericalTransform& between = filter_->transform();
    const std::size_t ring = between.ring_size(parts, block(0));
    std::array<Complex*, Product::densities> q;
    for (std::size_t i = 0; i < Product::densities; ++i) q[i] = worker.densities[i].values.data();
    for (std::size_t b = 0; b < blocks(); ++b) {
      synthesise_rings(b);
      for (std::size_t t = 0; t < polar; ++t) {
        synthesise_ring(b, t);
        Product::pair(in_.ring_values(1, block(b)), F, q);
        for (std::size_t i = 0; i < Product::densities; ++i) {
          between.values_to_ring(parts, block(b), reinterpret_cast<const double*>(q[i]),
                                 worker.densities[i].rings.data() + t * ring, worker.density);
        }
      }
      for (Field& density : worker.densities) {
        between.rings_to_degrees(parts, block(b), density.rings.data(), ring, density.degrees.data(), worker.density);
      }
    }
    for (Field& density : worker.densities) {
      between.degrees_to_coefficients(parts, density.degrees.data(), density.coefficients.data());
      filter_->apply(s, density.coefficients.data());
    }
    for (std::size_t b = 0; b < blocks(); ++b) {
      for (Field& density : worker.densities) {
        between.coefficients_to_rings(parts, block(b), density.coefficients.data(), density.rings.data(), ring,
                                      worker.density);
      }
      for (std::size_t t = 0; t < polar; ++t) {
        synthesise_ring(b, t);
        for (std::size_t i = 0; i < Product::densities; ++i) {
          between.ring_to_values(parts, block(b), worker.densities[i].rings.data() + t * ring,
                                 reinterpret_cast<double*>(q[i]), worker.density);
        }
        Product::combine(in_.ring_values(1, block(b)), q, F);
        analyse_ring(b, t);
      }
      analyse_rings(b);
    }
  }
  for (std::size_t j = 0; j < Product::outputs; ++j) project(s, worker.outputs[j], worker.sums[j]);
}

}  // namespace nordheim::detail
