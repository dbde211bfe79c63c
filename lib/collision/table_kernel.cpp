// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/kernel_values.hpp"
#include "collision/signed_factor.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstdlib>
#include <limits>
#include <numbers>
#include <vector>

namespace nordheim::detail {

namespace {

using Complex = std::complex<double>;

/// e^{iπk_j} of each axis.
using AxisPhases = std::array<Complex, 3>;

/// Product of finite numbers, without the search for infinities that the operator * makes.
Complex times(Complex a, Complex b) {
  return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}

/// e^{iπx·k}, each axis by repeated squaring.
Complex wave(const std::array<int, 3>& x, const AxisPhases& phases) {
  Complex product = 1.0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    Complex square = x[axis] < 0 ? std::conj(phases[axis]) : phases[axis];
    for (int n = std::abs(x[axis]); n > 0; n /= 2) {
      if (n % 2 != 0) product = times(product, square);
      square = times(square, square);
    }
  }
  return product;
}

AxisPhases axis_phases(const Vector3& k) {
  AxisPhases phases;
  for (std::size_t axis = 0; axis < 3; ++axis) phases[axis] = std::polar(1.0, std::numbers::pi * k[axis]);
  return phases;
}

class TableKernel final : public KernelValues {
 public:
  TableKernel(std::span<const CorrelatorEntry> entries, const ShellSectors& sectors)
      : sectors_(sectors), entries_(entries.begin(), entries.end()) {
    long double sum = 0.0L;
    for (const auto& [x, value] : entries_) {
      sum += value;
      if (x > std::array<int, 3>{}) pairs_.push_back({x, 4.0 * value});
    }
    at_zero_ = static_cast<double>(sum);
    const std::size_t size = sectors.size();
    phases_.reserve(size);
    tables_.resize(2 * pairs_.size() * size);
    for (std::size_t i = 0; i < size; ++i) {
      phases_.push_back(axis_phases(sectors.momenta()[i]));
      for (std::size_t p = 0; p < pairs_.size(); ++p) {
        const Complex at_node = wave(pairs_[p].x, phases_[i]);
        tables_[2 * p * size + i] = at_node.real();
        tables_[(2 * p + 1) * size + i] = at_node.imag();
      }
    }
    rounding_ = measured_rounding();
  }

  [[nodiscard]] double value(std::size_t i, std::size_t e, std::size_t j) const override {
    double sum = at_zero_;
    for_each_term(i, e, j, [&](double slope, double a, double b) { sum -= slope * (a - b) * (a - b); });
    return sum;
  }

  void column(std::size_t sector, std::size_t j, std::span<double> column) const override {
    const std::size_t size = sectors_.size(), count = sectors_.count();
    std::vector<Complex> images(pairs_.size() * count);
    for (std::size_t e = 0; e < count; ++e) {
      const AxisPhases phases = image_phases(e, j);
      for (std::size_t p = 0; p < pairs_.size(); ++p) images[p * count + e] = wave(pairs_[p].x, phases);
    }
    // The characters other than 1 have the sum 0.
    std::fill(column.begin(), column.end(), sector == 0 ? static_cast<double>(count) * at_zero_ : 0.0);
    for (std::size_t first = 0; first < size; first += piece) {
      const std::size_t length = std::min(piece, size - first);
      for (std::size_t p = 0; p < pairs_.size(); ++p) {
        const double* const cosines = tables_.data() + 2 * p * size + first;
        const double* const sines = cosines + size;
        for (std::size_t e = 0; e < count; ++e) {
          const double c = images[p * count + e].real(), s = images[p * count + e].imag();
          const double slope = ShellSectors::sign(sector, e) * pairs_[p].value;
          for (std::size_t i = 0; i < length; ++i) {
            const double sine = sines[i] * c - cosines[i] * s;
            column[first + i] -= slope * sine * sine;
          }
        }
      }
    }
  }

  [[nodiscard]] double rounding() const override { return rounding_; }

  [[nodiscard]] std::optional<std::size_t> rank_limit(std::size_t sector) const override {
    return functions_in_sector(sectors_, sector, [this](AxisFlip flip) {
      return std::count_if(entries_.begin(), entries_.end(), [flip](const CorrelatorEntry& entry) {
        for (std::size_t axis = 0; axis < 3; ++axis) {
          if ((flip >> axis & 1U) != 0 && entry.x[axis] != 0) return false;
        }
        return true;
      });
    });
  }

 private:
  static constexpr std::size_t piece = 512;  // nodes at a time, in the cache

  [[nodiscard]] AxisPhases image_phases(std::size_t e, std::size_t j) const {
    AxisPhases phases = phases_[j];
    for (std::size_t axis = 0; axis < 3; ++axis) {
      if ((sectors_.element(e) >> axis & 1U) != 0) phases[axis] = std::conj(phases[axis]);
    }
    return phases;
  }

  /// @param visit  (4ϑ(x), a, b) with a − b = sin πx·(k_i − h_e k_j)
  template <class Visit>
  void for_each_term(std::size_t i, std::size_t e, std::size_t j, const Visit& visit) const {
    const AxisPhases phases = image_phases(e, j);
    const std::size_t size = sectors_.size();
    for (std::size_t p = 0; p < pairs_.size(); ++p) {
      const Complex image = wave(pairs_[p].x, phases);
      visit(pairs_[p].value, tables_[(2 * p + 1) * size + i] * image.real(), tables_[2 * p * size + i] * image.imag());
    }
  }

  /// The rounding of each term, whose sizes add up even where the terms cancel, and where each q may be off by that of
  /// the nodes.
  [[nodiscard]] double measured_rounding() const {
    constexpr double few_units = 16.0 * std::numeric_limits<double>::epsilon();
    const double reach = largest_momentum();
    double largest = 0.0;
    const std::vector<std::size_t> sample = probes(sectors_.size());
    for (std::size_t e = 0; e < sectors_.count(); ++e) {
      for (const std::size_t i : sample) {
        for (const std::size_t j : sample) {
          double sum = few_units * std::abs(at_zero_);
          for_each_term(i, e, j, [&](double slope, double a, double b) {
            const double sine = std::abs(a - b), off = few_units * (std::abs(a) + std::abs(b) + reach);
            sum += std::abs(slope) * (few_units * sine * sine + off * (2.0 * sine + off));
          });
          largest = std::max(largest, sum);
        }
      }
    }
    return largest;
  }

  /// Largest |x|·|k|.
  [[nodiscard]] double largest_momentum() const {
    double x = 0.0, k = 0.0;
    for (const CorrelatorEntry& pair : pairs_) x = std::max(x, std::hypot(pair.x[0], pair.x[1], pair.x[2]));
    for (const Vector3& at : sectors_.momenta()) k = std::max(k, std::hypot(at[0], at[1], at[2]));
    return x * k;
  }

  const ShellSectors& sectors_;
  std::vector<CorrelatorEntry> entries_;
  std::vector<CorrelatorEntry> pairs_{};  // one of ±x, and 4ϑ(x)
  double at_zero_ = 0.0;                  // ϑ̂(0)
  std::vector<AxisPhases> phases_{};      // of the nodes
  std::vector<double> tables_{};          // cos and sin of πx·k: (pair, cosine or sine, node)
  double rounding_ = 0.0;
};

}  // namespace

std::unique_ptr<KernelValues> make_table_kernel(std::span<const CorrelatorEntry> entries, const ShellSectors& sectors) {
  return std::make_unique<TableKernel>(entries, sectors);
}

}  // namespace nordheim::detail
