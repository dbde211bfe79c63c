// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/shell_diffusion.hpp"

#include "transport/refinement.hpp"
#include "transport/shell_average.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <utility>

namespace nordheim::detail {

namespace {

constexpr double two_pi = 2.0 * std::numbers::pi;
constexpr Vector3 e1{1.0, 0.0, 0.0};

/// Scattering of the same rate γ everywhere, C = γ(⟨W⟩ − W): all is in moments of the velocity, no operator is needed.
class UniformScattering {
 public:
  UniformScattering(EnergyShell shell, double spectrum)
      : shell_(std::move(shell)), gamma_(two_pi * spectrum * shell_.density_of_states()) {
    if (!(gamma_ > 0.0)) {
      throw InvalidArgument("nothing is scattered at energy = " + shortest_text(shell_.energy()) +
                            "; D_kin is infinite there");
    }
  }
  [[nodiscard]] const EnergyShell& shell() const { return shell_; }
  [[nodiscard]] double rate() const { return gamma_; }
  [[nodiscard]] std::size_t rank() const { return 1; }
  [[nodiscard]] double gap() const { return gamma_; }
  /// ⟨v_i v_j⟩/γ. Nodes that are images of each other add the same or cancel.
  [[nodiscard]] Tensor3 diffusion() const {
    const auto d = static_cast<std::size_t>(shell_.dimension());
    const ConstState w = shell_.weights();
    const ConstState v = shell_.velocities();
    Tensor3 sum{};
    for (std::size_t a = 0; a < shell_.fundamental_size(); ++a) {
      for (std::size_t i = 0; i < d; ++i) {
        const double wv = w[a] * v[a * d + i];
        for (std::size_t j = 0; j <= i; ++j) sum[i][j] += wv * v[a * d + j];
      }
    }
    Vector3 mean{};
    for (std::size_t i = 0; i < d; ++i) mean[i] = mean_velocity(i);
    for (std::size_t i = 0; i < d; ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        sum[j][i] = sum[i][j] = (images(1U << i ^ 1U << j) * sum[i][j] / weight() - mean[i] * mean[j]) / gamma_;
      }
    }
    return sum;
  }
  /// (⟨v⁴⟩ − 2⟨v²⟩²)/γ³ of the first component.
  [[nodiscard]] double burnett() const {
    const auto d = static_cast<std::size_t>(shell_.dimension());
    const ConstState w = shell_.weights();
    const double mean = mean_velocity(0);
    double second = 0.0;
    double fourth = 0.0;
    for (std::size_t a = 0; a < shell_.fundamental_size(); ++a) {
      const double v = shell_.velocities()[a * d] - mean;
      const double wv2 = w[a] * v * v;
      second += wv2;
      fourth += wv2 * v * v;
    }
    second /= weight();
    fourth /= weight();
    return (fourth - 2.0 * second * second) / (gamma_ * gamma_ * gamma_);
  }

 private:
  /// The sum over images of a function that is odd in these axes, relative to that of an even one: 1, or 0 if any
  /// reflection turns its sign.
  [[nodiscard]] double images(AxisFlip odd) const {
    for (const AxisFlip flip : shell_.reflections()) {
      if (std::popcount(flip & odd) % 2 != 0) return 0.0;
    }
    return 1.0;
  }
  /// Weight of the fundamental part.
  [[nodiscard]] double weight() const {
    return shell_.density_of_states() / static_cast<double>(shell_.reflections().size());
  }
  /// ⟨v_j⟩: of the size of the error of the quadrature where no reflection makes it zero.
  [[nodiscard]] double mean_velocity(std::size_t j) const {
    if (images(1U << j) == 0.0) return 0.0;
    const auto d = static_cast<std::size_t>(shell_.dimension());
    double sum = 0.0;
    for (std::size_t a = 0; a < shell_.fundamental_size(); ++a)
      sum += shell_.weights()[a] * shell_.velocities()[a * d + j];
    return sum / weight();
  }

