// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "case/case.hpp"
#include "case/section.hpp"

#include <filesystem>
#include <string>

namespace nordheim::program {

/// @brief initial.microscopic
/// @param directory  that paths are relative to
[[nodiscard]] MicroscopicCase read_microscopic(Section section, const MomentumCase& momentum,
                                               const std::filesystem::path& directory);

/// The value of initial.microscopic.
[[nodiscard]] std::string microscopic_toml(const MicroscopicCase& state);

}  // namespace nordheim::program
