// SPDX-License-Identifier: GPL-3.0-or-later
// Products of freely propagated lattice fields, integrated over space and time: the hot code of every collision
// operator on the torus.
#pragma once

#include <nordheim/core/state.hpp>

#include "core/shared_loop.hpp"
#include "core/threads.hpp"
#include "momentum/fft.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace nordheim::detail {

/// A batch of transforms cut into blocks of equal size, and a smaller last one.
class BlockedPlan {
 public:
  BlockedPlan() = default;
  BlockedPlan(int rank, int points, std::size_t batch, std::size_t block, FftLayout in, FftLayout out, bool in_place,
              FftSign sign);
  /// The plan for @p count transforms: a full block or the rest.
  explicit operator bool() const noexcept { return block_ > 0; }
  [[nodiscard]] const FftPlan& of(std::size_t count) const noexcept { return count == block_ ? full_ : rest_; }

 private:
  std::size_t block_ = 0;
  FftPlan full_, rest_;
};

/// @brief Evaluates, for real fields f_1 … f_m on the M^d torus and a local product q of them,
///
///     g_j(k) = Σ_n w_n Re[ e^{iω(k)t_n} Σ_x e^{−i2πk·x} q_j(F_1(x,t_n), …, F_m(x,t_n)) ],
///     F_i(x,t) = Σ_k e^{i(2πk·x − ω(k)t)} f_i(k),      t_n = n h, n = 0 … nodes − 1,
///
/// without any factor M^{−d}: whoever calls puts them into the weights.
///
/// A time node costs one transform per field and per product, and those are all of its cost: a transform is done as
/// slabs (all axes but the first) and columns (the first axis), and what is to be multiplied is multiplied while it is
/// in the cache. Per block of columns: transform of the first axis into a small buffer, product, transform back; per
/// block of slabs: transform of the slabs, phases, sum, and at once the phases and the transform for the next time
/// node. Slabs lie an odd number of cache lines apart, so that a column does not fall into one set of the cache. The
/// time nodes are shared out over threads; each has its own fields and sums, so the result depends on the number of
/// threads by the order of the summation only.
class SpaceTimeEngine {
 public:
  /// @param energies  ω at the nodes, shape (M^d)
  SpaceTimeEngine(int dimension, int points, ConstState energies, double time_step, int nodes, int threads);

  /// @tparam Product  has constants `inputs`, `outputs` ≤ inputs and a static function
  ///                  `multiply(std::size_t n, const std::array<Complex*, inputs>& F)` that overwrites the first
  ///                  `outputs` fields by their products
  /// @param f        `inputs` fields, each of shape (M^d)
  /// @param weights  w_n, shape (nodes)
  /// @param g        `outputs` results, each of shape (M^d)
  template <class Product>
  void integrate(const std::array<const double*, Product::inputs>& f, const std::vector<double>& weights,
                 const std::array<double*, Product::outputs>& g);

  /// The columns of a field in x: in column c the axes but the first have the place c in a slab.
  class Columns;

  /// @brief The same for a product that is not local in x and sweeps over the columns itself.
  /// @param product  product(b, columns) puts the first outputs of the fields in the place of what it takes; b numbers
  ///                 the threads' blocks
  template <std::size_t inputs, std::size_t outputs, class Product>
  void integrate_columns(const std::array<const double*, inputs>& f, const std::vector<double>& weights,
                         const std::array<double*, outputs>& g, Product product);
  /// Allocates what products of these numbers of fields need, which their first use would do otherwise.
  void reserve(std::size_t inputs, std::size_t outputs);
  /// Prepares integrate_columns() for products that take and put @p count columns at a time, and the rest.
  void group_columns(std::size_t count);

  [[nodiscard]] int nodes() const noexcept { return nodes_; }
  [[nodiscard]] int threads() const noexcept { return static_cast<int>(blocks_.size()); }

  /// Bytes that an engine of these sizes keeps for products of @p fields fields.
  [[nodiscard]] static std::size_t memory(int dimension, int points, int nodes, int threads, int fields);

 private:
  /// e^{−iωt} at the nodes, real and imaginary parts apart, as vector instructions want them.
  struct Phases {
    explicit Phases(std::size_t size = 0) : re(size), im(size) {}
    void set(ConstState energies, double t) noexcept;
    AlignedArray<double> re, im;
  };
  /// Consecutive time nodes that one thread sums up, and what it needs to do so.
  struct TimeBlock {
    int first = 0, last = 0;
    Phases start_phase, phase;  // at the first time node, and advanced from node to node
    std::vector<AlignedArray<Complex>> fields, columns;
    std::vector<AlignedArray<double>> sums;
  };

