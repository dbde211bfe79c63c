// SPDX-License-Identifier: GPL-3.0-or-later
// `nordheim transport` for phonons, as a user runs it.
#include <nordheim/io/hdf5_file.hpp>

#include "program/run_program.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

using namespace nordheim;
using namespace nordheim::test;
using Json = nlohmann::json;

namespace {

std::string phonons(int dimension, const std::string& statistics, const std::string& transport) {
  std::string text = "[momentum]\ndimension = ";
  text += std::to_string(dimension);
  text += "\n[dispersion]\nkind = \"optical\"\nomega0 = 1\nkappa = 0.5\n[collision]\nkind = \"four-phonon\"\n";
  text += "lambda = 0.5\nstatistics = \"" + statistics + "\"\n[transport]\n" + transport + "\n";
  return text;
}

Outcome run_case(const std::filesystem::path& directory, const std::string& text) {
  write_file(directory / "case.toml", text);
  return run_program(directory, {"transport", "case.toml", "--json", "--output", "out"});
}

}  // namespace

TEST_CASE("transport prints the heat conductivity of the classical chain") {
  const ScratchDirectory scratch;
  const Outcome outcome =
      run_case(scratch.path(), phonons(1, "classical-wave", "temperature = [1, 2]\ntolerance = 1e-10"));
  CAPTURE(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  const Json summary = Json::parse(outcome.out);
  const Json& kappa = summary["coefficients"]["heat_conductivity"];
  CHECK_THAT(kappa["value"].get<double>(), WithinRel(4.0 * 5.511743634773e-3, 1e-10));
  CHECK(kappa["error"].get<double>() < 1e-10);
  CHECK_THAT(kappa["z"].get<double>(), WithinAbs(0.271248, 1e-6));
  CHECK_THAT(kappa["zero_number_current"].get<double>() / kappa["value"].get<double>(), WithinAbs(0.271248, 1e-6));
  CHECK(kappa["rta"].is_null());
  CHECK_THAT(summary["spectral_gap"].get<double>(),
             WithinRel(36.0 * 3.141592653589793 * 0.25 * 0.05153018 * std::pow(2.0, -3.5), 1e-6));
  CHECK_THAT(summary["table"][1]["coefficients"]["heat_conductivity"]["value"].get<double>(),
             WithinRel(5.511743634773e-3, 1e-10));
  CHECK(summary["converged_points"] == 2);
}

TEST_CASE("transport writes a table of quantum phonons and figures of it") {
  const ScratchDirectory scratch;
  const Outcome outcome = run_case(
      scratch.path(), phonons(1, "boson", "temperature = { from = 0.5, to = 2, count = 3 }\ntolerance = 1e-6"));
  CAPTURE(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  const Json summary = Json::parse(outcome.out);
  const Json& kappa = summary["table"][2]["coefficients"]["heat_conductivity"];
  CHECK_THAT(kappa["value"].get<double>(), WithinRel(4.0 * 1.4048323674e-3, 1e-6));
  CHECK_THAT(kappa["classical_limit"].get<double>(), WithinRel(5.511743634773e-3, 1e-6));
  const Hdf5Reader file(scratch.path() / "out/result.h5");
  CHECK(file.numbers("temperature") == std::vector<double>{0.5, 1.25, 2.0});
  CHECK(file.numbers("heat_conductivity")[2] == kappa["value"].get<double>());
  CHECK(contents(scratch.path() / "out/transport.csv").find("zero_number_current") != std::string::npos);
  CHECK(run_program(scratch.path(), {"plot", "out", "--quiet"}).exit_code == 0);
  for (const char* figure : {"heat_conductivity.svg", "relaxation_rate.png", "error.png"}) {
    CHECK(std::filesystem::exists(scratch.path() / "out/figures" / figure));
  }
  const Outcome again = run_program(scratch.path(), {"transport", "out/case.toml", "--json", "--output", "again"});
  REQUIRE(again.exit_code == 0);
  CHECK(Json::parse(again.out)["table"] == summary["table"]);
}

TEST_CASE("transport of phonons on a lattice says when it has not converged, and what it needs") {
  const ScratchDirectory scratch;
  const Outcome outcome = run_case(scratch.path(), phonons(2, "classical-wave", "tolerance = 1e-6\nmost_points = 64"));
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.err.find("a larger transport.most_points") != std::string::npos);
  const Json summary = Json::parse(outcome.out);
  const Json& kappa = summary["coefficients"]["heat_conductivity"];
  CHECK_THAT(kappa["value"].get<double>(), WithinRel(4.0 * 1.3286130e-2, kappa["error"].get<double>()));
  CHECK(kappa["rta"].get<double>() < kappa["value"].get<double>());
  CHECK(summary["points_per_direction"] == 64);
  // An eigenvalue below the continuous spectrum; grids of up to 256² nodes give 0.0225928 in units of 36πλ².
  CHECK_THAT(summary["spectral_gap"].get<double>(), WithinRel(9.0 * 3.141592653589793 * 0.0225928, 1e-4));
  CHECK(summary["spectral_gap_error"].get<double>() < 1e-3 * summary["spectral_gap"].get<double>());
  CHECK(summary["gap_is_discrete"] == true);
  CHECK(summary["continuum_edge"].get<double>() > summary["spectral_gap"].get<double>());
  CHECK(summary["relaxation"]["even"].size() == 2);
  CHECK(Hdf5Reader(scratch.path() / "out/result.h5").numbers("continuum_edge").size() == 1);
  const Outcome estimate = run_program(scratch.path(), {"estimate", "case.toml", "--json"});
  CHECK(estimate.exit_code == 0);
  CHECK(Json::parse(estimate.out)["memory_bytes"].get<double>() > 16.0 * 33 * 33 * 38);
}

TEST_CASE("transport of phonons that decay into three has no conductivity without a current of number") {
  const ScratchDirectory scratch;
  std::string text = phonons(2, "boson", "temperature = [1, 2]\ntolerance = 1e-3\nrelaxation_rates = false");
  text.replace(text.find("omega0 = 1"), 10, "omega0 = 0.4");
  text.replace(text.find("\"optical\""), 9, "\"bending\"");
  const Outcome outcome = run_case(scratch.path(), text);
  CAPTURE(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  const Json summary = Json::parse(outcome.out);
  const Json& kappa = summary["coefficients"]["heat_conductivity"];
  CHECK(kappa["value"].get<double>() > 0.0);
  CHECK(kappa["z"].is_null());
  CHECK(kappa["zero_number_current_note"].get<std::string>().find("do not conserve") != std::string::npos);
  CHECK(contents(scratch.path() / "out/transport.csv").find("zero_number_current [") == std::string::npos);
  CHECK(run_program(scratch.path(), {"plot", "out", "--quiet"}).exit_code == 0);
  CHECK(std::filesystem::exists(scratch.path() / "out/figures/heat_conductivity.svg"));
}

TEST_CASE("transport of cubic springs gives a conductivity or says why there is none") {
  const ScratchDirectory scratch;
  const std::string start =
      "[momentum]\ndimension = 2\n[dispersion]\nkind = \"expression\"\nformula = \"sqrt(2*(2 - cos(2*pi*kx) - "
      "cos(2*pi*ky)) + 0.3*(2*(2 - cos(2*pi*kx) - cos(2*pi*ky)))^3)\"\n";
  const std::string springs =
      "[collision]\nkind = \"three-phonon\"\nbonds = [{ x = [1, 0], alpha = 0.5 }, { x = [0, 1], alpha = 0.5 }]\n"
      "[transport]\ntemperature = [1, 4]\ntolerance = 0.1\nmost_points = 32\n";
  const Outcome coarse = run_case(scratch.path(), start + springs);
  CAPTURE(coarse.err);
  CHECK(coarse.exit_code == 1);
  CHECK(coarse.err.find("no order of convergence") != std::string::npos);
  const Json summary = Json::parse(coarse.out);
  const Json& kappa = summary["coefficients"]["heat_conductivity"];
  CHECK(kappa["error"].is_null());
  CHECK(kappa["converged"] == false);
  CHECK(kappa["rta"].get<double>() < kappa["value"].get<double>());
  CHECK(run_program(scratch.path(), {"plot", "out", "--quiet"}).exit_code == 0);
  write_file(scratch.path() / "gap.toml",
             "[momentum]\ndimension = 2\n[dispersion]\nkind = \"bending\"\nomega0 = 0.4\n" + springs);
  const Outcome infinite = run_program(scratch.path(), {"transport", "gap.toml", "--output", "none"});
  CHECK(infinite.exit_code == 2);
  CHECK(infinite.err.find("the heat conductivity is infinite") != std::string::npos);
}

TEST_CASE("phonons without a heat conductivity are bad input") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", phonons(1, "boson", ""));
  const Outcome acoustic =
      run_program(scratch.path(), {"transport", "case.toml", "--set", "dispersion.omega0=0", "--output", "none"});
  CHECK(acoustic.exit_code == 2);
  CHECK(acoustic.err.find("known for the bands") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(scratch.path() / "none"));
  const Outcome relax = run_program(scratch.path(), {"relax", "case.toml"});
  CHECK(relax.exit_code == 2);
  CHECK(relax.err.find("use transport") != std::string::npos);
}
