// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace nordheim::program {

using Clock = std::chrono::steady_clock;

/// What has passed of the wall clock [s].
[[nodiscard]] inline double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace nordheim::program
