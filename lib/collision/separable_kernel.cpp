// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/kernel_values.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

namespace nordheim::detail {

namespace {

class SeparableKernel final : public KernelValues {
 public:
  SeparableKernel(const SeparableCorrelation& correlation, const ShellSectors& sectors, int dimension)
      : sectors_(sectors),
        dimension_(static_cast<std::size_t>(dimension)),
        waves_(correlation.factor.size() - 1),
        limited_(!correlation.cut_off),
        variance_(correlation.variance) {
    long double sum = correlation.factor.front();
    for (std::size_t n = 1; n <= waves_; ++n) {
      sum += 2.0L * correlation.factor[n];
      slopes_.push_back(4.0 * correlation.factor[n]);
    }
    at_zero_ = static_cast<double>(sum);
    make_tables();
  }

  [[nodiscard]] double value(std::size_t i, std::size_t e, std::size_t j) const override {
    double product = variance_;
    for (std::size_t axis = 0; axis < dimension_; ++axis) {
      const double turn = (sectors_.element(e) >> axis & 1U) != 0 ? 1.0 : -1.0;
      double f = at_zero_;
      for (std::size_t n = 0; n < waves_; ++n) {
        const Wave wave = at(axis, n);
        const double sine = wave.sines[i] * wave.cosines[j] + turn * wave.cosines[i] * wave.sines[j];
        f -= slopes_[n] * sine * sine;
      }
      product *= f;
    }
    return product;
  }

  void column(std::size_t sector, std::size_t j, std::span<double> column) const override {
    for (std::size_t first = 0; first < column.size(); first += piece) {
      const std::size_t count = std::min(piece, column.size() - first);
      Factors factors;  // f(k − k') and f(k + k') of each axis
      for (std::size_t axis = 0; axis < dimension_; ++axis) fill(factors[axis], axis, j, first, count);
      double* const out = column.data() + first;
      std::fill_n(out, count, 0.0);
      for (std::size_t e = 0; e < sectors_.count(); ++e) add(factors, sector, e, out, count);
    }
  }

  [[nodiscard]] double rounding() const override { return 0.0; }

  [[nodiscard]] std::optional<std::size_t> rank_limit(std::size_t sector) const override {
    if (!limited_) return {};
    return functions_in_sector(sectors_, sector, [this](AxisFlip flip) {
      std::size_t count = 1;
      for (std::size_t axis = 0; axis < dimension_; ++axis) count *= (flip >> axis & 1U) != 0 ? 1 : 2 * waves_ + 1;
      return count;
    });
  }

 private:
  static constexpr std::size_t piece = 256;  // nodes at a time, in the cache
  using Piece = std::array<double, piece>;
  using Factors = std::array<std::array<Piece, 2>, 3>;
  /// cos πnk and sin πnk of one axis at all nodes.
  struct Wave {
    const double* cosines;
    const double* sines;
  };

  void make_tables() {
    const std::size_t size = sectors_.size();
    tables_.resize(2 * dimension_ * waves_ * size);
    for (std::size_t axis = 0; axis < dimension_; ++axis) {
      for (std::size_t i = 0; i < size; ++i) {
        const std::complex<double> first = std::polar(1.0, std::numbers::pi * sectors_.momenta()[i][axis]);
        std::complex<double> power = 1.0;
        for (std::size_t n = 0; n < waves_; ++n) {
          power = {power.real() * first.real() - power.imag() * first.imag(),
                   power.real() * first.imag() + power.imag() * first.real()};
          double* const cosines = tables_.data() + 2 * (axis * waves_ + n) * size;
          cosines[i] = power.real();
          cosines[size + i] = power.imag();
        }
      }
    }
  }
  [[nodiscard]] Wave at(std::size_t axis, std::size_t n) const {
    const double* const cosines = tables_.data() + 2 * (axis * waves_ + n) * sectors_.size();
    return {cosines, cosines + sectors_.size()};
  }

  void fill(std::array<Piece, 2>& factors, std::size_t axis, std::size_t j, std::size_t first,
            std::size_t count) const {
    double* const minus = factors[0].data();
    double* const plus = factors[1].data();
    std::fill_n(minus, count, at_zero_);
    std::fill_n(plus, count, at_zero_);
    for (std::size_t n = 0; n < waves_; ++n) {
      const Wave wave = at(axis, n);
      const double cosine = wave.cosines[j], sine = wave.sines[j], slope = slopes_[n];
      const double* const cosines = wave.cosines + first;
      const double* const sines = wave.sines + first;
      for (std::size_t i = 0; i < count; ++i) {
        const double a = sines[i] * cosine, b = cosines[i] * sine;
        minus[i] -= slope * (a - b) * (a - b);
        plus[i] -= slope * (a + b) * (a + b);
      }
    }
  }

  /// out += χ(h_e) variance Π_j f(k_j − h_e k'_j).
  void add(const Factors& factors, std::size_t sector, std::size_t e, double* out, std::size_t count) const {
    const double scale = variance_ * ShellSectors::sign(sector, e);
    const AxisFlip flip = sectors_.element(e);
    const double* const f = factors[0][flip & 1U].data();
    const double* const g = factors[1][flip >> 1U & 1U].data();
    const double* const h = factors[2][flip >> 2U & 1U].data();
    if (dimension_ == 1) {
      for (std::size_t i = 0; i < count; ++i) out[i] += scale * f[i];
    } else if (dimension_ == 2) {
      for (std::size_t i = 0; i < count; ++i) out[i] += scale * f[i] * g[i];
    } else {
      for (std::size_t i = 0; i < count; ++i) out[i] += scale * f[i] * g[i] * h[i];
    }
  }

  const ShellSectors& sectors_;
  std::size_t dimension_;
  std::size_t waves_;
  bool limited_;
  double variance_;
  double at_zero_ = 0.0;          // f(0)
  std::vector<double> slopes_{};  // 4ϑ_1(n), n = 1 …
  std::vector<double> tables_{};  // (axis, n, cosine or sine, node)
};

}  // namespace

std::unique_ptr<KernelValues> make_separable_kernel(const SeparableCorrelation& correlation,
                                                    const ShellSectors& sectors, int dimension) {
  return std::make_unique<SeparableKernel>(correlation, sectors, dimension);
}

}  // namespace nordheim::detail
