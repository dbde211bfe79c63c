// SPDX-License-Identifier: GPL-3.0-or-later
// What a state on energy shells looks like in space.
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>

#include "transport/rational_step.hpp"
#include "transport/shell_average.hpp"
#include "transport/shell_evolution_impl.hpp"

#include <cmath>
#include <limits>
#include <numeric>

namespace nordheim {

namespace {

using Complex = ShellEvolution::Complex;
using Modes = std::vector<Complex>;

void add(double weight, const Modes& terms, Modes& sum) {
  sum.resize(terms.size());
  for (std::size_t m = 0; m < terms.size(); ++m) sum[m] += weight * terms[m];
}

/// Moments of functions on the nodes of a box.
class BoxMoments {
 public:
  explicit BoxMoments(const PeriodicBox& box)
      : box_(box),
        axes_(static_cast<std::size_t>(box.dimension())),
        cell_(box.volume() / static_cast<double>(box.size())) {}

  [[nodiscard]] double integral(ConstState f) const { return cell_ * std::accumulate(f.begin(), f.end(), 0.0); }
  /// ∫|f − g|.
  [[nodiscard]] double distance(ConstState f, ConstState g) const {
    double sum = 0.0;
    for (std::size_t r = 0; r < f.size(); ++r) sum += std::abs(f[r] - g[r]);
    return cell_ * sum;
  }
  /// ∫(x_j − centre)^power f.
  [[nodiscard]] double about(std::size_t j, double centre, int power, ConstState f) const {
    double sum = 0.0;
    for (std::size_t r = 0; r < f.size(); ++r) {
      const double x = box_.positions()[r * axes_ + j] - centre;
      sum += (power == 2 ? x * x : x) * f[r];
    }
    return cell_ * sum;
  }

 private:
  const PeriodicBox& box_;
  std::size_t axes_;
  double cell_;
};

/// The mode q = 2π/L_j along an axis, if the nodes resolve it.
std::optional<std::size_t> longest_wave(const PeriodicBox& box, std::size_t axis) {
  std::optional<std::size_t> longest;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t m = 0; m < box.modes(); ++m) {
    const Vector3 q = box.wavevector(m);
    if (!(q[axis] > 0.0) || std::hypot(q[0], q[1], q[2]) > q[axis] || box.fineness(m) == 1.0) continue;
    if (q[axis] < least) longest = m;
    least = std::min(least, q[axis]);
  }
  return longest;
}

double largest(ConstState f) {
  double size = 0.0;
  for (const double value : f) size = std::max(size, std::abs(value));
  return size;
}

}  // namespace

Modes ShellEvolution::Impl::density_rate(const Layer& layer) const {
  const EnergyShell& shell = layer.space();
  const std::size_t n = shell.size();
  Modes rate(box.modes());
  detail::parallel_for(box.modes(), threads, [&](std::size_t m) {
    const auto W = layer.mode(m);
    const auto flight = detail::velocity_along(shell, box.wavevector(m));
    std::vector<double> part(n), collided(n);
    Modes change(n);
    for (std::size_t a = 0; a < n; ++a) change[a] = Complex(flight[a] * W[a].imag(), -flight[a] * W[a].real());
    for (const Complex unit : {Complex(1.0, 0.0), Complex(0.0, 1.0)}) {
      for (std::size_t a = 0; a < n; ++a) part[a] = unit.real() == 1.0 ? W[a].real() : W[a].imag();
      layer.shell.scattering->apply(part, collided);
      for (std::size_t a = 0; a < n; ++a) change[a] += unit * (collided[a] / knudsen);
    }
    rate[m] = detail::integral(shell, change);
  });
  return rate;
}

/// Of one shell or of several, added up.
struct ShellEvolution::Impl::Survey {
  explicit Survey(const Impl& evolution_in) : evolution(evolution_in), moments(evolution.box) {}

  void add(const Layer& layer, double weight);
  void add_distances(const Layer& layer, double weight, double number, ConstState density);
  [[nodiscard]] ShellObservables result() const;
  void fill_moments(ShellObservables& seen, const ShellProfiles& now) const;
  [[nodiscard]] std::optional<double> decay(std::size_t axis) const;
  [[nodiscard]] double continuity_error() const;

  const Impl& evolution;
  BoxMoments moments;
  Fields fields{};
  Modes start{}, diffused{}, rate{};
  double number = 0.0, start_time = 0.0, all_waves = 0.0, short_waves = 0.0;
  Vector3 diffusion{};  // times number
  double smallest = std::numeric_limits<double>::infinity(), from_local = 0.0, from_global = 0.0;
};

void ShellEvolution::Impl::Survey::add(const Layer& layer, double weight) {
  const Fields now = evolution.fields(layer);
  nordheim::add(weight, now.density, fields.density);
  for (std::size_t j = 0; j < 3; ++j) nordheim::add(weight, now.current[j], fields.current[j]);
  nordheim::add(weight, layer.start, start);
  nordheim::add(weight, evolution.diffused(layer), diffused);
  nordheim::add(weight, evolution.density_rate(layer), rate);
  const double of_layer = now.density.front().real() * evolution.box.volume();
  number += weight * of_layer;
  for (std::size_t j = 0; j < 3; ++j) diffusion[j] += weight * of_layer * evolution.knudsen * layer.D[j][j];
  start_time = layer.start_time;
  for (std::size_t m = 0; m < evolution.box.modes(); ++m) {
    const double square = weight * evolution.box.multiplicity(m) * detail::squared_norm(layer.space(), layer.mode(m));
    all_waves += square;
    if (evolution.box.fineness(m) > 2.0 / 3.0) short_waves += square;
  }
  add_distances(layer, weight, of_layer, evolution.in_space(now.density));
}

