// SPDX-License-Identifier: GPL-3.0-or-later
// Heat conductivity of phonons in two and three dimensions: conjugate gradients at increasing horizons.
#include "transport/lattice_currents.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/model/resonance.hpp>

#include "transport/horizon_limit.hpp"
#include "transport/lattice_spectrum.hpp"
#include "transport/phonon_currents.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>
#include <string>

namespace nordheim::detail {

namespace {

/// g/ω.
std::vector<double> vertex_weights(const HalfLattice& lattice, const PhononWeight& weight) {
  std::vector<double> u;
  u.reserve(lattice.size());
  for (const double omega : lattice.energies()) u.push_back(weight(omega) / omega);
  return u;
}

LinearisedPhonons linearised(const HalfLattice& lattice, const TimeGrid& time, const PhononWeight& weight,
                             int threads) {
  return {lattice, time, vertex_weights(lattice, weight), threads};
}

/// Horizon M/(2.15 v_max), before waves that went around the lattice meet, and a step below π/bandwidth.
TimeGrid time_grid(const Dispersion& dispersion, int points) {
  constexpr double periods = 2.15;
  return phonon_time_grid(dispersion, points, points / (periods * dispersion.max_velocity()));
}

/// Nodes per direction: multiples of 8, each about 1.4 times the one before.
std::vector<int> sizes(int dimension, int most) {
  std::vector<int> all;
  constexpr int plane = 32, space = 16;
  for (int points = dimension == 2 && most >= plane ? plane : space; points <= most; points *= 2) {
    all.push_back(points);
    if (points / 2 * 3 <= most) all.push_back(points / 2 * 3);
  }
  return all;
}

int most_points(const Dispersion& dispersion, const PhononConductivityOptions& options) {
  constexpr int plane = 384, space = 64;  // some tens of seconds, and a fifth of a gigabyte
  return options.most_points != 0 ? options.most_points : (dispersion.dimension() == 2 ? plane : space);
}

/// Where rates end: like those of the chain, they are for orientation and take no longer than the conductivity.
constexpr int most_points_of_rates(int dimension) { return dimension == 2 ? 128 : 48; }

/// ω is the same at momenta with permuted and reflected components.
bool is_cubic(const Dispersion& dispersion) {
  constexpr int samples = 40;
  constexpr double rounding = 1e-11;
  const std::array<double, 3> ratios{0.7548776662466927, 0.5698402909980532, 0.4142135623730951};
  const int d = dispersion.dimension();
  for (int j = 1; j <= samples; ++j) {
    Vector3 k{};
    for (std::size_t i = 0; i < static_cast<std::size_t>(d); ++i) k[i] = std::remainder(j * ratios[i], 1.0);
    const double omega = dispersion(k);
    for (int i = 0; i < d; ++i) {
      Vector3 reflected = k, swapped = k;
      reflected[static_cast<std::size_t>(i)] *= -1.0;
      std::swap(swapped[static_cast<std::size_t>(i)], swapped[static_cast<std::size_t>((i + 1) % d)]);
      for (const Vector3& image : {reflected, swapped}) {
        if (std::abs(dispersion(image) - omega) > rounding * omega) return false;
      }
    }
  }
  return true;
}

void check(const Dispersion& dispersion) {
  const EnergyRange range = dispersion.range();
  constexpr double least = 1e-6;
  if (!(range.min > least * range.max)) {
    throw InvalidArgument("the collisions of phonons have factors 1/omega and need omega > 0 everywhere (found " +
                          dispersion.description() + ", which comes down to " + std::to_string(range.min) + ")");
  }
  if (range.width() <= 1e-12 * range.max) {
    throw InvalidArgument("the band " + dispersion.description() + " is flat: phonons that stand still carry no heat");
  }
  if (decay_resonance(dispersion, 3).found) {
    throw InvalidArgument(
        "the heat conductivity is computed where the number of phonons is conserved, but in the band " +
        dispersion.description() + " one phonon can decay into three");
  }
  if (!is_cubic(dispersion)) {
    throw InvalidArgument(
        "the heat conductivity is computed for bands that are the same along every axis and under "
        "reflections, where it is a number (found " +
        dispersion.description() + ")");
  }
}

}  // namespace

TimeGrid phonon_time_grid(const Dispersion& dispersion, int points, double horizon) {
  constexpr double fraction = 0.85;
  const EnergyMismatch mismatch = scattering_mismatch(dispersion);
  const double longest = fraction * 2.0 * std::numbers::pi / mismatch.largest;
  return wave_time_grid(dispersion, points, TimeWindow::flat, horizon, horizon / std::ceil(horizon / longest),
                        mismatch);
}

LatticeCurrents::LatticeCurrents(int points, const Dispersion& dispersion, const TimeGrid& time,
                                 const PhononWeight& weight, int threads)
    : operator_(linearised(HalfLattice(points, dispersion), time, weight, threads)) {
  const HalfLattice& lattice = operator_.lattice();
  const std::size_t n = lattice.size();
  for (auto* array : {&g_, &energy_, &number_, &residual_, &conditioned_, &direction_, &image_}) array->resize(n);
  for (std::size_t a = 0; a < n; ++a) {
    const double omega = lattice.energies()[a];
    const double v = lattice.velocities()[a];
    g_[a] = weight(omega);
    number_[a] = v * g_[a] * g_[a];
    energy_[a] = omega * number_[a];
    square_ += lattice.weights()[a] * std::pow(omega * v * g_[a], 2);
  }
  const ConstState loss = operator_.loss();
  if (!(*std::min_element(loss.begin(), loss.end()) > 0.0)) {
    throw Error("the loss rate of a mode is not positive with " + std::to_string(points) +
                " nodes per direction: a longer horizon needs more nodes");
  }
}

double LatticeCurrents::product(ConstState f, ConstState h) const {
  const ConstState w = operator_.lattice().weights();
  double sum = 0.0;
  for (std::size_t a = 0; a < w.size(); ++a) sum += w[a] * f[a] * h[a];
  return sum;
}

int LatticeCurrents::solve(ConstState b, double tolerance, std::vector<double>& x) {
  constexpr int most_iterations = 500;
  const std::size_t n = b.size();
  const ConstState loss = operator_.loss();
  x.assign(n, 0.0);
  std::copy(b.begin(), b.end(), residual_.begin());
  for (std::size_t a = 0; a < n; ++a) conditioned_[a] = residual_[a] / loss[a];
  direction_ = conditioned_;
  double size = product(residual_, conditioned_);
  const double enough = tolerance * size;
  for (int iteration = 1; iteration <= most_iterations; ++iteration) {
    operator_.apply(1, direction_, image_);
    const double curvature = product(direction_, image_);
    if (!(curvature > 0.0)) {
      throw Error(
          "the linearised collisions are not positive with " + std::to_string(operator_.lattice().points()) +
          " nodes per direction: the time window makes delta functions of both signs, and more nodes are needed");
    }
    const double step = size / curvature;
    for (std::size_t a = 0; a < n; ++a) {
      x[a] += step * direction_[a];
      residual_[a] -= step * image_[a];
      conditioned_[a] = residual_[a] / loss[a];
    }
    const double next = product(residual_, conditioned_);
    if (next <= enough) return iteration;
    for (std::size_t a = 0; a < n; ++a) direction_[a] = conditioned_[a] + next / size * direction_[a];
    size = next;
  }
  throw Error("conjugate gradients for the heat conductivity did not converge in " + std::to_string(most_iterations) +
              " steps");
}

LatticeCurrents::Response LatticeCurrents::response(double tolerance) {
  Response response;
  std::vector<double> x;
  response.iterations = solve(energy_, tolerance, x);
  response.energy = product(energy_, x);
  response.mixed = product(number_, x);
  (void)solve(number_, tolerance, x);
  response.number = product(number_, x);
  const ConstState loss = operator_.loss();
  for (std::size_t a = 0; a < loss.size(); ++a) x[a] = energy_[a] / loss[a];
  response.loss_only = product(energy_, x);
  response.square = square_;
  return response;
}

std::size_t lattice_currents_memory(const Dispersion& dispersion, const PhononConductivityOptions& options) {
  check(dispersion);
  const int points = sizes(dispersion.dimension(), most_points(dispersion, options)).back();
  const TimeGrid time = time_grid(dispersion, points);
  const auto nodes = static_cast<std::size_t>(std::pow(points / 2 + 1, dispersion.dimension()));
  constexpr std::size_t numbers_of_a_node = 8;
  return numbers_of_a_node * sizeof(double) * nodes +
         LinearisedPhonons::memory(dispersion.dimension(), points, time.nodes, options.threads);
}

PhononCurrents lattice_currents(const Dispersion& dispersion, double temperature, double tolerance,
                                const PhononConductivityOptions& options) {
  check(dispersion);
  require_occupations_in_range(dispersion.range(), temperature, options.statistics);
  require_occupations_in_digits(dispersion.range(), temperature, options.statistics);
  const int d = dispersion.dimension();
  const PhononWeight weight(options.statistics, temperature, dispersion.range().min);
  // Of the energy of the error, against that of the solution. z is a small difference of what is solved for.
  const double residual = std::min(1e-4 * tolerance, 1e-12);
  HorizonLimit energy, z, loss_only(d == 2 ? 1.0 : 2.0);
  LatticeSpectrum spectrum(d, weight.scale());
  PhononCurrents result;
  for (const int points : sizes(d, most_points(dispersion, options))) {
    const TimeGrid time = time_grid(dispersion, points);
    LatticeCurrents currents(points, dispersion, time, weight, options.threads);
    const auto response = currents.response(residual);
    energy.add(points, response.energy);
    z.add(points, 1.0 - response.mixed * response.mixed / (response.energy * response.number));
    loss_only.add(points, response.loss_only);
    result.current_rate = weight.scale() * response.square / response.energy;
    result.size = points;
    result.horizon = time.horizon;
    result.energy = energy.limit();
    if (options.spectral_gap && points <= most_points_of_rates(d)) {
      spectrum.add(currents.collisions(), currents.fluctuation());
    }
    if (result.energy.error + residual <= tolerance) break;
  }
  result.energy.error += residual;
  // Not negative but for rounding: the square of a cosine less than 1. The number current without its part along the
  // energy current, z of it, feels the residual in the first order.
  const BoundedValue limit = z.limit();
  result.z = std::max(limit.value, 0.0);
  result.z_error = std::abs(limit.value) * limit.error + (result.z - limit.value) +
                   2.0 * (residual + std::sqrt(residual * result.z));
  result.loss_only = loss_only.limit();
  if (options.spectral_gap) spectrum.fill(result);
  return result;
}

}  // namespace nordheim::detail
