// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/hdf5_handle.hpp"

#include <nordheim/core/error.hpp>

namespace nordheim::detail {

namespace {

/// Called from the innermost error outwards: keeps the first text.
herr_t keep_innermost(unsigned, const H5E_error2_t* entry, void* text) noexcept {
  auto& reason = *static_cast<std::string*>(text);
  if (reason.empty() && entry->desc != nullptr) {
    reason = std::string(entry->desc) + " (in " + (entry->func_name != nullptr ? entry->func_name : "HDF5") + ")";
  }
  return 0;
}

}  // namespace

void throw_hdf5(const std::string& place, const char* call) {
  std::string reason;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_innermost, &reason);
  throw LibraryError(place + ": " + call + " failed: " + (reason.empty() ? "no reason given" : reason));
}

Hdf5Handle text_type(const std::string& place) {
  auto type = owned(H5Tcopy(H5T_C_S1), H5Tclose, place, "H5Tcopy");
  checked(H5Tset_size(type.get(), H5T_VARIABLE), place, "H5Tset_size");
  checked(H5Tset_cset(type.get(), H5T_CSET_UTF8), place, "H5Tset_cset");
  return type;
}

}  // namespace nordheim::detail
