// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/transport/bath_transport.hpp>

#include "collision/phonon_bath_impl.hpp"
#include "momentum/gauss_rule.hpp"
#include "transport/lowest_eigenvalue.hpp"

#include <Eigen/SparseCholesky>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <utility>
#include <vector>

namespace nordheim {

namespace {

using Vector = Eigen::VectorXd;

/// Of D, from the solution of the linear system and the sums.
constexpr double rounding = 2e-14;
/// Of eigenvalues of ladders.
constexpr double eigenvalue_rounding = 1e-10;
constexpr int first_order = 8, order_step = 4;

void check(const BathTransportOptions& options) {
  std::ostringstream text;
  if (!(options.tolerance >= 1e-12 && options.tolerance < 1.0)) {
    text << "tolerance = " << options.tolerance << ", allowed are 1e-12 to 1";
    throw InvalidArgument(text.str());
  }
  if (options.most_order < first_order + order_step || options.most_order > RadialGrid::most_order) {
    text << "most_order = " << options.most_order << ", allowed are " << first_order + order_step << " to "
         << RadialGrid::most_order;
    throw InvalidArgument(text.str());
  }
}

/// The bath with a number of nodes an element, which reaches the farther out the more there are.
PhononBath bath_of_order(const AcousticPhonons& phonons, double temperature, int order) {
  constexpr double outwards = 0.1;  // thermal momenta for each node more
  PhononBathGridOptions options;
  options.order = order;
  options.lmax = 1;
  options.largest_momentum =
      2.0 * phonons.sound_speed + std::sqrt(temperature) * (9.0 + outwards * (order - first_order));
  return {phonon_bath_grid(phonons, temperature, options), temperature, phonons};
}

/// √(mM) at the radii, the null vector of S_0.
Vector thermal_vector(const PhononBath& bath) {
  const ConstState radii = bath.space().radii(), weights = bath.space().radial_weights();
  Vector v(static_cast<Eigen::Index>(radii.size()));
  for (std::size_t i = 0; i < radii.size(); ++i) {
    v[static_cast<Eigen::Index>(i)] =
        std::sqrt(weights[i]) * radii[i] * std::exp(-0.25 * radii[i] * radii[i] / bath.temperature());
  }
  return v;
}

/// Smallest value of a function that is smooth between points, increasing: at one of the ends, or by golden sections.
template <class Function>
double least_value(const std::vector<double>& points, Function f) {
  constexpr int sections = 24;
  std::vector<double> values(points.size());
  std::transform(points.begin(), points.end(), values.begin(), f);
  const auto best = static_cast<std::size_t>(std::min_element(values.begin(), values.end()) - values.begin());
  double least = values[best];
  if (best == 0 || best + 1 == points.size()) return least;
  double lower = points[best - 1], upper = points[best + 1];
  constexpr double golden = 0.618033988749894848;
  for (int i = 0; i < sections; ++i) {
    const double left = upper - golden * (upper - lower), right = lower + golden * (upper - lower);
    const double at_left = f(left), at_right = f(right);
    least = std::min({least, at_left, at_right});
    (at_left < at_right ? upper : lower) = at_left < at_right ? right : left;
  }
  return least;
}

/// Smallest value of a rate of all ladders ε/ω0 = s².
double least_of_ladders(const OpticalPhonons& phonons, double temperature, double LadderTransport::*rate) {
  constexpr int intervals = 8;
  std::vector<double> points;
  for (int i = 0; i <= intervals; ++i) points.push_back(i / static_cast<double>(intervals));
  return least_value(points,
                     [&](double s) { return ladder_transport(phonons, temperature, phonons.omega0 * s * s).*rate; });
}

/// Where the rates of electrons among sound waves begin to be continuous: the smallest scattering rate.
double edge_of(const PhononBath& bath) {
  const ConstState radii = bath.space().radii();
  std::vector<double> points{0.0};
  points.insert(points.end(), radii.begin(), radii.end());
  return least_value(points, [&](double k) { return scattering_rate(bath.phonons(), 1.0 / bath.temperature(), k); });
}

/// D of one resolution, and what it takes.
struct Resolved {
  double diffusion = 0.0;
  std::size_t functions = 0;
};

/// Thermal mean of D(ε) over the ladders.
Resolved mean_over_ladders(const OpticalPhonons& phonons, double temperature, int order) {
  constexpr int panels = 9;
  constexpr double shrinking = 0.25;
  double weight = 0.0, sum = 0.0, upper = 1.0;
  for (int panel = 0; panel < panels; ++panel) {
    const double lower = panel + 1 == panels ? 0.0 : shrinking * upper;
    const detail::QuadratureRule rule = detail::gauss_legendre(order, lower, upper);
    for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
      const double s = rule.nodes[i];
      const LadderTransport ladder =
          ladder_transport(phonons, temperature, phonons.omega0 * s * s, LadderRates::left_out);
      weight += rule.weights[i] * s * ladder.weight;
      sum += rule.weights[i] * s * ladder.weight * ladder.diffusion;
    }
    upper = lower;
  }
  return {sum / weight, static_cast<std::size_t>(panels * order)};
}

BathCoefficient compared(double value, double coarser) {
  return {value, std::abs(value - coarser) / std::abs(value) + rounding};
}

/// The error of a minimum over ladders is that of eigenvalues; where the rungs end does not matter to it.
void add_rates(const OpticalPhonons& phonons, double temperature, BathTransport& result) {
  if (phonons.kind == OpticalCoupling::froehlich) return;  // rates fall to zero at high energies: there is no gap
  result.gap = {least_of_ladders(phonons, temperature, &LadderTransport::gap), eigenvalue_rounding};
  result.current_decay = {least_of_ladders(phonons, temperature, &LadderTransport::current_decay), eigenvalue_rounding};
  // Γ grows between 0 and ω0 and jumps down nowhere.
  result.continuum_edge = scattering_rate(phonons, 1.0 / temperature, 0.0);
}

/// @brief A lowest eigenvalue from those of two grids, which come down to it. It is not above the edge; a value of a
/// grid that is has found none below. Near the edge they fall slowly: three times the change bounds an error that falls
/// as the first power of the order from 12 to 16.
BathCoefficient below_edge(double fine, double coarse, double edge) {
  constexpr double safety = 3.0;
  const double value = std::min(fine, edge);
  return {value, (safety * std::abs(coarse - fine) + (fine - value)) / value + rounding};
}

void add_rates(const AcousticPhonons& phonons, double temperature, int order, BathTransport& result) {
  const PhononBath fine = bath_of_order(phonons, temperature, order);
  const PhononBath coarse = bath_of_order(phonons, temperature, 3 * order / 4);
  const auto gap = [](const PhononBath& bath) {
    return detail::lowest_eigenvalue(bath.impl().forms[0], thermal_vector(bath));
  };
  const auto decay = [](const PhononBath& bath) { return detail::lowest_eigenvalue(bath.impl().forms[1], {}); };
  result.continuum_edge = edge_of(fine);
  result.gap = below_edge(gap(fine), gap(coarse), result.continuum_edge);
  result.current_decay = below_edge(decay(fine), decay(coarse), result.continuum_edge);
}

}  // namespace

