// SPDX-License-Identifier: GPL-3.0-or-later
// From waves on the sites of a lattice to W(r, k) on the nodes of a case.
#pragma once

#include <nordheim/momentum/lattice_grid.hpp>
#include <nordheim/momentum/periodic_box.hpp>
#include <nordheim/wigner/density_matrix.hpp>

#include "case/case.hpp"

#include <optional>
#include <vector>

namespace nordheim::program {

/// W(r, k) of a one-particle density matrix R on N^d sites, and what was found out about both.
struct MicroscopicState {
  std::vector<double> W;  ///< at the positions of a box and momenta of a grid, shape (n_r, n_k)
  int sites = 0;          ///< N
  double spacing = 1.0;   ///< of sites in the box, ε
  bool husimi = false;
  std::optional<double> smoothing{};  ///< of a Husimi function: width of the density of its window, in the box
  Spectrum spectrum{};                ///< of R
  double particles = 0.0;             ///< tr R
  double of_W = 0.0;                  ///< the same from W
};

/// @brief [initial] microscopic: at r = εx, with the box of N = L/ε sites per axis.
///
/// A Wigner function is that of the modes in r and the displacements that the nodes resolve, so that its number is
/// exact. A Husimi function is sampled at the nodes; smoothing "auto" is √(N M/4πn) sites for n positions and M
/// momenta per axis, at which what sums over both miss is the same, 2d e^{−πnM/2N} of the number.
/// @throws InvalidArgument if the box is no cube of sites with as many axes as k, a file does not fit, R is no state
///         (0 ≤ R, of fermions R ≤ 1), W is none (below 0 or for fermions above 1 by more than 1e-6 of its largest
///         value), or a Husimi function misses more than 1e-3 of the number
[[nodiscard]] MicroscopicState make_microscopic_state(const MicroscopicCase& waves, const PeriodicBox& box,
                                                      const LatticeGrid& grid, Statistics statistics);

}  // namespace nordheim::program
