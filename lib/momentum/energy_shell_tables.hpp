// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/momentum/energy_shell.hpp>

#include <cstddef>
#include <vector>

namespace nordheim {

/// What an EnergyShell knows. Fill the first block with the fundamental part of the nodes, then reflect() it.
struct EnergyShell::Tables {
  int dimension = 3;
  bool on_lattice = true;
  int order = 0;
  double energy = 0.0;
  std::size_t cells = 0;
  std::size_t fallback_cells = 0;
  std::vector<AxisFlip> reflections{0};
  bool axes_equivalent = false;
  std::vector<double> momenta{};     ///< (n, d)
  std::vector<double> velocities{};  ///< (n, d)
  std::vector<double> weights{};     ///< (n)

  std::vector<double> energies{};  ///< (n)
  Vector3 mean_velocity{};
  double density_of_states = 0.0;

  /// Makes room for the fundamental part of that many nodes and its images.
  void reserve(std::size_t fundamental);
  void add(const Vector3& k, const Vector3& velocity, double weight);
  /// Adds the images of the fundamental part, and what follows from all nodes.
  void reflect();
};

}  // namespace nordheim