  template <class Product>
  void integrate_block(TimeBlock& block, const std::array<const double*, Product::inputs>& f,
                       const std::vector<double>& weights);
  /// Sets phases and sums to the beginning of a block.
  void start(TimeBlock& block, std::size_t outputs) const;
  /// In the slabs from s on that are done together, e^{−iωt} f, transformed along all axes but the first.
  template <std::size_t inputs>
  void slabs_to_space(TimeBlock& block, const std::array<const double*, inputs>& f, std::size_t s) const;
  /// Adds the products there, transformed along all axes but the first, to the sums; advances the phases.
  template <std::size_t outputs>
  void slabs_to_momentum(TimeBlock& block, double weight, std::size_t s) const;
  /// Sums over the time nodes of a block.
  /// @param multiply  multiply() puts products in the place of the fields, which are transformed along all axes but
  ///                  the first
  template <std::size_t inputs, std::size_t outputs, class Multiply>
  void sum_over_time(TimeBlock& block, const std::array<const double*, inputs>& f, const std::vector<double>& weights,
                     const Multiply& multiply) const;
  /// g_j at a node: the sum over all blocks.
  void add_blocks(std::size_t a, std::size_t outputs, double* const* g) const noexcept {
    for (std::size_t j = 0; j < outputs; ++j) {
      double sum = 0.0;
      for (const TimeBlock& block : blocks_) sum += block.sums[j][a];
      g[j][a] = sum;
    }
  }
  /// F = e^{−iωt} f at the n nodes from a on, of all fields.
  template <std::size_t count>
  static void multiply_by_phase(const Phases& phase, std::size_t a, std::size_t n,
                                const std::array<const double*, count>& f,
                                const std::array<Complex*, count>& F) noexcept;
  /// g += w Re[e^{iωt} Q] there; Q begins with node a.
  template <std::size_t count>
  static void add_real_part(const Phases& phase, std::size_t a, std::size_t n, double w,
                            const std::array<const Complex*, count>& Q, const std::array<double*, count>& g) noexcept;
  static void advance(const Phases& step, std::size_t a, std::size_t n, Phases& phase) noexcept;

  std::size_t points_, size_;
  std::size_t slab_;             // nodes of a slab, M^{d−1}
  std::size_t stride_;           // distance of two slabs in memory
  std::size_t slabs_, columns_;  // slabs and columns of a block
  int nodes_;
  Phases step_;  // e^{−iωh}
  BlockedPlan slab_backward_, slab_forward_, column_backward_, column_forward_, group_backward_, group_forward_;
  std::size_t group_ = 0;  // columns
  std::vector<TimeBlock> blocks_;
};

template <class Product>
void SpaceTimeEngine::integrate(const std::array<const double*, Product::inputs>& f, const std::vector<double>& weights,
                                const std::array<double*, Product::outputs>& g) {
  static_assert(Product::outputs <= Product::inputs);
  reserve(Product::inputs, Product::outputs);
  const auto count = static_cast<int>(blocks_.size());
  shared_loop(blocks_.size(), count, [&](std::size_t b) { integrate_block<Product>(blocks_[b], f, weights); });
  shared_loop(size_, count, [&](std::size_t a) { add_blocks(a, Product::outputs, g.data()); });
}

template <class Product>
void SpaceTimeEngine::integrate_block(TimeBlock& block, const std::array<const double*, Product::inputs>& f,
                                      const std::vector<double>& weights) {
  std::array<Complex*, Product::inputs> columns;
  for (std::size_t i = 0; i < Product::inputs; ++i) columns[i] = block.columns[i].data();

  sum_over_time<Product::inputs, Product::outputs>(block, f, weights, [&] {
    for (std::size_t c = 0; c < slab_; c += columns_) {
      const std::size_t count = std::min(columns_, slab_ - c);
      for (std::size_t i = 0; i < Product::inputs; ++i) {
        column_backward_.of(count).execute(block.fields[i].data() + c, columns[i]);
      }
      Product::multiply(count * points_, columns);
      for (std::size_t j = 0; j < Product::outputs; ++j) {
        column_forward_.of(count).execute(columns[j], block.fields[j].data() + c);
      }
    }
  });
}

template <std::size_t inputs, std::size_t outputs, class Multiply>
void SpaceTimeEngine::sum_over_time(TimeBlock& block, const std::array<const double*, inputs>& f,
                                    const std::vector<double>& weights, const Multiply& multiply) const {
  start(block, outputs);
  for (std::size_t s = 0; s < points_; s += slabs_) slabs_to_space<inputs>(block, f, s);
  for (int n = block.first; n < block.last; ++n) {
    multiply();
    for (std::size_t s = 0; s < points_; s += slabs_) {
      slabs_to_momentum<outputs>(block, weights[static_cast<std::size_t>(n)], s);
      if (n + 1 < block.last) slabs_to_space<inputs>(block, f, s);
    }
  }
}

