// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <hdf5.h>

#include <string>
#include <utility>

namespace nordheim::detail {

/// Owner of one HDF5 identifier.
class Hdf5Handle {
 public:
  using Close = herr_t (*)(hid_t);
  Hdf5Handle() = default;
  Hdf5Handle(hid_t id, Close closing) noexcept : id_(id), close_(closing) {}
  Hdf5Handle(Hdf5Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Hdf5Handle& operator=(Hdf5Handle&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    return *this;
  }
  ~Hdf5Handle() {
    if (id_ >= 0) close_(id_);
  }
  [[nodiscard]] hid_t get() const noexcept { return id_; }
  /// Closes now; false if HDF5 could not.
  bool close() noexcept { return id_ < 0 || close_(std::exchange(id_, -1)) >= 0; }

 private:
  hid_t id_ = -1;
  Close close_ = nullptr;
};

/// While it lives HDF5 prints no error stack; afterwards the handler of whoever else uses HDF5 is back.
class QuietHdf5 {
 public:
  QuietHdf5() {
    H5Eget_auto2(H5E_DEFAULT, &function_, &data_);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  }
  QuietHdf5(const QuietHdf5&) = delete;
  QuietHdf5& operator=(const QuietHdf5&) = delete;
  ~QuietHdf5() { H5Eset_auto2(H5E_DEFAULT, function_, data_); }

 private:
  H5E_auto2_t function_ = nullptr;
  void* data_ = nullptr;
};

/// @throws LibraryError "PLACE: CALL failed: REASON", the reason being the innermost entry of HDF5's error stack
[[noreturn]] void throw_hdf5(const std::string& place, const char* call);

/// The result of an HDF5 call, if it is not negative.
template <class Result>
Result checked(Result result, const std::string& place, const char* call) {
  if (result < 0) throw_hdf5(place, call);
  return result;
}

/// The same for calls that return an identifier.
inline Hdf5Handle owned(hid_t id, Hdf5Handle::Close close, const std::string& place, const char* call) {
  return {checked(id, place, call), close};
}

/// Texts of variable length in UTF-8, as h5py and netCDF write them.
[[nodiscard]] Hdf5Handle text_type(const std::string& place);

}  // namespace nordheim::detail
