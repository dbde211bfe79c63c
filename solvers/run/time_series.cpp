// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/time_series.hpp"

#include <nordheim/core/error.hpp>

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

namespace nordheim::program {

std::size_t TimedQuantity::size() const {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

TimeSeries::TimeSeries(const std::string& time, const std::string& units, const std::string& long_name) {
  quantities_.push_back({time, units, long_name});
}

void TimeSeries::add(TimedQuantity quantity) { quantities_.push_back(std::move(quantity)); }

const TimedQuantity& TimeSeries::of(std::string_view name) const {
  const auto found =
      std::find_if(quantities_.begin(), quantities_.end(), [&](const auto& q) { return q.name == name; });
  if (found == quantities_.end()) throw Error("there is no quantity " + std::string(name) + " in this run");
  return *found;
}

bool TimeSeries::has(std::string_view name) const {
  return std::any_of(quantities_.begin(), quantities_.end(), [&](const auto& q) { return q.name == name; });
}

void TimeSeries::append(std::string_view name, std::span<const double> value) {
  const TimedQuantity& quantity = of(name);
  if (value.size() != quantity.size()) throw DimensionMismatch(quantity.name, value.size(), quantity.size());
  auto& values = quantities_[static_cast<std::size_t>(&quantity - quantities_.data())].values;
  values.insert(values.end(), value.begin(), value.end());
}

std::span<const double> TimeSeries::at(std::string_view name, std::size_t instant) const {
  const TimedQuantity& quantity = of(name);
  return std::span(quantity.values).subspan(instant * quantity.size(), quantity.size());
}

void TimeSeries::write(Hdf5Writer& file) const {
  const TimedQuantity& time = quantities_.front();
  file.write(time.name, time.values, {time.units, time.long_name});
  for (std::size_t i = 1; i < quantities_.size(); ++i) {
    const TimedQuantity& quantity = quantities_[i];
    std::vector<std::size_t> shape{instants()};
    shape.insert(shape.end(), quantity.shape.begin(), quantity.shape.end());
    std::vector<std::string> scales{time.name};
    scales.insert(scales.end(), quantity.scales.begin(), quantity.scales.end());
    file.write(quantity.name, quantity.values, shape, {quantity.units, quantity.long_name, scales});
  }
}

void TimeSeries::save(Hdf5Writer& file, const std::string& prefix) const {
  for (const TimedQuantity& quantity : quantities_) {
    file.write(prefix + quantity.name, quantity.values, {quantity.units, quantity.long_name});
  }
}

void TimeSeries::restore(const Hdf5Reader& file, const std::string& prefix) {
  for (TimedQuantity& quantity : quantities_) quantity.values = file.numbers(prefix + quantity.name);
  for (const TimedQuantity& quantity : quantities_) {
    if (quantity.values.size() != instants() * quantity.size()) {
      throw InvalidArgument("the checkpoint has " + std::to_string(quantity.values.size()) + " numbers for " +
                            quantity.name + ", " + std::to_string(instants() * quantity.size()) + " are needed");
    }
  }
}

}  // namespace nordheim::program
