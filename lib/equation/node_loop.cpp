// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/equation/node_loop.hpp>

#include "core/parallel_for.hpp"

namespace nordheim::detail {

void for_each_node(std::size_t nodes, std::size_t workers,
                   const std::function<void(std::size_t node, std::size_t worker)>& work) {
  parallel_for(nodes, static_cast<int>(workers), [&](std::size_t node) { work(node, thread_number()); });
}

}  // namespace nordheim::detail
