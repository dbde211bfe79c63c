// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/collision/lattice_phonon_bath.hpp>
#include <nordheim/core/error.hpp>
#include <nordheim/model/critical_points.hpp>

#include "collision/bath_rate.hpp"
#include "collision/number_residual.hpp"
#include "collision/time_grid.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numbers>
#include <numeric>
#include <sstream>
#include <utility>
#include <vector>

namespace nordheim {

namespace {

using Complex = std::complex<double>;

void require_positive(const char* what, double value) {
  if (std::isfinite(value) && value > 0.0) return;
  std::ostringstream text;
  text << what << " = " << value << "; a positive number is needed";
  throw InvalidArgument(text.str());
}

LatticePhononBathOptions checked(const LatticePhononBathOptions& options, const Dispersion& dispersion) {
  require_positive("temperature", options.temperature);
  require_positive("omega0", options.omega0);
  require_positive("coupling", options.coupling);
  const double width = dispersion.range().width();
  std::ostringstream text;
  if (options.omega0 >= width) {
    text << "omega0 = " << options.omega0 << " is not below " << width << ", the bandwidth of "
         << dispersion.description() << ": no electron can emit or absorb a phonon";
    throw InvalidArgument(text.str());
  }
  constexpr double coldest = 250.0;
  if (width > coldest * options.temperature) {
    text << "temperature = " << options.temperature << " is too cold: e^{-omega/temperature} falls below exp(-"
         << coldest << ") inside the band of width " << width << "; at least " << width / coldest << " is needed";
    throw InvalidArgument(text.str());
  }
  return options;
}

/// Waves that have gone once around the torus come back to where they started.
detail::TimeGrid time_grid(const LatticeGrid& grid, const LatticePhononBathOptions& options) {
  constexpr double fraction_of_return = 0.8, fraction_of_period = 0.9, most_nodes = 1e7;
  detail::TimeGrid time;
  time.horizon = options.horizon.value_or(fraction_of_return * grid.points() / grid.dispersion().max_velocity());
  require_positive("horizon", time.horizon);
  // The sampled delta function repeats with the period 2π/h, beyond the largest |ω − ω'| + ω0.
  const double period = grid.dispersion().range().width() + options.omega0;
  const double nodes = std::ceil(time.horizon * period / (fraction_of_period * 2.0 * std::numbers::pi));
  if (nodes > most_nodes) {
    std::ostringstream text;
    text << "horizon = " << time.horizon << " makes " << nodes << " time nodes; at most " << most_nodes
         << " are allowed";
    throw InvalidArgument(text.str());
  }
  time.step = time.horizon / nodes;
  time.nodes = static_cast<int>(nodes);
  return time;
}

void require_size(const char* what, ConstState v, const LatticeGrid& grid) {
  if (v.size() != grid.size()) throw DimensionMismatch(what, v.size(), grid.size());
}

}  // namespace

struct LatticePhononBath::Impl {
  Impl(LatticeGrid grid_in, const LatticePhononBathOptions& options_in);
  void find_levels();
  [[nodiscard]] std::vector<double> weights_of(double horizon_used) const {
    return time.weights(options.window, horizon_used);
  }
  /// Σ_m S_lm f_m over the levels, with weights of the time nodes; result in `gain`.
  void apply_symmetric(const std::vector<double>& f, const std::vector<double>& weights);
  /// Γ at the levels.
  [[nodiscard]] std::vector<double> rates(const std::vector<double>& weights);
  /// out = C(W); returns what was taken from it.
  detail::NumberResidual::Taken apply(ConstState W, const std::vector<double>& loss, const std::vector<double>& weights,
                                      State out);
  /// @brief How much larger the error may be at the levels than horizons show. Beside van Hove energies shifted by ±ω0
  /// C grows as |Δω|^{−1/2} in d = 1 and as its logarithm in d = 2, and no horizon T tells distances below 1/T.
  [[nodiscard]] std::vector<double> unseen_growth() const;

