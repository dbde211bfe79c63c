// SPDX-License-Identifier: GPL-3.0-or-later
// `nordheim transport` as a user runs it: JSON, files, figures, exit codes.
#include <nordheim/io/hdf5_file.hpp>

#include "program/run_program.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

using namespace nordheim;
using namespace nordheim::test;
using Json = nlohmann::json;

namespace {

std::string gas(const std::string& statistics, const std::string& transport) {
  return "[momentum]\nspace = \"continuum\"\n[collision]\nkind = \"two-body\"\nstatistics = \"" + statistics +
         "\"\n[transport]\n" + transport + "\n";
}

}  // namespace

TEST_CASE("transport prints the numbers of Chapman and Enskog") {
  const ScratchDirectory scratch;
  const Outcome outcome = run_transport(scratch.path(), gas("classical", ""));
  CAPTURE(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  const Json summary = Json::parse(outcome.out);
  const Json& viscosity = summary["coefficients"]["viscosity"];
  CHECK_THAT(viscosity["ratio"].get<double>(), WithinAbs(1.016033941656, 1e-11));
  CHECK_THAT(viscosity["value"].get<double>(), WithinAbs(0.179136177004, 1e-12));
  CHECK_THAT(viscosity["first_order"].get<double>(), WithinAbs(0.176309244859, 1e-12));
  CHECK(viscosity["error"].get<double>() < 1e-10);
  CHECK_THAT(summary["coefficients"]["heat_conductivity"]["ratio"].get<double>(), WithinAbs(1.025218168323, 1e-11));
  CHECK(summary["spectral_gap"].get<double>() > 0.0);
  CHECK(summary["spectral_gap"].get<double>() < summary["continuum_edge"].get<double>());
  CHECK(summary["relaxation"].size() == 5);
  CHECK(summary["table"].size() == 1);
}

TEST_CASE("transport writes tables over temperature and fugacity, and figures of them") {
  const ScratchDirectory scratch;
  const Outcome outcome = run_transport(
      scratch.path(),
      gas("boson", "temperature = [1, 4]\nfugacity = [0.2, 0.6]\ntolerance = 1e-6\nrelaxation_rates = false"),
      {"--set", "collision.strength=2"});
  CAPTURE(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  const Json summary = Json::parse(outcome.out);
  REQUIRE(summary["table"].size() == 4);
  CHECK(summary["converged_points"] == 4);
  CHECK_FALSE(summary.contains("spectral_gap"));
  const auto viscosity = [&](std::size_t i) {
    return summary["table"][i]["coefficients"]["viscosity"]["value"].get<double>();
  };
  CHECK_THAT(viscosity(2), WithinRel(2.0 * viscosity(0), 1e-14));  // √T
  CHECK(summary["table"][3]["fugacity"] == 0.6);
  const Hdf5Reader file(scratch.path() / "out/result.h5");
  CHECK(file.numbers("viscosity")[1] == viscosity(1));
  CHECK(file.numbers("temperature") == std::vector<double>{1.0, 1.0, 4.0, 4.0});
  const std::string table = contents(scratch.path() / "out/transport.csv");
  CHECK(table.find("# ") == 0);
  CHECK(table.find("viscosity [momentum^3 energy time]: shear viscosity") != std::string::npos);
  CHECK(run_program(scratch.path(), {"plot", "out", "--quiet"}).exit_code == 0);
  for (const char* figure : {"viscosity.png", "heat_conductivity.svg", "error.png"}) {
    CHECK(std::filesystem::exists(scratch.path() / "out/figures" / figure));
  }
  CHECK_FALSE(std::filesystem::exists(scratch.path() / "out/figures/relaxation_rate.png"));
  // The resolved case repeats the run.
  const Outcome again = run_program(scratch.path(), {"transport", "out/case.toml", "--json", "--output", "again"});
  REQUIRE(again.exit_code == 0);
  CHECK(Json::parse(again.out)["table"] == summary["table"]);
}

TEST_CASE("transport that does not converge fails, and says where") {
  const ScratchDirectory scratch;
  const Outcome outcome = run_transport(
      scratch.path(), gas("boson", "fugacity = [0.1, 0.9999]\nmost_functions = 12\nrelaxation_rates = false"),
      {"--set", "transport.tolerance=1e-9"});
  CHECK(outcome.exit_code == 1);
  CAPTURE(outcome.err);
  CHECK(outcome.err.find("at 1 of 2 points: T = 1, z = 0.9999 (error ") != std::string::npos);
  CHECK(Json::parse(outcome.out)["converged_points"] == 1);
  CHECK(std::filesystem::exists(scratch.path() / "out/result.h5"));
}

TEST_CASE("transport and the other commands refuse each other's cases") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "gas.toml", gas("boson", "fugacity = 0.5"));
  for (const char* command : {"relax", "collide"}) {
    const Outcome outcome = run_program(scratch.path(), {command, "gas.toml"});
    CAPTURE(command, outcome.err);
    CHECK(outcome.exit_code == 2);
    CHECK(outcome.err.find("for this case use transport") != std::string::npos);
  }
  write_file(scratch.path() / "other.toml",
             "[momentum]\ndimension = 1\npoints = 8\n[dispersion]\nkind = \"optical\"\nomega0 = 1\n[collision]\nkind = "
             "\"two-body\"\nstatistics = \"boson\"\n[initial]\noccupation = 1\n");
  const Outcome outcome = run_program(scratch.path(), {"transport", "other.toml"});
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.err.find("with a section [transport]") != std::string::npos);
  write_file(scratch.path() / "thin.toml", gas("classical", "temperature = 1e-200\nfugacity = 1"));
  const Outcome thin = run_program(scratch.path(), {"transport", "thin.toml"});
  CHECK(thin.exit_code == 2);
  CHECK(thin.err.find("cannot be represented") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(scratch.path() / "thin"));
  const Outcome estimate = run_program(scratch.path(), {"estimate", "gas.toml", "--json"});
  CHECK(estimate.exit_code == 0);
  CHECK(Json::parse(estimate.out)["points"] == 1);
}
