// SPDX-License-Identifier: GPL-3.0-or-later
// Flight through a periodic box: q·v of its modes, and a loop over some momenta at a time.
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/momentum/periodic_box.hpp>

#include "core/threads.hpp"
#include "momentum/box_transform.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace nordheim::detail {

/// @brief The velocities of a momentum space along the axes of a box, and the transform of its states, in blocks of as
/// many momenta as are transformed together.
class BoxFlight {
 public:
  static constexpr std::size_t lanes = BoxTransform::lanes;

  /// The parameters and exceptions are those of Streaming.
  BoxFlight(PeriodicBox box, ConstState velocities, int dimension, std::vector<int> axes, int threads);

  [[nodiscard]] const PeriodicBox& box() const noexcept { return box_; }
  [[nodiscard]] const std::vector<int>& axes() const noexcept { return axes_; }
  /// The velocities, as arrange() has them.
  [[nodiscard]] const std::vector<double>& velocities() const noexcept { return velocities_; }
  /// n_k.
  [[nodiscard]] std::size_t momenta() const noexcept { return momenta_; }
  [[nodiscard]] std::size_t blocks() const noexcept { return (momenta_ + lanes - 1) / lanes; }
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

  /// The components along the axes of vectors of shape (n_k, dimension), in shape (axes, blocks, lanes).
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
        work(Block{index, first, std::min(lanes, momenta_ - first), buffer});
      }
    }
  }

  /// @throws DimensionMismatch if a state does not have n_r n_k values
  void require_state(ConstState W, const char* what) const;

 private:
  PeriodicBox box_;
  std::vector<int> axes_;
  std::size_t dimension_, momenta_;
  BoxTransform transform_;
  std::vector<double> velocities_;   // shape (axes, blocks, lanes)
  std::vector<double> wavevectors_;  // shape (modes, axes)
  mutable std::vector<BoxTransform::Buffer> buffers_;
};

}  // namespace nordheim::detail
