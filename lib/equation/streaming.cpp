// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/equation/streaming.hpp>

#include "equation/box_flight.hpp"

#include <cmath>
#include <utility>

namespace nordheim {

using detail::BoxFlight;
using detail::BoxTransform;
using detail::Complex;

struct Streaming::Impl {
  BoxFlight flight;
  std::size_t dimension;
  mutable std::vector<double> displacements{};  // kept for its memory
  /// to = operation(to, the function whose modes are factor(q·d, mode) of those of from), with d for each momentum.
  template <class Factor, class Operation>
  void apply(ConstState from, State to, const std::vector<double>& d, const Factor& factor,
             const Operation& operation) const {
    const ConstState source = flight.turn(from);
    const State target = flight.turned(to);
    flight.for_each_block([&](const BoxFlight::Block& block) {
      const auto& transform = flight.transform();
      transform.gather(source.data(), flight.momenta(), block.first, block.count, block.buffer);
      transform.to_modes(block.buffer);
      for (std::size_t mode = 0; mode < flight.box().modes(); ++mode) {
        const auto products = flight.products(mode, block.index, d);
        Complex* const row = block.buffer.modes.data() + mode * BoxFlight::lanes;
        for (std::size_t a = 0; a < block.count; ++a) factor(products[a], row[a]);
      }
      transform.to_space(block.buffer);
      transform.scatter(block.buffer, target.data(), flight.momenta(), block.first, block.count, operation);
    });
    flight.turn_back(to);
  }
  /// @brief Turns every mode by −t q·d.
  ///
  /// Added is what changes: of a state that is nearly the same everywhere the rounding of the transforms would be
  /// nearly the same everywhere, too, and the number of particles drift.
  void turn(double t, State W, const std::vector<double>& d) const {
    apply(
        W, W, d,
        [t](double product, Complex& f) {
          const double c = std::cos(product * t) - 1.0, s = std::sin(product * t);
          f = {c * f.real() + s * f.imag(), c * f.imag() - s * f.real()};
        },
        [](double before, double change) { return before + change; });
  }
};

Streaming::Streaming(PeriodicBox box, ConstState velocities, int dimension, std::vector<int> axes, int threads,
                     Ranks ranks)
    : impl_(std::make_unique<Impl>(
          Impl{{std::move(box), velocities, dimension, std::move(axes), threads, std::move(ranks)},
               static_cast<std::size_t>(dimension)})) {}
Streaming::Streaming(Streaming&&) noexcept = default;
Streaming& Streaming::operator=(Streaming&&) noexcept = default;
Streaming::~Streaming() = default;

const PeriodicBox& Streaming::box() const noexcept { return impl_->flight.box(); }
const std::vector<int>& Streaming::axes() const noexcept { return impl_->flight.axes(); }
const Slabs& Streaming::slabs() const noexcept { return impl_->flight.slabs(); }

void Streaming::rate(ConstState W, State dWdt) const {
  const BoxFlight& flight = impl_->flight;
  flight.require_state(W, "the state W");
  flight.require_state(dWdt, "the result dW/dt");
  impl_->apply(
      W, dWdt, flight.velocities(),
      [](double frequency, Complex& f) {
        f = {frequency * f.imag(), -frequency * f.real()};
      },
      [](double, double value) { return value; });
}

void Streaming::flow(double t, State W) const {
  impl_->flight.require_state(W, "the state W");
  impl_->turn(t, W, impl_->flight.velocities());
}

void Streaming::displace(ConstState d, State W) const {
  const BoxFlight& flight = impl_->flight;
  flight.require_state(W, "the state W");
  const std::size_t size = flight.slabs_of_momenta().nodes() * impl_->dimension;
  if (d.size() != size) throw DimensionMismatch("the displacements", d.size(), size);
  flight.arrange(d, impl_->displacements);
  impl_->turn(1.0, W, impl_->displacements);
}

void Streaming::divergence(ConstState J, State result) const {
  const PeriodicBox& box = impl_->flight.box();
  const auto d = static_cast<std::size_t>(box.dimension());
  if (J.size() != d * box.size()) throw DimensionMismatch("the current J", J.size(), d * box.size());
  if (result.size() != box.size()) throw DimensionMismatch("the divergence", result.size(), box.size());
  const auto& transform = impl_->flight.transform();
  auto buffer = transform.buffer();
  transform.gather(J.data(), d, 0, d, buffer);
  transform.to_modes(buffer);
  for (std::size_t mode = 0; mode < box.modes(); ++mode) {
    const Vector3 q = box.wavevector(mode);
    Complex* const row = buffer.modes.data() + mode * BoxFlight::lanes;
    Complex sum = 0.0;
    for (std::size_t j = 0; j < d; ++j) sum += Complex(-q[j] * row[j].imag(), q[j] * row[j].real());
    row[0] = sum;
  }
  transform.to_space(buffer);
  transform.scatter(buffer, result.data(), 1, 0, 1, [](double, double value) { return value; });
}

double Streaming::unresolved(ConstState W) const {
  const BoxFlight& flight = impl_->flight;
  flight.require_state(W, "the state W");
  std::vector<BoxTransform::Shares> shares(flight.blocks());
  const ConstState turned = flight.turn(W);
  flight.for_each_block([&](const BoxFlight::Block& block) {
    const auto& transform = flight.transform();
    transform.gather(turned.data(), flight.momenta(), block.first, block.count, block.buffer);
    transform.to_modes(block.buffer);
    shares[block.index] = transform.shares(block.buffer, block.count);
  });
  BoxTransform::Shares all = BoxTransform::sum_of(shares);
  all.fine = flight.ranks().sum(all.fine);
  all.all = flight.ranks().sum(all.all);
  return BoxTransform::fine_part(all);
}

}  // namespace nordheim
