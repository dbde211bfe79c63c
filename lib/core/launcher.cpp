// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launcher.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace nordheim::detail {

bool is_launched() {
  // Open MPI, MPICH and Intel MPI (Hydra), PMIx, MVAPICH, Slurm.
  constexpr std::array variables{"OMPI_COMM_WORLD_SIZE", "PMI_SIZE",    "PMI_RANK", "PMI_FD", "PMIX_RANK",
                                 "MV2_COMM_WORLD_SIZE",  "SLURM_PROCID"};
  return std::any_of(variables.begin(), variables.end(), [](const char* name) { return std::getenv(name) != nullptr; });
}

int launched_processes() {
  int most = 1;
  for (const char* const name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "MV2_COMM_WORLD_SIZE", "SLURM_STEP_NUM_TASKS"}) {
    if (const char* const text = std::getenv(name)) {
      most = std::max(most, static_cast<int>(std::strtol(text, nullptr, 10)));
    }
  }
  return most;
}

}  // namespace nordheim::detail
