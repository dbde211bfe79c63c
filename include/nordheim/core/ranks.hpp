// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/state.hpp>

#include <cstddef>
#include <exception>
#include <memory>
#include <string>
#include <vector>

namespace nordheim {

namespace detail {
struct RanksAccess;
}

/// @brief The processes that share a computation, numbered from 0: one, or all that mpirun has started.
///
/// Reductions and exchanges are collective: every rank calls them, in the same order, and waits for the others. So are
/// together() and agree(). What they return is equal to the last bit on all ranks, so that decisions made
/// of it are the same. Copies are cheap and mean the same processes; use them from the thread that made the first.
class Ranks {
 public:
  /// This process alone, whether others run or not.
  Ranks() = default;

  /// @brief All processes of mpirun, or of another launcher of MPI; this process alone where none has started it.
  ///
  /// The first call starts MPI, which ends with the program, unless the program has started it itself.
  /// @throws InvalidArgument if MPI is not built in and the environment shows that there are several processes: each
  ///         would do all of the work and write the same files
  [[nodiscard]] static Ranks world();
  /// Whether nordheim was built with NORDHEIM_MPI.
  [[nodiscard]] static bool is_built_in() noexcept;

  [[nodiscard]] int size() const noexcept;
  [[nodiscard]] int rank() const noexcept;
  [[nodiscard]] bool is_first() const noexcept { return rank() == 0; }
  /// How many of them run on the same machine as this one, which is counted.
  [[nodiscard]] int on_this_machine() const noexcept;

  /// Sums over the ranks, added in their order; of the numbers one by one.
  /// @throws InvalidArgument if the ranks do not all have as many, more than one each
  void sum(State values) const;
  [[nodiscard]] double sum(double value) const;
  /// The largest over the ranks, NaN if one is; of the numbers one by one.
  /// @throws as sum()
  void largest(State values) const;
  [[nodiscard]] double largest(double value) const;
  [[nodiscard]] double smallest(double value) const { return -largest(-value); }
  /// Whether it is true on some rank.
  [[nodiscard]] bool any(bool value) const;

  /// What the first rank has, for all.
  /// @throws as sum()
  void broadcast(State values) const;
  void broadcast(std::string& text) const;

  /// The numbers of all ranks one after the other, on the first; nothing on the others.
  [[nodiscard]] std::vector<double> gather(ConstState mine) const;
  /// The same on all ranks.
  [[nodiscard]] std::vector<double> gather_for_all(ConstState mine) const;
  /// The reverse of gather(): each rank takes as many as it has room for.
  /// @param all  on the first rank; not looked at on others
  /// @throws DimensionMismatch if it has not as many numbers as there is room for
  void scatter(ConstState all, State mine) const;

  /// @brief Calls @p function on every rank. If some throw, all throw what the first of these ranks did: nobody waits
  /// for one that is gone.
  ///
  /// The function may use the ranks if what throws in it throws on all, or after the last use.
  template <class Function>
  void together(const Function& function) const {
    if (size() == 1) {
      function();
      return;
    }
    std::exception_ptr error;
    try {
      function();
    } catch (...) {
      error = std::current_exception();
    }
    agree(error);
  }

  /// What together() ends with: null where nothing was thrown. The types are those of error.hpp and std::bad_alloc;
  /// what derives from one of them comes as that on other ranks, anything else as Error.
  void agree(const std::exception_ptr& error) const;

  /// Whether the last error that agree() threw is this one, so that all ranks know of it.
  [[nodiscard]] static bool is_agreed(const std::exception_ptr& error) noexcept;
  /// Ends this process and all others with that exit code: for errors that the others know nothing of.
  [[noreturn]] void abort(int exit_code) const;

 private:
  friend struct detail::RanksAccess;
  struct Impl;
  std::shared_ptr<const Impl> impl_;  // null: alone
};

}  // namespace nordheim
