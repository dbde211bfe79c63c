// SPDX-License-Identifier: GPL-3.0-or-later
// One rank, where MPI is not built in.
#include <nordheim/core/error.hpp>
#include <nordheim/core/ranks.hpp>

#include "core/launcher.hpp"
#include "core/ranks_access.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>

#if !NORDHEIM_HAS_MPI

namespace nordheim {

struct Ranks::Impl {};

bool Ranks::is_built_in() noexcept { return false; }

/// There are no others that would not know.
bool Ranks::is_agreed(const std::exception_ptr& error) noexcept { return static_cast<bool>(error); }

Ranks Ranks::world() {
  if (const int processes = detail::launched_processes(); processes > 1) {
    throw InvalidArgument(
        std::to_string(processes) +
        " processes were started, but this nordheim was built without MPI (NORDHEIM_MPI=OFF), so that "
        "each would do all of the work; start one");
  }
  return {};
}

int Ranks::size() const noexcept { return 1; }
int Ranks::rank() const noexcept { return 0; }
int Ranks::on_this_machine() const noexcept { return 1; }
void Ranks::sum(State /*values*/) const {}
void Ranks::largest(State /*values*/) const {}
void Ranks::broadcast(State /*values*/) const {}
void Ranks::broadcast(std::string& /*text*/) const {}
std::vector<double> Ranks::gather(ConstState mine) const { return {mine.begin(), mine.end()}; }
std::vector<double> Ranks::gather_for_all(ConstState mine) const { return {mine.begin(), mine.end()}; }

void Ranks::scatter(ConstState all, State mine) const {
  if (all.size() != mine.size()) throw DimensionMismatch("what is scattered", all.size(), mine.size());
  std::copy(all.begin(), all.end(), mine.begin());
}

void Ranks::agree(const std::exception_ptr& error) const {
  if (error) std::rethrow_exception(error);
}

void Ranks::abort(int exit_code) const { std::_Exit(exit_code); }

/// With one rank there is nobody to send to.
void detail::exchange(const Ranks& /*ranks*/, ConstState send, const std::vector<std::size_t>& /*sent*/, State received,
                      const std::vector<std::size_t>& /*taken*/) {
  std::copy(send.begin(), send.end(), received.begin());
}

}  // namespace nordheim

#endif
