// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/model/scatterer.hpp>
#include <nordheim/model/smooth_function.hpp>
#include <nordheim/transport/elastic_model.hpp>

#include "model/cubic_shape.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace nordheim {

struct ElasticModel::Impl {
  /// ϑ̂ at one energy.
  struct Scattering {
    Correlator correlator;
    double error = 0.0;  ///< relative, of a ϑ̂ that is the same for all momenta and was computed
  };

  int dimension = 3;
  std::string description;
  std::function<Scattering(double energy)> scattering;

  /// Nearer to a van Hove energy, in bandwidths, ϑ̂ cannot be computed as a rule.
  double nearest = 0.0;

  // on a lattice
  std::optional<Dispersion> dispersion{};
  std::vector<double> van_hove{};
  std::optional<detail::CubicShape> cubic{};

  // in the continuum; empty: ω = k²/2
  std::function<double(double k)> energy{};
  std::function<double(double k)> velocity{};
  std::optional<SmoothFunction> band{};  ///< ω as a formula of k, if it is one
  // scatterers
  double density = 0.0;
  std::function<PhaseShifts(double k)> phase_shifts{};
};

}  // namespace nordheim
