// SPDX-License-Identifier: GPL-3.0-or-later
// `nordheim transport` of lattice gases as a user runs it: JSON, files, figures, exit codes.
#include <nordheim/io/hdf5_file.hpp>
#include <nordheim/transport/onsager.hpp>

#include "program/run_program.hpp"
#include "support/catch.hpp"
#include "support/two_pi.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

using namespace nordheim;
using namespace nordheim::test;
using Json = nlohmann::json;

namespace {

std::string gas(const std::string& statistics, const std::string& transport, const std::string& more = "") {
  return "[momentum]\nspace = \"lattice\"\ndimension = 2\n" + more +
         "[collision]\nkind = \"two-body\"\nstatistics = \"" + statistics + "\"\n[transport]\n" + transport + "\n";
}

/// The discretisation of another program's table: twelve nodes, T = N/2, h = T/9.
const std::vector<std::string> twelve_nodes{"--set", "momentum.points=12",
                                            "--set", "collision.window=parzen",
                                            "--set", "collision.horizon=6",
                                            "--set", "collision.time_step=0.66666666666666663",
                                            "--set", "collision.rectangle_correction=off"};

}  // namespace

TEST_CASE("transport of a lattice gas prints the numbers of another program") {
  struct Row {
    const char *statistics, *transport;
    double nn, ne, ee, slow, fast;
  };
  for (const Row& row : {Row{"fermion", "temperature = 1.6666666666666667\nmu = 0.5", 2.7949515451, 4.8477356028,
                             10.6379263803, 12.38969025, 14.47853944},
                         Row{"boson", "temperature = 2.5\nmu = -3", 3.2105994405, 4.4557536509, 8.5041973716,
                             11.26755540, 15.18061916}}) {
    const ScratchDirectory scratch;
    const Outcome outcome = run_transport(scratch.path(), gas(row.statistics, row.transport), twelve_nodes);
    CAPTURE(outcome.err);
    REQUIRE(outcome.exit_code == 0);
    const Json summary = Json::parse(outcome.out);
    REQUIRE(summary["axes"].size() == 2);
    for (const Json& axis : summary["axes"]) {
      CHECK_THAT(axis["L"][0][0].get<double>(), WithinAbs(row.nn, 1e-9));  // ten decimals, rounded
      CHECK_THAT(axis["L"][0][1].get<double>(), WithinAbs(row.ne, 1e-9));
      CHECK_THAT(axis["L"][1][0].get<double>(), WithinAbs(row.ne, 1e-9));
      CHECK_THAT(axis["L"][1][1].get<double>(), WithinAbs(row.ee, 1e-9));
      CHECK_THAT(axis["diffusivities"][0].get<double>(), WithinAbs(row.slow, 1e-8));  // eight decimals
      CHECK_THAT(axis["diffusivities"][1].get<double>(), WithinAbs(row.fast, 1e-8));
    }
    CHECK(summary["reciprocity"].get<double>() < 1e-13);
    CHECK(summary["error"].get<double>() < 1e-10);
    CHECK(summary["converged"] == true);
    CHECK(summary["isotropic"] == true);
    CHECK(summary["limit_of_grids"] == false);
  }
}

