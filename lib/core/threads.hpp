// SPDX-License-Identifier: GPL-3.0-or-later
// Independent work on several threads.
#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>

namespace nordheim::detail {

/// Number of threads to use when @p asked of them are asked for; 0 asks for all that OpenMP has.
[[nodiscard]] int thread_count(int asked) noexcept;

/// The same, but no more than there is independent work, and at least one.
[[nodiscard]] int thread_count(int asked, std::size_t work) noexcept;

/// The calling thread's number among those of the parallel region that it is in, from 0.
[[nodiscard]] std::size_t thread_number() noexcept;

/// @brief The first failure in the order of the work, whichever thread comes first: exceptions may not leave a parallel
/// region.
class FirstFailure {
 public:
  /// Whether a failure precedes this index, whose work does not matter any more then.
  [[nodiscard]] bool precedes(std::size_t index) const { return index_.load() < index; }
  /// Keeps the exception that is being handled.
  void record(std::size_t index);
  /// Throws what was kept, if anything.
  void rethrow() const;

 private:
  std::mutex mutex_;
  std::atomic<std::size_t> index_{static_cast<std::size_t>(-1)};
  std::exception_ptr exception_{};
};

}  // namespace nordheim::detail
