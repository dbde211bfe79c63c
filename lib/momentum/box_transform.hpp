// SPDX-License-Identifier: GPL-3.0-or-later
// The Fourier transform in space of a state W(r, k), some momenta at a time.
#pragma once

#include <nordheim/momentum/periodic_box.hpp>

#include "momentum/fft.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace nordheim::detail {

/// @brief Real functions on the nodes of a box, of several momenta side by side, to their Fourier modes and back.
///
/// The momentum is the fast index of a state: a transform in space would stride over all momenta. A few of them at a
/// time are copied to a buffer that stays in the cache, transformed, used and copied back. const use from several
/// threads is safe, each with a buffer of its own.
class BoxTransform {
 public:
  /// Momenta that are transformed together: two cache lines.
  static constexpr std::size_t lanes = 16;

  explicit BoxTransform(const PeriodicBox& box);

  struct Buffer {
    AlignedArray<double> values;  ///< shape (n_r, lanes)
    AlignedArray<Complex> modes;  ///< shape (modes, lanes)
  };
  [[nodiscard]] Buffer buffer() const;

  /// values = those of the momenta first … first + count − 1 of a state of n_k momenta, times 1/n_r;
  /// zero in the other lanes.
  void gather(const double* state, std::size_t n_k, std::size_t first, std::size_t count, Buffer& buffer) const;
  /// The reverse: op(value of the state, value in the buffer) becomes the value of the state.
  template <class Operation>
  void scatter(Buffer& buffer, double* state, std::size_t n_k, std::size_t first, std::size_t count,
               const Operation& op) const {
    for (std::size_t r = 0; r < nodes_; ++r) {
      double* const row = state + r * n_k + first;
      const double* const values = buffer.values.data() + r * lanes;
      for (std::size_t a = 0; a < count; ++a) row[a] = op(row[a], values[a]);
    }
  }
  /// As gather(), of functions of the fast index: those of the rows 0 … count − 1 of a state, of n_r numbers each.
  void gather_rows(const double* rows, std::size_t count, Buffer& buffer) const;
  /// As scatter(), to such rows.
  template <class Operation>
  void scatter_rows(Buffer& buffer, double* rows, std::size_t count, const Operation& op) const {
    for (std::size_t a = 0; a < count; ++a) {
      double* const row = rows + a * nodes_;
      const double* const values = buffer.values.data() + a;
      for (std::size_t r = 0; r < nodes_; ++r) row[r] = op(row[r], values[r * lanes]);
    }
  }
  /// modes = Fourier coefficients of the functions whose values, times 1/n_r, are given; destroys these.
  void to_modes(Buffer& buffer) const;
  /// Σ|f̂_q| over the modes of a fineness above 2/3 and over all, of the first count functions.
  struct Shares {
    double fine = 0.0, all = 0.0;
  };
  [[nodiscard]] Shares shares(const Buffer& buffer, std::size_t count) const;
  [[nodiscard]] static Shares sum_of(std::span<const Shares> parts);
  /// What is fine over all: 0 of nothing, NaN if one is.
  [[nodiscard]] static double fine_part(const Shares& sum) { return sum.all == 0.0 ? 0.0 : sum.fine / sum.all; }

  /// values = the functions with these coefficients, which are destroyed.
  void to_space(Buffer& buffer) const;

 private:
  std::size_t nodes_, modes_;
  std::vector<int> multiplicities_;  // of the modes
  std::vector<bool> is_fine_;
  PlanHandle forward_, backward_;
};

}  // namespace nordheim::detail
