// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/io/atomic_file.hpp>
#include <nordheim/io/hdf5_file.hpp>
#include <nordheim/model/equilibrium.hpp>

#include <cmath>
#include <cstddef>
#include <filesystem>
#include <limits>
#include <numbers>
#include <span>
#include <string>
#include <vector>

namespace nordheim::test {

/// Results as `relax` or `collide` writes them, of a planted relaxation: W = W_eq + e^{−rate t} · bump(k), on the
/// lattice Z^d with ω = Σ(1 − cos 2πk_j), nodes in the order of the FFT.
struct SyntheticResult {
  std::string command = "relax";
  std::size_t dimension = 2;
  std::size_t side = 8;
  std::size_t times = 50;
  std::size_t snapshots = 9;
  Statistics statistics = Statistics::fermion;
  double rate = 0.375;                  ///< of the decay
  double step = 1.0;                    ///< between output times
  double beta = 0.7;                    ///< of the equilibrium
  double mu = 1.1;                      ///< of the equilibrium, or −1.1 for bosons
  std::string without = "";             ///< a dataset that is left out
  double energy_drift = 0.0;            ///< at all times
  std::size_t infinite_production = 0;  ///< at so many of the first times
  bool summary = true;                  ///< with summary.json

  [[nodiscard]] double chemical_potential() const { return statistics == Statistics::boson ? -mu : mu; }

  void write(const std::filesystem::path& directory) const {
    make_nodes();
    Hdf5Writer file(directory / "result.h5");
    file.attribute("/", "command", command);
    file.attribute("/", "title", "A <planted> relaxation");
    file.attribute("/", "nordheim_version", "0.1.0");
    file.attribute("/", "statistics", name(statistics));
    put(file, "momenta", momenta_, dimension);
    put(file, "energies", energies_);
    if (command == "relax") {
      write_relaxation(file);
    } else {
      put(file, "W", state(0.0));
      std::vector<double> C = bump_;
      for (std::size_t a = 1; a < C.size(); a += 2) C[a] = -C[a];
      put(file, "C", C);
    }
    file.commit();
    write_text_file(directory / "case.toml", "title = \"A <planted> relaxation\" # a & b\n");
    if (!summary) return;
    write_text_file(directory / "summary.json", "{\"time\": 49, \"equilibrium\": {\"beta\": " + std::to_string(beta) +
                                                    ", \"mu\": " + std::to_string(chemical_potential()) +
                                                    "}, \"momentum_drift\": [1e-3, 2e-3]}");
  }

 private:
  void make_nodes() const {
    momenta_.clear();
    energies_.clear();
    equilibrium_.clear();
    bump_.clear();
    const auto equilibrium = Equilibrium::from_chemical_potential(statistics, beta, chemical_potential());
    const auto count = static_cast<std::size_t>(std::pow(side, dimension) + 0.5);
    for (std::size_t a = 0; a < count; ++a) {
      double omega = 0.0, first = 0.0;
      for (std::size_t j = 0, rest = a, stride = count / side; j < dimension; ++j) {
        const std::size_t index = rest / stride;
        rest %= stride;
        stride = stride > 1 ? stride / side : 1;
        const double k = (static_cast<double>(index) - (2 * index < side ? 0.0 : static_cast<double>(side))) /
                         static_cast<double>(side);
        if (j == 0) first = k;
        momenta_.push_back(k);
        omega += 1.0 - std::cos(2.0 * std::numbers::pi * k);
      }
      energies_.push_back(omega);
      equilibrium_.push_back(equilibrium.occupation(omega));
      bump_.push_back(0.1 * std::exp(-10.0 * (first - 0.2) * (first - 0.2)));
    }
  }

  void put(Hdf5Writer& file, const std::string& dataset, std::span<const double> values,
           std::size_t columns = 0) const {
    if (dataset == without) return;
    const DatasetDescription description{"1", dataset};
    columns == 0 ? file.write(dataset, values, description) : file.write(dataset, values, columns, description);
  }

  [[nodiscard]] std::vector<double> state(double time) const {
    std::vector<double> W = equilibrium_;
    for (std::size_t a = 0; a < W.size(); ++a) W[a] += std::exp(-rate * time) * bump_[a];
    return W;
  }

  void write_relaxation(Hdf5Writer& file) const {
    std::vector<double> time, decay, entropy, production, constant(times, 0.4), zero(times, 0.0);
    for (std::size_t i = 0; i < times; ++i) {
      time.push_back(step * static_cast<double>(i));
      decay.push_back(0.1 * std::exp(-rate * time.back()));
      entropy.push_back(1.0 - decay.back() * decay.back());
      production.push_back(i < infinite_production ? std::numeric_limits<double>::infinity()
                                                   : 2.0 * rate * decay.back() * decay.back());
    }
    put(file, "time", time);
    put(file, "distance_to_equilibrium", decay);
    put(file, "entropy", entropy);
    put(file, "entropy_production", production);
    for (const char* dataset : {"number", "energy", "min_W", "max_W"}) put(file, dataset, constant);
    put(file, "number_drift", zero);
    put(file, "energy_drift", std::vector<double>(times, energy_drift));
    put(file, "current", std::vector<double>(times * dimension, 0.01), dimension);
    put(file, "equilibrium", equilibrium_);
    std::vector<double> snapshot_time, W;
    for (std::size_t s = 0; s < snapshots; ++s) {
      snapshot_time.push_back(static_cast<double>(s));
      const std::vector<double> now = state(snapshot_time.back());
      W.insert(W.end(), now.begin(), now.end());
    }
    put(file, "snapshot_time", snapshot_time);
    put(file, "W", W, energies_.size());
  }

  mutable std::vector<double> momenta_{}, energies_{}, equilibrium_{}, bump_{};
};

}  // namespace nordheim::test
