// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/kernel_values.hpp"

#include "collision/signed_factor.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace nordheim::detail {

namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

Vector3 difference(const Vector3& a, const Vector3& b) noexcept { return {a[0] - b[0], a[1] - b[1], a[2] - b[2]}; }
Vector3 scaled(const Vector3& k, double s) noexcept { return {k[0] * s, k[1] * s, k[2] * s}; }

/// ϑ̂ by calling it.
class CalledKernel final : public KernelValues {
 public:
  CalledKernel(const Correlator& correlator, const ShellSectors& sectors)
      : correlator_(correlator), sectors_(sectors), rounding_(measured_rounding()) {}

  [[nodiscard]] double value(std::size_t i, std::size_t e, std::size_t j) const override {
    const std::vector<Vector3>& k = sectors_.momenta();
    return correlator_(difference(k[i], reflected(k[j], sectors_.element(e))));
  }
  void column(std::size_t sector, std::size_t j, std::span<double> column) const override {
    const std::vector<Vector3>& k = sectors_.momenta();
    std::fill(column.begin(), column.end(), 0.0);
    for (std::size_t e = 0; e < sectors_.count(); ++e) {
      const Vector3 image = reflected(k[j], sectors_.element(e));
      const double sign = ShellSectors::sign(sector, e);
      for (std::size_t i = 0; i < column.size(); ++i) column[i] += sign * correlator_(difference(k[i], image));
    }
  }
  [[nodiscard]] double rounding() const override { return rounding_; }
  [[nodiscard]] std::optional<std::size_t> rank_limit(std::size_t /*sector*/) const override { return {}; }

 private:
  /// What the last digits of q change, and how far ϑ̂ is from a smooth function: the rounding of what it is made of,
  /// which may be larger than its value, as in 3 − Σ cos.
  [[nodiscard]] double measured_rounding() const {
    constexpr double step = 1e-9;  // its square times q²ϑ̂'' is nothing
    constexpr double safety = 8.0;
    const std::vector<Vector3>& k = sectors_.momenta();
    const std::vector<std::size_t> sample = probes(k.size());
    double largest = 0.0;
    for (const std::size_t i : sample) {
      for (const std::size_t j : sample) {
        const Vector3 q = difference(k[i], k[j]);
        const double at_q = correlator_(q);
        const double shift = correlator_(difference(scaled(k[i], 1.0 + epsilon), k[j])) - at_q;
        const double bend = correlator_(scaled(q, 1.0 + step)) + correlator_(scaled(q, 1.0 - step)) - 2.0 * at_q;
        largest = std::max({largest, std::abs(shift), 0.5 * std::abs(bend)});
      }
    }
    return safety * largest;
  }

  const Correlator& correlator_;
  const ShellSectors& sectors_;
  double rounding_;
};

/// Tables of sines and cosines pay as long as they are not much longer than the functions of the gain.
constexpr std::size_t most_waves = 64;
constexpr std::size_t most_table_numbers = std::size_t{1} << 25U;

}  // namespace

std::unique_ptr<KernelValues> make_kernel_values(const Correlator& correlator, const ShellSectors& sectors) {
  if (const SeparableCorrelation* const parts = correlator.separable();
      parts != nullptr && parts->factor.size() <= most_waves) {
    return make_separable_kernel(*parts, sectors, correlator.dimension());
  }
  const std::span<const CorrelatorEntry> entries = correlator.entries();
  if (!entries.empty() && entries.size() * sectors.size() <= most_table_numbers) {
    return make_table_kernel(entries, sectors);
  }
  return std::make_unique<CalledKernel>(correlator, sectors);
}

}  // namespace nordheim::detail