TEST_CASE("transport of a lattice gas gives what follows from the Onsager matrix") {
  const ScratchDirectory scratch;
  const Outcome outcome =
      run_transport(scratch.path(), gas("fermion", "temperature = [1.6666666666666667, 4]\nfugacity = [1.35, 3]"),
                    {"--set", "collision.strength=2"});
  CAPTURE(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  const Json summary = Json::parse(outcome.out);
  REQUIRE(summary["table"].size() == 4);
  CHECK(summary["converged_points"] == 4);
  const Json& point = summary["table"][2];
  CHECK(point["temperature"] == 4.0);
  CHECK_THAT(point["mu"].get<double>(), WithinRel(4.0 * std::log(1.35), 1e-15));
  OnsagerOptions options;
  options.strength = 2.0;
  const OnsagerCoefficients direct = onsager_coefficients(
      Dispersion::nearest_neighbour(2), Equilibrium::from_temperature(Statistics::fermion, 4.0, 1.35), options);
  const Json& axis = point["axes"][1];
  const auto value = [](const Json& number) { return number.get<double>(); };
  // The sums of the transforms differ with the number of threads.
  for (const std::size_t a : {0U, 1U}) {
    for (const std::size_t b : {0U, 1U}) {
      CHECK_THAT(value(axis["L"][a][b]), WithinRel(direct.onsager[1][1][a][b], 1e-12));
      CHECK_THAT(value(point["D_tensor"][1][1][a][b]), WithinRel(direct.diffusion[1][1][a][b], 1e-10));
      CHECK_THAT(value(point["susceptibility"][a][b]), WithinRel(direct.susceptibility[a][b], 1e-12));
      CHECK_THAT(value(axis["modes"][a][b]), WithinRel(direct.modes[1][a][b], 1e-9));
      CHECK(value(axis["L_error"][a][b]) <= value(point["error"]));
    }
    CHECK_THAT(value(axis["diffusivities"][a]), WithinRel(direct.diffusivities[1][a], 1e-10));
  }
  CHECK_THAT(value(axis["heat_conductivity"]), WithinRel(direct.heat_conductivity[1], 1e-10));
  const double nn = direct.onsager[1][1][0][0], ne = direct.onsager[1][1][0][1];
  CHECK_THAT(value(axis["conductivity"]), WithinRel(0.25 * nn, 1e-12));
  CHECK_THAT(value(axis["drift_mobility"]), WithinRel(0.25 * nn / direct.number, 1e-12));
  CHECK_THAT(value(axis["seebeck"]), WithinRel(0.25 * ne / nn - std::log(1.35), 1e-10));
  CHECK(value(point["error"]) <= 1e-3);

  const Hdf5Reader file(scratch.path() / "out/result.h5");
  CHECK(file.numbers("temperature") == std::vector<double>{1.6666666666666667, 1.6666666666666667, 4.0, 4.0});
  CHECK(file.numbers("L_ne")[2] == value(axis["L"][0][1]));
  CHECK(file.numbers("diffusivity_fast")[2] == value(axis["diffusivities"][1]));
  CHECK(file.numbers("slow_mode_e")[2] == value(axis["modes"][0][1]));
  CHECK_FALSE(file.has("L_nn_11"));
  const std::string table = contents(scratch.path() / "out/transport.csv");
  CHECK(table.find("chi_ne [1 / site times energy]: susceptibility ne") != std::string::npos);
  CHECK(run_program(scratch.path(), {"plot", "out", "--quiet"}).exit_code == 0);
  for (const char* figure : {"diffusivities.png", "heat_conductivity.svg", "conductivity.svg", "error.png"}) {
    CHECK(std::filesystem::exists(scratch.path() / "out/figures" / figure));
  }
  // The resolved case repeats the run.
  const Outcome again = run_program(scratch.path(), {"transport", "out/case.toml", "--json", "--output", "again"});
  REQUIRE(again.exit_code == 0);
  CHECK(Json::parse(again.out)["table"][2]["points_per_direction"] == point["points_per_direction"]);
}

TEST_CASE("transport of an anisotropic lattice gas tells axes from each other") {
  const ScratchDirectory scratch;
  const std::string band =
      "[dispersion]\nkind = \"hopping\"\nterms = [{ R = [1, 0], t = -0.5 }, { R = [0, 1], t = "
      "-0.25 }, { R = [1, 1], t = -0.2 }]\n";
  const Outcome outcome = run_transport(scratch.path(), gas("classical", "temperature = [2, 3]\nfugacity = 1", band),
                                        {"--set", "momentum.points=8"});
  CAPTURE(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  const Json summary = Json::parse(outcome.out);
  CHECK(summary["isotropic"] == false);
  const Json& L = summary["L_tensor"];
  CHECK(L[0][0][0][0].get<double>() > 1.2 * L[1][1][0][0].get<double>());
  CHECK(std::abs(L[0][1][0][0].get<double>()) > 1e-2 * L[1][1][0][0].get<double>());
  CHECK_THAT(L[0][1][0][1].get<double>(), WithinRel(L[1][0][1][0].get<double>(), 1e-9));  // reciprocity
  const Hdf5Reader file(scratch.path() / "out/result.h5");
  CHECK(file.numbers("L_ne_12").front() == L[0][1][0][1].get<double>());
  CHECK(file.numbers("heat_conductivity_2").front() == summary["axes"][1]["heat_conductivity"].get<double>());
  CHECK_FALSE(file.has("L_nn"));
  CHECK(run_program(scratch.path(), {"plot", "out", "--quiet"}).exit_code == 0);
  CHECK(std::filesystem::exists(scratch.path() / "out/figures/diffusivities.svg"));
}

TEST_CASE("transport of a lattice gas that does not converge fails, and says where") {
  const ScratchDirectory scratch;
  SECTION("with an error above the tolerance") {
    const Outcome outcome =
        run_transport(scratch.path(), gas("fermion", "temperature = [0.1, 4]\nfugacity = 2\nmost_points = 32"),
                      {"--set", "transport.tolerance=1e-2"});
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 1);
    CHECK(outcome.err.find("at 1 of 2 points: T = 0.1, z = 2 (") != std::string::npos);
    CHECK(outcome.err.find("a larger transport.most_points or tolerance helps") != std::string::npos);
    CHECK(Json::parse(outcome.out)["converged_points"] == 1);
    CHECK(std::filesystem::exists(scratch.path() / "out/result.h5"));
  }
  SECTION("without coefficients at a point, on a grid that is too coarse for it") {
    const Outcome outcome =
        run_transport(scratch.path(), gas("fermion", "temperature = [2, 0.1]\nmu = 2"), {"--set", "momentum.points=6"});
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 1);
    CHECK(outcome.err.find("T = 0.1, mu = 2 (") != std::string::npos);
    const Json summary = Json::parse(outcome.out);
    CHECK(summary["table"][1].contains("refusal"));
    CHECK(summary["table"][0]["converged"] == true);
    CHECK(std::isnan(Hdf5Reader(scratch.path() / "out/result.h5").numbers("L_nn")[1]));
    CHECK(run_program(scratch.path(), {"plot", "out", "--quiet"}).exit_code == 0);
  }
}

