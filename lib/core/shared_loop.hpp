// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace nordheim::detail {

/// @brief body(i) for i < count, which must not throw, in equal parts by several threads.
///
/// One thread goes without a parallel region: even a team of one costs libgomp a system call, and an allocation where
/// it is inside of another region. Collisions of a few thousand nodes, which have some seven loops, take a tenth of
/// their time for that. Inside of body thread_number() is then that of the region around, if there is one.
template <class Body>
void shared_loop(std::size_t count, [[maybe_unused]] int threads, const Body& body) {
  if (threads <= 1) {
    for (std::size_t i = 0; i < count; ++i) body(i);
    return;
  }
#pragma omp parallel for schedule(static) num_threads(threads)
  for (std::size_t i = 0; i < count; ++i) body(i);
}

}  // namespace nordheim::detail
