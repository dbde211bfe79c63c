// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace nordheim {

/// What a dataset of an HDF5 file means.
struct DatasetDescription {
  std::string units;      ///< "1" where dimensionless
  std::string long_name;  ///< in words
  /// For each dimension the name of an earlier one-dimensional dataset with the coordinates along it, or "" for none;
  /// shorter than the number of dimensions: none for the rest. Becomes an HDF5 dimension scale.
  std::vector<std::string> scales{};
};

/// @brief Writes an HDF5 file under a temporary name and gives it its own on commit().
///
/// Without commit() nothing is left behind, and a file of an earlier run stays as it was; a killed process leaves at
/// most a hidden temporary file. Numbers are 64 bits, little endian; texts are UTF-8 of variable length. h5py and
/// xarray read the files. Arrays are row-major. Not for several threads at once: the HDF5 library is not thread-safe.
/// Every function throws InvalidArgument for names used twice, sizes that do not fit and texts with a zero byte; Error
/// if the file cannot be written, LibraryError for any other failure inside HDF5, with file, dataset and reason.
class Hdf5Writer {
 public:
  explicit Hdf5Writer(const std::filesystem::path& path);
  Hdf5Writer(Hdf5Writer&&) noexcept;
  Hdf5Writer& operator=(Hdf5Writer&&) noexcept;
  ~Hdf5Writer();

  /// Dataset of one number.
  void write(const std::string& name, double value, const DatasetDescription& description);
  /// Dataset of shape (values.size()).
  void write(const std::string& name, std::span<const double> values, const DatasetDescription& description);
  /// Dataset of shape (values.size() / columns, columns), row-major.
  void write(const std::string& name, std::span<const double> values, std::size_t columns,
             const DatasetDescription& description);
  /// Dataset of any shape, row-major.
  void write(const std::string& name, std::span<const double> values, const std::vector<std::size_t>& shape,
             const DatasetDescription& description);
  /// Dataset of shape (values.size()).
  void write_integers(const std::string& name, std::span<const std::int64_t> values,
                      const DatasetDescription& description);
  /// Dataset of shape (values.size()).
  void write_texts(const std::string& name, const std::vector<std::string>& values,
                   const DatasetDescription& description);

  /// Attribute of the file (object "/") or of a dataset written before.
  void attribute(const std::string& object, const std::string& name, const std::string& value);
  void attribute(const std::string& object, const std::string& name, double value);
  void attribute(const std::string& object, const std::string& name, std::int64_t value);

  /// Writes what is in memory until then, forces it to the disk and gives the file its name. Nothing can be written
  /// afterwards. It needs memory for a second copy of the file.
  void commit();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// @brief Reads what Hdf5Writer writes, and the like from other programs (numbers of any type are converted).
///
/// Throws InvalidArgument if the file, dataset or attribute is not there or of another kind than asked for;
/// LibraryError for any other failure inside HDF5, with file, dataset and reason. Not for several threads at once.
class Hdf5Reader {
 public:
  explicit Hdf5Reader(const std::filesystem::path& path);
  Hdf5Reader(Hdf5Reader&&) noexcept;
  Hdf5Reader& operator=(Hdf5Reader&&) noexcept;
  ~Hdf5Reader();

  /// Is there a dataset of this name?
  [[nodiscard]] bool has(const std::string& name) const;
  /// Lengths of its dimensions; empty for a single number.
  [[nodiscard]] std::vector<std::size_t> shape(const std::string& name) const;
  /// All values, row-major.
  [[nodiscard]] std::vector<double> numbers(const std::string& name) const;
  /// @brief All values of a dataset of complex numbers, row-major, as real part and imaginary part in turn.
  ///
  /// Complex numbers are pairs of the members r and i, as h5py writes them. Real numbers are taken as they are: with a
  /// last axis of two they may be such parts.
  [[nodiscard]] std::vector<double> complex_parts(const std::string& name) const;
  [[nodiscard]] std::vector<std::int64_t> integers(const std::string& name) const;
  [[nodiscard]] std::vector<std::string> texts(const std::string& name) const;
  /// For each dimension the name of the first dimension scale attached to it, "" where there is none.
  [[nodiscard]] std::vector<std::string> scales(const std::string& name) const;

  /// Is there such an attribute of the file (object "/") or of a dataset?
  [[nodiscard]] bool has_attribute(const std::string& object, const std::string& name) const;
  [[nodiscard]] std::string text_attribute(const std::string& object, const std::string& name) const;
  [[nodiscard]] double number_attribute(const std::string& object, const std::string& name) const;
  [[nodiscard]] std::int64_t integer_attribute(const std::string& object, const std::string& name) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nordheim
