// SPDX-License-Identifier: GPL-3.0-or-later
// Several ranks, by MPI.
#include <nordheim/core/error.hpp>
#include <nordheim/core/ranks.hpp>

#include "core/launcher.hpp"
#include "core/ranks_access.hpp"
#include "core/ranks_error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <string>

#if NORDHEIM_HAS_MPI

namespace nordheim {

namespace {

/// The last error that all ranks threw.
std::exception_ptr& last_agreed() {
  static std::exception_ptr error;
  return error;
}

void require(int code, const char* function) {
  if (code != MPI_SUCCESS) throw LibraryError(std::string(function) + " failed with code " + std::to_string(code));
}

/// MPI counts in int.
int to_count(std::size_t count) {
  if (count <= static_cast<std::size_t>(std::numeric_limits<int>::max())) return static_cast<int>(count);
  throw InvalidArgument("a message of " + std::to_string(count) +
                        " numbers between two ranks; at most 2147483647 are possible: use more ranks");
}

/// Lengths of the parts of all ranks, and where they begin.
struct Parts {
  explicit Parts(const std::vector<std::size_t>& lengths) {
    std::size_t total = 0;
    for (const std::size_t length : lengths) {
      counts.push_back(to_count(length));
      places.push_back(to_count(total));
      total += length;
    }
    all = total;
  }
  std::vector<int> counts{}, places{};
  std::size_t all = 0;
};

/// One after the other, on all ranks.
std::vector<double> gather_equal(MPI_Comm communicator, int size, ConstState mine) {
  std::vector<double> all(static_cast<std::size_t>(size) * mine.size());
  const int count = to_count(mine.size());
  require(MPI_Allgather(mine.data(), count, MPI_DOUBLE, all.data(), count, MPI_DOUBLE, communicator), "MPI_Allgather");
  return all;
}

std::vector<std::size_t> lengths_of(MPI_Comm communicator, int size, std::size_t mine) {
  const auto length = static_cast<unsigned long long>(mine);
  std::vector<unsigned long long> all(static_cast<std::size_t>(size));
  require(MPI_Allgather(&length, 1, MPI_UNSIGNED_LONG_LONG, all.data(), 1, MPI_UNSIGNED_LONG_LONG, communicator),
          "MPI_Allgather");
  return {all.begin(), all.end()};
}

void require_equal_lengths(MPI_Comm communicator, int size, std::size_t mine) {
  const std::vector<std::size_t> all = lengths_of(communicator, size, mine);
  for (const std::size_t length : all) {
    if (length != all.front()) {
      throw InvalidArgument("one rank has " + std::to_string(all.front()) + " numbers to reduce, another " +
                            std::to_string(length) + "; all must have as many");
    }
  }
}

/// Each of the numbers by the operation, in the order of the ranks.
template <class Operation>
void reduce(MPI_Comm communicator, int size, State values, const Operation& operation) {
  constexpr std::size_t few = 64;
  const auto n = static_cast<std::size_t>(size);
  if (values.size() <= few) {
    const std::vector<double> all = gather_equal(communicator, size, values);
    std::copy_n(all.begin(), values.size(), values.begin());
    for (std::size_t i = values.size(); i < all.size(); ++i) {
      double& value = values[i % values.size()];
      value = operation(value, all[i]);
    }
    return;
  }
  // Each rank reduces a part of the numbers, for all.
  std::vector<std::size_t> lengths;
  lengths.reserve(n);
  for (std::size_t p = 0; p < n; ++p) lengths.push_back(values.size() * (p + 1) / n - values.size() * p / n);
  const Parts parts(lengths);
  int rank = 0;
  require(MPI_Comm_rank(communicator, &rank), "MPI_Comm_rank");
  const std::size_t mine = lengths[static_cast<std::size_t>(rank)];
  const Parts equal(std::vector<std::size_t>(n, mine));
  std::vector<double> received(n * mine);
  require(MPI_Alltoallv(values.data(), parts.counts.data(), parts.places.data(), MPI_DOUBLE, received.data(),
                        equal.counts.data(), equal.places.data(), MPI_DOUBLE, communicator),
          "MPI_Alltoallv");
  for (std::size_t i = mine; i < received.size(); ++i) {
    double& value = received[i % mine];
    value = operation(value, received[i]);
  }
  require(MPI_Allgatherv(received.data(), to_count(mine), MPI_DOUBLE, values.data(), parts.counts.data(),
                         parts.places.data(), MPI_DOUBLE, communicator),
          "MPI_Allgatherv");
}

double larger_or_nan(double a, double b) { return a >= b || std::isnan(a) ? a : b; }

void finish() {
  int finished = 0;
  MPI_Finalized(&finished);
  if (finished == 0) MPI_Finalize();
}

void start() {
  int started = 0;
  require(MPI_Initialized(&started), "MPI_Initialized");
  if (started != 0) return;
  int support = 0;
  require(MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &support), "MPI_Init_thread");
  std::atexit(finish);
}

}  // namespace

