// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/transport/spatial_mode.hpp>

#include "transport/rational_step.hpp"
#include "transport/shell_average.hpp"
#include "transport/shell_evolution_impl.hpp"

#include <cmath>
#include <string>
#include <utility>

namespace nordheim {

namespace {

using Complex = ShellEvolution::Complex;

void check_positive(const char* what, double value) {
  if (value > 0.0 && std::isfinite(value)) return;
  throw InvalidArgument(std::string(what) + " = " + shortest_text(value) + "; allowed are positive numbers");
}

void check(const std::vector<WeightedShell>& shells, const PeriodicBox& box) {
  if (shells.empty()) throw InvalidArgument("an evolution on shells needs at least one shell; none was given");
  for (const WeightedShell& shell : shells) {
    if (!shell.scattering) throw InvalidArgument("a shell without a scattering operator; each needs one");
    check_positive("the weight of a shell", shell.weight);
    const int d = shell.scattering->space().dimension();
    if (d == shells.front().scattering->space().dimension() && d >= box.dimension()) continue;
    throw InvalidArgument("a shell of dimension " + std::to_string(d) + " in a box of dimension " +
                          std::to_string(box.dimension()) +
                          "; all shells must have the same, and not less than the box");
  }
}

void check_values(const char* what, ConstState values, std::size_t expected) {
  if (values.size() != expected) throw DimensionMismatch(what, values.size(), expected);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isfinite(values[i])) continue;
    throw InvalidArgument(std::string("value ") + std::to_string(i) + " of " + what + " is " +
                          shortest_text(values[i]) + "; it must be finite");
  }
}

}  // namespace

ShellEvolution::Impl::Impl(std::vector<WeightedShell> shells, PeriodicBox box_in, double knudsen_in, int threads_in)
    : box(std::move(box_in)), transform(box), knudsen(knudsen_in), threads(threads_in) {
  check_positive("the Knudsen number", knudsen);
  if (threads < 0) {
    throw InvalidArgument("threads = " + std::to_string(threads) + "; allowed are whole numbers from 0");
  }
  check(shells, box);
  for (WeightedShell& shell : shells) {
    Layer layer{.shell = std::move(shell)};
    layer.gap = SpatialMode::rough_gap(*layer.shell.scattering);
    layer.D = diffusion_tensor(*layer.shell.scattering);
    layer.modes.resize(box.modes() * layer.space().size());
    layer.start.resize(box.modes());
    layers.push_back(std::move(layer));
  }
}

auto ShellEvolution::Impl::layer(std::size_t shell) const -> const Layer& {
  if (shell < layers.size()) return layers[shell];
  throw InvalidArgument("shell " + std::to_string(shell) + " of a stack of " + std::to_string(layers.size()) +
                        "; they are numbered from 0");
}

auto ShellEvolution::Impl::layer(std::size_t shell) -> Layer& {
  return const_cast<Layer&>(std::as_const(*this).layer(shell));
}

void ShellEvolution::Impl::started(Layer& layer) const {
  layer.start = fields(layer).density;
  layer.start_time = time;
  layer.largest = 0.0;
  for (std::size_t m = 0; m < box.modes(); ++m) {
    layer.largest = std::max(layer.largest, std::sqrt(detail::squared_norm(layer.space(), layer.mode(m))));
  }
}

template <class Step>
void ShellEvolution::Impl::for_each_mode(const Step& step) {
  struct Turn {
    std::size_t layer, mode;
    double wavenumber;
  };
  std::vector<Turn> turns;
  for (std::size_t s = 0; s < layers.size(); ++s) {
    for (std::size_t m = 0; m < box.modes(); ++m) {
      const auto W = layers[s].mode(m);
      if (std::all_of(W.begin(), W.end(), [](Complex c) { return c == 0.0; })) continue;
      const Vector3 q = box.wavevector(m);
      turns.push_back({s, m, std::hypot(q[0], q[1], q[2])});
    }
  }
  // Short waves take more steps: first, so that all threads end at about the same time.
  std::stable_sort(turns.begin(), turns.end(),
                   [](const Turn& a, const Turn& b) { return a.wavenumber > b.wavenumber; });
  detail::parallel_for(turns.size(), threads, [&](std::size_t i) {
    Layer& layer = layers[turns[i].layer];
    Vector3 q = box.wavevector(turns[i].mode);
    for (double& component : q) component *= knudsen;
    step(layer, SpatialMode(layer.shell.scattering, q, layer.gap), layer.mode(turns[i].mode));
  });
}

