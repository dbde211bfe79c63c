// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/io/atomic_file.hpp>
#include <nordheim/io/hdf5_file.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace nordheim::test {

/// Results as `diffusion` writes them, of a planted curve: ρ = 1/10 + E(6−E)/100, γ = 2πρ, D = 1/(1 + E), a relative
/// error of 1e-12, B = E − 7/4, with displacements of one relaxation rate γ: ⟨x²⟩ = 2D(t − (1 − e^{−γt})/γ).
struct SyntheticCurve {
  std::string space = "lattice";
  std::vector<double> energies{3.0, 0.5, 1.0, 2.5, 1.5, 2.0};  ///< in no order
  std::vector<double> van_hove{0.0, 2.0, 4.0, 6.0};
  std::vector<double> errors{};  ///< empty: 1e-12 each
  std::size_t displacements = 3;
  std::string without = "";                            ///< a dataset that is left out
  std::vector<double> densities{};                     ///< of states; empty: ρ
  std::vector<std::pair<std::string, double>> axes{};  ///< components of a tensor, D times these

  static double density_of_states(double E) { return 0.1 + E * (6.0 - E) / 100.0; }
  static double rate(double E) { return 2.0 * std::acos(-1.0) * density_of_states(E); }
  static double D(double E) { return 1.0 / (1.0 + E); }
  static double super_burnett(double E) { return E - 1.75; }
  static double displacement(double E, double t) { return 2.0 * D(E) * (t + std::expm1(-rate(E) * t) / rate(E)); }

  void write(const std::filesystem::path& directory) const {
    Hdf5Writer file(directory / "result.h5");
    file.attribute("/", "command", "diffusion");
    file.attribute("/", "title", "A <planted> curve");
    file.attribute("/", "nordheim_version", "0.1.0");
    file.attribute("/", "space", space);
    file.attribute("/", "tolerance", 1e-10);
    put(file, "E", energies);
    put(file, "density_of_states", densities.empty() ? values(density_of_states) : densities);
    put(file, "rate", values(rate));
    put(file, "D", values(D));
    for (const auto& [name, factor] : axes) {
      std::vector<double> component = values(D);
      for (double& value : component) value *= factor;
      put(file, name, component);
    }
    put(file, "super_burnett", values(super_burnett));
    put(file, "error", errors.empty() ? std::vector<double>(energies.size(), 1e-12) : errors);
    if (!van_hove.empty()) put(file, "van_hove", van_hove);
    write_displacements(file);
    file.commit();
    write_text_file(directory / "case.toml", "title = \"A <planted> curve\"\n");
    write_text_file(directory / "summary.json",
                    "{\"energies\": 6, \"largest_error\": 1e-12, \"van_hove\": [0, 2, 4, 6], \"wall_seconds\": 1.5}");
  }

 private:
  [[nodiscard]] std::vector<double> values(double (*f)(double)) const {
    std::vector<double> result(energies.size());
    std::transform(energies.begin(), energies.end(), result.begin(), f);
    return result;
  }

  void put(Hdf5Writer& file, const std::string& dataset, const std::vector<double>& numbers,
           std::size_t columns = 0) const {
    if (dataset == without) return;
    const DatasetDescription description{"1", dataset};
    columns == 0 ? file.write(dataset, numbers, description) : file.write(dataset, numbers, columns, description);
  }

  void write_displacements(Hdf5Writer& file) const {
    if (displacements == 0) return;
    std::vector<double> E, coefficient, squared, times, moved;
    std::size_t count = 0;
    for (std::size_t m = 0; m < displacements; ++m) {
      E.push_back(energies[m]);
      coefficient.push_back(D(E.back()));
      squared.push_back(D(E.back()) * rate(E.back()));
      count = 0;
      for (double x = -2.0; x < 4.05; x += 0.1, ++count) {
        times.push_back(std::pow(10.0, x) / rate(E.back()));
        moved.push_back(displacement(E.back(), times.back()));
      }
    }
    put(file, "displacement_E", E);
    put(file, "displacement_D", coefficient);
    put(file, "velocity_squared", squared);
    put(file, "displacement_time", times, count);
    put(file, "displacement", moved, count);
  }
};

}  // namespace nordheim::test
