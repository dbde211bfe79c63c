// SPDX-License-Identifier: GPL-3.0-or-later
// Correlators of R³.
#include "model/correlator_impl.hpp"
#include "model/negative_search.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace nordheim {

using detail::acceptable;
using detail::check_positive;
using detail::refuse;
using detail::rounding_of_formulas;

namespace {

double squared_norm(const Vector3& q) { return q[0] * q[0] + q[1] * q[1] + q[2] * q[2]; }

/// The largest |q| at which spectra of the continuum are sampled; the smallest is its inverse.
constexpr double largest_sampled = 1000.0;

/// The largest value of samples, none of which may be negative.
double largest_sample(const std::function<double(double)>& spectrum, const std::string& description) {
  constexpr int samples = 192;  // on either side of 1
  double largest = 0.0;
  for (int i = -samples; i <= samples; ++i) {
    const double q = std::pow(largest_sampled, static_cast<double>(i) / samples);
    const double value = spectrum(q);
    if (!acceptable(value, rounding_of_formulas * largest)) refuse(description, shortest_text(q), value);
    largest = std::max(largest, value);
  }
  return largest;
}

/// The spectrum as a function of q, that is checked wherever it is evaluated.
std::function<double(const Vector3&)> checked(const std::function<double(double)>& spectrum,
                                              const std::string& description, double rounding) {
  return [=](const Vector3& q) {
    const double norm = std::sqrt(squared_norm(q));
    const double value = spectrum(norm);
    if (!acceptable(value, rounding)) refuse(description, shortest_text(norm), value);
    return value;
  };
}

}  // namespace

Correlator Correlator::gaussian(double length, double strength) {
  check_positive("length", length);
  check_positive("strength", strength);
  return Correlator(std::make_shared<const Model>(Model{
      .dimension = 3,
      .lattice = false,
      .continuum = true,
      .constant = false,
      .description = "gaussian: strength exp(-q^2 length^2 / 2), length = " + shortest_text(length) +
                     ", strength = " + shortest_text(strength),
      .spectrum = [=](const Vector3& q) { return strength * std::exp(-0.5 * length * length * squared_norm(q)); },
      .isotropic = SmoothFunction(1, [=](const auto& q) { return strength * exp(-0.5 * pow(length * q[0], 2)); })}));
}

Correlator Correlator::screened(double kappa, double strength) {
  check_positive("kappa", kappa);
  check_positive("strength", strength);
  const auto spectrum = [=](const Vector3& q) {
    const double s = squared_norm(q) + kappa * kappa;
    return strength / (s * s);
  };
  if (!std::isfinite(spectrum({}))) refuse("kappa = " + shortest_text(kappa), "0", spectrum({}));
  return Correlator(std::make_shared<const Model>(
      Model{.dimension = 3,
            .lattice = false,
            .continuum = true,
            .constant = false,
            .description = "screened: strength (q^2 + kappa^2)^-2, kappa = " + shortest_text(kappa) +
                           ", strength = " + shortest_text(strength),
            .spectrum = spectrum,
            .isotropic =
                SmoothFunction(1, [=](const auto& q) { return strength * pow(pow(q[0], 2) + kappa * kappa, -2); })}));
}

Correlator Correlator::in_continuum(const std::function<double(double q)>& spectrum, const std::string& description) {
  if (!spectrum) throw InvalidArgument("correlator: a spectrum is needed, found an empty function");
  const double largest = largest_sample(spectrum, description);
  if (largest == 0.0) {
    throw InvalidArgument("correlator: the spectrum of " + description +
                          " vanishes from |q| = 0.001 to 1000; it must be positive somewhere");
  }
  return Correlator(
      std::make_shared<const Model>(Model{.dimension = 3,
                                          .lattice = false,
                                          .continuum = true,
                                          .constant = false,
                                          .description = description,
                                          .spectrum = checked(spectrum, description, rounding_of_formulas * largest)}));
}

Correlator Correlator::in_continuum(const SmoothFunction& spectrum, const std::string& description) {
  if (spectrum.dimension() != 1) {
    throw InvalidArgument("correlator: the spectrum of " + description + " has " +
                          std::to_string(spectrum.dimension()) + " variables; allowed is one, |q|");
  }
  const auto of_length = [spectrum](double q) { return spectrum({q, 0.0, 0.0}); };
  const double rounding = rounding_of_formulas * largest_sample(of_length, description);
  // What vanishes at all samples may still have a narrow peak.
  if (!(spectrum.bounds({}, {largest_sampled, 0.0, 0.0}).value.upper > 0.0)) {
    throw InvalidArgument("correlator: the spectrum of " + description + " vanishes; it must be positive somewhere");
  }
  Model model{.dimension = 3, .lattice = false, .continuum = true, .constant = false, .description = description};
  model.spectrum = checked(of_length, description, rounding);
  model.isotropic = spectrum;
  model.rounding = rounding;
  Correlator correlator(std::make_shared<const Model>(std::move(model)));
  correlator.require_non_negative(largest_sampled);
  return correlator;
}

const SmoothFunction* Correlator::isotropic_formula() const noexcept {
  return model_->isotropic ? &*model_->isotropic : nullptr;
}

void Correlator::require_non_negative(double largest) const {
  if (!model_->isotropic) return;
  const SmoothFunction& spectrum = *model_->isotropic;
  const detail::NegativeSearch search = detail::search_negative(spectrum, largest, model_->rounding);
  if (search.verdict == detail::NegativeSearch::Verdict::none) return;
  if (search.verdict == detail::NegativeSearch::Verdict::found) {
    refuse(model_->description, shortest_text(search.q), spectrum({search.q, 0.0, 0.0}));
  }
  throw InvalidArgument("correlator: the spectrum of " + model_->description +
                        " cannot be shown to be positive near q = " + shortest_text(search.q) +
                        "; a sum of positive terms can");
}

}  // namespace nordheim
