// SPDX-License-Identifier: GPL-3.0-or-later
// What figures of states in R³ need beside the nodes: a plane of momenta, means over shells, angular moments.
#pragma once

#include <nordheim/io/hdf5_file.hpp>
#include <nordheim/momentum/spherical_grid.hpp>

#include <cstddef>
#include <functional>
#include <vector>

namespace nordheim::program {

/// Equidistant points (k_x, k_z) of the plane k_y = that of the centre, around it as far as states reach.
class MomentumPlane {
 public:
  /// @param states  each at the nodes; the plane ends where all are below 0.3 % of the largest occupation
  MomentumPlane(const SphericalGrid& grid, const std::vector<ConstState>& states);

  /// Half of its side [momentum].
  [[nodiscard]] double reach() const noexcept { return reach_; }
  [[nodiscard]] const std::vector<Vector3>& points() const noexcept { return points_; }

 private:
  double reach_ = 0.0;
  std::vector<Vector3> points_;
};

/// Writes plane_momenta, the components (k_x, k_z) of each point, and plane_C.
void write_plane(Hdf5Writer& file, const MomentumPlane& plane, const std::function<double(const Vector3&)>& C);

/// @brief Writes plane_momenta and plane_W, interpolated, for each snapshot (dataset snapshot_time); and the means of W
/// over the directions at a distance shell_k from the centre: shell_W for each snapshot, shell_equilibrium.
void write_pictures(Hdf5Writer& file, const SphericalGrid& grid, const std::vector<ConstState>& snapshots,
                    ConstState equilibrium);

/// @brief How anisotropic a state is: for l = 1, 2, …, as many as the grid has but four at most, the root mean square
/// of the part of W − W_eq with angular momentum l about the centre, relative to that of W with l = 0.
[[nodiscard]] std::vector<double> angular_moments(const SphericalGrid& grid, ConstState W, ConstState equilibrium);

}  // namespace nordheim::program