void ShellEvolution::Impl::Survey::add_distances(const Layer& layer, double weight, double of_layer,
                                                 ConstState density) {
  struct Part {
    double smallest = std::numeric_limits<double>::infinity(), local = 0.0, global = 0.0;
  };
  const EnergyShell& shell = layer.space();
  const double states = shell.density_of_states(), uniform = of_layer / (evolution.box.volume() * states);
  std::vector<Part> parts(evolution.blocks(layer));
  evolution.for_each_block(layer, [&](std::size_t block, std::size_t first, std::size_t count, const double* values) {
    Part part;
    for (std::size_t r = 0; r < density.size(); ++r) {
      const double local = density[r] / states;
      for (std::size_t a = 0; a < count; ++a) {
        const double W = values[r * detail::BoxTransform::lanes + a], w = shell.weights()[first + a];
        part.smallest = std::min(part.smallest, W);
        part.local += w * std::abs(W - local);
        part.global += w * std::abs(W - uniform);
      }
    }
    parts[block] = part;
  });
  const double cell = weight * evolution.box.volume() / static_cast<double>(density.size());
  for (const Part& part : parts) {
    smallest = std::min(smallest, part.smallest);
    from_local += cell * part.local;
    from_global += cell * part.global;
  }
}

void ShellEvolution::Impl::Survey::fill_moments(ShellObservables& seen, const ShellProfiles& now) const {
  const std::vector<double> before = evolution.in_space(start);
  for (std::size_t j = 0; j < static_cast<std::size_t>(evolution.box.dimension()); ++j) {
    seen.mean[j] = moments.about(j, 0.0, 1, now.density) / number;
    seen.variance[j] = moments.about(j, seen.mean[j], 2, now.density) / number;
    seen.spreading[j] = moments.about(j, seen.mean[j], 1, now.current[j]) / number;
    seen.diffusion[j] = diffusion[j] / number;
    seen.decay[j] = decay(j);
    const double mean = moments.about(j, 0.0, 1, before) / number;
    const double spread = seen.variance[j] - moments.about(j, mean, 2, before) / number;
    constexpr double visible = 1e-6;  // rounding of variances is some 1e-12
    if (spread > visible * seen.variance[j]) {
      seen.exponent[j] = 2.0 * (seen.time - start_time) * seen.spreading[j] / spread;
    }
  }
}

std::optional<double> ShellEvolution::Impl::Survey::decay(std::size_t axis) const {
  const auto m = longest_wave(evolution.box, axis);
  constexpr double visible = 1e-12;  // rounding of a mode is some 1e-14 of the largest
  if (!m || std::abs(fields.density[*m]) <= visible * std::abs(fields.density.front())) return std::nullopt;
  const double q = evolution.box.wavevector(*m)[axis];
  return -q * (fields.current[axis][*m] / fields.density[*m]).imag();
}

double ShellEvolution::Impl::Survey::continuity_error() const {
  Modes defect = rate;
  for (std::size_t m = 0; m < defect.size(); ++m) {
    const Vector3 q = evolution.box.wavevector(m);
    for (std::size_t j = 0; j < static_cast<std::size_t>(evolution.box.dimension()); ++j) {
      defect[m] += Complex(0.0, q[j]) * fields.current[j][m];
    }
  }
  return largest(evolution.in_space(defect));
}

ShellObservables ShellEvolution::Impl::Survey::result() const {
  if (!(number > 0.0)) {
    throw InvalidArgument("the number of particles is " + shortest_text(number) +
                          "; means over them need a positive number");
  }
  ShellObservables seen;
  seen.time = evolution.time;
  seen.number = number;
  const ShellProfiles now = evolution.profiles(fields);
  fill_moments(seen, now);
  seen.smallest = smallest;
  seen.unresolved = std::sqrt(short_waves / all_waves);
  seen.from_local = from_local / number;
  seen.from_global = from_global / number;
  seen.from_diffusion = moments.distance(now.density, evolution.in_space(diffused)) / number;
  seen.continuity_error = continuity_error();
  return seen;
}

ShellProfiles ShellEvolution::profiles(std::size_t shell) const {
  return impl_->profiles(impl_->fields(impl_->layer(shell)));
}

ShellProfiles ShellEvolution::profiles() const {
  Impl::Fields sum;
  for (const Impl::Layer& layer : impl_->layers) {
    const Impl::Fields fields = impl_->fields(layer);
    add(layer.shell.weight, fields.density, sum.density);
    for (std::size_t j = 0; j < 3; ++j) add(layer.shell.weight, fields.current[j], sum.current[j]);
  }
  return impl_->profiles(sum);
}

std::vector<double> ShellEvolution::diffused_density(std::size_t shell) const {
  return impl_->in_space(impl_->diffused(impl_->layer(shell)));
}

std::vector<double> ShellEvolution::diffused_density() const {
  Modes sum;
  for (const Impl::Layer& layer : impl_->layers) add(layer.shell.weight, impl_->diffused(layer), sum);
  return impl_->in_space(sum);
}

ShellObservables ShellEvolution::observe(std::size_t shell) const {
  Impl::Survey survey(*impl_);
  survey.add(impl_->layer(shell), 1.0);
  return survey.result();
}

ShellObservables ShellEvolution::observe() const {
  Impl::Survey survey(*impl_);
  for (const Impl::Layer& layer : impl_->layers) survey.add(layer, layer.shell.weight);
  return survey.result();
}

}  // namespace nordheim
