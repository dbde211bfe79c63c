// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "case/mistakes.hpp"

#include <toml++/toml.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace nordheim::program {

/// Longest text that is taken for a case file [bytes].
inline constexpr std::size_t largest_case_text = 16U << 20U;

/// Where a key or value stands.
[[nodiscard]] Place place_of(const toml::source_region& region);

/// @brief The text of a case file as a TOML table, with the overrides put in; keys and values know their place.
/// What cannot be read goes to @p mistakes; the table is then empty or lacks that override.
[[nodiscard]] toml::table read_toml(std::string_view text, std::string_view source_name,
                                    const std::vector<std::string>& overrides, Mistakes& mistakes);

}  // namespace nordheim::program
