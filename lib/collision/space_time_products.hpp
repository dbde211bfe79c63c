// SPDX-License-Identifier: GPL-3.0-or-later
// What a collision term on a lattice integrates over space and time, without the details of how.
#pragma once

#include "collision/space_time_engine.hpp"

#include <cmath>
#include <cstddef>
#include <vector>

namespace nordheim::detail {

/// @brief The collision term  C = P S_X − R S_Y  of fields P(k) and R(k): S_X and S_Y are space-time integrals of
/// products of the propagated fields, of all legs but k1.
///
/// All arrays have shape (n) and are aligned as FFTW wants them.
class SpaceTimeProducts {
 public:
  SpaceTimeProducts() = default;
  SpaceTimeProducts(const SpaceTimeProducts&) = delete;
  SpaceTimeProducts& operator=(const SpaceTimeProducts&) = delete;
  virtual ~SpaceTimeProducts() = default;

  /// S_X and S_Y.
  /// @param weights  of the time nodes
  virtual void integrate(const double* R, const double* P, const std::vector<double>& weights, double* S_X,
                         double* S_Y) = 0;
  /// Their derivatives for changes dR and dP of the fields.
  virtual void differentiate(const double* R, const double* P, const double* dR, const double* dP,
                             const std::vector<double>& weights, double* dS_X, double* dS_Y) = 0;
  /// A bound of |P S_X| and |R S_Y| for fields up to P and R and the sum of the weights 1.
  [[nodiscard]] virtual double largest_product(double P, double R) const = 0;
  [[nodiscard]] virtual int threads() const = 0;
};

/// @brief Products that are local in x, of four waves.
/// @tparam Product, Derivative  see SpaceTimeEngine, with inputs (R, P) and (R, P, dR, dP)
template <class Product, class Derivative>
class LocalProducts final : public SpaceTimeProducts {
 public:
  /// @param size  n
  LocalProducts(SpaceTimeEngine engine, std::size_t size) : engine_(std::move(engine)), size_(size) {
    engine_.reserve(Product::inputs, Product::outputs);
  }

  void integrate(const double* R, const double* P, const std::vector<double>& weights, double* S_X,
                 double* S_Y) override {
    engine_.integrate<Product>({R, P}, weights, {S_X, S_Y});
  }
  void differentiate(const double* R, const double* P, const double* dR, const double* dP,
                     const std::vector<double>& weights, double* dS_X, double* dS_Y) override {
    engine_.integrate<Derivative>({R, P, dR, dP}, weights, {dS_X, dS_Y});
  }
  [[nodiscard]] double largest_product(double P, double R) const override {
    // One sum over x and two free momenta.
    return std::pow(static_cast<double>(size_), 3.0) * Product::largest(P, R);
  }
  [[nodiscard]] int threads() const override { return engine_.threads(); }

 private:
  SpaceTimeEngine engine_;
  std::size_t size_;
};

}  // namespace nordheim::detail
