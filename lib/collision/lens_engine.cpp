// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/lens_engine.hpp"

#include "momentum/oscillator_functions.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nordheim::detail {

namespace {

/// Radii on which the product of three input functions and one of the output is integrated exactly; a multiple of four,
/// the length of vector registers.
std::size_t product_radii(const SphericalBasis& input, const SphericalBasis& output) {
  const int exact = (3 * input.degree + output.degree) / 4 + 1;
  return 4 * static_cast<std::size_t>((exact + 3) / 4);
}

/// Points of Gauss's rule in cos σ. With a potential the integrand is no polynomial; K more points reach the accuracy
/// of the rest.
int angle_count(const SphericalBasis& input, const SphericalBasis& output, bool potential) {
  return potential ? 2 * input.degree + 16 : (input.degree + output.degree) / 2 + 1;
}

/// The points y of such products.
SphericalPoints product_points(const SphericalBasis& input, const SphericalBasis& output) {
  const QuadratureRule radial = radial_gauss(static_cast<int>(product_radii(input, output)), 2.0);
  const QuadratureRule polar = gauss_legendre((3 * input.lmax + output.lmax) / 2 + 1, -1.0, 1.0);
  const int azimuths = 3 * input.mmax + output.mmax + 1;
  return {radial.nodes, radial.weights, polar.nodes, polar.weights, azimuths == 1 ? 1 : 4 * ((azimuths + 3) / 4)};
}

/// As many radii as leave the rings of a field in the cache of a core.
std::size_t radii_at_a_time(const SphericalTransform& in, const SphericalTransform& out) {
  constexpr std::size_t cache = 1U << 19U, register_radii = 4;  // bytes; radii that fill vector registers
  const SphericalTransform::Block one{0, 1};
  const std::size_t bytes = sizeof(double) * in.polar() * std::max(in.ring_size(2, one), out.ring_size(2, one));
  const std::size_t fitting = std::max(cache / bytes / register_radii * register_radii, register_radii);
  return std::min(fitting, in.all().radii);
}

}  // namespace

LensEngine::LensEngine(const SphericalBasis& input, const SphericalBasis& output, double scale,
                       const std::function<double(double)>& potential, int threads)
    : in_(input, product_points(input, output)),
      out_(output, product_points(input, output)),
      block_radii_(radii_at_a_time(in_, out_)) {
  const QuadratureRule rule = gauss_legendre(angle_count(input, output, static_cast<bool>(potential)), -1.0, 1.0);
  const double factor = 4.0 * std::numbers::pi * std::numbers::pi * std::pow(scale, 4);
  for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
    const bool middle = 2 * i + 1 == rule.nodes.size();
    if (2 * i + 1 < rule.nodes.size()) continue;  // cos σ < 0
    sigma_.push_back(middle ? 0.5 * std::numbers::pi : std::acos(rule.nodes[i]));
    weights_.push_back((middle ? 1.0 : 2.0) * factor * rule.weights[i]);
    auto& cosine = cosine_.emplace_back();
    auto& sine = sine_.emplace_back();
    for (int N = 0; N <= std::max(input.degree, output.degree); ++N) {
      cosine.push_back(std::cos(N * sigma_.back()));
      sine.push_back(std::sin(N * sigma_.back()));
    }
  }
  if (potential) filter_.emplace(input, product_points(input, output), scale, sigma_, potential);
  // Threads that are asked for explicitly are used; by default as many as have enough to do to be worth waking up.
  constexpr std::size_t least_work = 32768;  // points times angles: about 0.5 ms
  const std::size_t work = in_.polar() * in_.ring_values(1, in_.all()) * sigma_.size();
  const std::size_t worthwhile = threads > 0 ? sigma_.size() : std::max<std::size_t>(1, work / least_work);
  workers_.resize(std::min({static_cast<std::size_t>(thread_count(threads)), worthwhile, sigma_.size()}));
  for (Worker& worker : workers_) {
    worker.in = in_.make_scratch(parts, block_radii_);
    worker.out = out_.make_scratch(parts, block_radii_);
    if (filter_) worker.density = filter_->transform().make_scratch(parts, block_radii_);
  }
}

