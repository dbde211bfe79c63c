// SPDX-License-Identifier: GPL-3.0-or-later
// The sentence with which the library refuses bad input.
#pragma once

#include <nordheim/core/error.hpp>

#include "support/catch.hpp"

#include <string>

namespace nordheim::test {

/// What the call says when it throws InvalidArgument; "accepted" if it does not.
template <class Call>
std::string sentence(Call call) {
  try {
    static_cast<void>(call());
  } catch (const InvalidArgument& error) {
    return error.what();
  }
  return "accepted";
}

/// Whether the part is in the text, which is shown if a check of this fails.
inline bool says(const std::string& text, const std::string& part) {
  UNSCOPED_INFO(text);
  return text.find(part) != std::string::npos;
}

}  // namespace nordheim::test
