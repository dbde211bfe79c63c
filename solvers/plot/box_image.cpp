// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/box_image.hpp"

#include "plot/box_profiles.hpp"

#include <algorithm>
#include <cmath>

namespace nordheim::program {

namespace {

constexpr std::size_t even_columns = 96;

/// Waves are small if W differs from its mean over positions by less than this share of its range, and by more than
/// round-off.
constexpr double small = 0.1, rounding = 1e-12;

bool equidistant(const std::vector<double>& k) {
  const double step = (k.back() - k.front()) / static_cast<double>(k.size() - 1);
  for (std::size_t i = 1; i < k.size(); ++i) {
    if (std::abs(k[i] - k[i - 1] - step) > 1e-6 * std::abs(step)) return false;
  }
  return true;
}

/// "k_z" of "W(x, k_z), mean over …".
std::string symbol_in(const std::string& long_name, const std::string& otherwise) {
  const std::size_t comma = long_name.find(", "), end = long_name.find(')');
  if (comma == std::string::npos || end == std::string::npos || end < comma + 3) return otherwise;
  return long_name.substr(comma + 2, end - comma - 2);
}

}  // namespace

BoxImage::BoxImage(const ResultData& result)
    : data_(result["image"]),
      symbol_(symbol_in(data_.long_name, result.space == "shell" ? "v_x" : "k_x")),
      units_(label_units(result["image_momentum"])),
      meaning_(data_.long_name.empty() ? "The occupation W over position and momentum along the first axis of the box"
                                       : data_.long_name) {
  subtract_means();
  const std::vector<double>& k = result["image_momentum"].values;
  if (k.size() < 2 || equidistant(k)) {
    momenta_ = k;
    for (std::size_t j = 0; j < k.size(); ++j) source_.push_back(j);
    return;
  }
  std::size_t nearest = 0;
  for (std::size_t j = 0; j < even_columns; ++j) {
    const double at = k.front() + (k.back() - k.front()) * static_cast<double>(j) / (even_columns - 1);
    while (nearest + 1 < k.size() && std::abs(k[nearest + 1] - at) < std::abs(k[nearest] - at)) ++nearest;
    momenta_.push_back(at);
    source_.push_back(nearest);
  }
}

void BoxImage::subtract_means() {
  const std::size_t count = data_.shape[1], width = data_.shape[2];
  std::vector<double> means(data_.shape[0] * width);
  for (std::size_t i = 0; i < data_.values.size(); ++i) {
    means[i / (count * width) * width + i % width] += data_.values[i] / static_cast<double>(count);
  }
  double difference = 0.0;
  for (std::size_t i = 0; i < data_.values.size(); ++i) {
    difference = std::max(difference, std::abs(data_.values[i] - means[i / (count * width) * width + i % width]));
  }
  const auto [least, most] = std::minmax_element(data_.values.begin(), data_.values.end());
  if (difference >= small * (*most - *least) || difference <= rounding * std::max(std::abs(*least), std::abs(*most))) {
    return;
  }
  means_ = std::move(means);
  meaning_ += ", less its mean over positions";
}

ValueRange BoxImage::range() const {
  double low = HUGE_VAL, high = -HUGE_VAL;
  for (std::size_t s = 0; s < snapshots(); ++s) {
    for (std::size_t i = 0; i < positions(); ++i) {
      for (std::size_t j = 0; j < columns(); ++j) {
        low = std::min(low, at(s, i, j));
        high = std::max(high, at(s, i, j));
      }
    }
  }
  if (!is_difference()) return {low, high};
  const double reach = std::max(-low, high);
  return {-reach, reach};
}

}  // namespace nordheim::program
