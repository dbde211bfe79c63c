// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

namespace nordheim {

/// Base of every exception that nordheim throws.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// An argument that no computation can be made of; the message says what was asked, found and allowed.
class InvalidArgument : public Error {
 public:
  using Error::Error;
};

/// A vector whose length is not the number of nodes that the callee works on.
class DimensionMismatch : public InvalidArgument {
 public:
  /// @param what      the vector, in words
  /// @param found     its length
  /// @param expected  the length that is needed
  DimensionMismatch(const std::string& what, std::size_t found, std::size_t expected);
};

/// The moments asked for belong to no equilibrium on the given nodes.
class NoEquilibrium : public InvalidArgument {
 public:
  using InvalidArgument::InvalidArgument;
};

/// A right-hand side that cannot be evaluated at a trial state, but might be at a nearer one: the time integrator
/// tries a smaller step instead of giving up.
class RecoverableError : public Error {
 public:
  using Error::Error;
};

/// A time integration that could not go on; says at what time, after how many steps and why.
class IntegrationError : public Error {
 public:
  IntegrationError(const std::string& why, double time, long steps);
  /// Time reached, in the units of the equation.
  [[nodiscard]] double time() const noexcept { return time_; }
  /// Internal steps taken.
  [[nodiscard]] long steps() const noexcept { return steps_; }

 private:
  double time_;
  long steps_;
};

/// A call to an external library that failed: function, code and the library's own text.
class LibraryError : public Error {
 public:
  using Error::Error;
};

}  // namespace nordheim
