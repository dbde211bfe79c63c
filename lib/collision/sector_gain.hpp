// SPDX-License-Identifier: GPL-3.0-or-later
// The gain of elastic scattering in each sector of the shell, as few functions.
#pragma once

#include <nordheim/model/correlator.hpp>

#include "collision/kernel_values.hpp"
#include "collision/shell_sectors.hpp"
#include "collision/signed_factor.hpp"

#include <Eigen/Dense>

#include <atomic>
#include <cstddef>
#include <memory>
#include <vector>

namespace nordheim::detail {

/// The gain in one sector, 2π Σ_h χ(h) ϑ̂(k_x − h k_y) = Σ_r σ_r P_r(x) P_r(y).
struct SectorGain {
  Eigen::MatrixXd P{};      ///< shape (size, rank)
  Eigen::VectorXd sigma{};  ///< ±1, shape (rank)
  [[nodiscard]] Eigen::Index rank() const noexcept { return P.cols(); }
};

/// Factorises the kernel ϑ̂(k_a − k_b), sector by sector. Safe to use from several threads.
class GainFactory {
 public:
  /// @param tolerance   of the kernel, relative to the largest value it could have in a sector
  /// @param max_memory  bytes for all sectors
  GainFactory(const Correlator& correlator, const ShellSectors& sectors, double tolerance, std::size_t max_memory);

  /// @throws InvalidArgument if memory is out
  [[nodiscard]] SectorGain operator()(std::size_t sector) const;
  /// How far the gain's ϑ̂ may be from that of the correlator, absolutely.
  [[nodiscard]] double kernel_error() const noexcept { return tolerance_ / static_cast<double>(sectors_.count()); }

 private:
  [[nodiscard]] SectorGain of_constant(std::size_t sector) const;
  [[nodiscard]] SymmetricKernel kernel(std::size_t sector) const;
  void claim(std::size_t functions) const;

  const Correlator& correlator_;
  const ShellSectors& sectors_;
  std::unique_ptr<KernelValues> values_{};  // none if ϑ̂ is constant
  double tolerance_ = 0.0;                  // of sums over images, absolute
  std::size_t max_memory_;
  std::vector<double> diagonals_{};  // (sectors, size)
  mutable std::atomic<std::size_t> functions_{0};
};

/// The loss rate γ, and the gain of sector 0 with the constants split off.
struct DeflatedGain {
  Eigen::VectorXd rates{};  ///< γ(x)
  SectorGain gain{};
};

/// @brief Rotates the functions of sector 0 so that the constants are an exact null vector of gain minus loss.
///
/// γ = Σ_r σ_r P_r Σ_y w_y P_r(y). Afterwards the first function is γ/√(Σ w γ), with σ = 1, and the others are
/// orthogonal to the constants, Σ w P_r = 0: the gain of a constant is γ times it, whatever the rounding of P.
[[nodiscard]] DeflatedGain deflated(SectorGain gain, const ShellSectors& sectors);

}  // namespace nordheim::detail
