// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plot/momentum_map.hpp"
#include "plot/result_data.hpp"

#include <string>
#include <vector>

namespace nordheim::program {

/// The images W(x, k_1) of a result of `evolve`, on columns at even distances: groups of velocities on energy shells,
/// which are not equidistant, become as wide as they reach. Of small waves, which W would not show, it is the
/// difference W − ⟨W⟩_x to the mean over positions.
class BoxImage {
 public:
  /// @param result  with image, image_position and image_momentum
  explicit BoxImage(const ResultData& result);

  [[nodiscard]] std::size_t snapshots() const noexcept { return data_.shape[0]; }
  [[nodiscard]] std::size_t positions() const noexcept { return data_.shape[1]; }
  [[nodiscard]] std::size_t columns() const noexcept { return source_.size(); }
  [[nodiscard]] double momentum(std::size_t column) const { return momenta_[column]; }
  [[nodiscard]] double at(std::size_t snapshot, std::size_t position, std::size_t column) const {
    const double mean = means_.empty() ? 0.0 : means_[snapshot * data_.shape[2] + source_[column]];
    return data_.values[(snapshot * data_.shape[1] + position) * data_.shape[2] + source_[column]] - mean;
  }
  /// Whether at() is W − ⟨W⟩_x.
  [[nodiscard]] bool is_difference() const noexcept { return !means_.empty(); }
  /// From the least to the largest of all; of differences as far to both sides of zero.
  [[nodiscard]] ValueRange range() const;
  /// "k_x", or "v_x".
  [[nodiscard]] const std::string& symbol() const noexcept { return symbol_; }
  [[nodiscard]] const std::string& units() const noexcept { return units_; }
  /// What is seen, as the beginning of a sentence.
  [[nodiscard]] const std::string& meaning() const noexcept { return meaning_; }

 private:
  void subtract_means();

  const Dataset& data_;
  std::vector<double> momenta_{};
  std::vector<std::size_t> source_{};  ///< column of the file
  std::vector<double> means_{};        ///< over positions, shape (snapshots, columns of the file); empty for W itself
  std::string symbol_, units_, meaning_;
};

}  // namespace nordheim::program
