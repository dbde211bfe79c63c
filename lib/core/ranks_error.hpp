// SPDX-License-Identifier: GPL-3.0-or-later
// Exceptions as numbers and text, to be made again in another process.
#pragma once

#include <exception>
#include <string>

namespace nordheim::detail {

/// Types that are told apart, the special ones first.
enum class ErrorKind { none, dimension, no_equilibrium, argument, recoverable, integration, library, memory, other };

struct ErrorDescription {
  ErrorKind kind = ErrorKind::none;
  double time = 0.0;  // of an IntegrationError
  long steps = 0;
  std::string message{};
};

[[nodiscard]] ErrorDescription describe(const std::exception_ptr& error);
/// An exception of the same type and with the same words.
[[nodiscard]] std::exception_ptr make_error(const ErrorDescription& description);

}  // namespace nordheim::detail
