// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/linearised_phonons.hpp"

#include "collision/space_time_engine.hpp"
#include "collision/wave_products.hpp"
#include "core/shared_loop.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace nordheim::detail {

namespace {

/// |F|² F, with decays + F³/3 + |F|² F̄, and F is kept.
template <bool decays>
struct KeptField {
  double* fields;
  std::size_t size;  // numbers of a field

  static Wave product(double re, double im) noexcept {
    const double density = re * re + im * im;
    if constexpr (!decays) return {re * density, im * density};
    const double cube = re * (re * re - 3.0 * im * im), cube_im = im * (3.0 * re * re - im * im);
    return {2.0 * re * density + cube / 3.0, cube_im / 3.0};
  }
  void operator()(std::size_t node, std::size_t place, std::size_t n, double* re, double* im) const noexcept {
    double* const kept = fields + node * size + place;
    for (std::size_t a = 0; a < n; ++a) {
      kept[a] = re[a];
      kept[n + a] = im[a];
      const Wave result = product(re[a], im[a]);
      re[a] = result.re;
      im[a] = result.im;
    }
  }
};

/// ±F̄_h F² − 2|F|² F_h with the F that was kept, with decays − F² F_h ± 2|F|² F̄_h − F̄² F_h; the sign is that of
/// (−i)^p/i^p for p axes of sines, which leave out i.
template <bool decays>
struct LinearisedProduct {
  const double* fields;
  std::size_t size;
  double sign;

  void operator()(std::size_t node, std::size_t place, std::size_t n, double* re, double* im) const noexcept {
    const double* const kept = fields + node * size + place;
    for (std::size_t a = 0; a < n; ++a) {
      const double fr = kept[a], fi = kept[n + a];
      const double hr = re[a], hi = im[a];
      const double square = sign * (fr * fr - fi * fi), square_im = 2.0 * sign * fr * fi;
      const double twice = 2.0 * (fr * fr + fi * fi);
      re[a] = square * hr + square_im * hi - twice * hr;
      im[a] = square_im * hr - square * hi - twice * hi;
      if constexpr (decays) {
        // F² + F̄² is real.
        const double squares = 2.0 * (fr * fr - fi * fi);
        re[a] += (sign * twice - squares) * hr;
        im[a] -= (sign * twice + squares) * hi;
      }
    }
  }
};

int blocks_for(int nodes, int threads) { return std::min(thread_count(threads), nodes); }

}  // namespace

LinearisedPhonons::LinearisedPhonons(HalfLattice lattice, const TimeGrid& time, ConstState u,
                                     FourPhononProcesses processes, int threads)
    : lattice_(std::move(lattice)),
      decays_(processes == FourPhononProcesses::resonant),
      weights_(time.weights(TimeWindow::flat, time.horizon)),
      u_(u.begin(), u.end()),
      loss_(u.size()),
      uh_(u.size()),
      axis_(lattice_.points()),
      slab_(lattice_.size() / lattice_.side()),
      step_(2 * lattice_.size()),
      fields_(2 * lattice_.size() * static_cast<std::size_t>(time.nodes)) {
  // One factor M^{−d} for each of the three propagated fields.
  const double scale = std::pow(lattice_.points(), -3.0 * lattice_.dimension());
  for (double& w : weights_) w *= scale;
  const auto phases = [&](double t, std::vector<double>& phase) {
    for (std::size_t a = 0; a < lattice_.size(); ++a) {
      const std::size_t place = a + a / slab_ * slab_;
      phase[place] = std::cos(lattice_.energies()[a] * t);
      phase[place + slab_] = -std::sin(lattice_.energies()[a] * t);
    }
  };
  phases(time.step, step_);
  const int count = blocks_for(time.nodes, threads);
  for (int b = 0; b < count; ++b) {
    TimeBlock block{.first = time.nodes * b / count,
                    .last = time.nodes * (b + 1) / count,
                    .start_phase = std::vector<double>(step_.size()),
                    .phase = std::vector<double>(step_.size()),
                    .field = std::vector<double>(step_.size()),
                    .sum = std::vector<double>(u.size()),
                    .scratch = ReflectionTransform::Scratch(axis_)};
    phases(block.first * time.step, block.start_phase);
    blocks_.push_back(std::move(block));
  }
  if (decays_) {
    integrate(0, u_, loss_, KeptField<true>{fields_.data(), step_.size()});
  } else {
    integrate(0, u_, loss_, KeptField<false>{fields_.data(), step_.size()});
  }
  for (std::size_t a = 0; a < u_.size(); ++a) loss_[a] *= u_[a];
}

std::size_t LinearisedPhonons::memory(int dimension, int points, int nodes, int threads) {
  const auto size = static_cast<std::size_t>(std::pow(points / 2 + 1, dimension));
  constexpr std::size_t of_a_block = 7, of_a_node = 9;  // numbers
  return sizeof(double) * size *
         (2 * static_cast<std::size_t>(nodes) + of_a_block * static_cast<std::size_t>(blocks_for(nodes, threads)) +
          of_a_node);
}