bool Ranks::is_built_in() noexcept { return true; }

bool Ranks::is_agreed(const std::exception_ptr& error) noexcept { return error && error == last_agreed(); }

Ranks Ranks::world() {
  static const Ranks all = [] {
    Ranks ranks;
    int started = 0;
    require(MPI_Initialized(&started), "MPI_Initialized");
    if (started == 0 && !detail::is_launched()) return ranks;
    start();
    // One of our own: what a program sends by itself does not meet what we do.
    Impl impl{};
    require(MPI_Comm_dup(MPI_COMM_WORLD, &impl.communicator), "MPI_Comm_dup");
    require(MPI_Comm_size(impl.communicator, &impl.size), "MPI_Comm_size");
    require(MPI_Comm_rank(impl.communicator, &impl.rank), "MPI_Comm_rank");
    MPI_Comm neighbours = MPI_COMM_NULL;
    require(MPI_Comm_split_type(impl.communicator, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &neighbours),
            "MPI_Comm_split_type");
    require(MPI_Comm_size(neighbours, &impl.on_this_machine), "MPI_Comm_size");
    require(MPI_Comm_free(&neighbours), "MPI_Comm_free");
    if (impl.size > 1) ranks.impl_ = std::make_shared<const Impl>(impl);
    return ranks;
  }();
  return all;
}

int Ranks::size() const noexcept { return impl_ ? impl_->size : 1; }
int Ranks::rank() const noexcept { return impl_ ? impl_->rank : 0; }
int Ranks::on_this_machine() const noexcept { return impl_ ? impl_->on_this_machine : 1; }

void Ranks::sum(State values) const {
  if (!impl_) return;
  if (values.size() != 1) require_equal_lengths(impl_->communicator, impl_->size, values.size());
  reduce(impl_->communicator, impl_->size, values, [](double a, double b) { return a + b; });
}

void Ranks::largest(State values) const {
  if (!impl_) return;
  if (values.size() != 1) require_equal_lengths(impl_->communicator, impl_->size, values.size());
  reduce(impl_->communicator, impl_->size, values, larger_or_nan);
}

void Ranks::broadcast(State values) const {
  if (!impl_) return;
  require_equal_lengths(impl_->communicator, impl_->size, values.size());
  require(MPI_Bcast(values.data(), to_count(values.size()), MPI_DOUBLE, 0, impl_->communicator), "MPI_Bcast");
}

void Ranks::broadcast(std::string& text) const {
  if (!impl_) return;
  text.resize(lengths_of(impl_->communicator, impl_->size, text.size()).front());
  require(MPI_Bcast(text.data(), to_count(text.size()), MPI_CHAR, 0, impl_->communicator), "MPI_Bcast");
}

