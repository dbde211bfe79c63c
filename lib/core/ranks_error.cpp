// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ranks_error.hpp"

#include <nordheim/core/error.hpp>

#include <memory>
#include <new>

namespace nordheim::detail {

namespace {

/// With the words of another one.
class SameMismatch final : public DimensionMismatch {
 public:
  explicit SameMismatch(const std::string& message)
      : DimensionMismatch("", 0, 0), message_(std::make_shared<const std::string>(message)) {}
  [[nodiscard]] const char* what() const noexcept override { return message_->c_str(); }

 private:
  std::shared_ptr<const std::string> message_;  // copies of an exception must not throw
};

/// The reason of an IntegrationError, without the words that its constructor puts before it.
std::string reason_of(const IntegrationError& error) {
  const std::string words = IntegrationError("", error.time(), error.steps()).what();
  return std::string(error.what()).substr(words.size());
}

}  // namespace

ErrorDescription describe(const std::exception_ptr& error) {
  if (!error) return {};
  try {
    std::rethrow_exception(error);
  } catch (const DimensionMismatch& e) {
    return {.kind = ErrorKind::dimension, .message = e.what()};
  } catch (const NoEquilibrium& e) {
    return {.kind = ErrorKind::no_equilibrium, .message = e.what()};
  } catch (const InvalidArgument& e) {
    return {.kind = ErrorKind::argument, .message = e.what()};
  } catch (const RecoverableError& e) {
    return {.kind = ErrorKind::recoverable, .message = e.what()};
  } catch (const IntegrationError& e) {
    return {ErrorKind::integration, e.time(), e.steps(), reason_of(e)};
  } catch (const LibraryError& e) {
    return {.kind = ErrorKind::library, .message = e.what()};
  } catch (const std::bad_alloc& e) {
    return {.kind = ErrorKind::memory, .message = e.what()};
  } catch (const std::exception& e) {
    return {.kind = ErrorKind::other, .message = e.what()};
  } catch (...) {
    return {.kind = ErrorKind::other, .message = "an exception that is none of the standard library"};
  }
}

std::exception_ptr make_error(const ErrorDescription& description) {
  const std::string& message = description.message;
  switch (description.kind) {
    case ErrorKind::none:
      return {};
    case ErrorKind::dimension:
      return std::make_exception_ptr(SameMismatch(message));
    case ErrorKind::no_equilibrium:
      return std::make_exception_ptr(NoEquilibrium(message));
    case ErrorKind::argument:
      return std::make_exception_ptr(InvalidArgument(message));
    case ErrorKind::recoverable:
      return std::make_exception_ptr(RecoverableError(message));
    case ErrorKind::integration:
      return std::make_exception_ptr(IntegrationError(message, description.time, description.steps));
    case ErrorKind::library:
      return std::make_exception_ptr(LibraryError(message));
    case ErrorKind::memory:
      return std::make_exception_ptr(std::bad_alloc());
    case ErrorKind::other:
      break;
  }
  return std::make_exception_ptr(Error(message));
}

}  // namespace nordheim::detail
