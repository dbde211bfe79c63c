// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/model/dispersion.hpp>

#include "model/correlator_impl.hpp"
#include "model/lattice_gaussian.hpp"
#include "model/periodicity.hpp"
#include "model/torus_search.hpp"
#include "model/trigonometric_table.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numbers>
#include <optional>
#include <utility>

namespace nordheim {

using detail::acceptable;
using detail::check_positive;
using detail::refuse;
using detail::rounding_of_formulas;

namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

void check_dimension(int dimension) {
  if (dimension < 1 || dimension > 3) {
    throw InvalidArgument("dimension = " + std::to_string(dimension) + ", allowed are 1, 2 and 3");
  }
}

std::string momentum_text(int dimension, const Vector3& q) {
  std::string text = "(" + shortest_text(q[0]);
  for (std::size_t j = 1; j < static_cast<std::size_t>(dimension); ++j) text += ", " + shortest_text(q[j]);
  return text + ")";
}

/// Smallest and largest value of a spectrum on the torus, and where the smallest is.
struct Extent {
  double min = std::numeric_limits<double>::infinity();
  double max = -std::numeric_limits<double>::infinity();
  Vector3 at{};
};

Extent extent_on_torus(int dimension, const std::function<double(const Vector3&)>& spectrum) {
  Extent extent;
  const auto recorded = [&](const Vector3& q) {
    const double value = spectrum(q);
    if (value < extent.min) {
      extent.min = value;
      extent.at = wrap_to_torus(q);
    }
    extent.max = std::max(extent.max, value);
    return value;
  };
  static_cast<void>(detail::torus_minimum(dimension, recorded, "correlator: the spectrum"));
  return extent;
}

/// Real potentials have ϑ̂(−q) = ϑ̂(q).
void check_even(int dimension, const std::function<double(const Vector3&)>& spectrum, double scale) {
  constexpr int n = 8;
  constexpr double allowed = 1e-12;  // the rounding of a user's formula, generously
  for (int a = 0; a < n; ++a) {
    for (int b = 0; b < (dimension > 1 ? n : 1); ++b) {
      for (int c = 0; c < (dimension > 2 ? n : 1); ++c) {
        // Off the lines of symmetry, where an odd part could vanish.
        const Vector3 q{(a + 0.29) / n - 0.5, dimension > 1 ? (b + 0.37) / n - 0.5 : 0.0,
                        dimension > 2 ? (c + 0.43) / n - 0.5 : 0.0};
        const Vector3 opposite = wrap_to_torus({-q[0], -q[1], -q[2]});
        const double value = spectrum(q);
        const double image = spectrum(opposite);
        if (std::abs(value - image) <= allowed * scale) continue;
        throw InvalidArgument("correlator: the spectrum is " + shortest_text(value) +
                              " at q = " + momentum_text(dimension, q) + " but " + shortest_text(image) +
                              " at -q; it must be even, because a random potential is real");
      }
    }
  }
}

/// Long tables are only counted.
std::string table_description(int dimension, const std::vector<CorrelatorEntry>& entries) {
  constexpr std::size_t longest = 27;
  if (entries.size() > longest) return "table: " + std::to_string(entries.size()) + " values of theta";
  std::string text = "table:";
  for (const auto& [x, value] : entries) {
    text += " theta" + detail::lattice_vector_text(dimension, x) + " = " + shortest_text(value) + ",";
  }
  text.pop_back();
  return text;
}

std::vector<CorrelatorEntry> without_zeros(const std::vector<CorrelatorEntry>& entries) {
  std::vector<CorrelatorEntry> result;
  std::copy_if(entries.begin(), entries.end(), std::back_inserter(result),
               [](const CorrelatorEntry& entry) { return entry.value != 0.0; });
  return result;
}

/// e^{−n²/2ℓ²} for n = 0, 1, … as far as the values count.
std::vector<double> gaussian_factor(double length) {
  constexpr double negligible = 1e-18;
  std::vector<double> factor;
  for (double value = 1.0; value > negligible;) {
    factor.push_back(value);
    const double x = static_cast<double>(factor.size()) / length;
    value = std::exp(-0.5 * x * x);
  }
  return factor;
}

}  // namespace

Correlator::Correlator(std::shared_ptr<const Model> model) : model_(std::move(model)) {}

Correlator Correlator::delta(double variance) {
  check_positive("variance", variance);
  const SmoothFunction formula(1, [variance](const auto&) { return Symbol(variance); });
  return Correlator(std::make_shared<const Model>(Model{.dimension = 0,
                                                        .lattice = true,
                                                        .continuum = true,
                                                        .constant = true,
                                                        .description = "delta: variance = " + shortest_text(variance),
                                                        .spectrum = [variance](const Vector3&) { return variance; },
                                                        .isotropic = formula}));
}

