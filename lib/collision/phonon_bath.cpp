// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>

#include "collision/bath_rate.hpp"
#include "collision/phonon_bath_impl.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>
#include <utility>
#include <variant>

namespace nordheim {

namespace {

using Index = Eigen::Index;
using ConstMap = Eigen::Map<const Eigen::MatrixXd>;

/// e^{−x} and its square root are normal numbers up to here, with room for what they are multiplied with.
constexpr double largest_exponent = 600.0;

double coupling_of(const Phonons& phonons) {
  return std::visit([](const auto& p) { return p.coupling; }, phonons);
}

double checked_temperature(double temperature) {
  if (std::isfinite(temperature) && temperature > 0.0) return temperature;
  std::ostringstream text;
  text << "temperature = " << temperature << "; a positive number is needed";
  throw InvalidArgument(text.str());
}

/// @throws InvalidArgument where an electron finds no phonon to absorb, or rates are beyond the range of numbers
void refuse_extreme_bath(const Phonons& phonons, double temperature) {
  constexpr double coldest = 250.0;
  const auto* optical = std::get_if<OpticalPhonons>(&phonons);
  // Standing electrons absorb sound of momentum 2c.
  const double c = optical != nullptr ? 0.0 : std::get<AcousticPhonons>(phonons).sound_speed;
  const double energy = optical != nullptr ? optical->omega0 : 2.0 * c * c;
  if (energy <= coldest * temperature) {
    // Of an electron that can emit phonons.
    const double k = std::sqrt(2.0 * (temperature + 2.0 * energy));
    detail::require_moderate_rate(coupling_of(phonons), temperature, scattering_rate(phonons, 1.0 / temperature, k));
    return;
  }
  std::ostringstream text;
  text << "temperature = " << temperature << " is too cold: slow electrons wait for phonons of energy "
       << (optical != nullptr ? "omega0" : "2 sound_speed^2") << " = " << energy
       << ", of which there are fewer than exp(-" << coldest << "); at least " << energy / coldest << " is needed";
  throw InvalidArgument(text.str());
}

RadialGrid checked(RadialGrid grid, double temperature, const Phonons& phonons) {
  check(phonons, 1.0 / checked_temperature(temperature));
  refuse_extreme_bath(phonons, temperature);
  std::ostringstream text;
  text.precision(12);
  if (const auto* optical = std::get_if<OpticalPhonons>(&phonons); optical && grid.spacing() != optical->omega0) {
    text << "optical phonons need a grid of ladders of spacing omega0 = " << optical->omega0 << " (found ";
    if (grid.spacing()) {
      text << "the spacing " << *grid.spacing() << ")";
    } else {
      text << "elements of |k|)";
    }
    throw InvalidArgument(text.str());
  }
  if (std::holds_alternative<AcousticPhonons>(phonons) && grid.spacing()) {
    throw InvalidArgument("acoustic phonons need a grid of elements of |k| (found ladders of energies)");
  }
  const double largest = grid.boundaries().back();
  if (0.5 * largest * largest / temperature > largest_exponent) {
    text << "the grid reaches |k| = " << largest << ", where exp(-k^2/(2 temperature)) is smaller than exp(-"
         << largest_exponent << "); at temperature " << temperature << " at most "
         << std::sqrt(2.0 * largest_exponent * temperature) << " is allowed";
    throw InvalidArgument(text.str());
  }
  return grid;
}

/// S in the variable W: −√(M/m) S √(m/M).
detail::SparseMatrix action_of(const detail::SparseMatrix& form, const std::vector<double>& root_weight) {
  const Eigen::Map<const Eigen::VectorXd> root(root_weight.data(), static_cast<Index>(root_weight.size()));
  return (-root).cwiseInverse().asDiagonal() * form * root.asDiagonal();
}

/// Makes the electrons that leave a radius equal to those that arrive elsewhere, to round-off of them.
void balance(detail::SparseMatrix& action, const RadialGrid& grid) {
  const ConstState radii = grid.radii(), weights = grid.radial_weights();
  const auto m = [&](Index i) {
    const auto node = static_cast<std::size_t>(i);
    return weights[node] * radii[node] * radii[node];
  };
  std::vector<double> arriving(radii.size(), 0.0);
  for (Index i = 0; i < action.outerSize(); ++i) {
    for (detail::SparseMatrix::InnerIterator entry(action, i); entry; ++entry) {
      if (entry.col() != i) arriving[static_cast<std::size_t>(entry.col())] += m(i) * entry.value();
    }
  }
  for (Index i = 0; i < action.outerSize(); ++i) {
    action.coeffRef(i, i) = -arriving[static_cast<std::size_t>(i)] / m(i);
  }
}

void require_size(const char* what, ConstState v, const RadialGrid& grid) {
  if (v.size() != grid.size()) throw DimensionMismatch(what, v.size(), grid.size());
}

/// Boundaries 0, c, 3c, 5c, … from @p least on, cut so that e^{−βω} and the thermal momentum are resolved in each.
std::vector<double> acoustic_boundaries(const AcousticPhonons& phonons, double temperature, double least) {
  const double c = phonons.sound_speed, thermal = std::sqrt(temperature);
  constexpr double most_elements = 1e6, steepest = 10.0;
  if (least / c > most_elements) {
    std::ostringstream text;
    text << "sound_speed = " << c << " makes more than " << most_elements << " elements up to |k| = " << least
         << "; for so slow sound scattering is elastic";
    throw InvalidArgument(text.str());
  }
  std::vector<double> boundaries{0.0};
  double start = 0.0, end = c;
  while (start < least) {
    const double width = end - start;
    const double pieces = std::ceil(std::max(width / thermal, width * end / (steepest * temperature)));
    const int count = std::max(1, static_cast<int>(std::min(most_elements, pieces)));
    for (int i = 1; i <= count && boundaries.back() < least; ++i) {
      boundaries.push_back(i == count ? end : start + width * i / count);
    }
    start = end;
    end = start + 2.0 * c;
  }
  return boundaries;
}

}  // namespace

RadialGrid phonon_bath_grid(const Phonons& phonons, double temperature, const PhononBathGridOptions& options) {
  check(phonons, 1.0 / checked_temperature(temperature));
  refuse_extreme_bath(phonons, temperature);
  if (options.largest_momentum && !(std::isfinite(*options.largest_momentum) && *options.largest_momentum > 0.0)) {
    std::ostringstream text;
    text << "largest_momentum = " << *options.largest_momentum << "; a positive number is needed";
    throw InvalidArgument(text.str());
  }
  constexpr double thermal_widths = 9.4;  // e^{−9.4²/2} = 6·10⁻²⁰
  const double thermal = thermal_widths * std::sqrt(temperature);
  if (const auto* optical = std::get_if<OpticalPhonons>(&phonons)) {
    const double least = options.largest_momentum.value_or(thermal);
    const double rungs = std::max(2.0, std::ceil(0.5 * least * least / optical->omega0));
    constexpr double most_rungs = 1e6;
    if (rungs > most_rungs) {
      std::ostringstream text;
      text << "omega0 = " << optical->omega0 << " makes " << rungs << " rungs up to |k| = " << least << "; at most "
           << most_rungs << " are allowed";
      throw InvalidArgument(text.str());
    }
    return RadialGrid::ladders(optical->omega0, static_cast<int>(rungs), options.order, options.lmax);
  }
  const auto& acoustic = std::get<AcousticPhonons>(phonons);
  // Slow electrons must reach |k| = 2c to be scattered at all.
  const double least = options.largest_momentum.value_or(thermal + 2.0 * acoustic.sound_speed);
  return RadialGrid::elements(acoustic_boundaries(acoustic, temperature, least), options.order, options.lmax);
}

PhononBath::Impl::Impl(RadialGrid grid_in, double temperature_in, Phonons phonons_in)
    : grid(checked(std::move(grid_in), temperature_in, phonons_in)), temperature(temperature_in), phonons(phonons_in) {
  const double beta = 1.0 / temperature;
  const ConstState radii = grid.radii(), weights = grid.radial_weights(), cosines = grid.cosines();
  for (std::size_t i = 0; i < radii.size(); ++i) {
    root_weight.push_back(std::sqrt(weights[i]) * radii[i] * std::exp(0.25 * beta * radii[i] * radii[i]));
    rates.push_back(scattering_rate(phonons, beta, radii[i]));
  }
  forms = std::visit([&](const auto& given) { return detail::bath_forms(grid, beta, given); }, phonons);
  for (const auto& form : forms) actions.push_back(action_of(form, root_weight));
  balance(actions.front(), grid);

  const Index angles = grid.polar_points(), lmax = grid.lmax();
  from_moments.resize(lmax + 1, angles);
  for (Index j = 0; j < angles; ++j) detail::legendre_values(cosines[static_cast<std::size_t>(j)], from_moments.col(j));
  to_moments = from_moments.transpose();
  for (Index j = 0; j < angles; ++j) {
    for (Index l = 0; l <= lmax; ++l) {
      to_moments(j, l) *= (static_cast<double>(l) + 0.5) * grid.polar_weights()[static_cast<std::size_t>(j)];
    }
  }
  std::vector<double> thermal(grid.energies().begin(), grid.energies().end());
  for (double& value : thermal) value = std::exp(-beta * value);
  residual = detail::NumberResidual(grid.weights(), thermal, sets());
  moments.resize(static_cast<Index>(radii.size()), lmax + 1);
  changes.resize(static_cast<Index>(radii.size()), lmax + 1);
}

detail::NumberResidual::Taken PhononBath::Impl::apply(ConstState W, State out) {
  const auto radii = static_cast<Index>(grid.radial_points());
  const Index angles = grid.polar_points();
  moments.noalias() = ConstMap(W.data(), radii, angles) * to_moments;
  for (Index l = 0; l < moments.cols(); ++l) {
    changes.col(l).noalias() = actions[static_cast<std::size_t>(l)] * moments.col(l);
  }
  Eigen::Map<Eigen::MatrixXd>(out.data(), radii, angles).noalias() = changes * from_moments;
  return residual.subtract(out);
}

PhononBath PhononBath::Impl::coarser() const {
  constexpr int fewer = 3;
  const int order = grid.order() - fewer;
  const ConstState boundaries = grid.boundaries();
  RadialGrid coarse =
      grid.spacing() ? RadialGrid::ladders(*grid.spacing(), static_cast<int>(grid.element_count()), order, grid.lmax())
                     : RadialGrid::elements({boundaries.begin(), boundaries.end()}, order, grid.lmax());
  return {std::move(coarse), temperature, phonons};
}

PhononBath::PhononBath(RadialGrid grid, double temperature, Phonons phonons)
    : impl_(std::make_unique<Impl>(std::move(grid), temperature, phonons)) {}
PhononBath::PhononBath(PhononBath&&) noexcept = default;
PhononBath& PhononBath::operator=(PhononBath&&) noexcept = default;
PhononBath::~PhononBath() = default;

const RadialGrid& PhononBath::space() const noexcept { return impl_->grid; }
double PhononBath::temperature() const noexcept { return impl_->temperature; }
const Phonons& PhononBath::phonons() const noexcept { return impl_->phonons; }

CollisionReport PhononBath::apply(ConstState W, State C) {
  require_size("the state W", W, impl_->grid);
  require_size("the result C", C, impl_->grid);
  const auto taken = impl_->apply(W, C);
  const ConstState weights = impl_->grid.weights(), energies = impl_->grid.energies();
  double gross_number = 0.0, energy = 0.0, gross_energy = 0.0;
  CollisionReport report;
  for (std::size_t a = 0; a < C.size(); ++a) {
    const double change = weights[a] * C[a];
    gross_number += std::abs(change);
    energy += energies[a] * change;
    gross_energy += energies[a] * std::abs(change);
    report.largest_rate = std::max(report.largest_rate, std::abs(C[a]));
  }
  report.number_defect = gross_number > 0.0 ? taken.number / gross_number : 0.0;
  report.energy_defect = gross_energy > 0.0 ? energy / gross_energy : 0.0;
  report.correction = taken.largest;
  report.reference_beta = 1.0 / impl_->temperature;
  return report;
}

void PhononBath::apply_linearised(ConstState W, ConstState dW, State dC) {
  require_size("the state W", W, impl_->grid);
  require_size("the direction dW", dW, impl_->grid);
  require_size("the result dC", dC, impl_->grid);
  impl_->apply(dW, dC);
}

void PhononBath::loss_rate(ConstState W, State nu) {
  require_size("the state W", W, impl_->grid);
  require_size("the result nu", nu, impl_->grid);
  const std::vector<double>& rates = impl_->rates;
  for (std::size_t a = 0; a < nu.size(); ++a) nu[a] = rates[a % rates.size()];
}

Invariants PhononBath::invariants() const {
  const RadialGrid& grid = impl_->grid;
  Invariants all{{"number", std::vector<double>(grid.size(), 1.0)}};
  if (!grid.spacing()) return all;
  const auto order = static_cast<std::size_t>(grid.order());
  for (std::size_t j = 0; j < order; ++j) {
    std::vector<double> on_ladder(grid.size());
    for (std::size_t a = 0; a < on_ladder.size(); ++a) on_ladder[a] = a % order == j ? 1.0 : 0.0;
    all.push_back({"ladder " + std::to_string(j), std::move(on_ladder)});
  }
  return all;
}

void PhononBath::stationary_state(ConstState W, State out) const {
  const RadialGrid& grid = impl_->grid;
  require_size("the state W", W, grid);
  require_size("the result", out, grid);
  const ConstState weights = grid.weights(), energies = grid.energies();
  const std::size_t sets = impl_->sets();
  std::vector<double> number(sets, 0.0), thermal(sets, 0.0);
  for (std::size_t a = 0; a < W.size(); ++a) {
    out[a] = std::exp(-energies[a] / impl_->temperature);
    number[a % sets] += weights[a] * W[a];
    thermal[a % sets] += weights[a] * out[a];
  }
  for (std::size_t a = 0; a < W.size(); ++a) out[a] *= number[a % sets] / thermal[a % sets];
}

ErrorEstimate PhononBath::error_estimate(ConstState W) {
  const RadialGrid& grid = impl_->grid;
  require_size("the state W", W, grid);
  if (grid.order() < 5) {
    throw InvalidArgument("order = " + std::to_string(grid.order()) +
                          "; elements of at least 5 nodes are needed to estimate the error");
  }
  PhononBath coarse = impl_->coarser();
  const RadialGrid& coarse_grid = coarse.space();
  std::vector<double> C(grid.size()), W_coarse(coarse_grid.size()), C_coarse(coarse_grid.size());
  impl_->apply(W, C);
  for (std::size_t a = 0; a < W_coarse.size(); ++a) W_coarse[a] = grid.interpolate(W, coarse_grid.momentum(a));
  coarse.impl_->apply(W_coarse, C_coarse);
  ErrorEstimate estimate;
  double largest = 0.0;
  const std::size_t radii = grid.radial_points(), outermost = radii - static_cast<std::size_t>(grid.order());
  for (std::size_t a = 0; a < C.size(); ++a) {
    largest = std::max(largest, std::abs(C[a]));
    double deviation = std::abs(C[a] - coarse_grid.interpolate(C_coarse, grid.momentum(a)));
    if (a % radii >= outermost) deviation += impl_->rates[a % radii] * std::abs(W[a]);
    estimate.absolute = std::max(estimate.absolute, deviation);
  }
  estimate.relative = largest > 0.0 ? estimate.absolute / largest : 0.0;
  return estimate;
}

}  // namespace nordheim
