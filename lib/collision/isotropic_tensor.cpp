// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/isotropic_tensor.hpp"

#include "momentum/gauss_rule.hpp"
#include "momentum/oscillator_functions.hpp"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace nordheim::detail {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;

Index index(std::size_t n) { return static_cast<Index>(n); }

/// The sums for one node, at one level of refinement; momenta in units of the scale a.
class NodeSums {
 public:
  NodeSums(int functions, double k1, double scale, double refinement, IsotropicKernel* kernel)
      : functions_(functions),
        k1_(k1),
        scale_(scale),
        kernel_(kernel),
        below_(
            gauss_legendre(points(refinement, kernel == nullptr ? 3 * functions + 12 : 3 * functions + 20), 0.0, k1)),
        inner_(gauss_legendre(2 * points(refinement, kernel == nullptr ? functions : functions + 12), 0.0, 1.0)) {
    for (std::size_t i = 0; i < below_.nodes.size(); ++i) below_.weights[i] *= below_.nodes[i];  // dω = k dk
    if (kernel == nullptr) {
      // The functions carry e^{−u}, u = 2(ω − ω1).
      above_ = gauss_laguerre(functions, 0.0);
      for (double& u : above_.nodes) u = std::sqrt(k1 * k1 + u);
      for (double& w : above_.weights) w *= 0.5;
    } else {
      // Beyond, the highest function has fallen below rounding, from its turning point on.
      const double reach = std::sqrt(4.0 * functions - 1.0) + 4.5;
      above_ = gauss_legendre(points(refinement, 2 * functions + 24), k1, std::hypot(k1, reach));
      for (std::size_t i = 0; i < above_.nodes.size(); ++i) above_.weights[i] *= above_.nodes[i];
    }
  }

  /// Σ over all pieces, [j][kl].
  void add_to(double* table) const {
    const MatrixXd products = product_piece(below_, 2.0) + product_piece(above_, 1.0);  // (j, l) × k
    const MatrixXd triangle = triangle_piece();                                         // (k, l) × j
    const auto entry = [&](int j, int k, int l) {
      return products(j + functions_ * l, k) + triangle(k + functions_ * l, j);
    };
    for (int j = 0; j < functions_; ++j) {
      for (int l = 0; l < functions_; ++l) {
        for (int k = 0; k <= l; ++k) *table++ = k == l ? entry(j, k, k) : entry(j, k, l) + entry(j, l, k);
      }
    }
  }

 private:
  static int points(double refinement, int base) { return static_cast<int>(std::ceil(refinement * base)); }

  /// @brief weight (m/k1) Φ̄; zero if that times `size` is negligible.
  /// @param size  of the functions that it is multiplied with
  [[nodiscard]] double weighted(double weight, double size, double least, double a, double b, double greatest) const {
    weight *= least / k1_;
    if (kernel_ == nullptr || weight == 0.0) return weight;
    const double largest = weight * size;
    if (largest < negligible) return 0.0;
    return weight * (*kernel_)(scale_ * least, scale_ * a, scale_ * b, scale_ * greatest,
                               tolerance + 1e-2 * tolerance / largest);
  }

  /// The largest absolute value in a column.
  static double largest(const MatrixXd& functions, std::size_t column) {
    return functions.col(index(column)).lpNorm<Eigen::Infinity>();
  }

  /// k4 > k1, and k3 in the given rule, below k1 or above; there the half k4 ≤ k3, doubled.
  [[nodiscard]] MatrixXd product_piece(const QuadratureRule& third, double multiplicity) const {
    const bool both_above = &third == &above_;
    const std::size_t n3 = third.nodes.size(), n4 = above_.nodes.size();
    const MatrixXd f3 = oscillator_functions(functions_, 0, third.nodes);
    const MatrixXd f4 = oscillator_functions(functions_, 0, above_.nodes);
    MatrixXd halves(functions_ * functions_, index(n3));
    std::vector<double> k2(n4);
    for (std::size_t i = 0; i < n3; ++i) {
      const double k3 = third.nodes[i];
      for (std::size_t j = 0; j < n4; ++j) {
        const double k4 = above_.nodes[j];
        k2[j] = std::sqrt(std::max((k4 - k1_) * (k4 + k1_) + k3 * k3, 0.0));
      }
      MatrixXd f2 = oscillator_functions(functions_, 0, k2);
      for (std::size_t j = 0; j < n4; ++j) {
        const double k4 = above_.nodes[j];
        double weight = multiplicity * third.weights[i] * above_.weights[j];
        if (both_above) weight *= j > i ? 0.0 : j < i ? 2.0 : 1.0;
        const double size = largest(f2, j) * largest(f3, i) * largest(f4, j);
        f2.col(index(j)) *=
            both_above ? weighted(weight, size, k1_, k3, k4, k2[j]) : weighted(weight, size, k3, k1_, k2[j], k4);
      }
      Eigen::Map<MatrixXd>(halves.col(index(i)).data(), functions_, functions_).noalias() = f2 * f4.transpose();
    }
    return halves * f3.transpose();
  }

