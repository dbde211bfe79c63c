// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>

#include "support/catch.hpp"

TEST_CASE("Errors say what was found and what is needed") {
  const nordheim::DimensionMismatch mismatch("the state", 7, 8);
  REQUIRE(std::string(mismatch.what()) == "the state has 7 values, but the momentum space has 8 nodes");
  const nordheim::IntegrationError stopped("too many steps", 1.5, 20);
  REQUIRE(std::string(stopped.what()) == "the time integration stopped at t = 1.5 after 20 steps: too many steps");
  REQUIRE(stopped.time() == 1.5);
  REQUIRE(stopped.steps() == 20);
}