  LatticeGrid grid;
  LatticePhononBathOptions options;
  double beta;
  detail::TimeGrid time;
  std::vector<std::uint32_t> level_of;           // of each node
  std::vector<double> energies, half_boltzmann;  // of the levels: ω, and e^{−β(ω−ω_min)/2}
  std::vector<Complex> step, phase;              // e^{−iωh}, e^{−iωt}
  std::vector<double> time_weights, field, gain, Gamma;
  detail::NumberResidual residual;
};

LatticePhononBath::Impl::Impl(LatticeGrid grid_in, const LatticePhononBathOptions& options_in)
    : grid(std::move(grid_in)),
      options(checked(options_in, grid.dispersion())),
      beta(1.0 / options.temperature),
      time(time_grid(grid, options)) {
  find_levels();
  for (const double energy : energies) {
    step.push_back(std::polar(1.0, -energy * time.step));
    half_boltzmann.push_back(std::exp(-0.5 * beta * (energy - energies.front())));
  }
  phase.resize(energies.size());
  field.resize(energies.size());
  gain.resize(energies.size());
  std::vector<double> thermal;
  thermal.reserve(level_of.size());
  for (const std::uint32_t level : level_of) thermal.push_back(half_boltzmann[level] * half_boltzmann[level]);
  residual = detail::NumberResidual(grid.weights(), thermal, 1);
  time_weights = weights_of(time.horizon);
  Gamma = rates(time_weights);
  detail::require_moderate_rate(options.coupling, options.temperature, *std::max_element(Gamma.begin(), Gamma.end()));
}

/// Nodes of equal energy are scattered alike: symmetries of the band make few levels of many nodes.
void LatticePhononBath::Impl::find_levels() {
  const ConstState omega = grid.energies();
  std::vector<std::uint32_t> order(omega.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return omega[a] < omega[b]; });
  const double same = 1e-13 * grid.dispersion().range().width();
  level_of.resize(omega.size());
  for (const std::uint32_t a : order) {
    if (energies.empty() || omega[a] - energies.back() > same) energies.push_back(omega[a]);
    level_of[a] = static_cast<std::uint32_t>(energies.size() - 1);
  }
}

void LatticePhononBath::Impl::apply_symmetric(const std::vector<double>& f, const std::vector<double>& weights) {
  const double n = 1.0 / std::expm1(beta * options.omega0);
  const double factor = 2.0 * std::numbers::pi * options.coupling * options.coupling * std::sqrt(n) *
                        std::sqrt(n + 1.0) * grid.weights().front();
  std::fill(phase.begin(), phase.end(), Complex(1.0));
  std::fill(gain.begin(), gain.end(), 0.0);
  for (int t = 0; t < time.nodes; ++t) {
    Complex at_origin = 0.0;  // F(x = 0, t)
    for (std::size_t l = 0; l < f.size(); ++l) at_origin += f[l] * phase[l];
    // δ_T(Δ−ω0) + δ_T(Δ+ω0) is the transform of 2 cos ω0t.
    at_origin *= factor * weights[static_cast<std::size_t>(t)] * 2.0 * std::cos(options.omega0 * t * time.step);
    for (std::size_t l = 0; l < f.size(); ++l) {
      gain[l] += phase[l].real() * at_origin.real() + phase[l].imag() * at_origin.imag();
      phase[l] *= step[l];
    }
  }
}

std::vector<double> LatticePhononBath::Impl::rates(const std::vector<double>& weights) {
  std::fill(field.begin(), field.end(), 0.0);
  for (const std::uint32_t level : level_of) field[level] += half_boltzmann[level];
  apply_symmetric(field, weights);
  std::vector<double> result(gain.size());
  for (std::size_t l = 0; l < result.size(); ++l) result[l] = gain[l] / half_boltzmann[l];
  return result;
}

detail::NumberResidual::Taken LatticePhononBath::Impl::apply(ConstState W, const std::vector<double>& loss,
                                                             const std::vector<double>& weights, State out) {
  std::fill(field.begin(), field.end(), 0.0);
  for (std::size_t a = 0; a < W.size(); ++a) field[level_of[a]] += W[a] / half_boltzmann[level_of[a]];
  apply_symmetric(field, weights);
  for (std::size_t a = 0; a < W.size(); ++a) {
    const std::size_t l = level_of[a];
    out[a] = half_boltzmann[l] * gain[l] - loss[l] * W[a];
  }
  return residual.subtract(out);
}

LatticePhononBath::LatticePhononBath(LatticeGrid grid, LatticePhononBathOptions options)
    : impl_(std::make_unique<Impl>(std::move(grid), options)) {}
LatticePhononBath::LatticePhononBath(LatticePhononBath&&) noexcept = default;
LatticePhononBath& LatticePhononBath::operator=(LatticePhononBath&&) noexcept = default;
LatticePhononBath::~LatticePhononBath() = default;

