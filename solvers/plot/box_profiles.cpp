// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/box_profiles.hpp"

#include <nordheim/io/number_text.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <span>

namespace nordheim::program {

namespace {

constexpr std::size_t smooth = 150;  ///< points of a line that looks like a curve

/// The trigonometric interpolation of periodic values that are 1 at one of @p nodes points and 0 at the others, at
/// i/@p intervals of the period from that one; @p intervals is a multiple of @p nodes.
std::vector<double> interpolation(std::size_t nodes, std::size_t intervals) {
  const auto n = static_cast<double>(nodes);
  std::vector<double> kernel(intervals, 0.0);
  kernel[0] = 1.0;
  for (std::size_t i = 1; i < intervals; ++i) {
    if (i % (intervals / nodes) == 0) continue;
    const double half =
        std::numbers::pi * static_cast<double>(std::min(i, intervals - i)) / static_cast<double>(intervals);
    // By symmetry never close to π, where sine and tangent lose digits.
    // Dirichlet's kernel; for even n the highest mode is a cosine.
    kernel[i] = std::sin(n * half) / (n * (nodes % 2 == 0 ? std::tan(half) : std::sin(half)));
  }
  return kernel;
}

}  // namespace

BoxProfiles::BoxProfiles(const ResultData& result, const std::string& dataset) : length_(result["box"].values.front()) {
  const Dataset& data = result[dataset];
  const auto nodes = static_cast<std::size_t>(result["box_points"].values.front());
  const std::size_t others = data.shape[1] / nodes;
  for (std::size_t t = 0; t < data.shape[0]; ++t) {
    std::vector<double> profile(nodes, 0.0);
    for (std::size_t r = 0; r < data.shape[1]; ++r) profile[r / others] += data.at(t, r) / static_cast<double>(others);
    values_.push_back(std::move(profile));
  }
  double low = HUGE_VAL, high = -HUGE_VAL;
  for (const std::vector<double>& profile : values_) {
    const auto [least, most] = std::minmax_element(profile.begin(), profile.end());
    low = std::min(low, *least);
    high = std::max(high, *most);
    mean_ += std::accumulate(profile.begin(), profile.end(), 0.0) / static_cast<double>(nodes * values_.size());
  }
  constexpr double round_off = 1e-11, few_per_cent = 0.05;
  if (high - low < round_off * std::abs(mean_)) {
    scale_ = Scale::flat;
  } else if (high - low < few_per_cent * std::abs(mean_)) {
    scale_ = Scale::relative;
  }
  const ValueRange shown = window();
  const double visible = static_cast<double>(nodes) * (shown.high - shown.low) / length_;
  const std::size_t intervals = nodes * static_cast<std::size_t>(std::ceil(smooth / visible));
  kernel_ = interpolation(nodes, intervals);
  for (std::size_t i = 0; i <= intervals; ++i) {
    x_.push_back(length_ * static_cast<double>(i) / static_cast<double>(intervals));
  }
}

std::vector<double> BoxProfiles::at_nodes(std::size_t time) const {
  std::vector<double> shown = values_[time];
  if (scale_ == Scale::relative) {
    for (double& value : shown) value = value / mean_ - 1.0;
  }
  return shown;
}

std::vector<double> BoxProfiles::at(std::size_t time) const {
  const std::vector<double> here = at_nodes(time);
  const std::size_t intervals = kernel_.size(), finer = intervals / here.size();
  std::vector<double> shown(intervals + 1, 0.0);
  for (std::size_t i = 0; i < intervals; ++i) {
    for (std::size_t j = 0; j < here.size(); ++j) {
      shown[i] += here[j] * kernel_[(i + intervals - j * finer) % intervals];
    }
  }
  shown.back() = shown.front();
  return shown;
}

ValueRange BoxProfiles::window() const {
  double low = HUGE_VAL, high = -HUGE_VAL;
  for (const std::vector<double>& profile : values_) {
    const auto [least, most] = std::minmax_element(profile.begin(), profile.end());
    low = std::min(low, *least);
    high = std::max(high, *most);
  }
  constexpr double visible = 2e-3, most_of_the_box = 0.7;
  ValueRange range{length_, 0.0};
  for (const std::vector<double>& profile : values_) {
    for (std::size_t i = 0; i < profile.size(); ++i) {
      if (profile[i] - low < visible * (high - low)) continue;
      const double x = length_ * static_cast<double>(i) / static_cast<double>(profile.size());
      range = {std::min(range.low, x), std::max(range.high, x)};
    }
  }
  const double margin = 0.05 * (range.high - range.low);
  range = {std::max(0.0, range.low - margin), std::min(length_, range.high + margin)};
  if (range.high - range.low > most_of_the_box * length_ || range.high <= range.low) range = {0.0, length_};
  return range;
}

std::string BoxProfiles::xrange() const {
  const ValueRange shown = window();
  return "  set xrange [" + shortest_text(shown.low) + ":" + shortest_text(shown.high) + "]\n";
}

std::string scaled_label(BoxProfiles::Scale scale, const std::string& symbol, const std::string& units) {
  if (scale == BoxProfiles::Scale::relative) return symbol + "/⟨" + symbol + "⟩ − 1  [dimensionless]";
  return symbol + "  [" + units + "]";
}

std::string label_units(const Dataset& dataset) {
  if (dataset.units.empty() || dataset.units == "1") return "dimensionless";
  std::string units = dataset.units;
  if (const std::size_t at = units.find("2 pi"); at != std::string::npos) units.replace(at, 4, "2π");
  return units;
}

std::string missing_profile(const ResultData& result, const std::string& dataset) {
  std::string reason = result.missing({dataset.c_str()});
  if (!reason.empty()) return reason;
  const std::vector<double>& values = result[dataset].values;
  if (!std::all_of(values.begin(), values.end(), [](double x) { return std::isfinite(x); })) {
    reason = "Some values of dataset " + dataset + " are infinite.";
  }
  return reason;
}

std::string mean_remark(const ResultData& result) {
  switch (result["box_points"].values.size()) {
    case 1:
      return {};
    case 2:
      return ", mean over the other axis of the box";
    default:
      return ", mean over the other axes of the box";
  }
}

}  // namespace nordheim::program