Correlator Correlator::table(int dimension, const std::vector<CorrelatorEntry>& entries) {
  check_dimension(dimension);
  detail::TrigonometricTable series(dimension, entries);
  check_positive("theta(0)", series.at_origin());
  if (!series.is_constant()) {
    const auto extent = extent_on_torus(dimension, series);
    // The powers of e^{i2πq} lose a unit in the last place each.
    const double rounding = 4.0 * epsilon * (1 + series.largest_reach()) * series.absolute_sum();
    if (extent.min < -rounding) refuse("the table", momentum_text(dimension, extent.at), extent.min);
  }
  const bool constant = series.is_constant();
  return Correlator(std::make_shared<const Model>(Model{.dimension = dimension,
                                                        .lattice = true,
                                                        .continuum = false,
                                                        .constant = constant,
                                                        .description = table_description(dimension, entries),
                                                        .spectrum = series,
                                                        .entries = without_zeros(entries)}));
}

Correlator Correlator::product(int dimension, double c, double variance) {
  check_dimension(dimension);
  check_positive("variance", variance);
  const auto spectrum = [dimension, c, variance](const Vector3& q) {
    double value = variance;
    for (std::size_t j = 0; j < static_cast<std::size_t>(dimension); ++j) {
      value *= 1.0 + c * std::cos(2.0 * std::numbers::pi * q[j]);
    }
    return value;
  };
  const std::string parameters = "c = " + shortest_text(c);
  if (!(std::abs(c) <= 1.0)) {
    if (!std::isfinite(c)) throw InvalidArgument("correlator: " + parameters + " must be between -1 and 1");
    // One factor at its negative minimum, the others at their maximum.
    Vector3 lowest{};
    for (std::size_t j = 0; j < static_cast<std::size_t>(dimension); ++j) lowest[j] = (j == 0) == (c > 0.0) ? 0.5 : 0.0;
    refuse("the product with " + parameters + " (allowed from -1 to 1)", momentum_text(dimension, lowest),
           spectrum(lowest));
  }
  return Correlator(
      std::make_shared<const Model>(Model{.dimension = dimension,
                                          .lattice = true,
                                          .continuum = false,
                                          .constant = c == 0.0,
                                          .description = "product: variance prod_j (1 + c cos 2 pi q_j), " +
                                                         parameters + ", variance = " + shortest_text(variance),
                                          .spectrum = spectrum,
                                          .separable = SeparableCorrelation{variance, {1.0, 0.5 * c}, false}}));
}

Correlator Correlator::gaussian_lattice(int dimension, double length, double variance) {
  check_dimension(dimension);
  check_positive("length", length);
  check_positive("variance", variance);
  const detail::LatticeGaussian gaussian(length);
  return Correlator(std::make_shared<const Model>(
      Model{.dimension = dimension,
            .lattice = true,
            .continuum = false,
            .constant = false,
            .description = "gaussian: theta(x) = variance exp(-x^2 / 2 length^2), length = " + shortest_text(length) +
                           ", variance = " + shortest_text(variance),
            .spectrum =
                [=](const Vector3& q) {
                  double value = variance;
                  for (std::size_t j = 0; j < static_cast<std::size_t>(dimension); ++j) value *= gaussian(q[j]);
                  return value;
                },
            .separable = SeparableCorrelation{variance, gaussian_factor(length), true}}));
}

Correlator Correlator::on_lattice(int dimension, std::function<double(const Vector3& q)> spectrum,
                                  std::string description) {
  check_dimension(dimension);
  if (!spectrum) throw InvalidArgument("correlator: a spectrum is needed, found an empty function");
  const auto periodic = [spectrum = std::move(spectrum)](const Vector3& q) { return spectrum(wrap_to_torus(q)); };
  const auto extent = extent_on_torus(dimension, periodic);
  const double allowed = rounding_of_formulas * extent.max;
  if (extent.min < -allowed || !(extent.max > 0.0)) {
    refuse(description, momentum_text(dimension, extent.at), extent.min);
  }
  check_even(dimension, periodic, extent.max);
  const auto checked = [=](const Vector3& q) {
    const double value = periodic(q);
    if (!acceptable(value, allowed)) refuse(description, momentum_text(dimension, q), value);
    return value;
  };
  return Correlator(std::make_shared<const Model>(Model{.dimension = dimension,
                                                        .lattice = true,
                                                        .continuum = false,
                                                        .constant = false,
                                                        .description = std::move(description),
                                                        .spectrum = checked}));
}

Correlator Correlator::lattice_formula(int dimension, const std::function<double(const Vector3& q)>& formula,
                                       std::string description) {
  check_dimension(dimension);
  if (!formula) throw InvalidArgument("correlator: a spectrum is needed, found an empty function");
  detail::require_period_one(dimension, formula, "correlator: the spectrum of " + description, "q");
  return on_lattice(dimension, formula, std::move(description));
}

int Correlator::dimension() const noexcept { return model_->dimension; }
bool Correlator::on_lattice() const noexcept { return model_->lattice; }
bool Correlator::in_continuum() const noexcept { return model_->continuum; }
bool Correlator::is_constant() const noexcept { return model_->constant; }
std::span<const CorrelatorEntry> Correlator::entries() const noexcept { return model_->entries; }
const SeparableCorrelation* Correlator::separable() const noexcept {
  return model_->separable ? &*model_->separable : nullptr;
}
const std::string& Correlator::description() const noexcept { return model_->description; }
double Correlator::operator()(const Vector3& q) const { return model_->spectrum(q); }

}  // namespace nordheim
