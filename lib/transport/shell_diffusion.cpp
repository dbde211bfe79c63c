// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/shell_diffusion.hpp"

#include "transport/elastic_model_impl.hpp"
#include "transport/gain_memory.hpp"
#include "transport/refinement.hpp"
#include "transport/shell_average.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
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
    require_scattering(gamma_, shell_.energy());
  }
  [[nodiscard]] const EnergyShell& shell() const { return shell_; }
  [[nodiscard]] double rate() const { return gamma_; }
  [[nodiscard]] std::size_t rank() const { return 1; }
  [[nodiscard]] double kernel_error() const { return 0.0; }
  [[nodiscard]] double gap() const { return gamma_; }
  /// Whether exchanges and all reflections of axes leave the shell unchanged.
  [[nodiscard]] bool is_isotropic() const {
    return shell_.axes_equivalent() && shell_.reflections().size() == std::size_t{1}
                                                                          << static_cast<unsigned>(shell_.dimension());
  }
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
  [[nodiscard]] std::size_t rank() const { return scattering_.rank_in_use(); }
  [[nodiscard]] double kernel_error() const { return scattering_.kernel_error(); }
  [[nodiscard]] double gap() const { return spectral_gap(scattering_); }
  [[nodiscard]] bool is_isotropic() const { return scattering_.has_cubic_symmetry(); }
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

/// ⟨v_1²⟩.
double mean_square_velocity(const EnergyShell& shell) {
  const auto d = static_cast<std::size_t>(shell.dimension());
  double sum = 0.0;
  double weight = 0.0;
  for (std::size_t a = 0; a < shell.fundamental_size(); ++a) {  // the same on its images
    const double v = shell.velocities()[a * d];
    sum += shell.weights()[a] * v * v;
    weight += shell.weights()[a];
  }
  return sum / weight;
}

/// Compares shells of increasing order at one energy.
class Refinement {
 public:
  Refinement(double energy, const DiffusionOptions& options, double rounding)
      : options_(options), rounding_of_nodes_(rounding) {
    point_.energy = energy;
  }

  /// @tparam Scattering  UniformScattering or AnyScattering
  /// @returns whether another order is worth while
  template <class Scattering>
  [[nodiscard]] bool add(const Scattering& scattering, int order) {
    const DiffusionPoint before = std::exchange(point_, at(scattering, order));
    if (before.order != 0) compare(before);
    estimate(scattering.shell(), scattering.kernel_error());
    const int next = order + order_step;
    const bool goes_on = !point_.converged && quadrature_ > rounding_ && next <= options_.max_order &&
                         nodes_at(next, scattering.shell().dimension()) <= static_cast<double>(options_.max_nodes);
    if (!goes_on && options_.spectral_gap) point_.spectral_gap = scattering.gap();
    return goes_on;
  }
  [[nodiscard]] const DiffusionPoint& point() const { return point_; }

 private:
  template <class Scattering>
  [[nodiscard]] DiffusionPoint at(const Scattering& scattering, int order) const {
    DiffusionPoint point;
    const EnergyShell& shell = scattering.shell();
    point.energy = point_.energy;
    point.order = order;
    point.nodes = shell.size();
    point.fallback_cells = shell.fallback_cells();
    point.density_of_states = shell.density_of_states();
    point.rate = scattering.rate();
    point.D = scattering.diffusion();
    point.isotropic = shell.dimension() == 1 || scattering.is_isotropic();
    if (options_.super_burnett) point.super_burnett = scattering.burnett();
    point.rank = scattering.rank();
    return point;
  }
  void compare(const DiffusionPoint& before) {
    const auto change = [](double now, double then) { return std::abs(now - then) / std::abs(now); };
    D_.add(relative_difference(point_.D, before.D));
    density_.add(change(point_.density_of_states, before.density_of_states));
    rate_.add(change(point_.rate, before.rate));
    if (options_.super_burnett) burnett_.add(std::abs(*point_.super_burnett - *before.super_burnett));
  }
  void estimate(const EnergyShell& shell, double kernel_error) {
    // Of the sums over the nodes, of the nodes, and of the kernel.
    rounding_ = 1e-14 + 2e-16 * std::sqrt(static_cast<double>(point_.nodes)) + rounding_of_nodes_;
    if (kernel_error > 0.0) rounding_ += kernel_rounding(kernel_error, mean_square_velocity(shell));
    quadrature_ = D_.estimate().value_or(1.0);
    point_.error = std::max(quadrature_, rounding_);
    // All are integrals over the same cells.
    const double slowest = std::max({D_.rate(), density_.rate(), rate_.rate(), burnett_.rate()});
    point_.density_of_states_error = std::max(density_.estimate(slowest).value_or(1.0), rounding_);
    point_.rate_error = std::max(rate_.estimate(slowest).value_or(1.0), rounding_);
    if (options_.super_burnett) {
      const double D = point_.D[0][0];
      const double terms = std::abs(*point_.super_burnett) + 4.0 * D * D * D / mean_square_velocity(shell);
      point_.super_burnett_error =
          std::max(burnett_.estimate(slowest).value_or(terms), burnett_sensitivity * rounding_ * terms);
    }
    // Two orders may miss the same part of a cell that is not certified: their agreement says nothing then.
    point_.converged = point_.error <= options_.tolerance && point_.fallback_cells == 0;
  }
  /// What the rounding of the kernel changes in D: δD = ⟨h δC h⟩ with h = (−C)⁻¹v of the order of D v/⟨v²⟩, and δC of
  /// twice the error of ϑ̂, once in the gain and once in the loss. The kernel is held to eight times its rounding at
  /// least.
  [[nodiscard]] double kernel_rounding(double kernel_error, double mean_square) const {
    constexpr double met = 2.0 / 8.0;
    return met * kernel_error * point_.rate * point_.D[0][0] / mean_square;
  }
  /// Nodes of a shell of the next order: points per dimension of the shell multiply.
  [[nodiscard]] double nodes_at(int next, int dimension) const {
    return static_cast<double>(point_.nodes) * std::pow(static_cast<double>(next) / point_.order, dimension - 1);
  }

  const DiffusionOptions& options_;
  double rounding_of_nodes_;
  DiffusionPoint point_{};
  GeometricError D_{};
  GeometricError density_{};
  GeometricError rate_{};
  GeometricError burnett_{};
  double quadrature_ = 1.0;
  double rounding_ = 0.0;
};

}  // namespace

void require_scattering(double rate, double energy) {
  if (rate > 0.0) return;
  throw InvalidArgument("nothing is scattered at energy = " + shortest_text(energy) + "; D_kin is infinite there");
}

DiffusionPoint shell_diffusion(const ElasticModel& model, double energy, const DiffusionOptions& options,
                               double rounding) {
  const auto [correlator, spectrum_error] = model.impl().scattering(energy);
  rounding += spectrum_error;
  if (!correlator.is_constant()) require_memory(model.shell(energy, first_order), correlator, options.max_memory);
  const ElasticScatteringOptions gain{.max_memory = options.max_memory};
  Refinement refinement(energy, options, rounding);
  for (int order = first_order;; order += order_step) {
    EnergyShell shell = model.shell(energy, order);
    const bool goes_on =
        correlator.is_constant()
            ? refinement.add(UniformScattering(std::move(shell), correlator(Vector3{})), order)
            : refinement.add(AnyScattering(ElasticScattering(std::move(shell), correlator, gain)), order);
    if (!goes_on) return refinement.point();
  }
}

}  // namespace nordheim::detail
