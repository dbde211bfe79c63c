// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/hdf5_file.hpp>

#include "io/hdf5_handle.hpp"
#include "io/temporary_file.hpp"

#include <hdf5_hl.h>

namespace nordheim {

using detail::checked;
using detail::owned;

namespace {

using Shape = std::vector<hsize_t>;

const char* zero_ended(const std::string& text, const std::string& place) {
  if (text.find('\0') != std::string::npos) throw InvalidArgument(place + ": a text with a zero byte cannot be stored");
  return text.c_str();
}

detail::Hdf5Handle data_space(const Shape& shape, const std::string& place) {
  const hid_t space =
      shape.empty() ? H5Screate(H5S_SCALAR) : H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
  return owned(space, H5Sclose, place, "H5Screate");
}

void write_attribute(hid_t object, const std::string& name, hid_t file_type, hid_t memory_type, const void* value,
                     const std::string& place) {
  if (checked(H5Aexists(object, name.c_str()), place, "H5Aexists") > 0) {
    throw InvalidArgument(place + ": the attribute " + name + " is there already");
  }
  const auto space = data_space({}, place);
  const auto attribute = owned(H5Acreate2(object, name.c_str(), file_type, space.get(), H5P_DEFAULT, H5P_DEFAULT),
                               H5Aclose, place, "H5Acreate2");
  checked(H5Awrite(attribute.get(), memory_type, value), place, "H5Awrite");
}

void write_text_attribute(hid_t object, const std::string& name, const std::string& value, const std::string& place) {
  const auto type = detail::text_type(place);
  const char* text = zero_ended(value, place);
  write_attribute(object, name, type.get(), type.get(), &text, place);
}

}  // namespace

/// HDF5 builds the file in memory. It cannot let go of a file that it failed to write: it tries again when the process
/// ends, prints its error stack and crashes.
struct Hdf5Writer::Impl {
  detail::TemporaryFile temporary;
  detail::Hdf5Handle file{};

  explicit Impl(const std::filesystem::path& path) : temporary(path) {
    const detail::QuietHdf5 quiet;
    const std::string target = temporary.target().string();
    const auto access = owned(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, target, "H5Pcreate");
    constexpr std::size_t increment = 1U << 20U;  // by which the memory grows [bytes]
    checked(H5Pset_fapl_core(access.get(), increment, 0), target, "H5Pset_fapl_core");
    file = owned(H5Fcreate(temporary.path().c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access.get()), H5Fclose, target,
                 "H5Fcreate");
  }

  [[nodiscard]] std::string place(const std::string& object) const {
    return temporary.target().string() + ", " + object;
  }

  void require_open() const {
    if (file.get() < 0) throw InvalidArgument(temporary.target().string() + ": the file is committed already");
  }

  void require_new(const std::string& name) const {
    if (name.empty() || name.find('/') != std::string::npos || name.find('\0') != std::string::npos) {
      throw InvalidArgument(place("\"" + name + "\"") + ": a dataset needs a name without slashes and zero bytes");
    }
    if (checked(H5Lexists(file.get(), name.c_str(), H5P_DEFAULT), place(name), "H5Lexists") > 0) {
      throw InvalidArgument(place(name) + ": there is a dataset of this name already");
    }
  }

  [[nodiscard]] detail::Hdf5Handle open(const std::string& object) const {
    if (object != "/" && checked(H5Lexists(file.get(), object.c_str(), H5P_DEFAULT), place(object), "H5Lexists") == 0) {
      throw InvalidArgument(place(object) + ": there is no dataset of this name");
    }
    return owned(H5Oopen(file.get(), object.c_str(), H5P_DEFAULT), H5Oclose, place(object), "H5Oopen");
  }

  void attach_scale(hid_t dataset, const std::string& name, unsigned dimension, hsize_t length,
                    const std::string& scale_name) const {
    const auto scale = open(scale_name);
    const auto space = owned(H5Dget_space(scale.get()), H5Sclose, place(scale_name), "H5Dget_space");
    const hssize_t found =
        checked(H5Sget_simple_extent_npoints(space.get()), place(scale_name), "H5Sget_simple_extent");
    if (H5Sget_simple_extent_ndims(space.get()) != 1 || static_cast<hsize_t>(found) != length) {
      throw InvalidArgument(place(name) + ": dimension " + std::to_string(dimension + 1) + " has length " +
                            std::to_string(length) + ", its scale " + scale_name + " must be one-dimensional and as " +
                            "long, found " + std::to_string(found) + " values");
    }
    if (checked(H5DSis_scale(scale.get()), place(scale_name), "H5DSis_scale") == 0) {
      checked(H5DSset_scale(scale.get(), scale_name.c_str()), place(scale_name), "H5DSset_scale");
    }
    checked(H5DSattach_scale(dataset, scale.get(), dimension), place(name), "H5DSattach_scale");
  }