  EnergyShell shell_;
  double gamma_;
};

class AnyScattering {
 public:
  explicit AnyScattering(ElasticScattering scattering) : scattering_(std::move(scattering)) {}
  [[nodiscard]] const EnergyShell& shell() const { return scattering_.space(); }
  [[nodiscard]] double rate() const { return average(shell(), scattering_.rates()); }
  [[nodiscard]] std::size_t rank() const { return scattering_.rank(); }
  [[nodiscard]] double gap() const { return spectral_gap(scattering_); }
  [[nodiscard]] Tensor3 diffusion() const { return diffusion_tensor(scattering_); }
  [[nodiscard]] double burnett() const { return super_burnett(scattering_, e1); }

 private:
  ElasticScattering scattering_;
};

double largest_element(const Tensor3& D) {
  double largest = 0.0;
  for (const Vector3& row : D) {
    for (const double element : row) largest = std::max(largest, std::abs(element));
  }
  return largest;
}

double relative_difference(const Tensor3& D, const Tensor3& other) {
  Tensor3 difference{};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) difference[i][j] = D[i][j] - other[i][j];
  }
  const double scale = largest_element(D);
  return scale > 0.0 ? largest_element(difference) / scale : 0.0;
}

/// What rounding leaves: of the sums over the nodes, and of the nodes. With ω good to ε, a weight at the distance δ
/// from a van Hove energy is good to ε/δ near the critical point, whose part of the shell is of order δ^{1/2} in three
/// dimensions and not small in fewer.
double rounding(const ElasticModel& model, double energy, std::size_t nodes) {
  const auto& singular = model.van_hove();
  double distance = std::numeric_limits<double>::infinity();
  for (const double critical : singular) distance = std::min(distance, std::abs(energy - critical));
  const double x = (singular.back() - singular.front()) / distance;
  const int d = model.dimension();
  const double amplified = d == 3 ? 1e-16 * std::sqrt(x) : d == 2 ? 2e-17 * x : 1e-16 * x;
  return 1e-14 + 2e-16 * std::sqrt(static_cast<double>(nodes)) + amplified;
}

/// Nodes of a shell of the next order: points per dimension of the shell multiply.
double nodes_after(const DiffusionPoint& point, int dimension, int next) {
  return static_cast<double>(point.nodes) * std::pow(static_cast<double>(next) / point.order, dimension - 1);
}

/// @param make  (order) -> UniformScattering or AnyScattering
template <class Make>
DiffusionPoint refined(const ElasticModel& model, double energy, const DiffusionOptions& options, const Make& make) {
  DiffusionPoint point;
  point.energy = energy;
  GeometricError D_error;
  GeometricError density_error;
  for (int order = first_order;;) {
    const auto scattering = make(order);
    const EnergyShell& shell = scattering.shell();
    const Tensor3 D = scattering.diffusion();
    const double density = shell.density_of_states();
    // The same on all shells, but for rounding of a kernel without a finite range; cheapest on the first.
    if (order == first_order) point.rank = scattering.rank();
    if (order > first_order) {
      D_error.add(relative_difference(D, point.D));
      density_error.add(std::abs(density - point.density_of_states) / density);
    }
    point.D = D;
    point.density_of_states = density;
    point.order = order;
    point.nodes = shell.size();
    const double least = rounding(model, energy, point.nodes);
    const double estimate = D_error.estimate().value_or(1.0);
    point.error = std::max(estimate, least);
    point.density_of_states_error = std::max(density_error.estimate().value_or(1.0), least);
    point.converged = point.error <= options.tolerance;
    const int next = order + order_step;
    if (point.converged || estimate <= least || next > options.max_order ||
        nodes_after(point, shell.dimension(), next) > static_cast<double>(options.max_nodes)) {
      point.rate = scattering.rate();
      point.fallback_cells = shell.fallback_cells();
      if (options.super_burnett) point.super_burnett = scattering.burnett();
      if (options.spectral_gap) point.spectral_gap = scattering.gap();
      return point;
    }
    order = next;
  }
}

}  // namespace

DiffusionPoint shell_diffusion(const ElasticModel& model, double energy, const DiffusionOptions& options) {
  const Correlator correlator = model.correlator(energy);
  if (correlator.is_constant()) {
    const double spectrum = correlator(Vector3{});
    return refined(model, energy, options,
                   [&](int order) { return UniformScattering(model.shell(energy, order), spectrum); });
  }
  return refined(model, energy, options, [&](int order) {
    return AnyScattering({model.shell(energy, order), correlator});
  });
}

}  // namespace nordheim::detail
