// SPDX-License-Identifier: GPL-3.0-or-later
// Owners of the objects that every SUNDIALS integrator needs.
#pragma once

#include <nordheim/core/error.hpp>
#include <nordheim/core/state.hpp>

#include "evolution/sundials_compat.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

namespace nordheim::detail {

/// @throws LibraryError if the code of a set-up function is not zero
inline void require_success(int code, const char* function) {
  if (code != 0) throw LibraryError(std::string(function) + " failed with code " + std::to_string(code));
}

/// @throws LibraryError if a constructor returned nothing
inline void require_object(const void* object, const char* function) {
  if (object == nullptr) throw LibraryError(std::string(function) + " made no object");
}

class SundialsContext {
 public:
  SundialsContext() {
    require_success(create_context(&context_), "SUNContext_Create");
    silence_context(context_);
  }
  SundialsContext(const SundialsContext&) = delete;
  SundialsContext& operator=(const SundialsContext&) = delete;
  ~SundialsContext() { SUNContext_Free(&context_); }
  [[nodiscard]] SUNContext get() const noexcept { return context_; }

 private:
  SUNContext context_ = nullptr;
};

struct DestroyVector {
  void operator()(N_Vector v) const noexcept { N_VDestroy(v); }
};
using SundialsVector = std::unique_ptr<_generic_N_Vector, DestroyVector>;

/// A vector with the given numbers, which are those of this rank.
inline SundialsVector make_vector(ConstState values, const Ranks& ranks, SUNContext context) {
  SundialsVector v(N_VNew_Serial(static_cast<sunindextype>(values.size()), context));
  require_object(v.get(), "N_VNew_Serial");
  if (ranks.size() > 1) {
    // The wrapper does not own what it wraps; a clone owns all of itself.
    const SundialsVector wrapper(over_ranks(ranks, v.get(), context));
    require_object(wrapper.get(), "N_VMake_MPIPlusX");
    SundialsVector clone(N_VClone(wrapper.get()));
    require_object(clone.get(), "N_VClone");
    v = std::move(clone);
  }
  std::copy(values.begin(), values.end(), N_VGetArrayPointer(own_part(v.get())));
  return v;
}

struct FreeLinearSolver {
  void operator()(SUNLinearSolver solver) const noexcept { SUNLinSolFree(solver); }
};
struct FreeNonlinearSolver {
  void operator()(SUNNonlinearSolver solver) const noexcept { SUNNonlinSolFree(solver); }
};

}  // namespace nordheim::detail