  /// k3, k4 < k1: ω2 from 0 to ω1, and ω3 from ω2 to ω1 (the upper half of the range, doubled).
  [[nodiscard]] MatrixXd triangle_piece() const {
    const std::size_t n2 = below_.nodes.size(), half = inner_.nodes.size() / 2;
    const MatrixXd f2 = oscillator_functions(functions_, 0, below_.nodes);
    MatrixXd halves(functions_ * functions_, index(n2));
    std::vector<double> k3(half), k4(half);
    for (std::size_t i = 0; i < n2; ++i) {
      const double k2 = below_.nodes[i], span = (k1_ - k2) * (k1_ + k2);
      for (std::size_t j = 0; j < half; ++j) {
        const double share = inner_.nodes[half + j];
        k3[j] = std::sqrt(k2 * k2 + span * share);
        k4[j] = std::sqrt(k2 * k2 + span * (1.0 - share));
      }
      MatrixXd f3 = oscillator_functions(functions_, 0, k3);
      const MatrixXd f4 = oscillator_functions(functions_, 0, k4);
      for (std::size_t j = 0; j < half; ++j) {
        const double weight = below_.weights[i] * span * inner_.weights[half + j];  // dω3 = span/2, twice
        const double size = largest(f2, i) * largest(f3, j) * largest(f4, j);
        f3.col(index(j)) *= weighted(weight, size, k2, k3[j], k4[j], k1_);
      }
      Eigen::Map<MatrixXd>(halves.col(index(i)).data(), functions_, functions_).noalias() = f3 * f4.transpose();
    }
    return halves * f2.transpose();
  }

  static constexpr double negligible = 1e-13;  // of entries that are of order one
  static constexpr double tolerance = 1e-8;    // of Φ̄; more where an entry is small

  int functions_;
  double k1_, scale_;
  IsotropicKernel* kernel_;
  QuadratureRule below_, above_, inner_;
};

}  // namespace

double isotropic_tensor_size(int degree) noexcept {
  const int half = degree / 2;
  const double functions = half + 1.0;
  return (functions + 1.0) * functions * (0.5 * functions * (functions + 1.0));
}

IsotropicTensor::IsotropicTensor(const SphericalGridTables& grid, double strength,
                                 std::optional<IsotropicKernel>& kernel)
    : nodes(grid.points.radii.size()), functions(grid.basis.radial(0)), pairs(functions * (functions + 1) / 2) {
  const double a = grid.options.scale;
  const double factor = 8.0 * std::numbers::pi * std::numbers::pi * strength * a * a * a * a;  // dω3dω4 in units of a
  const std::size_t block = functions * pairs;
  values.resize(nodes * block);
  uncertainty.assign(nodes, 0.0);
  const auto evaluate = [&](double refinement, std::vector<double>& into) {
    if (kernel) kernel->set_direct_points(static_cast<int>(32.0 * refinement));
    for (std::size_t i = 0; i < nodes; ++i) {
      NodeSums(static_cast<int>(functions), grid.points.radii[i], a, refinement, kernel ? &*kernel : nullptr)
          .add_to(into.data() + i * block);
    }
    for (double& value : into) value *= factor;
  };
  constexpr double coarsest = 2.0 / 3.0;
  evaluate(kernel ? coarsest : 1.0, values);
  if (!kernel) return;
  constexpr double finest = 6.0, step = 1.5, enough = 1e-6;
  std::vector<double> finer(values.size());
  double refinement = step * coarsest, largest = 0.0, change = 0.0;
  do {
    evaluate(refinement, finer);
    std::swap(values, finer);
    change = 0.0;
    largest = 1e-3 * factor * kernel->scale();  // not zero where V̂ and its exchange cancel
    for (std::size_t i = 0; i < nodes; ++i) {
      uncertainty[i] = 0.0;
      for (std::size_t e = i * block; e < (i + 1) * block; ++e) {
        uncertainty[i] = std::max(uncertainty[i], std::abs(values[e] - finer[e]));
        largest = std::max(largest, std::abs(values[e]));
      }
      change = std::max(change, uncertainty[i]);
    }
    refinement *= step;
  } while (change > enough * largest && refinement < finest);
}

}  // namespace nordheim::detail
