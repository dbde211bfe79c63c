// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/threads.hpp"

#include <algorithm>

#ifdef _OPENMP
#include <omp.h>
#endif

namespace nordheim::detail {

int thread_count([[maybe_unused]] int asked) noexcept {
#ifdef _OPENMP
  return asked > 0 ? asked : omp_get_max_threads();
#else
  return 1;
#endif
}

int thread_count(int asked, std::size_t work) noexcept {
  return static_cast<int>(std::min(static_cast<std::size_t>(thread_count(asked)), std::max<std::size_t>(work, 1)));
}

std::size_t thread_number() noexcept {
#ifdef _OPENMP
  return static_cast<std::size_t>(omp_get_thread_num());
#else
  return 0;
#endif
}

void FirstFailure::record(std::size_t index) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (index >= index_) return;
  index_ = index;
  exception_ = std::current_exception();
}

void FirstFailure::rethrow() const {
  if (exception_) std::rethrow_exception(exception_);
}

}  // namespace nordheim::detail
