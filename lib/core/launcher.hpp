// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a launcher of MPI has started this process, by its environment.
#pragma once

namespace nordheim::detail {

/// Whether any of the launchers that we know, or the process manager of a cluster, has started this process.
[[nodiscard]] bool is_launched();

/// How many processes the launcher says that there are; 1 where it does not.
[[nodiscard]] int launched_processes();

}  // namespace nordheim::detail
