// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/pictures.hpp"

#include <nordheim/momentum/spherical_series.hpp>

#include <algorithm>
#include <cmath>

namespace nordheim::program {

namespace {

constexpr int plane_side = 81, shell_points = 121;

double distance_of(const Vector3& k, const Vector3& centre) {
  return std::hypot(k[0] - centre[0], k[1] - centre[1], k[2] - centre[2]);
}

/// The radius beyond which all nodes are almost empty in all states.
double reach_of(const SphericalGrid& grid, const std::vector<ConstState>& states) {
  constexpr double almost_empty = 3e-3;
  double largest = 0.0;
  for (const ConstState W : states) {
    for (const double w : W) largest = std::max(largest, std::abs(w));
  }
  double reach = 0.0;
  for (std::size_t a = 0; a < grid.size(); ++a) {
    const bool filled = std::any_of(states.begin(), states.end(),
                                    [&](ConstState W) { return std::abs(W[a]) > almost_empty * largest; });
    if (filled) reach = std::max(reach, distance_of(grid.momentum(a), grid.centre()));
  }
  return reach;
}

std::vector<double> radii_up_to(double reach) {
  std::vector<double> radii;
  radii.reserve(shell_points);
  for (int i = 0; i < shell_points; ++i) radii.push_back(reach * i / (shell_points - 1));
  return radii;
}

/// Means of W over all directions at the given distances from the centre.
std::vector<double> shell_means(const SphericalGrid& grid, ConstState W, const std::vector<double>& radii) {
  // At the nodes by the quadrature of the grid, whose radial index runs fastest; in between as the series does.
  const auto count = static_cast<std::size_t>(grid.radial_points());
  std::vector<double> sums(count), weights(count), means(grid.size());
  for (std::size_t a = 0; a < grid.size(); ++a) {
    sums[a % count] += grid.weights()[a] * W[a];
    weights[a % count] += grid.weights()[a];
  }
  for (std::size_t a = 0; a < grid.size(); ++a) means[a] = sums[a % count] / weights[a % count];
  const SphericalSeries series(grid, means);
  const Vector3& c = grid.centre();
  std::vector<double> values;
  values.reserve(radii.size());
  for (const double r : radii) values.push_back(series({c[0], c[1], c[2] + r}));
  return values;
}

void write_plane_momenta(Hdf5Writer& file, const MomentumPlane& plane) {
  std::vector<double> momenta;
  for (const Vector3& k : plane.points()) {
    momenta.push_back(k[0]);
    momenta.push_back(k[2]);
  }
  file.write("plane_momenta", momenta, 2, {"momentum", "components k_x and k_z of points of a plane"});
}

/// Squares of the coefficients of each angular momentum, summed.
std::vector<double> powers(const SphericalGrid& grid, ConstState values) {
  const SphericalSeries series(grid, values);
  std::vector<double> result;
  auto c = series.coefficients().begin();
  for (int l = 0; l <= grid.lmax(); ++l) {
    const int orders = grid.symmetry() == MomentumSymmetry::none ? 2 * l + 1 : 1;
    const auto count = static_cast<std::ptrdiff_t>(orders) * ((grid.degree() - l) / 2 + 1);
    double sum = 0.0;
    for (const auto end = c + count; c != end; ++c) sum += *c * *c;
    result.push_back(sum);
  }
  return result;
}

}  // namespace

MomentumPlane::MomentumPlane(const SphericalGrid& grid, const std::vector<ConstState>& states)
    : reach_(reach_of(grid, states)) {
  const Vector3& c = grid.centre();
  const auto along = [this](int i) { return reach_ * (2.0 * i / (plane_side - 1) - 1.0); };
  for (int i = 0; i < plane_side; ++i) {
    for (int j = 0; j < plane_side; ++j) points_.push_back({c[0] + along(i), c[1], c[2] + along(j)});
  }
}

void write_plane(Hdf5Writer& file, const MomentumPlane& plane, const std::function<double(const Vector3&)>& C) {
  write_plane_momenta(file, plane);
  std::vector<double> values;
  for (const Vector3& k : plane.points()) values.push_back(C(k));
  file.write("plane_C", values, {"1 / time", "collision term C on the plane"});
}

void write_pictures(Hdf5Writer& file, const SphericalGrid& grid, const std::vector<ConstState>& snapshots,
                    ConstState equilibrium) {
  const MomentumPlane plane(grid, snapshots);
  write_plane_momenta(file, plane);
  const std::vector<double> radii = radii_up_to(plane.reach());
  std::vector<double> on_plane, on_shells;
  for (const ConstState W : snapshots) {
    const SphericalSeries series(grid, W);
    for (const Vector3& k : plane.points()) on_plane.push_back(series(k));
    const std::vector<double> means = shell_means(grid, W, radii);
    on_shells.insert(on_shells.end(), means.begin(), means.end());
  }
  file.write("plane_W", on_plane, plane.points().size(),
             {"1", "occupation number W on the plane, interpolated", {"snapshot_time"}});
  file.write("shell_k", radii, {"momentum", "distance from the centre"});
  file.write("shell_W", on_shells, radii.size(), {"1", "mean of W over directions", {"snapshot_time", "shell_k"}});
  file.write("shell_equilibrium", shell_means(grid, equilibrium, radii),
             {"1", "mean of the equilibrium over directions", {"shell_k"}});
}

std::vector<double> angular_moments(const SphericalGrid& grid, ConstState W, ConstState equilibrium) {
  constexpr std::size_t most = 4;
  std::vector<double> deviation(W.size());
  for (std::size_t a = 0; a < W.size(); ++a) deviation[a] = W[a] - equilibrium[a];
  const std::vector<double> all = powers(grid, deviation);
  const double isotropic = powers(grid, W)[0];
  std::vector<double> moments;
  for (std::size_t l = 1; l < all.size() && l <= most; ++l) moments.push_back(std::sqrt(all[l] / isotropic));
  return moments;
}

}  // namespace nordheim::program
