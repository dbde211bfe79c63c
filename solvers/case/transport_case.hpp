// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/three_phonon.hpp>
#include <nordheim/model/statistics.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace nordheim::program {

/// Numbers between two, both included.
struct NumberGridCase {
  double from = 0.0;
  double to = 0.0;
  int count = 0;           ///< at least 2
  bool geometric = false;  ///< equal ratios instead of equal steps
  bool operator==(const NumberGridCase&) const = default;
};

/// Numbers one by one, or between two.
using NumbersCase = std::variant<std::vector<double>, NumberGridCase>;
[[nodiscard]] std::vector<double> numbers_of(const NumbersCase& numbers);

/// What `transport` computes: all pairs of a temperature and a fugacity.
struct TransportCase {
  std::vector<double> temperatures{1.0};
  NumbersCase fugacities{};
  double tolerance = 1e-10;  ///< relative, of viscosity and heat conductivity
  int most_functions = 36;   ///< trial functions at which refinement ends
  int degrees = 4;           ///< relaxation rates up to this angular momentum; −1: none

  /// The fugacities themselves.
  [[nodiscard]] std::vector<double> fugacity_values() const { return numbers_of(fugacities); }
  bool operator==(const TransportCase&) const = default;
};

/// The same of a lattice gas: coupled diffusion of number and energy.
struct LatticeTransportCase {
  NumbersCase temperatures = std::vector<double>{1.0};  ///< not zero
  bool by_potential = false;                            ///< whether fillings are chemical potentials, or fugacities
  NumbersCase fillings{};
  double tolerance = 1e-3;
  int most_points = 0;  ///< 0: "auto"
  bool operator==(const LatticeTransportCase&) const = default;
};

/// The same for phonons on a lattice, with their collisions.
struct PhononTransportCase {
  double lambda = 1.0;                        ///< four-phonon
  std::string processes = "resonant";         ///< four-phonon, d = 2, 3 | "scattering"
  std::vector<CubicBond> bonds{};             ///< three-phonon; empty: four-phonon
  Statistics statistics = Statistics::boson;  ///< or classical_wave
  NumbersCase temperatures = std::vector<double>{1.0};
  std::optional<double> tolerance{};  ///< "auto"
  int most_functions = 512;           ///< d = 1
  int most_points = 0;                ///< d = 2, 3; 0: "auto"
  bool relaxation_rates = true;       ///< four-phonon
  bool operator==(const PhononTransportCase&) const = default;
};

}  // namespace nordheim::program
