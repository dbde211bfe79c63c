// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/observables/observables.hpp>

#include <cstddef>
#include <vector>

namespace nordheim::program {

/// What is kept of one instant of a relaxation.
struct Instant {
  double time = 0.0;
  Observables observables;
  double entropy_production = 0.0;  ///< dS/dt; infinite where an empty mode is being filled
  double reference_beta = 0.0;
  double correction = 0.0;                ///< relative to max |C| of the initial state
  std::vector<double> angular_moments{};  ///< for l = 1, 2, … in the continuum, see pictures.hpp
};

/// @brief The course of a run of unknown length: every so many steps, so that between N and 2N instants are kept.
///
/// When 2N are full, every second one is dropped, and from then on only every second step is kept.
template <class Item>
class ThinnedSeries {
 public:
  /// @param least  N ≥ 1; @param thinned  whether to thin at all
  explicit ThinnedSeries(std::size_t least, bool thinned) : least_(least), thinned_(thinned) {}

  /// Whether the next item will be kept; counts it.
  bool wants_next() { return !thinned_ || offered_++ % stride_ == 0; }
  void keep(Item item) {
    if (thinned_ && items_.size() == 2 * least_) {
      for (std::size_t i = 1; i < least_; ++i) items_[i] = std::move(items_[2 * i]);
      items_.resize(least_);
      stride_ *= 2;
      // The item at hand is the one that follows the last that was dropped.
    }
    items_.push_back(std::move(item));
  }
  [[nodiscard]] const std::vector<Item>& items() const noexcept { return items_; }

 private:
  std::size_t least_;
  bool thinned_;
  std::size_t offered_ = 0;
  std::size_t stride_ = 1;
  std::vector<Item> items_;
};

}  // namespace nordheim::program
