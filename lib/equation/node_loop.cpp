// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/equation/node_loop.hpp>

#include "core/threads.hpp"

namespace nordheim::detail {

void for_each_node(std::size_t nodes, std::size_t workers,
                   const std::function<void(std::size_t node, std::size_t worker)>& work) {
  FirstFailure failure;
  const auto count = static_cast<std::ptrdiff_t>(nodes);
  const auto threads = static_cast<int>(workers);
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads) if (threads > 1)
  for (std::ptrdiff_t i = 0; i < count; ++i) {
    const auto node = static_cast<std::size_t>(i);
    if (failure.precedes(node)) continue;
    try {
      work(node, thread_number());
    } catch (...) {
      failure.record(node);
    }
  }
  failure.rethrow();
}

}  // namespace nordheim::detail
