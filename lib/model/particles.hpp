// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/error.hpp>
#include <nordheim/model/statistics.hpp>

#include <string>

namespace nordheim::detail {

/// @throws InvalidArgument for classical waves
/// @param what  "two-body collisions"
inline void require_particles(Statistics statistics, const char* what) {
  if (statistics != Statistics::classical_wave) return;
  throw InvalidArgument(std::string(what) +
                        " are for fermions, classical particles and bosons (found classical-wave, which four-phonon "
                        "collisions are for)");
}

}  // namespace nordheim::detail
