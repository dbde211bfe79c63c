// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace nordheim::program {

/// A text as TOML, in double quotes, with what needs it escaped.
[[nodiscard]] std::string toml_text(std::string_view text);

/// A number as a TOML float, with the shortest digits that read back as the same number.
[[nodiscard]] std::string toml_number(double value);

/// The beginning of a long text, with dots.
[[nodiscard]] std::string shortened(std::string_view text);

}  // namespace nordheim::program
