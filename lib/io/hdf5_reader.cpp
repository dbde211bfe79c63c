// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/hdf5_file.hpp>

#include "io/hdf5_handle.hpp"

#include <hdf5_hl.h>

#include <algorithm>
#include <system_error>

namespace nordheim {

using detail::checked;
using detail::Hdf5Handle;
using detail::owned;

namespace {

/// A dataset or attribute with what is common to both, so that one function reads either.
struct Source {
  Hdf5Handle object;
  Hdf5Handle space;
  Hdf5Handle type;
  bool is_attribute;
  std::string place;

  void read(hid_t memory_type, void* data) const {
    if (is_attribute) {
      checked(H5Aread(object.get(), memory_type, data), place, "H5Aread");
    } else {
      checked(H5Dread(object.get(), memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data), place, "H5Dread");
    }
  }

  [[nodiscard]] std::size_t size() const {
    return static_cast<std::size_t>(checked(H5Sget_simple_extent_npoints(space.get()), place, "H5Sget_simple_extent"));
  }
};

template <class Number>
std::vector<Number> read_numbers(const Source& source, hid_t memory_type) {
  const H5T_class_t kind = H5Tget_class(source.type.get());
  if (kind != H5T_FLOAT && kind != H5T_INTEGER) throw InvalidArgument(source.place + ": it does not hold numbers");
  std::vector<Number> values(source.size());
  if (!values.empty()) source.read(memory_type, values.data());
  return values;
}

/// The members r and i of each value, one after the other.
std::vector<double> read_pairs(const Source& source) {
  const hid_t type = source.type.get();
  if (H5Tget_nmembers(type) != 2 || H5Tget_member_index(type, "r") < 0 || H5Tget_member_index(type, "i") < 0) {
    throw InvalidArgument(source.place + ": it does not hold numbers, nor pairs of the members r and i");
  }
  auto pair = owned(H5Tcreate(H5T_COMPOUND, 2 * sizeof(double)), H5Tclose, source.place, "H5Tcreate");
  checked(H5Tinsert(pair.get(), "r", 0, H5T_NATIVE_DOUBLE), source.place, "H5Tinsert");
  checked(H5Tinsert(pair.get(), "i", sizeof(double), H5T_NATIVE_DOUBLE), source.place, "H5Tinsert");
  std::vector<double> values(2 * source.size());
  if (!values.empty()) source.read(pair.get(), values.data());
  return values;
}

std::vector<std::string> read_variable_texts(const Source& source) {
  const auto memory_type = owned(H5Tcopy(source.type.get()), H5Tclose, source.place, "H5Tcopy");
  std::vector<char*> pointers(source.size(), nullptr);
  source.read(memory_type.get(), pointers.data());
  std::vector<std::string> texts;
  texts.reserve(pointers.size());
  for (const char* pointer : pointers) texts.emplace_back(pointer != nullptr ? pointer : "");
  checked(H5Dvlen_reclaim(memory_type.get(), source.space.get(), H5P_DEFAULT, pointers.data()), source.place,
          "H5Dvlen_reclaim");
  return texts;
}

std::vector<std::string> read_fixed_texts(const Source& source) {
  const std::size_t length = H5Tget_size(source.type.get());
  std::vector<char> buffer(length * source.size());
  source.read(source.type.get(), buffer.data());
  std::vector<std::string> texts;
  for (auto begin = buffer.begin(); begin != buffer.end(); begin += static_cast<std::ptrdiff_t>(length)) {
    texts.emplace_back(begin, std::find(begin, begin + static_cast<std::ptrdiff_t>(length), '\0'));
  }
  return texts;
}

std::vector<std::string> read_texts(const Source& source) {
  if (H5Tget_class(source.type.get()) != H5T_STRING) throw InvalidArgument(source.place + ": it does not hold texts");
  if (source.size() == 0) return {};
  const htri_t variable = checked(H5Tis_variable_str(source.type.get()), source.place, "H5Tis_variable_str");
  return variable > 0 ? read_variable_texts(source) : read_fixed_texts(source);
}

template <class Value>
Value only(std::vector<Value> values, const std::string& place) {
  if (values.size() != 1) {
    throw InvalidArgument(place + ": one value expected, found " + std::to_string(values.size()));
  }
  return std::move(values.front());
}

/// Name of the first scale of a dimension; called by HDF5 for each, the result 1 stops it.
herr_t first_scale(hid_t, unsigned, hid_t scale, void* text) noexcept {
  const ssize_t length = H5Iget_name(scale, nullptr, 0);
  if (length <= 0) return -1;
  auto& name = *static_cast<std::string*>(text);
  name.resize(static_cast<std::size_t>(length) + 1);
  H5Iget_name(scale, name.data(), name.size());
  name.pop_back();
  if (name.front() == '/') name.erase(0, 1);
  return 1;
}

}  // namespace

struct Hdf5Reader::Impl {
  std::string path;
  Hdf5Handle file;

  [[nodiscard]] bool has(const std::string& name) const {
    if (name.empty() || H5Lexists(file.get(), name.c_str(), H5P_DEFAULT) <= 0) return false;
    const Hdf5Handle object(H5Oopen(file.get(), name.c_str(), H5P_DEFAULT), H5Oclose);
    return object.get() >= 0 && H5Iget_type(object.get()) == H5I_DATASET;
  }

