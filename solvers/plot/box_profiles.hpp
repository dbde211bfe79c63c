// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plot/momentum_map.hpp"
#include "plot/result_data.hpp"

#include <string>
#include <vector>

namespace nordheim::program {

/// A quantity of a result of `evolve` along the first axis of the box, the mean over the others.
class BoxProfiles {
 public:
  /// How values are best drawn.
  enum class Scale {
    absolute,
    relative,  ///< f/⟨f⟩ − 1, where f varies by a few per cent only
    flat       ///< it varies by no more than round-off
  };

  /// @param dataset  of shape (time, position)
  BoxProfiles(const ResultData& result, const std::string& dataset);

  [[nodiscard]] Scale scale() const noexcept { return scale_; }
  /// Mean over positions and times.
  [[nodiscard]] double mean() const noexcept { return mean_; }
  /// Positions 0 … L, the last being the first again: nodes, or so many more that a line through them is smooth.
  [[nodiscard]] const std::vector<double>& x() const noexcept { return x_; }
  /// Values at x(), on the scale. Between nodes they are the Fourier series of the equation.
  [[nodiscard]] std::vector<double> at(std::size_t time) const;
  /// The same at the nodes alone.
  [[nodiscard]] std::vector<double> at_nodes(std::size_t time) const;
  [[nodiscard]] std::size_t times() const noexcept { return values_.size(); }
  [[nodiscard]] std::size_t nodes() const noexcept { return values_.front().size(); }
  /// Where along x the values of all times differ visibly from their background; the whole box if that is most of it.
  [[nodiscard]] ValueRange window() const;
  /// A command for gnuplot that shows it: `set xrange …`.
  [[nodiscard]] std::string xrange() const;

 private:
  std::vector<std::vector<double>> values_{};
  std::vector<double> x_{};
  std::vector<double> kernel_{};  ///< of the Fourier series, by distance
  Scale scale_ = Scale::absolute;
  double length_;
  double mean_ = 0.0;
};

/// The label of an axis with the symbol of a quantity, by its scale.
[[nodiscard]] std::string scaled_label(BoxProfiles::Scale scale, const std::string& symbol, const std::string& units);

/// Units of a dataset as the label of an axis writes them: "1" becomes "dimensionless", "2 pi" "2π".
[[nodiscard]] std::string label_units(const Dataset& dataset);

/// Why there can be no figures of this quantity: it is not there, or not finite.
[[nodiscard]] std::string missing_profile(const ResultData& result, const std::string& dataset);

/// ", mean over the other axes of the box" in words that fit the number of axes; empty for one.
[[nodiscard]] std::string mean_remark(const ResultData& result);

}  // namespace nordheim::program
