// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/io/hdf5_file.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nordheim::program {

/// One quantity at the instants of a run, as it goes into a file.
struct TimedQuantity {
  std::string name, units, long_name;
  /// Of the value at one instant; empty: a number.
  std::vector<std::size_t> shape{};
  /// Of each dimension of the value a dataset with the coordinates, or "".
  std::vector<std::string> scales{};
  std::vector<double> values{};  ///< of all instants, the last index fastest

  /// How many numbers make the value at one instant.
  [[nodiscard]] std::size_t size() const;
};

/// The course of a run: some quantities at the same instants.
class TimeSeries {
 public:
  /// @param time  name of the first quantity, the time, which is the scale of the others
  TimeSeries(const std::string& time, const std::string& units, const std::string& long_name);

  /// One more quantity; before the first instant.
  void add(TimedQuantity quantity);
  /// The value at the instant at hand: all quantities get one, in any order.
  void append(std::string_view name, std::span<const double> value);
  void append(std::string_view name, double value) { append(name, std::span(&value, 1)); }

  [[nodiscard]] bool has(std::string_view name) const;
  /// @throws Error if there is no such quantity
  [[nodiscard]] const TimedQuantity& of(std::string_view name) const;
  [[nodiscard]] const std::vector<double>& values(std::string_view name) const { return of(name).values; }
  /// The value at one instant.
  [[nodiscard]] std::span<const double> at(std::string_view name, std::size_t instant) const;
  [[nodiscard]] std::size_t instants() const { return quantities_.front().values.size(); }
  [[nodiscard]] const std::vector<TimedQuantity>& quantities() const noexcept { return quantities_; }

  /// Writes all, with the scales they name, which must be in the file already.
  void write(Hdf5Writer& file) const;
  /// Writes the bare numbers under other names, for a checkpoint.
  void save(Hdf5Writer& file, const std::string& prefix) const;
  /// The reverse.
  /// @throws InvalidArgument if the file has other quantities
  void restore(const Hdf5Reader& file, const std::string& prefix);

 private:
  std::vector<TimedQuantity> quantities_;
};

}  // namespace nordheim::program
