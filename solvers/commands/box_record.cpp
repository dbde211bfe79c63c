// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/box_record.hpp"

#include <nordheim/momentum/spherical_series.hpp>
#include <nordheim/observables/observables.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <string>
#include <utility>

namespace nordheim::program {

namespace {

/// Points of an image along the momentum, in the continuum.
constexpr int image_side = 81;

/// The component of momenta along the first axis of the box.
std::size_t first_axis(const BoxGas& gas) { return static_cast<std::size_t>(gas.equation.streaming().axes().front()); }

/// Nodes of a lattice by the component of k along an axis, in its order.
std::vector<double> lattice_axis(const LatticeGrid& grid, std::size_t axis) {
  std::vector<double> k;
  for (std::size_t a = 0; a < grid.size(); ++a) k.push_back(grid.momentum(a)[axis]);
  std::sort(k.begin(), k.end());
  k.erase(std::unique(k.begin(), k.end()), k.end());
  return k;
}

/// Equidistant momenta that cover where the state is not almost empty.
std::vector<double> cut_axis(const Gas& gas, std::size_t axis) {
  constexpr double almost_empty = 1e-3;
  const double largest = *std::max_element(gas.W.begin(), gas.W.end());
  double low = HUGE_VAL, high = -HUGE_VAL;
  for (std::size_t a = 0; a < gas.W.size(); ++a) {
    if (gas.W[a] < almost_empty * largest) continue;
    const Vector3 k = gas.nodes.momentum(a);
    const double reach = gas.sphere() ? std::abs(k[axis] - gas.sphere()->centre()[axis]) : std::hypot(k[0], k[1], k[2]);
    const double centre = gas.sphere() ? gas.sphere()->centre()[axis] : 0.0;
    low = std::min(low, centre - reach);
    high = std::max(high, centre + reach);
  }
  std::vector<double> k;
  k.reserve(image_side);
  for (int i = 0; i < image_side; ++i) k.push_back(low + (high - low) * i / (image_side - 1));
  return k;
}

std::string axis_name(std::size_t axis) { return std::string(1, static_cast<char>('x' + static_cast<int>(axis))); }

/// Means over the positions with the same coordinate along the first axis.
std::vector<double> mean_over_other_axes(const PeriodicBox& box, const Slabs& slabs, ConstState W,
                                         std::size_t momenta) {
  const auto first = static_cast<std::size_t>(box.points().front());
  const std::size_t others = box.size() / first;
  std::vector<double> mean(first * momenta, 0.0);
  for (std::size_t i = 0; i < W.size(); ++i) {
    const std::size_t r = slabs.first() + i / momenta, a = i % momenta;
    mean[r / others * momenta + a] += W[i] / static_cast<double>(others);
  }
  slabs.ranks().sum(mean);
  return mean;
}

/// Mean and variance of a density over [0, L) along an axis of the box.
struct CentreAndVariance {
  double mean = 0.0, variance = 0.0;
};

CentreAndVariance centre_and_variance(const PeriodicBox& box, ConstState density, std::size_t axis) {
  double number = 0.0, first = 0.0;
  for (std::size_t r = 0; r < density.size(); ++r) {
    number += density[r];
    first += density[r] * box.position(r)[axis];
  }
  CentreAndVariance spread{first / number, 0.0};
  for (std::size_t r = 0; r < density.size(); ++r) {
    const double x = box.position(r)[axis] - spread.mean;
    spread.variance += x * x * density[r] / number;
  }
  return spread;
}

}  // namespace

double flight_rate(const PeriodicBox& box, ConstState velocity, const std::vector<int>& axes) {
  double rate = 0.0;
  for (std::size_t j = 0; j < axes.size(); ++j) {
    rate +=
        std::numbers::pi * box.points()[j] / box.lengths()[j] * std::abs(velocity[static_cast<std::size_t>(axes[j])]);
  }
  return rate;
}

BoxObserver::BoxObserver(BoxGas& gas) : gas_(gas), rate_(gas.W.size()), local_(gas.mean.nodes.size()) {
  const std::size_t axis = first_axis(gas);
  const auto* lattice = std::get_if<LatticeGrid>(&gas.mean.space);
  image_momenta_ = lattice != nullptr ? lattice_axis(*lattice, axis) : cut_axis(gas.mean, axis);

  // Flight over the shortest wavelength that the positions resolve, and losses.
  const Nodes& nodes = gas.mean.nodes;
  largest_rates_.resize(nodes.size());
  gas.equation.collisions().loss_rate(gas.mean.equilibrium_W, largest_rates_);
  const ConstState factors = gas.equation.collision_rates();
  const double factor = gas.ranks().largest(*std::max_element(factors.begin(), factors.end()));
  const std::vector<int>& axes = gas.equation.streaming().axes();
  const auto d = static_cast<std::size_t>(nodes.dimension());
  for (std::size_t a = 0; a < nodes.size(); ++a) {
    largest_rates_[a] *= factor;
    largest_rates_[a] += flight_rate(gas.box(), nodes.velocities().subspan(a * d, d), axes);
  }
}

TimeSeries BoxObserver::series() const {
  const GasUnits& units = gas_.mean.units;
  const bool continuum = gas_.mean.input.momentum.space == "continuum";
  const std::string length = continuum ? "length" : "sites";
  const std::string volume = length + (gas_.box().dimension() > 1 ? "^" + std::to_string(gas_.box().dimension()) : "");
  const std::size_t n = gas_.box().size();
  const auto axes = static_cast<std::size_t>(gas_.box().dimension());
  TimeSeries series("time", "1 / energy", "time");
  series.add({"density", units.number, "number density rho(r)", {n}, {"position"}});
  series.add({"energy_density", units.energy, "energy density e(r)", {n}, {"position"}});
  series.add(
      {"current", units.current, "particle current along the axes of the box", {n, axes}, {"position", "box_axis"}});
  series.add({"energy_current",
              "energy " + units.current,
              "energy current along the axes of the box",
              {n, axes},
              {"position", "box_axis"}});
  if (continuum && !gas_.mean.bath_beta) {
    series.add({"momentum_density", units.current, "density of momentum", {n, 3}, {"position", "axis"}});
  }
  if (!gas_.mean.bath_beta) {
    series.add({"temperature", "energy", "temperature of the local equilibrium", {n}, {"position"}});
  }
  series.add({"number", units.number + " " + volume, "number of particles in the box"});
  series.add({"energy", units.energy + " " + volume, "energy in the box, that in a potential included"});
  series.add({"momentum", units.current + " " + volume, "momentum in the box", {3}, {}});
  series.add({"mean", length, "centre of the number density in [0, L)", {axes}, {"box_axis"}});
  series.add({"variance", length + "^2", "variance of the number density in [0, L)", {axes}, {"box_axis"}});
  series.add({"entropy", units.entropy + " " + volume, "entropy in the box"});
  series.add({"distance_to_local_equilibrium", "1", "max over r and k of |W - W_local|"});
  series.add({"distance_to_equilibrium", "1", "max over r and k of |W - W_eq|, the global equilibrium"});
  series.add({"min_W", "1", "smallest occupation"});
  series.add({"max_W", "1", "largest occupation"});
  series.add({"number_law_defect", "1", "max over r of |d rho/dt + div J|, relative"});
  series.add({"energy_law_defect", "1", "max over r of |d e/dt + div J_e - F J|, relative"});
  series.add({"unresolved", "1", "share of W in the last third of the Fourier modes in space"});
  return series;
}

double BoxObserver::distance(ConstState W) const {
  const std::vector<double>& target = gas_.equilibrium;
  if (target.empty()) return std::numeric_limits<double>::quiet_NaN();
  const std::vector<std::size_t>& frozen = gas_.mean.frozen;
  double largest = 0.0;
  for (std::size_t i = 0; i < W.size(); ++i) {
    const std::size_t a = i % gas_.mean.nodes.size();
    if (!frozen.empty() && std::find(frozen.begin(), frozen.end(), a) != frozen.end()) continue;
    largest = std::max(largest, std::abs(W[i] - target[i]));
  }
  return gas_.ranks().largest(largest);
}

BoxObserver::Profiles BoxObserver::profiles(double time, ConstState W) {
  InhomogeneousEquation<AnyCollisions>& equation = gas_.equation;
  const std::vector<double> memory = equation.local_memory();
  if (gas_.bounded()) {
    equation.collision_rate(time, W, rate_);
  } else {
    equation.right_hand_side(time, W, rate_);
  }
  const std::vector<double> references = equation.local_memory();
  equation.restore_local(memory);

  Profiles p;
  gas_.ranks().together([&] { p = local_profiles(W, references); });
  for (auto* values :
       {&p.density, &p.energy, &p.temperature, &p.current, &p.energy_current, &p.momentum, &p.density_rate,
        &p.energy_rate, &p.density_gross, &p.energy_gross, &p.entropy, &p.potential_energy}) {
    *values = gas_.slabs().gather_for_all(*values);
  }
  p.from_local = gas_.ranks().largest(p.from_local);
  return p;
}

BoxObserver::Profiles BoxObserver::local_profiles(ConstState W, ConstState references) {
  InhomogeneousEquation<AnyCollisions>& equation = gas_.equation;
  const std::size_t n = gas_.slabs().count(), axes = equation.streaming().axes().size();
  constexpr std::size_t each = std::tuple_size_v<decltype(AnyReference::numbers)>;
  Profiles p;
  for (auto* values : {&p.density, &p.energy, &p.density_rate, &p.energy_rate, &p.density_gross, &p.energy_gross,
                       &p.temperature, &p.entropy, &p.potential_energy}) {
    values->assign(n, 0.0);
  }
  p.current.assign(n * axes, 0.0);
  p.energy_current.assign(n * axes, 0.0);
  p.momentum.assign(3 * n, 0.0);
  for (std::size_t r = 0; r < n; ++r) {
    AnyReference reference;
    std::copy_n(references.begin() + static_cast<std::ptrdiff_t>(r * each), each, reference.numbers.begin());
    p.temperature[r] = 1.0 / reference.numbers[0];
    const ConstState here = W.subspan(r * gas_.mean.nodes.size(), gas_.mean.nodes.size());
    equation.collisions().equilibrium_of(here, reference, local_);
    for (const std::size_t a : gas_.mean.frozen) local_[a] = here[a];
    p.from_local = std::max(p.from_local, max_difference(here, local_));
    add_moments(r, here, p);
  }
  return p;
}

void BoxObserver::add_moments(std::size_t r, ConstState here, Profiles& p) {
  const InhomogeneousEquation<AnyCollisions>& equation = gas_.equation;
  const Nodes& nodes = gas_.mean.nodes;
  const std::vector<int>& box_axes = equation.streaming().axes();
  const std::size_t momenta = nodes.size(), axes = box_axes.size();
  const auto d = static_cast<std::size_t>(nodes.dimension());
  const Statistics statistics = gas_.mean.input.collision.statistics;
  for (std::size_t a = 0; a < momenta; ++a) {
    const double w = nodes.weights()[a], omega = nodes.energies()[a];
    p.density[r] += w * here[a];
    p.energy[r] += w * omega * here[a];
    p.density_rate[r] += w * rate_[r * momenta + a];
    p.energy_rate[r] += w * omega * rate_[r * momenta + a];
    const double gross = w * largest_rates_[a] * std::abs(here[a]);
    p.density_gross[r] += gross;
    p.energy_gross[r] += gross * std::abs(omega);
    for (std::size_t j = 0; j < axes; ++j) {
      const double flux = w * nodes.velocities()[a * d + static_cast<std::size_t>(box_axes[j])] * here[a];
      p.current[r * axes + j] += flux;
      p.energy_current[r * axes + j] += omega * flux;
    }
    for (std::size_t j = 0; j < d; ++j) p.momentum[3 * r + j] += w * nodes.velocities()[a * d + j] * here[a];
    const bool in_range = here[a] >= 0.0 && (statistics != Statistics::fermion || here[a] <= 1.0);
    local_[a] = in_range ? here[a] : 0.0;  // what has left its range by a rounding has no entropy
  }
  const double potential = gas_.potential.empty() ? 0.0 : gas_.potential[gas_.slabs().first() + r];
  p.potential_energy[r] = potential * p.density[r];
  p.entropy[r] = entropy(statistics, local_, nodes.weights()) -
                 gas_.mean.bath_beta.value_or(0.0) * (p.energy[r] + p.potential_energy[r]);
  // What the force gives: de/dt + div J_e = F J.
  const ConstState force = gas_.equation.force();
  for (std::size_t j = 0; j < d && !force.empty(); ++j) p.energy_rate[r] -= force[r * d + j] * p.momentum[3 * r + j];
}

double BoxObserver::law_defect(ConstState J, const std::vector<double>& change,
                               const std::vector<double>& gross) const {
  std::vector<double> divergence(change.size(), 0.0);
  if (!gas_.bounded()) gas_.equation.streaming().divergence(J, divergence);
  double largest = 0.0;
  for (std::size_t r = 0; r < change.size(); ++r) largest = std::max(largest, std::abs(change[r] + divergence[r]));
  const double scale = *std::max_element(gross.begin(), gross.end());
  return scale > 0.0 ? largest / scale : 0.0;
}

void BoxObserver::append(TimeSeries& series, double time, ConstState W) {
  const PeriodicBox& box = gas_.box();
  const Profiles p = profiles(time, W);
  const double cell = box.volume() / static_cast<double>(box.size());
  const auto total = [&](const std::vector<double>& values) {
    return cell * std::accumulate(values.begin(), values.end(), 0.0);
  };
  Vector3 total_momentum{};
  for (std::size_t i = 0; i < p.momentum.size(); ++i) total_momentum[i % 3] += cell * p.momentum[i];
  std::vector<double> mean, variance;
  for (std::size_t j = 0; j < static_cast<std::size_t>(box.dimension()); ++j) {
    const CentreAndVariance spread = centre_and_variance(box, p.density, j);
    mean.push_back(spread.mean);
    variance.push_back(spread.variance);
  }
  const auto [least, most] = std::minmax_element(W.begin(), W.end());

  series.append("time", time);
  series.append("density", p.density);
  series.append("energy_density", p.energy);
  series.append("current", p.current);
  series.append("energy_current", p.energy_current);
  if (series.has("momentum_density")) series.append("momentum_density", p.momentum);
  if (series.has("temperature")) series.append("temperature", p.temperature);
  series.append("number", total(p.density));
  series.append("energy", total(p.energy) + total(p.potential_energy));
  series.append("momentum", total_momentum);
  series.append("mean", mean);
  series.append("variance", variance);
  series.append("entropy", total(p.entropy));
  series.append("distance_to_local_equilibrium", p.from_local);
  series.append("distance_to_equilibrium", distance(W));
  series.append("min_W", gas_.ranks().smallest(*least));
  series.append("max_W", gas_.ranks().largest(*most));
  series.append("number_law_defect",
                gas_.mean.conserves_number ? law_defect(p.current, p.density_rate, p.density_gross) : 0.0);
  series.append("energy_law_defect",
                gas_.mean.bath_beta ? 0.0 : law_defect(p.energy_current, p.energy_rate, p.energy_gross));
  series.append("unresolved", gas_.equation.streaming().unresolved(W));
}

TimeSeries BoxObserver::images() const {
  TimeSeries images("snapshot_time", "1 / energy", "time of the image");
  const auto positions = static_cast<std::size_t>(gas_.box().points().front());
  const bool marginal = std::holds_alternative<LatticeGrid>(gas_.mean.space);
  const std::string axis = axis_name(first_axis(gas_));
  images.add({"image",
              "1",
              "W(x, k_" + axis + "), mean over other positions, " +
                  (marginal ? "mean over the other components of k" : "at the centre of the other components of k"),
              {positions, image_momenta_.size()},
              {"image_position", "image_momentum"}});
  return images;
}

void BoxObserver::append_image(TimeSeries& images, double time, ConstState W) const {
  const Gas& gas = gas_.mean;
  const std::size_t momenta = gas.nodes.size(), axis = first_axis(gas_), columns = image_momenta_.size();
  const std::vector<double> mean = mean_over_other_axes(gas_.box(), gas_.slabs(), W, momenta);
  const std::size_t positions = mean.size() / momenta;
  std::vector<double> image(positions * columns, 0.0);
  for (std::size_t r = 0; r < positions; ++r) {
    const ConstState here = ConstState(mean).subspan(r * momenta, momenta);
    const State row = State(image).subspan(r * columns, columns);
    if (std::holds_alternative<LatticeGrid>(gas.space)) {
      const double share = static_cast<double>(columns) / static_cast<double>(momenta);
      for (std::size_t a = 0; a < momenta; ++a) {
        const double k = gas.nodes.momentum(a)[axis];
        const auto column = std::lower_bound(image_momenta_.begin(), image_momenta_.end(), k) - image_momenta_.begin();
        row[static_cast<std::size_t>(column)] += share * here[a];
      }
      continue;
    }
    Vector3 k = gas.sphere() ? gas.sphere()->centre() : Vector3{};
    const auto fill = [&](const auto& at) {
      for (std::size_t i = 0; i < columns; ++i) {
        k[axis] = image_momenta_[i];
        row[i] = at(k);
      }
    };
    if (gas.sphere()) {
      fill(SphericalSeries(*gas.sphere(), here));
    } else {
      const RadialGrid& grid = std::get<RadialGrid>(gas.space);
      fill([&](const Vector3& at) { return grid.interpolate(here, at); });
    }
  }
  images.append("snapshot_time", time);
  images.append("image", image);
}

}  // namespace nordheim::program