void LinearisedPhonons::transform(Direction direction, int odd_axes, TimeBlock& block) const noexcept {
  const std::size_t side = axis_.side();
  std::size_t outer = 1;
  std::size_t inner = 2 * slab_;
  for (int i = 0; i < lattice_.dimension(); ++i) {
    const Reflection parity = i < odd_axes ? Reflection::odd : Reflection::even;
    if (direction == Direction::to_space) {
      axis_.to_space(parity, outer, inner, block.field.data(), block.scratch);
    } else {
      axis_.to_momentum(parity, outer, inner, block.field.data(), block.scratch);
    }
    outer *= i == 0 ? 2 * side : side;
    inner = i == 0 ? slab_ / side : inner / side;
  }
}

template <class Product>
void LinearisedPhonons::integrate_block(TimeBlock& block, int odd_axes, const double* f, const Product& product) {
  std::copy(block.start_phase.begin(), block.start_phase.end(), block.phase.begin());
  std::fill(block.sum.begin(), block.sum.end(), 0.0);
  const std::size_t m = slab_;
  for (int n = block.first; n < block.last; ++n) {
    for (std::size_t s = 0; s < axis_.side(); ++s) {
      const double* const phase = block.phase.data() + 2 * s * m;
      double* const field = block.field.data() + 2 * s * m;
      for (std::size_t a = 0; a < m; ++a) {
        field[a] = f[s * m + a] * phase[a];
        field[m + a] = f[s * m + a] * phase[m + a];
      }
    }
    transform(Direction::to_space, odd_axes, block);
    for (std::size_t s = 0; s < axis_.side(); ++s) {
      double* const field = block.field.data() + 2 * s * m;
      product(static_cast<std::size_t>(n), 2 * s * m, m, field, field + m);
    }
    transform(Direction::to_momentum, odd_axes, block);
    const double w = weights_[static_cast<std::size_t>(n)];
    for (std::size_t s = 0; s < axis_.side(); ++s) {
      const double* const q = block.field.data() + 2 * s * m;
      const double* const step = step_.data() + 2 * s * m;
      double* const phase = block.phase.data() + 2 * s * m;
      double* const sum = block.sum.data() + s * m;
      for (std::size_t a = 0; a < m; ++a) {
        const double re = phase[a], im = phase[m + a];
        sum[a] += w * (re * q[a] + im * q[m + a]);
        phase[a] = re * step[a] - im * step[m + a];
        phase[m + a] = re * step[m + a] + im * step[a];
      }
    }
  }
}

template <class Product>
void LinearisedPhonons::integrate(int odd_axes, ConstState f, State out, const Product& product) {
  const auto count = static_cast<int>(blocks_.size());
  shared_loop(blocks_.size(), count, [&](std::size_t b) { integrate_block(blocks_[b], odd_axes, f.data(), product); });
  std::fill(out.begin(), out.end(), 0.0);
  for (const TimeBlock& block : blocks_) {
    for (std::size_t a = 0; a < out.size(); ++a) out[a] += block.sum[a];
  }
}

void LinearisedPhonons::apply(int odd_axes, ConstState h, State out) {
  for (std::size_t a = 0; a < uh_.size(); ++a) uh_[a] = u_[a] * h[a];
  const double sign = odd_axes % 2 == 0 ? 1.0 : -1.0;
  if (decays_) {
    integrate(odd_axes, uh_, out, LinearisedProduct<true>{fields_.data(), step_.size(), sign});
  } else {
    integrate(odd_axes, uh_, out, LinearisedProduct<false>{fields_.data(), step_.size(), sign});
  }
  for (std::size_t a = 0; a < uh_.size(); ++a) out[a] = loss_[a] * h[a] + u_[a] * out[a];
}

bool LinearisedPhonons::vanishes(int odd_axes, std::size_t node) const noexcept {
  const auto j = lattice_.index(node);
  const auto is_edge = [&](std::size_t x) { return x == 0 || x + 1 == lattice_.side(); };
  return std::any_of(j.begin(), j.begin() + odd_axes, is_edge);
}

double LinearisedPhonons::trial(int odd_axes, int number, std::size_t node) const {
  const Vector3 k = lattice_.momentum(node);
  double value = 1.0;
  for (int i = 0; i < lattice_.dimension(); ++i) {
    const double p = 2.0 * std::numbers::pi * k[static_cast<std::size_t>(i)];
    const double slope = 0.37 + 0.23 * i + 0.31 * number;
    const double even = 1.0 + slope * std::cos(p) + 0.2 * (number - i) * std::cos(2.0 * p);
    value *= i < odd_axes ? std::sin(p) * even : even;
  }
  return value;
}

}  // namespace nordheim::detail