auto ShellEvolution::Impl::fields(const Layer& layer) const -> Fields {
  const EnergyShell& shell = layer.space();
  const auto d = static_cast<std::size_t>(shell.dimension()), axes = static_cast<std::size_t>(box.dimension());
  const ConstState w = shell.weights(), v = shell.velocities();
  Fields fields;
  fields.density.resize(box.modes());
  for (std::size_t j = 0; j < axes; ++j) fields.current[j].resize(box.modes());
  detail::parallel_for(box.modes(), threads, [&](std::size_t m) {
    const auto W = layer.mode(m);
    fields.density[m] = detail::integral(shell, W);
    for (std::size_t j = 0; j < axes; ++j) {
      Complex sum = 0.0;
      for (std::size_t a = 0; a < W.size(); ++a) sum += w[a] * v[a * d + j] * W[a];
      fields.current[j][m] = sum;
    }
  });
  return fields;
}

std::vector<double> ShellEvolution::Impl::in_space(std::span<const Complex> modes) const {
  constexpr std::size_t lanes = detail::BoxTransform::lanes;
  auto buffer = transform.buffer();
  for (std::size_t m = 0; m < box.modes(); ++m) buffer.modes[m * lanes] = modes[m];
  transform.to_space(buffer);
  std::vector<double> values(box.size());
  for (std::size_t r = 0; r < values.size(); ++r) values[r] = buffer.values[r * lanes];
  return values;
}

ShellProfiles ShellEvolution::Impl::profiles(const Fields& fields) const {
  ShellProfiles profiles;
  profiles.density = in_space(fields.density);
  for (std::size_t j = 0; j < static_cast<std::size_t>(box.dimension()); ++j) {
    profiles.current[j] = in_space(fields.current[j]);
  }
  return profiles;
}

std::vector<Complex> ShellEvolution::Impl::diffused(const Layer& layer) const {
  std::vector<Complex> density = layer.start;
  for (std::size_t m = 0; m < density.size(); ++m) {
    const Vector3 q = box.wavevector(m);
    double rate = 0.0;
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t j = 0; j < 3; ++j) rate += q[i] * layer.D[i][j] * q[j];
    }
    density[m] *= std::exp(-knudsen * rate * (time - layer.start_time));
  }
  return density;
}

ShellEvolution::ShellEvolution(std::vector<WeightedShell> shells, PeriodicBox box, double knudsen, int threads)
    : impl_(std::make_unique<Impl>(std::move(shells), std::move(box), knudsen, threads)) {}
ShellEvolution::ShellEvolution(ShellEvolution&&) noexcept = default;
ShellEvolution& ShellEvolution::operator=(ShellEvolution&&) noexcept = default;
ShellEvolution::~ShellEvolution() = default;

void ShellEvolution::set_state(std::size_t shell, ConstState W) {
  Impl::Layer& layer = impl_->layer(shell);
  const std::size_t n = layer.space().size();
  check_values("the state of a shell", W, impl_->box.size() * n);
  constexpr std::size_t lanes = detail::BoxTransform::lanes;
  detail::parallel_for(impl_->blocks(layer), impl_->threads, [&](std::size_t block) {
    const std::size_t first = block * lanes, count = std::min(lanes, n - first);
    auto buffer = impl_->transform.buffer();
    impl_->transform.gather(W.data(), n, first, count, buffer);
    impl_->transform.to_modes(buffer);
    for (std::size_t m = 0; m < impl_->box.modes(); ++m) {
      for (std::size_t a = 0; a < count; ++a) layer.modes[m * n + first + a] = buffer.modes[m * lanes + a];
    }
  });
  impl_->started(layer);
}

