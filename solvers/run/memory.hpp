// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>

namespace nordheim::program {

/// Bytes of memory that a new program can have without swapping: what the system says is available, or the limit of
/// the process or of its control group if that is smaller.
[[nodiscard]] std::size_t available_memory();

/// @throws InvalidArgument if @p bytes are more than available_memory(); names both, and @p what needs them
void require_memory(std::size_t bytes, const std::string& what);

/// "3.4 GiB"
[[nodiscard]] std::string bytes_text(std::size_t bytes);

}  // namespace nordheim::program
