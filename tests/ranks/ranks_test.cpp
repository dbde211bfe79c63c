// SPDX-License-Identifier: GPL-3.0-or-later
// Run by ctest alone and, where MPI is built in, by mpirun on two and on three ranks: what is tested is the same. No
// REQUIRE here: a rank that leaves a test would leave the others waiting.
#include <nordheim/core/error.hpp>
#include <nordheim/core/ranks.hpp>
#include <nordheim/equation/slabs.hpp>

#include "support/catch.hpp"

#include <cmath>
#include <cstddef>
#include <limits>
#include <new>
#include <numeric>
#include <string>
#include <vector>

using namespace nordheim;

TEST_CASE("a process is alone unless it asks for the others") {
  const Ranks alone;
  CHECK(alone.size() == 1);
  CHECK(alone.is_first());
  CHECK(alone.on_this_machine() == 1);
  CHECK(alone.sum(0.25) == 0.25);
  CHECK(alone.gather(std::vector<double>{1.0, 2.0}) == std::vector<double>{1.0, 2.0});
  const Ranks world = Ranks::world();
  CHECK(world.rank() < world.size());
  CHECK(world.on_this_machine() == world.size());  // as ctest starts them
}

TEST_CASE("numbers are reduced in the order of the ranks") {
  const Ranks world = Ranks::world();
  const double n = world.size();
  CHECK(world.sum(world.rank() + 1.0) == n * (n + 1.0) / 2.0);
  CHECK(world.largest(1.0 * world.rank()) == n - 1.0);
  CHECK(world.smallest(1.0 * world.rank()) == 0.0);
  CHECK(world.any(world.rank() + 1 == world.size()));
  CHECK_FALSE(world.any(false));
  for (const std::size_t count : {std::size_t{5}, std::size_t{1000}}) {  // short messages and long ones go other ways
    std::vector<double> values(count), expected(count, 0.0);
    for (std::size_t i = 0; i < count; ++i) {
      const auto at = [i](int rank) { return std::sin(1.0 + static_cast<double>(i) + 0.1 * rank); };
      values[i] = at(world.rank());
      expected[i] = at(0);
      for (int p = 1; p < world.size(); ++p) expected[i] += at(p);
    }
    world.sum(values);
    CHECK(values == expected);  // to the last bit
  }
}

TEST_CASE("a NaN of one rank is one of all") {
  const Ranks world = Ranks::world();
  const double mine = world.rank() + 1 == world.size() ? std::numeric_limits<double>::quiet_NaN() : 1.0;
  CHECK(std::isnan(world.largest(mine)));
  CHECK(std::isnan(world.smallest(mine)));
  CHECK(std::isnan(world.sum(mine)));
}

TEST_CASE("what the first rank has is for all") {
  const Ranks world = Ranks::world();
  std::vector<double> values(3, 1.0 * world.rank());
  world.broadcast(values);
  CHECK(values == std::vector<double>(3, 0.0));
  std::string text = world.is_first() ? "a sentence" : "";
  world.broadcast(text);
  CHECK(text == "a sentence");
}

TEST_CASE("slabs differ by one node at most and come back in order") {
  const Ranks world = Ranks::world();
  const Slabs slabs(world, 7);
  std::size_t next = 0;
  for (int p = 0; p < world.size(); ++p) {
    CHECK(slabs.first_of(p) == next);
    CHECK(slabs.count_of(p) >= 7 / static_cast<std::size_t>(world.size()));
    CHECK(slabs.count_of(p) <= 7 / static_cast<std::size_t>(world.size()) + 1);
    next += slabs.count_of(p);
  }
  CHECK(next == 7);
  std::vector<double> all(21);
  std::iota(all.begin(), all.end(), 0.0);
  const ConstState part = slabs.part(all);
  CHECK(part.size() == 3 * slabs.count());
  CHECK(part.front() == 3.0 * static_cast<double>(slabs.first()));
  const std::vector<double> gathered = slabs.gather(part);
  CHECK(gathered == (world.is_first() ? all : std::vector<double>()));
  CHECK(slabs.gather_for_all(part) == all);
  std::vector<double> mine(part.size());
  slabs.scatter(gathered, mine);
  CHECK(mine == std::vector<double>(part.begin(), part.end()));
}

TEST_CASE("bad slabs are refused on all ranks") {
  const Ranks world = Ranks::world();
  CHECK_THROWS_AS(Slabs(world, 0), InvalidArgument);
  if (world.size() > 1) {
    CHECK_THROWS_WITH(Slabs(world, 1), std::to_string(world.size()) +
                                           " ranks are to share 1 positions; there must not be more ranks than that");
  }
  std::vector<double> mine(2);
  const std::vector<double> too_few(1);
  CHECK_THROWS_AS(world.scatter(too_few, mine), DimensionMismatch);
}

namespace {

/// Throws on the last rank only; what the others have seen.
template <class Exception>
std::string seen_by_all(const Exception& exception) {
  const Ranks world = Ranks::world();
  try {
    world.together([&] {
      if (world.rank() + 1 == world.size()) throw exception;
    });
  } catch (const Exception& caught) {
    if (world.size() > 1) CHECK(Ranks::is_agreed(std::current_exception()));
    return caught.what();
  }
  return "nothing";
}

}  // namespace

TEST_CASE("what one rank throws all do, with the type and the words") {
  CHECK(seen_by_all(InvalidArgument("a")) == "a");
  CHECK(seen_by_all(NoEquilibrium("b")) == "b");
  CHECK(seen_by_all(RecoverableError("c")) == "c");
  CHECK(seen_by_all(LibraryError("d")) == "d");
  CHECK(seen_by_all(Error("e")) == "e");
  const DimensionMismatch mismatch("the state", 3, 4);
  CHECK(seen_by_all(mismatch) == mismatch.what());
  const IntegrationError stopped("why", 0.125, 17);
  CHECK(seen_by_all(stopped) == stopped.what());
  CHECK(seen_by_all(std::bad_alloc()) == std::bad_alloc().what());
}

TEST_CASE("of several errors that of the first rank is thrown") {
  const Ranks world = Ranks::world();
  std::string text;
  try {
    world.together([&] { throw Error("of rank " + std::to_string(world.rank())); });
  } catch (const Error& error) {
    text = error.what();
  }
  CHECK(text == "of rank 0");
  int calls = 0;
  world.together([&] { ++calls; });  // and they go on
  CHECK(calls == 1);
}
