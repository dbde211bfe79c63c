// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/equation/lattice_force.hpp>

#include "core/threads.hpp"
#include "momentum/box_transform.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <string>
#include <utility>

namespace nordheim {

using detail::BoxTransform;
using detail::Complex;

namespace {

void require_finite(const std::vector<double>& values, const char* what) {
  for (const double x : values) {
    if (!std::isfinite(x))
      throw InvalidArgument(std::string(what) + " is " + std::to_string(x) + "; it must be finite");
  }
}

/// The torus as a box: its nodes come in the order of the grid, and its wave vectors are 2πx.
PeriodicBox torus(const LatticeGrid& grid) {
  const auto d = static_cast<std::size_t>(grid.dimension());
  return {std::vector<double>(d, 1.0), std::vector<int>(d, grid.points())};
}

}  // namespace

struct LatticeForce::Impl {
  Impl(const LatticeGrid& grid, std::vector<double> force_in, int threads)
      : d(static_cast<std::size_t>(grid.dimension())),
        nodes(force_in.size() / d),
        momenta(grid.size()),
        box(torus(grid)),
        transform(box),
        force(std::move(force_in)),
        velocities(grid.velocities().begin(), grid.velocities().end()),
        displacements(velocities.size()) {
    if (nodes == 0 || force.size() != nodes * d) {
      throw DimensionMismatch("the forces", force.size(), std::max<std::size_t>(nodes, 1) * d);
    }
    require_finite(force, "a component of the force");
    for (std::size_t mode = 0; mode < box.modes(); ++mode) {
      const Vector3 q = box.wavevector(mode);
      for (std::size_t j = 0; j < d; ++j) places.push_back(std::round(q[j] / (2.0 * std::numbers::pi)));
    }
    const int used = detail::thread_count(threads, blocks());
    for (int t = 0; t < used; ++t) buffers.push_back(transform.buffer());
  }

  std::size_t d, nodes, momenta;
  PeriodicBox box;
  BoxTransform transform;
  std::vector<double> force;       // shape (nodes, d)
  std::vector<double> places;      // x of the modes, shape (modes, d)
  std::vector<double> velocities;  // shape (momenta, d)
  mutable std::vector<BoxTransform::Buffer> buffers;
  mutable std::vector<double> displacements;  // of a flight, shape (momenta, d)