void ShellEvolution::set_packet(std::size_t shell, ConstState f, ConstState g) {
  Impl::Layer& layer = impl_->layer(shell);
  const std::size_t n = layer.space().size();
  check_values("the profile of a packet", f, impl_->box.size());
  check_values("the occupation of a packet", g, n);
  auto buffer = impl_->transform.buffer();
  impl_->transform.gather(f.data(), 1, 0, 1, buffer);
  impl_->transform.to_modes(buffer);
  for (std::size_t m = 0; m < impl_->box.modes(); ++m) {
    const Complex mode = buffer.modes[m * detail::BoxTransform::lanes];
    for (std::size_t a = 0; a < n; ++a) layer.modes[m * n + a] = mode * g[a];
  }
  impl_->started(layer);
}

void ShellEvolution::advance(double t) {
  if (!(t >= impl_->time && std::isfinite(t))) {
    throw InvalidArgument("time = " + shortest_text(t) + "; allowed are finite numbers from " +
                          shortest_text(impl_->time) + ", which is the present");
  }
  constexpr double rounding = 1e-17;
  const double h = (t - impl_->time) / impl_->knudsen;
  impl_->for_each_mode([&](const Impl::Layer& layer, const SpatialMode& mode, std::span<Complex> W) {
    mode.propagate(W, h, rounding * layer.largest);
  });
  impl_->time = t;
}

void ShellEvolution::radau_step(double h) {
  check_positive("step", h);
  impl_->for_each_mode([&](const Impl::Layer&, const SpatialMode& mode, std::span<Complex> W) {
    mode.radau_step(W, h / impl_->knudsen);
  });
  impl_->time += h;
}

ShellCheckpoint ShellEvolution::checkpoint(std::size_t shell) const {
  const Impl::Layer& layer = impl_->layer(shell);
  return {impl_->time, layer.modes, layer.start_time, layer.start, layer.largest};
}

void ShellEvolution::restore(std::size_t shell, ShellCheckpoint checkpoint) {
  Impl::Layer& layer = impl_->layer(shell);
  const auto require = [](const char* what, std::size_t found, std::size_t expected) {
    if (found != expected) throw DimensionMismatch(what, found, expected);
  };
  require("the modes of a checkpoint", checkpoint.modes.size(), layer.modes.size());
  require("the start of a checkpoint", checkpoint.start.size(), layer.start.size());
  layer.modes = std::move(checkpoint.modes);
  layer.start = std::move(checkpoint.start);
  layer.start_time = checkpoint.start_time;
  layer.largest = checkpoint.largest;
  impl_->time = checkpoint.time;
}

double ShellEvolution::time() const noexcept { return impl_->time; }
double ShellEvolution::knudsen() const noexcept { return impl_->knudsen; }
const PeriodicBox& ShellEvolution::box() const noexcept { return impl_->box; }
std::size_t ShellEvolution::shells() const noexcept { return impl_->layers.size(); }
const WeightedShell& ShellEvolution::shell(std::size_t shell) const { return impl_->layer(shell).shell; }
const Tensor3& ShellEvolution::diffusion(std::size_t shell) const { return impl_->layer(shell).D; }

std::vector<double> ShellEvolution::state(std::size_t shell) const {
  const Impl::Layer& layer = impl_->layer(shell);
  const std::size_t n = layer.space().size();
  std::vector<double> W(impl_->box.size() * n);
  impl_->for_each_block(layer, [&](std::size_t, std::size_t first, std::size_t count, const double* values) {
    for (std::size_t r = 0; r < impl_->box.size(); ++r) {
      std::copy_n(values + r * detail::BoxTransform::lanes, count, W.data() + r * n + first);
    }
  });
  return W;
}

std::span<const Complex> ShellEvolution::modes(std::size_t shell) const { return impl_->layer(shell).modes; }

}  // namespace nordheim