TEST_CASE("transport refuses states that a lattice gas does not have") {
  const ScratchDirectory scratch;
  const auto refused = [&](const std::string& text, const std::string& words) {
    const Outcome outcome = run_transport(scratch.path(), text);
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 2);
    CHECK(outcome.err.find(words) != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(scratch.path() / "out"));
  };
  refused(gas("boson", "temperature = [1, 2]\nfugacity = [0.5, 1.5]"),
          "case.toml:9:12: transport.fugacity: at T = 1, z = 1.5");
  refused(gas("boson", "temperature = -2\nmu = 3"), "transport.mu: at T = -2, mu = 3");
  refused(gas("classical", "temperature = 0.01\nfugacity = 1"),
          "at T = 0.01, z = 1 the equilibrium is too cold, too thin or too full");
  refused(gas("fermion", "fugacity = 1", "[dispersion]\nkind = \"expression\"\nformula = \"1 - cos(2*pi*kx)\"\n"),
          "a single cosine");
  write_file(scratch.path() / "gas.toml", gas("boson", "fugacity = 0.5"));
  for (const char* command : {"relax", "collide"}) {
    const Outcome outcome = run_program(scratch.path(), {command, "gas.toml"});
    CAPTURE(command, outcome.err);
    CHECK(outcome.exit_code == 2);
    CHECK(outcome.err.find("for this case use transport") != std::string::npos);
  }
}

TEST_CASE("estimate knows the memory of lattice gases with transport coefficients") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "gas.toml", gas("fermion", "temperature = [1, 2, 3]\nfugacity = 1"));
  const auto estimate = [&](const std::string& set) {
    const Outcome outcome = run_program(scratch.path(), {"estimate", "gas.toml", "--json", "--set", set});
    CAPTURE(outcome.err);
    REQUIRE(outcome.exit_code == 0);
    return Json::parse(outcome.out);
  };
  const Json limit = estimate("transport.most_points=64"), one = estimate("momentum.points=64");
  CHECK(limit["points"] == 3);
  CHECK(limit["nodes"] == 4096);
  CHECK(limit["memory_bytes"] == one["memory_bytes"]);
  CHECK(limit["memory_bytes"].get<double>() > 8.0 * 20.0 * 4096.0);
  CHECK(limit["seconds"].get<double>() > 0.0);
}
