// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>

namespace nordheim::detail {

/// @brief work(node, worker) for all nodes, shared dynamically by that many workers, each a thread of its own.
///
/// If some throw, the exception of the first of these nodes is thrown, whichever came first in time.
void for_each_node(std::size_t nodes, std::size_t workers,
                   const std::function<void(std::size_t node, std::size_t worker)>& work);

}  // namespace nordheim::detail
