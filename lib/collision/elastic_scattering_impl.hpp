// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/elastic_scattering.hpp>

#include "collision/deflated_resolvent.hpp"
#include "collision/sector_gain.hpp"
#include "collision/shell_sectors.hpp"

#include <Eigen/Dense>

#include <atomic>
#include <cstddef>
#include <mutex>
#include <vector>

namespace nordheim {

struct ElasticScattering::Impl {
  Impl(EnergyShell shell_in, Correlator correlator_in, const ElasticScatteringOptions& options);

  /// The gain in a sector, factorised when it is first asked for.
  [[nodiscard]] const detail::SectorGain& gain(std::size_t sector) const;
  /// σ − Pᵀ (w/γ) P without the constants, factorised when it is first asked for.
  [[nodiscard]] const Eigen::PartialPivLU<Eigen::MatrixXd>& static_factor(std::size_t sector) const;

  /// out = C(W), nothing subtracted.
  void collide(ConstState W, State out) const;
  /// The same within one sector, in place.
  void collide_sector(std::size_t sector, double* f) const;
  /// h with −C h = f within one sector, in place.
  void solve_sector(std::size_t sector, double* f) const;

  EnergyShell shell;
  Correlator correlator;
  detail::ShellSectors sectors;
  detail::GainFactory factory;
  bool cubic;  // see has_cubic_symmetry()
  mutable std::atomic<std::size_t> rank_in_use{0};
  Eigen::VectorXd fundamental_rates;  // γ(x)
  std::vector<double> rates;          // γ at all nodes

 private:
  struct Sector {
    std::once_flag gain_made, static_made;
    detail::SectorGain gain;
    Eigen::PartialPivLU<Eigen::MatrixXd> static_factor;
  };
  mutable std::vector<Sector> made_;
};

namespace detail {

/// f[0] … f[n−1] is zero.
[[nodiscard]] bool vanishes(const double* f, std::size_t n) noexcept;
/// @throws InvalidArgument unless both are on the lattice, in the same dimension, or both in the continuum
void check_spaces(const EnergyShell& shell, const Correlator& correlator);
/// The reflections of the shell under which ϑ̂ is unchanged too.
[[nodiscard]] std::vector<AxisFlip> common_reflections(const EnergyShell& shell, const Correlator& correlator);
/// Whether all reflections, of which there are @p reflections, and all exchanges of axes leave shell and ϑ̂ unchanged.
[[nodiscard]] bool is_cubic(const EnergyShell& shell, const Correlator& correlator, std::size_t reflections);
/// @throws DimensionMismatch
void check_size(const char* what, std::size_t found, const EnergyShell& shell);

}  // namespace detail

}  // namespace nordheim
