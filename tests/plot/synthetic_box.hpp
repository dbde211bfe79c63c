// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/io/atomic_file.hpp>
#include <nordheim/io/hdf5_file.hpp>

#include <cmath>
#include <cstddef>
#include <filesystem>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

namespace nordheim::test {

/// Results as `evolve` writes them, planted: on shells a Gauss packet of variance 25 + 2Dt in a box of length 100, or a
/// density 1 + cos(qx) e^{−Dq²t}; of a gas the same wave, and a temperature and energy 1 + sin(qx) e^{−t}/100.
struct SyntheticBox {
  bool shell = true;
  bool packet = true;
  std::vector<double> points{64};  ///< along each axis of the box
  std::size_t times = 12;
  std::size_t snapshots = 4;
  double D = 0.5;
  double image_wave = 0.0;    ///< ε of the images
  std::string without = "";   ///< a dataset that is left out
  double wrong_points = 0.0;  ///< added to the first of box_points

  static constexpr double length = 100.0;
  [[nodiscard]] double q() const { return 2.0 * std::numbers::pi / length; }
  [[nodiscard]] double density(double x, double t) const {
    const double variance = 25.0 + 2.0 * D * t, from = x - 0.5 * length;
    if (packet) return std::exp(-from * from / (2.0 * variance)) / std::sqrt(variance);
    return 1.0 + std::cos(q() * x) * std::exp(-D * q() * q() * t);
  }

  void write(const std::filesystem::path& directory) const {
    Hdf5Writer file(directory / "result.h5");
    file.attribute("/", "command", std::string("evolve"));
    file.attribute("/", "title", std::string("A <planted> box"));
    if (shell) {
      file.attribute("/", "space", std::string("shell"));
    } else {
      file.attribute("/", "statistics", std::string("fermion"));
    }
    const std::size_t axes = points.size();
    std::size_t positions = 1;
    for (const double n : points) positions *= static_cast<std::size_t>(n);
    const std::size_t others = positions / static_cast<std::size_t>(points[0]);
    std::vector<double> x, given = points;
    given[0] += wrong_points;
    for (std::size_t r = 0; r < positions; ++r) {
      for (std::size_t j = 0; j < axes; ++j)
        x.push_back(j == 0 ? length * static_cast<double>(r / others) / points[0] : 0.0);
    }
    put(file, "x", x, {positions, axes}, "sites");
    put(file, "box", std::vector<double>(axes, length), {axes}, "sites");
    put(file, "box_points", given, {axes}, "1");
    write_series(file, x, positions, axes);
    write_images(file);
    file.commit();
    write_text_file(directory / "case.toml", "title = \"A <planted> box\"\n");
  }

 private:
  void put(Hdf5Writer& file, const std::string& dataset, const std::vector<double>& values,
           const std::vector<std::size_t>& shape, const std::string& units, const std::string& long_name = "") const {
    if (dataset != without) file.write(dataset, values, shape, {units, long_name.empty() ? dataset : long_name});
  }

  void write_series(Hdf5Writer& file, const std::vector<double>& x, std::size_t positions, std::size_t axes) const {
    std::vector<double> time, rho, temperature, variance, exponent, distance, number;
    for (std::size_t i = 0; i < times; ++i) {
      const double t = 2.0 * static_cast<double>(i);
      time.push_back(t);
      for (std::size_t r = 0; r < positions; ++r) {
        rho.push_back(density(x[r * axes], t));
        temperature.push_back(1.0 + 0.01 * std::sin(q() * x[r * axes]) * std::exp(-t));
      }
      for (std::size_t j = 0; j < axes; ++j) {
        variance.push_back(25.0 + 2.0 * D * t);
        exponent.push_back(i == 0 ? std::numeric_limits<double>::quiet_NaN() : 1.0);
      }
      distance.push_back(std::exp(-t));
      number.push_back(4.0 * (1.0 + 1e-12 * t));
    }
    put(file, "time", time, {times}, "1 / energy");
    put(file, "density", rho, {times, positions}, "1 / site");
    put(file, "number", number, {times}, "1");
    put(file, "energy", number, {times}, "energy");
    put(file, "variance", variance, {times, axes}, "sites^2");
    put(file, "distance_to_local_equilibrium", distance, {times}, "1");
    put(file, "distance_to_equilibrium", distance, {times}, "1");
    if (!shell) {
      put(file, "temperature", temperature, {times, positions}, "energy");
      put(file, "energy_density", temperature, {times, positions}, "energy / site");
      return;
    }
    put(file, "diffused_density", rho, {times, positions}, "1 / site");
    put(file, "exponent", exponent, {times, axes}, "1");
    put(file, "mean_diffusion", std::vector<double>(axes, D), {axes}, "sites^2 / time");
    put(file, "velocities", {-1.0, 0.5, 1.0}, {3, 1}, "sites / time");
    put(file, "weights", {1.0, 2.0, 1.0}, {3}, "1");
  }

  /// W = (1 + ε sin(qx))/(1 + j) in column j at each snapshot, the columns at unequal distances.
  void write_images(Hdf5Writer& file) const {
    const auto first = static_cast<std::size_t>(points[0]);
    std::vector<double> time, x, image;
    for (std::size_t s = 0; s < snapshots; ++s) {
      time.push_back(2.0 * static_cast<double>(s));
      for (std::size_t i = 0; i < first; ++i) {
        const double phase = 2.0 * std::numbers::pi * static_cast<double>(i) / points[0];
        const double W = 1.0 + image_wave * std::sin(phase);
        image.insert(image.end(), {W, 0.5 * W, W / 3.0});
      }
    }
    for (std::size_t i = 0; i < first; ++i) x.push_back(length * static_cast<double>(i) / points[0]);
    put(file, "snapshot_time", time, {snapshots}, "1 / energy");
    put(file, "image_position", x, {first}, "sites");
    put(file, "image_momentum", {-1.0, 0.5, 1.0}, {3}, "sites / time");
    put(file, "image", image, {snapshots, first, 3}, "1", "W(x, v_x), mean over the rest");
  }
};

}  // namespace nordheim::test