  [[nodiscard]] std::size_t blocks() const { return (nodes + BoxTransform::lanes - 1) / BoxTransform::lanes; }
  void require_state(ConstState W, const char* what) const {
    if (W.size() != nodes * momenta) throw DimensionMismatch(what, W.size(), nodes * momenta);
  }
  /// F(r)·x
  [[nodiscard]] double frequency(std::size_t node, std::size_t mode) const {
    double sum = 0.0;
    for (std::size_t j = 0; j < d; ++j) sum += force[node * d + j] * places[mode * d + j];
    return sum;
  }
  void find_displacements(double t) const;
  template <class Work>
  void for_each_block(ConstState W, const Work& work) const;
  template <class Factor>
  void multiply(std::size_t first, std::size_t together, BoxTransform::Buffer& buffer, const Factor& factor) const;
  void remove_means(std::size_t together, BoxTransform::Buffer& buffer) const;
  template <class Factor>
  void add_change(ConstState from, State to, const Factor& factor) const;
};

/// work(block, first node, nodes, buffer) for blocks of nodes, their modes being in the buffer, by several threads.
template <class Work>
void LatticeForce::Impl::for_each_block(ConstState W, const Work& work) const {
  const auto count = static_cast<std::ptrdiff_t>(blocks());
  const int threads = static_cast<int>(buffers.size());
#pragma omp parallel for schedule(static) num_threads(threads) if (threads > 1)
  for (std::ptrdiff_t b = 0; b < count; ++b) {
    BoxTransform::Buffer& buffer = buffers[detail::thread_number()];
    const auto block = static_cast<std::size_t>(b);
    const std::size_t first = block * BoxTransform::lanes;
    const std::size_t together = std::min(BoxTransform::lanes, nodes - first);
    transform.gather_rows(W.data() + first * momenta, together, buffer);
    transform.to_modes(buffer);
    work(block, first, together, buffer);
  }
}

/// From modes to values of the functions whose modes are those after factor(F·x, mode).
template <class Factor>
void LatticeForce::Impl::multiply(std::size_t first, std::size_t together, BoxTransform::Buffer& buffer,
                                  const Factor& factor) const {
  for (std::size_t mode = 0; mode < box.modes(); ++mode) {
    Complex* const row = buffer.modes.data() + mode * BoxTransform::lanes;
    for (std::size_t a = 0; a < together; ++a) factor(frequency(first + a, mode), row[a]);
  }
  transform.to_space(buffer);
}

/// Derivatives have none; what rounding leaves would add up over long times.
void LatticeForce::Impl::remove_means(std::size_t together, BoxTransform::Buffer& buffer) const {
  std::array<double, BoxTransform::lanes> means{};
  for (std::size_t k = 0; k < momenta; ++k) {
    for (std::size_t a = 0; a < together; ++a) means[a] += buffer.values[k * BoxTransform::lanes + a];
  }
  for (double& mean : means) mean /= static_cast<double>(momenta);
  for (std::size_t k = 0; k < momenta; ++k) {
    for (std::size_t a = 0; a < together; ++a) buffer.values[k * BoxTransform::lanes + a] -= means[a];
  }
}

/// to += the function whose modes are those of from after factor(F·x, mode), which has no mean.
template <class Factor>
void LatticeForce::Impl::add_change(ConstState from, State to, const Factor& factor) const {
  for_each_block(from, [&](std::size_t, std::size_t first, std::size_t together, BoxTransform::Buffer& buffer) {
    multiply(first, together, buffer, factor);
    remove_means(together, buffer);
    transform.scatter_rows(buffer, to.data() + first * momenta, together,
                           [](double before, double change) { return before + change; });
  });
}

/// ∫_0^t v(k − F s/(2π)) ds: the term e^{i2πk·x} of v is averaged over the angles 0 … −F·x t.
void LatticeForce::Impl::find_displacements(double t) const {
  BoxTransform::Buffer& buffer = buffers.front();
  transform.gather(velocities.data(), d, 0, d, buffer);
  transform.to_modes(buffer);
  for (std::size_t mode = 0; mode < box.modes(); ++mode) {
    const double half = 0.5 * frequency(0, mode) * t;
    const double mean = half == 0.0 ? t : t * std::sin(half) / half;
    const Complex factor(mean * std::cos(half), -mean * std::sin(half));
    Complex* const row = buffer.modes.data() + mode * BoxTransform::lanes;
    for (std::size_t j = 0; j < d; ++j) row[j] *= factor;
  }
  transform.to_space(buffer);
  transform.scatter(buffer, displacements.data(), d, 0, d, [](double, double value) { return value; });
}

LatticeForce::LatticeForce(const LatticeGrid& grid, std::vector<double> force, int threads)
    : impl_(std::make_unique<Impl>(grid, std::move(force), threads)) {}
LatticeForce::LatticeForce(LatticeForce&&) noexcept = default;
LatticeForce& LatticeForce::operator=(LatticeForce&&) noexcept = default;
LatticeForce::~LatticeForce() = default;

ConstState LatticeForce::force() const noexcept { return impl_->force; }

void LatticeForce::add_rate(ConstState W, State dWdt) const {
  impl_->require_state(W, "the state W");
  impl_->require_state(dWdt, "the result dW/dt");
  impl_->add_change(W, dWdt, [](double frequency, Complex& f) { f = {frequency * f.imag(), -frequency * f.real()}; });
}

void LatticeForce::flow(double t, State W) const {
  impl_->require_state(W, "the state W");
  impl_->add_change(W, W, [t](double frequency, Complex& f) {
    const double c = std::cos(frequency * t) - 1.0, s = std::sin(frequency * t);
    f = {c * f.real() + s * f.imag(), c * f.imag() - s * f.real()};
  });
}

void LatticeForce::flight(double t, const Streaming& streaming, State W) const {
  flow(t, W);
  impl_->find_displacements(t);
  streaming.displace(impl_->displacements, W);
}

double LatticeForce::unresolved(ConstState W) const {
  impl_->require_state(W, "the state W");
  std::vector<BoxTransform::Shares> shares(impl_->blocks());
  impl_->for_each_block(W, [&](std::size_t block, std::size_t, std::size_t together, BoxTransform::Buffer& buffer) {
    shares[block] = impl_->transform.shares(buffer, together);
  });
  return BoxTransform::fine_part(BoxTransform::sum_of(shares));
}

std::vector<double> force_field(const PeriodicBox& box, int dimension, const std::vector<int>& axes,
                                const std::vector<double>& force, const std::vector<double>& potential) {
  const auto d = static_cast<std::size_t>(dimension);
  if (force.empty() && potential.empty()) return {};
  std::vector<double> field(box.size() * d, 0.0);
  if (!force.empty()) {
    if (force.size() != d && force.size() != field.size()) {
      throw DimensionMismatch("the force", force.size(), d);
    }
    require_finite(force, "a component of the force");
    for (std::size_t i = 0; i < field.size(); ++i) field[i] = force[i % force.size()];
  }
  if (potential.empty()) return field;
  if (potential.size() != box.size()) throw DimensionMismatch("the potential", potential.size(), box.size());
  require_finite(potential, "a value of the potential");
  const BoxTransform transform(box);
  auto buffer = transform.buffer();
  transform.gather(potential.data(), 1, 0, 1, buffer);
  transform.to_modes(buffer);
  for (std::size_t mode = 0; mode < box.modes(); ++mode) {
    const Vector3 q = box.wavevector(mode);
    Complex* const row = buffer.modes.data() + mode * BoxTransform::lanes;
    const Complex U = row[0];
    for (std::size_t j = 0; j < axes.size(); ++j) row[j] = {-q[j] * U.imag(), q[j] * U.real()};
  }
  transform.to_space(buffer);
  for (std::size_t r = 0; r < box.size(); ++r) {
    for (std::size_t j = 0; j < axes.size(); ++j) {
      field[r * d + static_cast<std::size_t>(axes[j])] -= buffer.values[r * BoxTransform::lanes + j];
    }
  }
  return field;
}

}  // namespace nordheim
