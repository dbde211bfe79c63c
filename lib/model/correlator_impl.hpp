// SPDX-License-Identifier: GPL-3.0-or-later
// What correlators are made of, and the checks that all of them need.
#pragma once

#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/model/correlator.hpp>

#include <cmath>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace nordheim {

struct Correlator::Model {
  int dimension = 0;
  bool lattice = false;
  bool continuum = false;
  bool constant = false;
  std::string description;
  std::function<double(const Vector3&)> spectrum{};
  std::vector<CorrelatorEntry> entries{};
  std::optional<SeparableCorrelation> separable{};
  std::optional<SmoothFunction> isotropic{};  ///< of |q|
  double rounding = 0.0;                      ///< how far below 0 isotropic may be
};

namespace detail {

inline void check_positive(const char* key, double value) {
  if (std::isfinite(value) && value > 0.0) return;
  throw InvalidArgument("correlator: " + std::string(key) + " = " + shortest_text(value) +
                        " must be finite and positive");
}

[[noreturn]] inline void refuse(const std::string& what, const std::string& q, double value) {
  throw InvalidArgument("correlator: the spectrum of " + what + " is " + shortest_text(value) + " at q = " + q +
                        "; it must be finite and not negative, or no random potential has it");
}

/// How far below 0 rounding may take a formula of the user's, relative to its largest value.
inline constexpr double rounding_of_formulas = 1e-14;

inline bool acceptable(double value, double rounding) { return value >= -rounding && std::isfinite(value); }

}  // namespace detail

}  // namespace nordheim