std::vector<double> Ranks::gather(ConstState mine) const {
  if (!impl_) return {mine.begin(), mine.end()};
  const Parts parts(lengths_of(impl_->communicator, impl_->size, mine.size()));
  std::vector<double> all(is_first() ? parts.all : 0);
  require(MPI_Gatherv(mine.data(), to_count(mine.size()), MPI_DOUBLE, all.data(), parts.counts.data(),
                      parts.places.data(), MPI_DOUBLE, 0, impl_->communicator),
          "MPI_Gatherv");
  return all;
}

std::vector<double> Ranks::gather_for_all(ConstState mine) const {
  if (!impl_) return {mine.begin(), mine.end()};
  const Parts parts(lengths_of(impl_->communicator, impl_->size, mine.size()));
  std::vector<double> all(parts.all);
  require(MPI_Allgatherv(mine.data(), to_count(mine.size()), MPI_DOUBLE, all.data(), parts.counts.data(),
                         parts.places.data(), MPI_DOUBLE, impl_->communicator),
          "MPI_Allgatherv");
  return all;
}

void Ranks::scatter(ConstState all, State mine) const {
  std::vector<std::size_t> lengths{mine.size()};
  if (impl_) lengths = lengths_of(impl_->communicator, impl_->size, mine.size());
  const std::size_t total = std::accumulate(lengths.begin(), lengths.end(), std::size_t{0});
  together([&] {
    if (is_first() && all.size() != total) throw DimensionMismatch("what is scattered", all.size(), total);
  });
  if (!impl_) {
    std::copy(all.begin(), all.end(), mine.begin());
    return;
  }
  const Parts parts(lengths);
  require(MPI_Scatterv(all.data(), parts.counts.data(), parts.places.data(), MPI_DOUBLE, mine.data(),
                       to_count(mine.size()), MPI_DOUBLE, 0, impl_->communicator),
          "MPI_Scatterv");
}

void Ranks::agree(const std::exception_ptr& error) const {
  if (!impl_) {
    if (error) std::rethrow_exception(error);
    return;
  }
  const int own = error ? impl_->rank : impl_->size;
  int first = own;
  require(MPI_Allreduce(&own, &first, 1, MPI_INT, MPI_MIN, impl_->communicator), "MPI_Allreduce");
  if (first == impl_->size) return;
  const detail::ErrorDescription mine = detail::describe(error);
  detail::ErrorDescription found = mine;
  std::array<double, 4> numbers{static_cast<double>(found.kind), found.time, static_cast<double>(found.steps),
                                static_cast<double>(found.message.size())};
  require(MPI_Bcast(numbers.data(), 4, MPI_DOUBLE, first, impl_->communicator), "MPI_Bcast");
  found.kind = static_cast<detail::ErrorKind>(static_cast<int>(numbers[0]));
  found.time = numbers[1];
  found.steps = static_cast<long>(numbers[2]);
  found.message.resize(static_cast<std::size_t>(numbers[3]));
  require(MPI_Bcast(found.message.data(), static_cast<int>(numbers[3]), MPI_CHAR, first, impl_->communicator),
          "MPI_Bcast");
  // A rank that has thrown the same keeps its own, which may be of a more special type.
  const bool same = mine.kind == found.kind && mine.message == found.message;
  last_agreed() = same ? error : detail::make_error(found);
  std::rethrow_exception(last_agreed());
}

void Ranks::abort(int exit_code) const {
  if (impl_) MPI_Abort(impl_->communicator, exit_code);
  std::_Exit(exit_code);
}

void detail::exchange(const Ranks& ranks, ConstState send, const std::vector<std::size_t>& sent, State received,
                      const std::vector<std::size_t>& taken) {
  const Parts out(sent), in(taken);
  require(MPI_Alltoallv(send.data(), out.counts.data(), out.places.data(), MPI_DOUBLE, received.data(),
                        in.counts.data(), in.places.data(), MPI_DOUBLE, RanksAccess::communicator(ranks)),
          "MPI_Alltoallv");
}

}  // namespace nordheim

#endif
