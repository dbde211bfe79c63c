// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace nordheim {

/// The shortest decimal digits that read back as exactly this number; "inf", "-inf", "nan". Ignores the locale.
[[nodiscard]] std::string shortest_text(double value);

/// 17 significant digits at most, which always read back as the same number. Ignores the locale.
[[nodiscard]] std::string full_text(double value);

/// Six significant digits at most, for people. Ignores the locale.
[[nodiscard]] std::string short_text(double value);

}  // namespace nordheim
