// SPDX-License-Identifier: GPL-3.0-or-later
// Values of the scattering kernel between nodes of a shell, each kind of correlator in the way that is fastest and
// loses no digits.
#pragma once

#include <nordheim/model/correlator.hpp>

#include "collision/shell_sectors.hpp"

#include <cmath>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>

namespace nordheim::detail {

/// ϑ̂(k_i − h_e k_j) for nodes i, j of the fundamental set and elements e of the group of reflections.
class KernelValues {
 public:
  virtual ~KernelValues() = default;
  KernelValues() = default;
  KernelValues(const KernelValues&) = delete;
  KernelValues& operator=(const KernelValues&) = delete;

  /// ϑ̂(k_i − h_e k_j).
  [[nodiscard]] virtual double value(std::size_t i, std::size_t e, std::size_t j) const = 0;
  /// Σ_e χ(h_e) ϑ̂(k_i − h_e k_j) for all i.
  virtual void column(std::size_t sector, std::size_t j, std::span<double> column) const = 0;
  /// How far a value may be from ϑ̂ between nodes that are exact, absolutely, if that is more than a few units in the
  /// last place of the largest value.
  [[nodiscard]] virtual double rounding() const = 0;
  /// How many independent functions the kernel has in a sector at most, if that is known exactly.
  [[nodiscard]] virtual std::optional<std::size_t> rank_limit(std::size_t sector) const = 0;
};

/// @brief The values for any correlator that is not constant; refers to both arguments.
[[nodiscard]] std::unique_ptr<KernelValues> make_kernel_values(const Correlator& correlator,
                                                               const ShellSectors& sectors);

/// @brief ϑ(x) = variance Π_j ϑ_1(|x_j|): the product of one function for each axis.
///
///     f(q) = Σ_n ϑ_1(|n|) cos 2πnq = f(0) − 4 Σ_{n>0} ϑ_1(n) sin² πnq,
///
/// with sin πn(k − k') from sines and cosines of the nodes: no digits are lost where f has a zero at q = 0.
[[nodiscard]] std::unique_ptr<KernelValues> make_separable_kernel(const SeparableCorrelation& correlation,
                                                                  const ShellSectors& sectors, int dimension);

/// @brief ϑ(x) from a table: ϑ̂(q) = ϑ̂(0) − 4 Σ ϑ(x) sin² πx·q over one of each pair ±x, likewise.
[[nodiscard]] std::unique_ptr<KernelValues> make_table_kernel(std::span<const CorrelatorEntry> entries,
                                                              const ShellSectors& sectors);

/// The dimension of the sector's part of the span of all e^{i2πx·k}, |H|⁻¹ Σ_h χ(h) #{x : hx = x}.
/// @param fixed  (flip) -> #{x : hx = x}
template <class Fixed>
[[nodiscard]] std::size_t functions_in_sector(const ShellSectors& sectors, std::size_t sector, const Fixed& fixed) {
  double sum = 0.0;
  for (std::size_t e = 0; e < sectors.count(); ++e) {
    sum += ShellSectors::sign(sector, e) * static_cast<double>(fixed(sectors.element(e)));
  }
  return static_cast<std::size_t>(std::llround(sum / static_cast<double>(sectors.count())));
}

}  // namespace nordheim::detail
