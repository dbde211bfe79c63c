// SPDX-License-Identifier: GPL-3.0-or-later
// What a nordheim without MPI says of itself, and to a launcher of several processes.
#include <nordheim/core/ranks.hpp>

#include "program/run_program.hpp"
#include "support/catch.hpp"

#include <cstdlib>
#include <filesystem>
#include <string>

using namespace nordheim;
using namespace nordheim::test;

TEST_CASE("several processes are refused without MPI") {
  if (Ranks::is_built_in()) return;  // ranks_program_test is there
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", small_case);
  setenv("OMPI_COMM_WORLD_SIZE", "2", 1);
  const Outcome outcome = run_program(scratch.path(), {"relax", "case.toml"});
  unsetenv("OMPI_COMM_WORLD_SIZE");
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.err.find("2 processes were started, but this nordheim was built without MPI") != std::string::npos);
  CHECK(!std::filesystem::exists(scratch.path() / "case"));
}

TEST_CASE("the version says whether MPI is built in") {
  const ScratchDirectory scratch;
  const Outcome outcome = run_program(scratch.path(), {"--version"});
  CHECK((outcome.out.find(" with MPI\n") != std::string::npos) == Ranks::is_built_in());
}
