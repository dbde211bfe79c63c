// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/model/scatterer.hpp>
#include <nordheim/transport/elastic_model.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace nordheim {

/// ω = offset + amplitude · Σ_j (1 − cos 2πk_j): the band whose shells have closed forms.
struct CubicBand {
  double offset = 0.0;
  double amplitude = 1.0;
};

struct ElasticModel::Impl {
  int dimension = 3;
  std::string description;
  /// ϑ̂ at one energy.
  std::function<Correlator(double energy)> correlator;

  // on a lattice
  std::optional<Dispersion> dispersion{};
  std::vector<double> van_hove{};
  std::optional<CubicBand> cubic{};

  // in the continuum; empty: ω = k²/2
  std::function<double(double k)> energy{};
  std::function<double(double k)> velocity{};
  // scatterers
  double density = 0.0;
  std::function<PhaseShifts(double k)> phase_shifts{};
};

}  // namespace nordheim