  [[nodiscard]] Source dataset(const std::string& name) const {
    const std::string place = path + ", " + name;
    if (!has(name)) throw InvalidArgument(place + ": there is no dataset of this name");
    auto object = owned(H5Dopen2(file.get(), name.c_str(), H5P_DEFAULT), H5Dclose, place, "H5Dopen2");
    auto space = owned(H5Dget_space(object.get()), H5Sclose, place, "H5Dget_space");
    auto type = owned(H5Dget_type(object.get()), H5Tclose, place, "H5Dget_type");
    return {std::move(object), std::move(space), std::move(type), false, place};
  }

  [[nodiscard]] bool has_attribute(const std::string& object, const std::string& name) const {
    if (object != "/" && !has(object)) return false;
    return H5Aexists_by_name(file.get(), object.c_str(), name.c_str(), H5P_DEFAULT) > 0;
  }

  [[nodiscard]] Source attribute(const std::string& parent, const std::string& name) const {
    const std::string place = path + ", attribute " + name + " of " + parent;
    if (!has_attribute(parent, name)) throw InvalidArgument(place + ": there is no such attribute");
    auto object = owned(H5Aopen_by_name(file.get(), parent.c_str(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                        place, "H5Aopen_by_name");
    auto space = owned(H5Aget_space(object.get()), H5Sclose, place, "H5Aget_space");
    auto type = owned(H5Aget_type(object.get()), H5Tclose, place, "H5Aget_type");
    return {std::move(object), std::move(space), std::move(type), true, place};
  }

  [[nodiscard]] std::vector<hsize_t> shape(const Source& source) const {
    const int dimensions =
        checked(H5Sget_simple_extent_ndims(source.space.get()), source.place, "H5Sget_simple_extent");
    std::vector<hsize_t> lengths(static_cast<std::size_t>(dimensions));
    checked(H5Sget_simple_extent_dims(source.space.get(), lengths.data(), nullptr), source.place,
            "H5Sget_simple_extent");
    return lengths;
  }
};

Hdf5Reader::Hdf5Reader(const std::filesystem::path& path) {
  const detail::QuietHdf5 quiet;
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored))
    throw InvalidArgument(path.string() + ": there is no such file");
  if (H5Fis_hdf5(path.c_str()) <= 0) {
    throw InvalidArgument(path.string() + ": it is not a complete HDF5 file, or it must not be read");
  }
  auto file = owned(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, path.string(), "H5Fopen");
  impl_ = std::make_unique<Impl>(Impl{path.string(), std::move(file)});
}
Hdf5Reader::Hdf5Reader(Hdf5Reader&&) noexcept = default;
Hdf5Reader& Hdf5Reader::operator=(Hdf5Reader&&) noexcept = default;
Hdf5Reader::~Hdf5Reader() = default;

bool Hdf5Reader::has(const std::string& name) const {
  const detail::QuietHdf5 quiet;
  return impl_->has(name);
}

std::vector<std::size_t> Hdf5Reader::shape(const std::string& name) const {
  const detail::QuietHdf5 quiet;
  const auto lengths = impl_->shape(impl_->dataset(name));
  return {lengths.begin(), lengths.end()};
}

std::vector<double> Hdf5Reader::numbers(const std::string& name) const {
  const detail::QuietHdf5 quiet;
  return read_numbers<double>(impl_->dataset(name), H5T_NATIVE_DOUBLE);
}

std::vector<double> Hdf5Reader::complex_parts(const std::string& name) const {
  const detail::QuietHdf5 quiet;
  const Source source = impl_->dataset(name);
  if (H5Tget_class(source.type.get()) == H5T_COMPOUND) return read_pairs(source);
  return read_numbers<double>(source, H5T_NATIVE_DOUBLE);
}

std::vector<std::int64_t> Hdf5Reader::integers(const std::string& name) const {
  const detail::QuietHdf5 quiet;
  return read_numbers<std::int64_t>(impl_->dataset(name), H5T_NATIVE_INT64);
}

std::vector<std::string> Hdf5Reader::texts(const std::string& name) const {
  const detail::QuietHdf5 quiet;
  return read_texts(impl_->dataset(name));
}

std::vector<std::string> Hdf5Reader::scales(const std::string& name) const {
  const detail::QuietHdf5 quiet;
  const Source source = impl_->dataset(name);
  std::vector<std::string> names(impl_->shape(source).size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto dimension = static_cast<unsigned>(i);
    if (checked(H5DSget_num_scales(source.object.get(), dimension), source.place, "H5DSget_num_scales") == 0) continue;
    checked(H5DSiterate_scales(source.object.get(), dimension, nullptr, first_scale, &names[i]), source.place,
            "H5DSiterate_scales");
  }
  return names;
}

bool Hdf5Reader::has_attribute(const std::string& object, const std::string& name) const {
  const detail::QuietHdf5 quiet;
  return impl_->has_attribute(object, name);
}

std::string Hdf5Reader::text_attribute(const std::string& object, const std::string& name) const {
  const detail::QuietHdf5 quiet;
  const Source source = impl_->attribute(object, name);
  return only(read_texts(source), source.place);
}

double Hdf5Reader::number_attribute(const std::string& object, const std::string& name) const {
  const detail::QuietHdf5 quiet;
  const Source source = impl_->attribute(object, name);
  return only(read_numbers<double>(source, H5T_NATIVE_DOUBLE), source.place);
}

std::int64_t Hdf5Reader::integer_attribute(const std::string& object, const std::string& name) const {
  const detail::QuietHdf5 quiet;
  const Source source = impl_->attribute(object, name);
  return only(read_numbers<std::int64_t>(source, H5T_NATIVE_INT64), source.place);
}

}  // namespace nordheim
