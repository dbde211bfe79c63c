// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace nordheim::program {

/// A Gaussian wave function, exp(−|x−centre|²/4width² + i2π momentum·x + i phase).
struct PacketCase {
  std::vector<double> centre;    ///< in the box
  std::vector<double> momentum;  ///< k
  double width = 0.0;            ///< of the density, along each axis
  double particles = 1.0;
  double phase = 0.0;  ///< of superpositions
  bool operator==(const PacketCase&) const = default;
};

/// Initial.microscopic: waves on the sites of a lattice, made into W(r, k).
struct MicroscopicCase {
  std::vector<PacketCase> packets{};    ///< exactly one of
  std::filesystem::path file{};         ///< the two is there; absolute
  std::string state = "superposition";  ///< of packets | "mixture"
  double spacing = 1.0;                 ///< of the sites in the box
  std::string function = "wigner";      ///< | "husimi"
  std::optional<double> smoothing{};    ///< of husimi: width of the density of its window; "auto"
  bool operator==(const MicroscopicCase&) const = default;
};

}  // namespace nordheim::program
