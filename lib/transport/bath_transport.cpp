// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/transport/bath_transport.hpp>

#include "collision/phonon_bath_impl.hpp"
#include "transport/lowest_eigenvalue.hpp"

#include <Eigen/SparseCholesky>

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <utility>

namespace nordheim {

namespace {

using Vector = Eigen::VectorXd;

/// Of D, from the solution of the linear system and the sums.
constexpr double rounding = 2e-14;
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
PhononBath bath_of_order(const Phonons& phonons, double temperature, int order) {
  constexpr double outwards = 0.1;  // thermal momenta for each node more
  const double c =
      std::holds_alternative<AcousticPhonons>(phonons) ? std::get<AcousticPhonons>(phonons).sound_speed : 0.0;
  PhononBathGridOptions options;
  options.order = order;
  options.lmax = 1;
  options.largest_momentum = 2.0 * c + std::sqrt(temperature) * (9.0 + outwards * (order - first_order));
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

/// Smallest gap of all ladders: at ends of the range of ε/ω0 = s², or inside by golden sections.
double gap_of_ladders(const OpticalPhonons& phonons, double temperature) {
  const auto gap = [&](double s) { return ladder_transport(phonons, temperature, phonons.omega0 * s * s).gap; };
  constexpr int intervals = 8, sections = 24;
  int best = 0;
  double least = std::numeric_limits<double>::infinity();
  for (int i = 0; i <= intervals; ++i) {
    const double value = gap(i / static_cast<double>(intervals));
    if (value < least) best = i;
    least = std::min(least, value);
  }
  double lower = std::max(0, best - 1) / static_cast<double>(intervals);
  double upper = std::min(intervals, best + 1) / static_cast<double>(intervals);
  constexpr double golden = 0.618033988749894848;
  for (int i = 0; i < sections && best != 0 && best != intervals; ++i) {
    const double left = upper - golden * (upper - lower), right = lower + golden * (upper - lower);
    const double at_left = gap(left), at_right = gap(right);
    least = std::min({least, at_left, at_right});
    (at_left < at_right ? upper : lower) = at_left < at_right ? right : left;
  }
  return least;
}

struct Rates {
  double gap, current_decay, edge;
};

Rates rates_of(const PhononBath& bath) {
  const std::vector<double>& all = bath.impl().rates;
  const auto* optical = std::get_if<OpticalPhonons>(&bath.phonons());
  return {optical != nullptr ? gap_of_ladders(*optical, bath.temperature())
                             : detail::lowest_eigenvalue(bath.impl().forms[0], thermal_vector(bath)),
          detail::lowest_eigenvalue(bath.impl().forms[1], {}), *std::min_element(all.begin(), all.end())};
}

BathCoefficient compared(double value, double coarser) {
  return {value, std::abs(value - coarser) / std::abs(value) + rounding};
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
  PhononBath coarser = bath_of_order(phonons, temperature, first_order);
  double D_coarser = bath_diffusion(coarser);
  BathTransport result;
  result.temperature = temperature;
  for (int order = first_order + order_step; order <= options.most_order; order += order_step) {
    PhononBath bath = bath_of_order(phonons, temperature, order);
    const double D = bath_diffusion(bath);
    result.diffusion = compared(D, D_coarser);
    result.order = order;
    result.functions = bath.space().radial_points();
    result.converged = result.diffusion.error <= options.tolerance;
    if (result.converged || order + order_step > options.most_order) {
      result.mobility = {D / temperature, result.diffusion.error};
      if (options.rates) {
        const Rates fine = rates_of(bath), coarse = rates_of(coarser);
        result.gap = compared(fine.gap, coarse.gap);
        result.current_decay = compared(fine.current_decay, coarse.current_decay);
        result.continuum_edge = fine.edge;
      }
      break;
    }
    coarser = std::move(bath);
    D_coarser = D;
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
