// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace nordheim::program {

/// An electron in a thermal bath of phonons: [collision], the keys of [momentum] that others do not have, [transport].
struct BathCase {
  double temperature = 1.0;
  std::string phonon = "optical";            ///< | "acoustic" (continuum)
  double omega0 = 0.0;                       ///< optical
  double sound_speed = 0.0;                  ///< acoustic
  double coupling = 0.0;                     ///< g, or G of acoustic phonons and of Fröhlich's coupling
  bool froehlich = false;                    ///< optical, continuum
  std::string window = "flat";               ///< lattice: | "bohman" | "parzen"
  std::optional<double> horizon{};           ///< lattice: "auto"
  int order = 12;                            ///< continuum: nodes of an element
  std::string symmetry = "axial";            ///< continuum: | "isotropic"
  int lmax = 8;                              ///< continuum, axial
  std::optional<double> largest_momentum{};  ///< continuum: "auto"
  std::vector<double> temperatures{};        ///< of [transport]; by default that of the bath
  std::optional<double> tolerance{};         ///< of [transport]: relative, of the diffusion constant; lattice: none
  int ladders = 9;                           ///< of [transport]: optical, continuum
  bool operator==(const BathCase&) const = default;
};

}  // namespace nordheim::program
