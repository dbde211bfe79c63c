// SPDX-License-Identifier: GPL-3.0-or-later
// Flight through a periodic box: q·v of its modes, and a loop over some momenta at a time.
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/momentum/periodic_box.hpp>

#include "core/threads.hpp"
#include "equation/slab_transpose.hpp"
#include "momentum/box_transform.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace nordheim::detail {

/// @brief The velocities of a momentum space along the axes of a box, and the transform of its states, in blocks of as
/// many momenta as are transformed together. Of several ranks each has the momenta of a slab.
class BoxFlight {
 public:
  static constexpr std::size_t lanes = BoxTransform::lanes;

  /// The parameters and exceptions are those of Streaming.
  BoxFlight(PeriodicBox box, ConstState velocities, int dimension, std::vector<int> axes, int threads, Ranks ranks);

  [[nodiscard]] const PeriodicBox& box() const noexcept { return box_; }
  [[nodiscard]] const std::vector<int>& axes() const noexcept { return axes_; }
  /// The velocities, as arrange() has them.
  [[nodiscard]] const std::vector<double>& velocities() const noexcept { return velocities_; }
  [[nodiscard]] const Ranks& ranks() const noexcept { return transpose_.ranks(); }
  /// The slabs of positions and of momenta; how many momenta this rank has.
  [[nodiscard]] const Slabs& slabs() const noexcept { return transpose_.positions(); }
  [[nodiscard]] const Slabs& slabs_of_momenta() const noexcept { return transpose_.momenta(); }
  [[nodiscard]] std::size_t momenta() const noexcept { return transpose_.momenta().count(); }
  [[nodiscard]] std::size_t blocks() const noexcept { return (momenta() + lanes - 1) / lanes; }
  [[nodiscard]] int threads() const noexcept { return static_cast<int>(buffers_.size()); }
  [[nodiscard]] const BoxTransform& transform() const noexcept { return transform_; }

  /// q·v of a mode for the momenta of a block; zero in lanes without one.
  [[nodiscard]] std::array<double, lanes> frequencies(std::size_t mode, std::size_t block) const {
    return products(mode, block, velocities_);
  }
  /// q·d for a vector d of each momentum, as arrange() has it.
  [[nodiscard]] std::array<double, lanes> products(std::size_t mode, std::size_t block,
                                                   const std::vector<double>& vectors) const {
    std::array<double, lanes> result{};
    const double* const q = wavevectors_.data() + mode * axes_.size();
    for (std::size_t j = 0; j < axes_.size(); ++j) {
      const double* const v = vectors.data() + (j * blocks() + block) * lanes;
      for (std::size_t a = 0; a < lanes; ++a) result[a] += q[j] * v[a];
    }
    return result;
  }

  /// The components along the axes of vectors of shape (n_k, dimension), of this rank's momenta, in shape (axes,
  /// blocks, lanes).
  void arrange(ConstState vectors, std::vector<double>& result) const;

  /// A block of momenta first … first + count − 1, in the buffer of the thread that has it.
  struct Block {
    std::size_t index, first, count;
    BoxTransform::Buffer& buffer;
  };
  /// work(block) for all blocks, by several threads.
  template <class Work>
  void for_each_block(const Work& work) const {
    const auto count = static_cast<std::ptrdiff_t>(blocks());
    const int threads = static_cast<int>(buffers_.size());
#pragma omp parallel num_threads(threads) if (threads > 1)
    {
      BoxTransform::Buffer& buffer = buffers_[thread_number()];
#pragma omp for schedule(static)
      for (std::ptrdiff_t b = 0; b < count; ++b) {
        const auto index = static_cast<std::size_t>(b);
        const std::size_t first = index * lanes;
        work(Block{index, first, std::min(lanes, momenta() - first), buffer});
      }
    }
  }

  /// A state of this rank's positions at all positions, of its momenta, and the way back: see SlabTranspose.
  [[nodiscard]] ConstState turn(ConstState W) const { return transpose_.turn(W); }
  [[nodiscard]] State turned(State W) const { return transpose_.turned(W); }
  void turn_back(State W) const { transpose_.turn_back(W); }

  /// @throws DimensionMismatch if a state does not have n_r n_k values, of this rank's positions
  void require_state(ConstState W, const char* what) const { transpose_.require_size(W, what); }

 private:
  PeriodicBox box_;
  std::vector<int> axes_;
  std::size_t dimension_;
  mutable SlabTranspose transpose_;
  BoxTransform transform_;
  std::vector<double> velocities_;   // shape (axes, blocks, lanes)
  std::vector<double> wavevectors_;  // shape (modes, axes)
  mutable std::vector<BoxTransform::Buffer> buffers_;
};

}  // namespace nordheim::detail
