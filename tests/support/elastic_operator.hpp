// SPDX-License-Identifier: GPL-3.0-or-later
// Elastic scattering as its defining double sum over the nodes of a shell, and shells and correlators to try it on.
#pragma once

#include <nordheim/collision/elastic_scattering.hpp>

#include "support/two_pi.hpp"

#include <Eigen/Dense>

#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace nordheim::test {

using Eigen::Index;
using Eigen::MatrixXcd;
using Eigen::MatrixXd;
using Eigen::VectorXcd;
using Eigen::VectorXd;

inline Vector3 minus(const Vector3& a, const Vector3& b) { return {a[0] - b[0], a[1] - b[1], a[2] - b[2]}; }

/// γ_a = 2π Σ_b w_b ϑ̂(k_a − k_b).
inline VectorXd dense_rates(const EnergyShell& shell, const Correlator& correlator) {
  VectorXd rates = VectorXd::Zero(static_cast<Index>(shell.size()));
  for (std::size_t a = 0; a < shell.size(); ++a) {
    for (std::size_t b = 0; b < shell.size(); ++b) {
      rates[static_cast<Index>(a)] +=
          two_pi * shell.weights()[b] * correlator(minus(shell.momentum(a), shell.momentum(b)));
    }
  }
  return rates;
}

/// C_ab = 2π w_b ϑ̂(k_a − k_b) − γ_a δ_ab.
inline MatrixXd dense_operator(const EnergyShell& shell, const Correlator& correlator) {
  const auto n = static_cast<Index>(shell.size());
  MatrixXd C(n, n);
  for (Index a = 0; a < n; ++a) {
    for (Index b = 0; b < n; ++b) {
      const auto i = static_cast<std::size_t>(a), j = static_cast<std::size_t>(b);
      C(a, b) = two_pi * shell.weights()[j] * correlator(minus(shell.momentum(i), shell.momentum(j)));
    }
  }
  const VectorXd rates = C.rowwise().sum();
  C.diagonal() -= rates;
  return C;
}

inline VectorXd as_vector(ConstState values) {
  return Eigen::Map<const VectorXd>(values.data(), static_cast<Index>(values.size()));
}
inline ConstState as_state(const VectorXd& values) { return {values.data(), static_cast<std::size_t>(values.size())}; }
inline State as_state(VectorXd& values) { return {values.data(), static_cast<std::size_t>(values.size())}; }

/// Component j of the velocities.
inline VectorXd velocity(const EnergyShell& shell, int j) {
  VectorXd v(static_cast<Index>(shell.size()));
  const auto d = static_cast<std::size_t>(shell.dimension());
  for (std::size_t a = 0; a < shell.size(); ++a) {
    v[static_cast<Index>(a)] = shell.velocities()[a * d + static_cast<std::size_t>(j)];
  }
  return v;
}

/// q·v at the nodes.
inline VectorXd frequencies(const EnergyShell& shell, const Vector3& q) {
  VectorXd result = VectorXd::Zero(static_cast<Index>(shell.size()));
  for (int j = 0; j < shell.dimension(); ++j) result += q[static_cast<std::size_t>(j)] * velocity(shell, j);
  return result;
}

/// A state without any symmetry.
inline VectorXd skew(const EnergyShell& shell) {
  VectorXd W(static_cast<Index>(shell.size()));
  for (std::size_t a = 0; a < shell.size(); ++a) {
    const Vector3 k = shell.momentum(a);
    W[static_cast<Index>(a)] = 1.0 + 0.7 * std::sin(3.1 * k[0] + 0.4) + 0.5 * std::cos(5.3 * k[1] - 2.2 * k[2] + 1.0) +
                               0.2 * std::sin(9.0 * k[0] * k[1] + 4.0 * k[2]);
  }
  return W;
}

