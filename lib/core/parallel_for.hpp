// SPDX-License-Identifier: GPL-3.0-or-later
// Loops whose turns are shared out over threads and may throw.
#pragma once

#include "core/threads.hpp"

#include <cstddef>

namespace nordheim::detail {

/// work(0) … work(count − 1), each by the next thread that is free; throws what the first of those that failed threw.
template <class Work>
void parallel_for(std::size_t count, [[maybe_unused]] int threads, const Work& work) {
  FirstFailure failure;
  const auto turn = [&](std::size_t i) {
    if (failure.precedes(i)) return;
    try {
      work(i);
    } catch (...) {
      failure.record(i);
    }
  };
  const auto last = static_cast<std::ptrdiff_t>(count);
#pragma omp parallel for schedule(dynamic) num_threads(thread_count(threads, count))
  for (std::ptrdiff_t i = 0; i < last; ++i) turn(static_cast<std::size_t>(i));
  failure.rethrow();
}

}  // namespace nordheim::detail