template <std::size_t inputs>
void SpaceTimeEngine::slabs_to_space(TimeBlock& block, const std::array<const double*, inputs>& f,
                                     std::size_t s) const {
  const std::size_t count = std::min(slabs_, points_ - s);
  for (std::size_t r = s; r < s + count; ++r) {
    std::array<Complex*, inputs> F;
    for (std::size_t i = 0; i < inputs; ++i) F[i] = block.fields[i].data() + r * stride_;
    multiply_by_phase<inputs>(block.phase, r * slab_, slab_, f, F);
  }
  if (slab_ == 1) return;
  for (std::size_t i = 0; i < inputs; ++i) slab_backward_.of(count).execute(block.fields[i].data() + s * stride_);
}

template <std::size_t outputs>
void SpaceTimeEngine::slabs_to_momentum(TimeBlock& block, double weight, std::size_t s) const {
  const std::size_t count = std::min(slabs_, points_ - s);
  for (std::size_t j = 0; j < outputs && slab_ > 1; ++j) {
    slab_forward_.of(count).execute(block.fields[j].data() + s * stride_);
  }
  for (std::size_t r = s; r < s + count; ++r) {
    std::array<const Complex*, outputs> Q;
    std::array<double*, outputs> sums;
    for (std::size_t j = 0; j < outputs; ++j) {
      Q[j] = block.fields[j].data() + r * stride_;
      sums[j] = block.sums[j].data();
    }
    add_real_part<outputs>(block.phase, r * slab_, slab_, weight, Q, sums);
  }
  advance(step_, s * slab_, count * slab_, block.phase);
}

template <std::size_t count>
void SpaceTimeEngine::multiply_by_phase(const Phases& phase, std::size_t a, std::size_t n,
                                        const std::array<const double*, count>& f,
                                        const std::array<Complex*, count>& F) noexcept {
  const double* const re = phase.re.data() + a;
  const double* const im = phase.im.data() + a;
  std::array<const double*, count> in;
  std::array<double*, count> out;
  for (std::size_t i = 0; i < count; ++i) {
    in[i] = f[i] + a;
    out[i] = reinterpret_cast<double*>(F[i]);
  }
#pragma omp simd
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < count; ++i) {
      out[i][2 * k] = in[i][k] * re[k];
      out[i][2 * k + 1] = in[i][k] * im[k];
    }
  }
}

template <std::size_t count>
void SpaceTimeEngine::add_real_part(const Phases& phase, std::size_t a, std::size_t n, double w,
                                    const std::array<const Complex*, count>& Q,
                                    const std::array<double*, count>& g) noexcept {
  const double* const re = phase.re.data() + a;
  const double* const im = phase.im.data() + a;
  std::array<const double*, count> q;
  std::array<double*, count> sum;
  for (std::size_t j = 0; j < count; ++j) {
    q[j] = reinterpret_cast<const double*>(Q[j]);
    sum[j] = g[j] + a;
  }
#pragma omp simd
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t j = 0; j < count; ++j) sum[j][k] += w * (re[k] * q[j][2 * k] + im[k] * q[j][2 * k + 1]);
  }
}

class SpaceTimeEngine::Columns {
 public:
  Columns(const SpaceTimeEngine& engine, TimeBlock& block) : engine_(engine), block_(block) {}
  /// Transforms columns `first` … of field i to x: one after the other, each contiguous. Once only: it destroys them.
  /// @param first  a multiple of the size of a group
  void take(std::size_t i, std::size_t first, Complex* columns) const {
    engine_.group_backward_.of(count(first)).execute(block_.fields[i].data() + first, columns);
  }
  /// The way back; destroys what it is given.
  void put(std::size_t j, std::size_t first, Complex* columns) const {
    engine_.group_forward_.of(count(first)).execute(columns, block_.fields[j].data() + first);
  }

 private:
  [[nodiscard]] std::size_t count(std::size_t first) const noexcept {
    return std::min(engine_.group_, engine_.slab_ - first);
  }
  const SpaceTimeEngine& engine_;
  TimeBlock& block_;
};

template <std::size_t inputs, std::size_t outputs, class Product>
void SpaceTimeEngine::integrate_columns(const std::array<const double*, inputs>& f, const std::vector<double>& weights,
                                        const std::array<double*, outputs>& g, Product product) {
  static_assert(outputs <= inputs);
  reserve(inputs, outputs);
  const auto count = static_cast<int>(blocks_.size());
  shared_loop(blocks_.size(), count, [&](std::size_t b) {
    TimeBlock& block = blocks_[b];
    sum_over_time<inputs, outputs>(block, f, weights, [&] { product(b, Columns(*this, block)); });
  });
  shared_loop(size_, count, [&](std::size_t a) { add_blocks(a, outputs, g.data()); });
}

}  // namespace nordheim::detail