/// A band with few reflections: (k_1, k_2) → −(k_1, k_2) and, in three dimensions, k_3 → −k_3; @p lopsided: not even
/// inversion in the first two.
inline Dispersion tilted_band(int dimension, bool lopsided) {
  return Dispersion::from_formula(
      dimension,
      [dimension, lopsided](const auto& k) {
        Symbol sum = 1.0 - cos(two_pi * k[0]);
        if (lopsided) sum += 0.3 * sin(2.0 * two_pi * k[0]) + 0.1 * sin(two_pi * k[0]);
        if (dimension > 1) sum += 1.0 - cos(two_pi * k[1]) + 0.2 * (1.0 - cos(two_pi * (k[0] + k[1])));
        if (dimension > 2) sum += 1.0 - cos(two_pi * k[2]);
        return sum;
      },
      "tilted");
}

inline EnergyShell small_shell(const Dispersion& band, double energy, int order) {
  EnergyShellOptions options;
  options.order = order;
  return EnergyShell(band, energy, options);
}

struct ElasticCase {
  std::string name;
  EnergyShell shell;
  Correlator correlator;
};

/// ϑ̂ = 1 + t Σ_{j=1}^{d} 2 cos 2πq_j.
inline Correlator neighbours(int dimension, double t) {
  std::vector<CorrelatorEntry> entries{{{0, 0, 0}, 1.0}};
  for (std::size_t j = 0; j < static_cast<std::size_t>(dimension); ++j) {
    for (const int sign : {-1, 1}) {
      CorrelatorEntry entry{{0, 0, 0}, t};
      entry.x[j] = sign;
      entries.push_back(entry);
    }
  }
  return Correlator::table(dimension, entries);
}

/// Everything that ElasticScattering distinguishes: dimension, reflections of the shell, reflections and sign of the
/// correlator.
inline std::vector<ElasticCase> elastic_cases() {
  std::vector<ElasticCase> cases;
  const auto add = [&](const std::string& name, const EnergyShell& shell, const Correlator& correlator) {
    cases.push_back({name + ", " + correlator.description(), shell, correlator});
  };
  for (const int d : {1, 2, 3}) {
    const int order = d == 3 ? 1 : 4;
    const std::vector<std::pair<std::string, EnergyShell>> shells{
        {"cubic", small_shell(Dispersion::nearest_neighbour(d), 0.9, order)},
        {"tilted", small_shell(tilted_band(d, false), 1.1, order)},
        {"lopsided", small_shell(tilted_band(d, true), 1.1, order)}};
    for (const auto& [name, shell] : shells) {
      const std::string place = name + " d=" + std::to_string(d);
      add(place, shell, Correlator::delta(0.7));
      add(place, shell, neighbours(d, 0.15));
      add(place, shell, neighbours(d, -0.15));  // a kernel that is not positive definite
      add(place, shell, Correlator::product(d, 0.5, 2.0));
      add(place, shell, Correlator::product(d, -0.9));
      add(place, shell, Correlator::gaussian_lattice(d, 0.8));
      if (d > 1) {  // of lower symmetry than the cube
        add(place, shell, Correlator::table(d, {{{0, 0, 0}, 1.0}, {{1, 1, 0}, 0.3}, {{-1, -1, 0}, 0.3}}));
      }
      add(place, shell, Correlator::on_lattice(d, [](const Vector3& q) {
            return 1.0 / (1.5 - std::cos(two_pi * q[0]) + 0.2 * std::cos(two_pi * (q[1] + q[2])));
          }));
    }
  }
  // Strengths that make rates of order 1, as on the lattice.
  const EnergyShell sphere = EnergyShell::sphere(0.8, 0.32, 0.8, 7);
  add("sphere", sphere, Correlator::delta(0.02));
  add("sphere", sphere, Correlator::gaussian(1.1, 0.03));
  add("sphere", sphere, Correlator::screened(0.9, 0.05));
  add("sphere", sphere, Correlator::in_continuum([](double q) { return 0.02 * (1.0 + std::cos(3.0 * q)); }));
  return cases;
}

}  // namespace nordheim::test