  void write(const std::string& name, const Shape& shape, hid_t file_type, hid_t memory_type, const void* data,
             const DatasetDescription& description) const {
    require_open();
    const detail::QuietHdf5 quiet;
    require_new(name);
    if (description.scales.size() > shape.size()) {
      throw InvalidArgument(place(name) + ": " + std::to_string(description.scales.size()) + " scales for " +
                            std::to_string(shape.size()) + " dimensions");
    }
    const auto space = data_space(shape, place(name));
    const auto dataset =
        owned(H5Dcreate2(file.get(), name.c_str(), file_type, space.get(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
              H5Dclose, place(name), "H5Dcreate2");
    if (data != nullptr) {  // the data pointer of an empty vector is null
      checked(H5Dwrite(dataset.get(), memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data), place(name), "H5Dwrite");
    }
    write_text_attribute(dataset.get(), "units", description.units, place(name));
    write_text_attribute(dataset.get(), "long_name", description.long_name, place(name));
    for (std::size_t i = 0; i < description.scales.size(); ++i) {
      const std::string& scale = description.scales[i];
      if (!scale.empty()) attach_scale(dataset.get(), name, static_cast<unsigned>(i), shape[i], scale);
    }
  }
};

Hdf5Writer::Hdf5Writer(const std::filesystem::path& path) : impl_(std::make_unique<Impl>(path)) {}
Hdf5Writer::Hdf5Writer(Hdf5Writer&&) noexcept = default;
Hdf5Writer& Hdf5Writer::operator=(Hdf5Writer&&) noexcept = default;
Hdf5Writer::~Hdf5Writer() = default;

void Hdf5Writer::write(const std::string& name, double value, const DatasetDescription& description) {
  impl_->write(name, {}, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &value, description);
}

void Hdf5Writer::write(const std::string& name, std::span<const double> values, const DatasetDescription& description) {
  impl_->write(name, {values.size()}, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, values.data(), description);
}

void Hdf5Writer::write(const std::string& name, std::span<const double> values, std::size_t columns,
                       const DatasetDescription& description) {
  if (columns == 0 || values.size() % columns != 0) {
    throw InvalidArgument(impl_->place(name) + ": " + std::to_string(values.size()) + " values cannot fill rows of " +
                          std::to_string(columns));
  }
  impl_->write(name, {values.size() / columns, columns}, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, values.data(), description);
}

void Hdf5Writer::write(const std::string& name, std::span<const double> values, const std::vector<std::size_t>& shape,
                       const DatasetDescription& description) {
  std::size_t size = 1;
  Shape lengths;
  for (const std::size_t length : shape) {
    size *= length;
    lengths.push_back(length);
  }
  if (size != values.size()) {
    throw InvalidArgument(impl_->place(name) + ": " + std::to_string(values.size()) +
                          " values cannot fill a shape of " + std::to_string(size));
  }
  impl_->write(name, lengths, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, values.data(), description);
}

void Hdf5Writer::write_integers(const std::string& name, std::span<const std::int64_t> values,
                                const DatasetDescription& description) {
  impl_->write(name, {values.size()}, H5T_STD_I64LE, H5T_NATIVE_INT64, values.data(), description);
}

void Hdf5Writer::write_texts(const std::string& name, const std::vector<std::string>& values,
                             const DatasetDescription& description) {
  std::vector<const char*> pointers;
  pointers.reserve(values.size());
  for (const std::string& value : values) pointers.push_back(zero_ended(value, impl_->place(name)));
  const auto type = detail::text_type(impl_->place(name));
  impl_->write(name, {values.size()}, type.get(), type.get(), pointers.data(), description);
}

void Hdf5Writer::attribute(const std::string& object, const std::string& name, const std::string& value) {
  impl_->require_open();
  const detail::QuietHdf5 quiet;
  write_text_attribute(impl_->open(object).get(), name, value, impl_->place(object));
}

void Hdf5Writer::attribute(const std::string& object, const std::string& name, double value) {
  impl_->require_open();
  const detail::QuietHdf5 quiet;
  write_attribute(impl_->open(object).get(), name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &value, impl_->place(object));
}

void Hdf5Writer::attribute(const std::string& object, const std::string& name, std::int64_t value) {
  impl_->require_open();
  const detail::QuietHdf5 quiet;
  write_attribute(impl_->open(object).get(), name, H5T_STD_I64LE, H5T_NATIVE_INT64, &value, impl_->place(object));
}

void Hdf5Writer::commit() {
  impl_->require_open();
  const detail::QuietHdf5 quiet;
  const std::string place = impl_->temporary.target().string();
  checked(H5Fflush(impl_->file.get(), H5F_SCOPE_GLOBAL), place, "H5Fflush");
  const hid_t file = impl_->file.get();
  const ssize_t size = checked(H5Fget_file_image(file, nullptr, 0), place, "H5Fget_file_image");
  std::string image(static_cast<std::size_t>(size), '\0');
  checked(H5Fget_file_image(file, image.data(), image.size()), place, "H5Fget_file_image");
  if (!impl_->file.close()) detail::throw_hdf5(place, "H5Fclose");
  impl_->temporary.write(image);
  impl_->temporary.commit();
}

}  // namespace nordheim