const LatticeGrid& LatticePhononBath::space() const noexcept { return impl_->grid; }
const LatticePhononBathOptions& LatticePhononBath::options() const noexcept { return impl_->options; }
double LatticePhononBath::horizon() const noexcept { return impl_->time.horizon; }
double LatticePhononBath::time_step() const noexcept { return impl_->time.step; }
int LatticePhononBath::time_nodes() const noexcept { return impl_->time.nodes; }

CollisionReport LatticePhononBath::apply(ConstState W, State C) {
  require_size("the state W", W, impl_->grid);
  require_size("the result C", C, impl_->grid);
  const auto taken = impl_->apply(W, impl_->Gamma, impl_->time_weights, C);
  const ConstState energies = impl_->grid.energies();
  const double weight = impl_->grid.weights().front();
  double gross_number = 0.0, energy = 0.0, gross_energy = 0.0;
  CollisionReport report;
  for (std::size_t a = 0; a < C.size(); ++a) {
    gross_number += weight * std::abs(C[a]);
    energy += energies[a] * C[a];
    gross_energy += std::abs(energies[a] * C[a]);
    report.largest_rate = std::max(report.largest_rate, std::abs(C[a]));
  }
  report.number_defect = gross_number > 0.0 ? taken.number / gross_number : 0.0;
  report.energy_defect = gross_energy > 0.0 ? energy / gross_energy : 0.0;
  report.correction = taken.largest;
  report.reference_beta = impl_->beta;
  return report;
}

void LatticePhononBath::apply_linearised(ConstState W, ConstState dW, State dC) {
  require_size("the state W", W, impl_->grid);
  require_size("the direction dW", dW, impl_->grid);
  require_size("the result dC", dC, impl_->grid);
  impl_->apply(dW, impl_->Gamma, impl_->time_weights, dC);
}

void LatticePhononBath::loss_rate(ConstState W, State nu) {
  require_size("the state W", W, impl_->grid);
  require_size("the result nu", nu, impl_->grid);
  for (std::size_t a = 0; a < nu.size(); ++a) nu[a] = impl_->Gamma[impl_->level_of[a]];
}

Invariants LatticePhononBath::invariants() const { return {{"number", std::vector<double>(impl_->grid.size(), 1.0)}}; }

void LatticePhononBath::stationary_state(ConstState W, State out) const {
  require_size("the state W", W, impl_->grid);
  require_size("the result", out, impl_->grid);
  double number = 0.0, thermal = 0.0;
  for (std::size_t a = 0; a < W.size(); ++a) {
    const double half = impl_->half_boltzmann[impl_->level_of[a]];
    out[a] = half * half;
    number += W[a];
    thermal += out[a];
  }
  for (double& value : out) value *= number / thermal;
}

namespace {

/// Where C may diverge; of a band of which the critical points are unknown the edges alone.
std::vector<double> singular_energies(const Dispersion& dispersion) {
  try {
    return van_hove_energies(dispersion);
  } catch (const InvalidArgument&) {
    return {dispersion.range().min, dispersion.range().max};
  }
}

}  // namespace

std::vector<double> LatticePhononBath::Impl::unseen_growth() const {
  std::vector<double> growth(energies.size(), 1.0);
  if (grid.dimension() == 3) return growth;
  const std::vector<double> singular = singular_energies(grid.dispersion());
  const double rounding = 1e-13 * grid.dispersion().range().width();
  for (std::size_t l = 0; l < energies.size(); ++l) {
    double nearest = std::numeric_limits<double>::infinity();
    for (const double energy : singular) {
      for (const double shift : {-options.omega0, options.omega0}) {
        nearest = std::min(nearest, std::abs(energies[l] + shift - energy));
      }
    }
    const double seen = std::min(1.0, std::max(nearest, rounding) * time.horizon);
    growth[l] = grid.dimension() == 1 ? 1.0 / std::sqrt(seen) : 1.0 - std::log(seen);
  }
  return growth;
}