double bath_diffusion(const PhononBath& bath) {
  if (bath.space().lmax() < 1) {
    throw InvalidArgument("lmax = 0; a grid with angular momenta up to at least 1 is needed for a current");
  }
  const Vector thermal = thermal_vector(bath);
  const ConstState radii = bath.space().radii();
  const Vector source = thermal.cwiseProduct(Eigen::Map<const Vector>(radii.data(), thermal.size()));
  const Eigen::SparseMatrix<double> S = bath.impl().forms[1];
  const Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> factors(S);
  if (factors.info() != Eigen::Success) {
    throw LibraryError("Eigen::SimplicialLDLT: the collision matrix of the phonon bath has no factorisation");
  }
  return source.dot(factors.solve(source)) / (3.0 * thermal.squaredNorm());
}

BathTransport bath_transport(const Phonons& phonons, double temperature, const BathTransportOptions& options) {
  check(options);
  // What is refused is refused for all that follows.
  (void)phonon_bath_grid(phonons, temperature);
  const auto* optical = std::get_if<OpticalPhonons>(&phonons);
  const auto resolved = [&](int order) -> Resolved {
    if (optical != nullptr) return mean_over_ladders(*optical, temperature, order);
    const PhononBath bath = bath_of_order(std::get<AcousticPhonons>(phonons), temperature, order);
    return {bath_diffusion(bath), bath.space().radial_points()};
  };
  BathTransport result;
  result.temperature = temperature;
  int order = first_order;
  for (double coarser = resolved(order).diffusion; !result.converged && order + order_step <= options.most_order;) {
    order += order_step;
    const Resolved finer = resolved(order);
    result.diffusion = compared(finer.diffusion, coarser);
    result.functions = finer.functions;
    result.converged = result.diffusion.error <= options.tolerance;
    coarser = finer.diffusion;
  }
  result.mobility = {result.diffusion.value / temperature, result.diffusion.error};
  if (!options.rates) return result;
  if (optical != nullptr) {
    add_rates(*optical, temperature, result);
  } else {
    add_rates(std::get<AcousticPhonons>(phonons), temperature, order, result);
  }
  return result;
}

std::vector<BathTransport> bath_transport(const Phonons& phonons, std::span<const double> temperatures,
                                          const BathTransportOptions& options,
                                          const std::function<void(std::size_t done)>& progress) {
  std::vector<BathTransport> table;
  for (const double temperature : temperatures) {
    table.push_back(bath_transport(phonons, temperature, options));
    if (progress) progress(table.size());
  }
  return table;
}

}  // namespace nordheim
