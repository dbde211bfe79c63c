// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/io/hdf5_file.hpp>
#include <nordheim/observables/observables.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>
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

  /// What thinning goes on with.
  [[nodiscard]] std::size_t offered() const noexcept { return offered_; }
  [[nodiscard]] std::size_t stride() const noexcept { return stride_; }
  void restore(std::vector<Item> items, std::size_t offered, std::size_t stride) {
    items_ = std::move(items);
    offered_ = offered;
    stride_ = stride;
  }

 private:
  std::size_t least_;
  bool thinned_;
  std::size_t offered_ = 0;
  std::size_t stride_ = 1;
  std::vector<Item> items_;
};

/// A whole state at one time.
struct Snapshot {
  double time = 0.0;
  std::vector<double> W;
};

/// Chooses the snapshots of a run that ends at equilibrium: when the distance has fallen to (1 − i/(N−1))² of the first
/// one, i = 0, 1, …, so that they show W on its way and not N times the end.
class SnapshotsByDistance {
 public:
  explicit SnapshotsByDistance(int snapshots) : intervals_(std::max(1, snapshots - 1)) {}
  bool wants(double distance) {
    if (passed_ == 0) first_ = distance;
    bool wanted = false;
    for (; passed_ < intervals_ && distance <= threshold(); ++passed_) wanted = true;
    return wanted;
  }

  [[nodiscard]] int passed() const noexcept { return passed_; }
  [[nodiscard]] double first() const noexcept { return first_; }
  void restore(int passed, double first) {
    passed_ = passed;
    first_ = first;
  }

 private:
  [[nodiscard]] double threshold() const {
    const double left = 1.0 - static_cast<double>(passed_) / intervals_;
    return first_ * left * left;
  }
  int intervals_;
  int passed_ = 0;
  double first_ = 0.0;
};

/// What a relaxation has seen so far.
struct RelaxationRecord {
  ThinnedSeries<Instant> instants;
  SnapshotsByDistance by_distance;
  std::size_t outputs = 0;  ///< output times that have passed
  std::vector<Snapshot> snapshots{};

  /// Writes all, for a checkpoint.
  void save(Hdf5Writer& file) const;
  /// The reverse.
  void restore(const Hdf5Reader& file);
};

}  // namespace nordheim::program