std::size_t LensEngine::memory(const SphericalBasis& input, const SphericalBasis& output, bool potential, int threads,
                               std::size_t fields) {
  const auto square = [](std::size_t n) { return n * n; };
  const std::size_t radii = product_radii(input, output);
  const std::size_t polar = static_cast<std::size_t>((3 * input.lmax + output.lmax) / 2) + 1;
  const auto field = [&](const SphericalBasis& basis) {
    return 2 * (basis.size() + radii * polar * basis.orders(basis.mmax));
  };
  const SphericalBasis density = potential ? density_basis(input) : SphericalBasis{};
  const std::size_t angles = static_cast<std::size_t>(angle_count(input, output, potential) + 1) / 2;
  std::size_t doubles = fields * field(input) + 2 * field(output);
  std::size_t tables = 0;
  if (potential) {
    doubles += fields / 2 * field(density);
    for (int l = 0; l <= density.lmax; ++l) tables += angles * square(density.radial(l));
  }
  const auto workers = std::min(static_cast<std::size_t>(thread_count(threads)), angles);
  return sizeof(double) * (workers * doubles + tables);
}

void LensEngine::reserve(std::size_t inputs, std::size_t outputs, std::size_t densities) {
  const auto coefficients = [](const SphericalTransform& of) {
    return AlignedArray<double>(parts * of.basis().size());
  };
  const auto degrees = [](const SphericalTransform& of) { return AlignedArray<double>(of.degrees_size(parts)); };
  const auto values = [&] { return AlignedArray<Complex>(in_.ring_values(1, block(0))); };
  for (Worker& worker : workers_) {
    while (worker.inputs.size() < inputs) {
      const std::size_t kept = filter_ ? blocks() : 1;
      worker.inputs.push_back(
          {coefficients(in_), AlignedArray<double>(kept * in_.polar() * ring_distance()), {}, values()});
    }
    while (worker.outputs.size() < outputs) worker.outputs.push_back({coefficients(out_), {}, degrees(out_), {}});
    while (worker.densities.size() < densities) {
      const SphericalTransform& between = filter_->transform();
      worker.densities.push_back({coefficients(between),
                                  AlignedArray<double>(between.polar() * between.ring_size(parts, block(0))),
                                  degrees(between), values()});
    }
    while (worker.sums.size() < outputs) worker.sums.emplace_back(out_.basis().size());
  }
}

void LensEngine::evolve(std::size_t s, const double* f, Field& field) const {
  const SphericalBasis& basis = in_.basis();
  double* c = field.coefficients.data();
  for (int l = 0; l <= basis.lmax; ++l) {
    const std::size_t radial = basis.radial(l), orders = basis.orders(l);
    const double *const cosine = cosine_[s].data() + l, *const sine = sine_[s].data() + l;
    for (std::size_t m = 0; m < orders; ++m, f += radial, c += 2 * radial) {
      for (std::size_t n = 0; n < radial; ++n) {
        c[n] = f[n] * cosine[2 * n];
        c[radial + n] = -f[n] * sine[2 * n];
      }
    }
  }
}

void LensEngine::project(std::size_t s, Field& field, std::vector<double>& sum) const {
  out_.degrees_to_coefficients(parts, field.degrees.data(), field.coefficients.data());
  const SphericalBasis& basis = out_.basis();
  const double* c = field.coefficients.data();
  double* g = sum.data();
  for (int l = 0; l <= basis.lmax; ++l) {
    const std::size_t radial = basis.radial(l), orders = basis.orders(l);
    const double *const cosine = cosine_[s].data() + l, *const sine = sine_[s].data() + l;
    for (std::size_t m = 0; m < orders; ++m, g += radial, c += 2 * radial) {
      for (std::size_t n = 0; n < radial; ++n) {
        g[n] += weights_[s] * (c[n] * cosine[2 * n] - c[radial + n] * sine[2 * n]);
      }
    }
  }
}

}  // namespace nordheim::detail