ErrorEstimate LatticePhononBath::error_estimate(ConstState W) {
  require_size("the state W", W, impl_->grid);
  // From experience: with 7 the estimate held in 13 000 cases, d = 1 to 3, but for peaks of W between two nodes.
  constexpr double safety = 7.0, rounding = 1e-13;
  const std::vector<double> growth = impl_->unseen_growth();
  std::vector<double> C(W.size()), coarse(W.size());
  impl_->apply(W, impl_->Gamma, impl_->time_weights, C);
  double difference = 0.0;
  // C need not be monotonic in T, so that two horizons may agree by chance; five hardly do.
  for (const double ratio : {std::numbers::sqrt2, 2.0, 2.0 * std::numbers::sqrt2, 4.0}) {
    const std::vector<double> shorter = impl_->weights_of(impl_->time.horizon / ratio);
    impl_->apply(W, impl_->rates(shorter), shorter, coarse);
    // An error that falls as T^{−1/2} is the change from T/r divided by √r − 1.
    const double to_error = safety / (std::sqrt(ratio) - 1.0);
    for (std::size_t a = 0; a < C.size(); ++a) {
      difference = std::max(difference, to_error * growth[impl_->level_of[a]] * std::abs(C[a] - coarse[a]));
    }
  }
  double largest = 0.0, gross = 0.0;
  for (std::size_t a = 0; a < C.size(); ++a) {
    largest = std::max(largest, std::abs(C[a]));
    gross = std::max(gross, std::abs(impl_->Gamma[impl_->level_of[a]] * W[a]));
  }
  return {.absolute = difference, .relative = largest > rounding * gross ? difference / largest : 0.0};
}

LatticeBathTransport lattice_bath_transport(const LatticeGrid& grid, const LatticePhononBathOptions& options) {
  const double width = grid.dispersion().range().width();
  if (2.0 * options.omega0 > width) {
    std::ostringstream text;
    text << "omega0 = " << options.omega0 << " is above half of the bandwidth " << width
         << ": electrons in the middle of the band are never scattered, and diffusion is infinite";
    throw InvalidArgument(text.str());
  }
  const auto diffusion = [&](double horizon, TimeWindow window, double& slowest) {
    LatticePhononBathOptions with = options;
    with.horizon = horizon;
    with.window = window;
    LatticePhononBath bath(grid, with);
    std::vector<double> thermal(grid.size(), 1.0), Gamma(grid.size());
    bath.stationary_state(std::vector<double>(grid.size(), 1.0), thermal);
    bath.loss_rate(thermal, Gamma);
    const auto d = static_cast<std::size_t>(grid.dimension());
    double sum = 0.0, norm = 0.0;
    for (std::size_t a = 0; a < grid.size(); ++a) {
      double v2 = 0.0;
      for (std::size_t j = 0; j < d; ++j) v2 += grid.velocities()[a * d + j] * grid.velocities()[a * d + j];
      sum += thermal[a] * v2 / Gamma[a];
      norm += thermal[a];
    }
    slowest = *std::min_element(Gamma.begin(), Gamma.end());
    return sum / (norm * static_cast<double>(d));
  };
  const double horizon = LatticePhononBath(grid, options).horizon();
  LatticeBathTransport result;
  result.diffusion = diffusion(horizon, options.window, result.slowest_rate);
  const auto compare = [&](double other_horizon, TimeWindow window, double safety) {
    double slowest = 0.0;
    const double change = std::abs(1.0 - diffusion(other_horizon, window, slowest) / result.diffusion);
    result.diffusion_error = std::max(result.diffusion_error, safety * change);
  };
  // An error that falls as slowly as T^{−1/2} is the change from T/r divided by √r − 1. D need not be monotonic in T,
  // so that values may agree by chance: of several horizons and windows that is unlikely. The factors are from
  // experience, against exact values in d = 1 to 3.
  constexpr double of_horizons = 2.5, of_windows = 5.0;
  for (const double ratio : {std::numbers::sqrt2, 2.0, 2.0 * std::numbers::sqrt2, 4.0}) {
    compare(horizon / ratio, options.window, of_horizons / (std::sqrt(ratio) - 1.0));
  }
  for (const TimeWindow window : {TimeWindow::flat, TimeWindow::bohman, TimeWindow::parzen}) {
    compare(horizon, window, of_windows);
  }
  result.mobility = result.diffusion / options.temperature;
  if (!(result.slowest_rate > 0.0)) {
    throw InvalidArgument(
        "the time window is too coarse for this band: a scattering rate is not positive; more points per direction, or "
        "window = \"bohman\", are needed");
  }
  return result;
}

}  // namespace nordheim
