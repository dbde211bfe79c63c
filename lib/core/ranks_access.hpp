// SPDX-License-Identifier: GPL-3.0-or-later
// What lies behind Ranks: the communicator of MPI, where it is built in.
#pragma once

#include <nordheim/core/ranks.hpp>

#include "core/features.hpp"

#include <cstddef>
#include <vector>

#if NORDHEIM_HAS_MPI
#define OMPI_SKIP_MPICXX 1
#define MPICH_SKIP_MPICXX 1
#include <mpi.h>

namespace nordheim {

struct Ranks::Impl {
  MPI_Comm communicator;
  int size, rank;
  int on_this_machine;
};

namespace detail {

struct RanksAccess {
  /// @pre there are several ranks
  [[nodiscard]] static MPI_Comm communicator(const Ranks& ranks) { return ranks.impl_->communicator; }
};

}  // namespace detail

}  // namespace nordheim
#endif

namespace nordheim::detail {

/// @brief Each rank sends a part to every other: send has the parts for ranks 0, 1, …, received those from them.
/// @param sent, taken  lengths of the parts
void exchange(const Ranks& ranks, ConstState send, const std::vector<std::size_t>& sent, State received,
              const std::vector<std::size_t>& taken);

}  // namespace nordheim::detail
