// SPDX-License-Identifier: GPL-3.0-or-later
// `nordheim diffusion` as a user runs it: JSON, files, figures, and the numbers in them.
#include <nordheim/io/hdf5_file.hpp>

#include "program/run_program.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

using namespace nordheim;
using namespace nordheim::test;
using Json = nlohmann::json;

namespace {

constexpr double pi = std::numbers::pi;

std::string lattice(const std::string& collision, const std::string& energies, const std::string& more = "") {
  return "[momentum]\ndimension = 3\n" + more + "[collision]\n" + collision + "\n[diffusion]\nenergies = " + energies +
         "\n";
}

std::string continuum(const std::string& collision, const std::string& energies) {
  return "[momentum]\nspace = \"continuum\"\n[collision]\n" + collision + "\n[diffusion]\nenergies = " + energies +
         "\n";
}

const std::string iid = "kind = \"impurity\"\ncorrelator = \"delta\"";

Outcome run_case(const std::filesystem::path& directory, const std::string& text,
                 const std::vector<std::string>& more = {}) {
  write_file(directory / "case.toml", text);
  std::vector<std::string> arguments{"diffusion", "case.toml", "--json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_program(directory, arguments);
}

/// Demands success and one JSON object.
Json run_json(const std::filesystem::path& directory, const std::string& text,
              const std::vector<std::string>& more = {}) {
  const Outcome outcome = run_case(directory, text, more);
  CAPTURE(text, outcome.err);
  REQUIRE(outcome.exit_code == 0);
  return Json::parse(outcome.out);
}

double D_of(const std::string& text) {
  const ScratchDirectory scratch;
  return run_json(scratch.path(), text)["curve"][0]["D"].get<double>();
}

}  // namespace

TEST_CASE("the curve of the Anderson model") {
  const ScratchDirectory scratch;
  const Json summary = run_json(scratch.path(), lattice(iid, "[0.5, 3.0, 1.0]"));
  CHECK(summary["van_hove"].size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    // Found by Newton's method on the formula: a few roundings of energies up to 6.
    CHECK_THAT(summary["van_hove"][i].get<double>(), WithinAbs(2.0 * static_cast<double>(i), 1e-13));
  }
  CHECK(summary["wall_seconds"].get<double>() > 0.0);
  CHECK(summary["isotropic"] == true);
  // Elliptic integrals, 22 digits: ρ, D and B along an axis.
  struct Known {
    double E, rho, D, B;
  };
  const std::vector<Known> table{{0.5, 0.05802307155499466494795, 0.7770319121307233765392, 0.0},
                                 {3.0, 0.2853459654460389213261, 0.3265690453508330122134, -0.037153642759075},
                                 {1.0, 0.09676424005227521072495, 0.7657073169106906311724, -0.41724717184428}};
  REQUIRE(summary["curve"].size() == table.size());
  for (std::size_t i = 0; i < table.size(); ++i) {
    const Json& point = summary["curve"][i];
    const auto& [E, rho, D, B] = table[i];
    CAPTURE(point.dump());
    CHECK(point["E"] == E);
    // The tolerance of the run is 1e-10.
    CHECK_THAT(point["density_of_states"].get<double>(), WithinRel(rho, 1e-10));
    CHECK_THAT(point["rate"].get<double>(), WithinRel(2.0 * pi * rho, 1e-10));
    CHECK_THAT(point["D"].get<double>(), WithinRel(D, 1e-10));
    CHECK(std::abs(point["D"].get<double>() / D - 1.0) <= point["error"].get<double>() + 1e-14);
    if (B != 0.0) CHECK_THAT(point["super_burnett"].get<double>(), WithinAbs(B, 1e-9));
    CHECK(point["error"].get<double>() <= 1e-10);
    CHECK(point["converged"] == true);
    CHECK(point["fallback_cells"] == 0);
    CHECK(point["nodes"].get<int>() > 100);
    CHECK(point["order"].get<int>() >= 6);
  }
  CHECK(Json::parse(contents(scratch.path() / "case" / "summary.json")) == summary);
}

TEST_CASE("the files of diffusion") {
  const ScratchDirectory scratch;
  const Json summary = run_json(scratch.path(), lattice(iid, "{ from = 0.5, to = 5.5, count = 12 }"),
                                {"--set", "diffusion.spectral_gap=true", "--set", "diffusion.displacements=2"});
  const std::filesystem::path directory = scratch.path() / "case";
  CHECK(file_count(directory) == 5);  // result.h5, summary.json, case.toml and two tables
  const Hdf5Reader file(directory / "result.h5");
  CHECK(file.text_attribute("/", "command") == "diffusion");
  CHECK(file.text_attribute("/", "conventions").find("2 pi") != std::string::npos);
  const std::vector<double> E = file.numbers("E");
  REQUIRE(E.size() == summary["curve"].size());
  CHECK(std::is_sorted(E.begin(), E.end()));
  for (const char* name :
       {"density_of_states", "rate", "D", "super_burnett", "spectral_gap", "error", "density_of_states_error",
        "rate_error", "super_burnett_error", "order", "nodes", "rank", "fallback_cells", "converged"}) {
    CAPTURE(name);
    CHECK(file.shape(name) == std::vector<std::size_t>{E.size()});
    CHECK(file.scales(name) == std::vector<std::string>{"E"});
    CHECK_FALSE(file.text_attribute(name, "units").empty());
    CHECK_FALSE(file.text_attribute(name, "long_name").empty());
  }
  CHECK(file.numbers("van_hove") == summary["van_hove"].get<std::vector<double>>());
  for (std::size_t i = 0; i < E.size(); ++i) {
    CHECK(file.numbers("D")[i] == summary["curve"][i]["D"].get<double>());
    // Uncorrelated: all of the shell relaxes at one rate.
    CHECK_THAT(file.numbers("spectral_gap")[i], WithinRel(file.numbers("rate")[i], 1e-12));
  }
  CHECK(file.shape("displacement") == std::vector<std::size_t>{2, 61});
  CHECK(file.scales("displacement") == std::vector<std::string>{"displacement_E", "scaled_time"});
  const std::vector<double> t = file.numbers("displacement_time"), moved = file.numbers("displacement");
  for (std::size_t m = 0; m < 2; ++m) {
    const double D = file.numbers("displacement_D")[m], v2 = file.numbers("velocity_squared")[m], tau = D / v2;
    for (std::size_t i = 0; i < 61; ++i) {
      const double time = t[61 * m + i];
      // One rate, 1/τ; at small t two terms of size t/τ cancel to (t/τ)²/2 with t/τ ≥ 1e-2, which costs four digits.
      CHECK_THAT(moved[61 * m + i], WithinRel(2.0 * D * (time + tau * std::expm1(-time / tau)), 1e-11));
    }
  }
  const std::string table = contents(directory / "diffusion.csv");
  CHECK(table.rfind("# D_kin(E)", 0) == 0);
  CHECK(table.find("golden rule") != std::string::npos);
  CHECK(table.find("\nE,density_of_states,rate,D,super_burnett,spectral_gap,error") != std::string::npos);
  CHECK(table.find("lambda_1") == std::string::npos);  // there are none on a lattice
  CHECK(contents(directory / "displacement.csv").find("\nE,time,mean_square_displacement,ballistic,diffusive\n") !=
        std::string::npos);
}

TEST_CASE("the resolved case repeats the curve to the last digit whatever the threads") {
  const ScratchDirectory scratch;
  const Json first =
      run_json(scratch.path(),
               lattice("kind = \"impurity\"\ncorrelator = \"product\"\nc = 0.5", "{ from = 0.5, to = 3.0, count = 6 }"),
               {"--set", "diffusion.tolerance=1e-7", "--threads", "1"});
  const Outcome again =
      run_program(scratch.path(), {"diffusion", "case/case.toml", "--output", "again", "--json", "--threads", "2"});
  REQUIRE(again.exit_code == 0);
  const Json second = Json::parse(again.out);
  CHECK(second["curve"] == first["curve"]);
}

TEST_CASE("correlated disorder agrees with independent values") {
  // ϑ(±e_j) = 1/8 has a closed form; the other value is certified by two quadratures to 1e-12.
  const std::string table =
      R"(correlator = { "0,0,0" = 1.0, "1,0,0" = 0.125, "-1,0,0" = 0.125, "0,1,0" = 0.125, "0,-1,0" = 0.125, "0,0,1" = 0.125, "0,0,-1" = 0.125 })";
  CHECK_THAT(D_of(lattice("kind = \"impurity\"\n" + table, "[1.0]")), WithinRel(0.629202891571976, 1e-10));
  CHECK_THAT(D_of(lattice("kind = \"impurity\"\ncorrelator = \"product\"\nc = 0.5", "[1.0]")),
             WithinRel(0.547749780246336, 1e-10));
  // The same correlator as a formula, and the same band.
  const std::string formula =
      "kind = \"impurity\"\ncorrelator = \"(1 + 0.5*cos(2*pi*qx))*(1 + 0.5*cos(2*pi*qy))*(1 + 0.5*cos(2*pi*qz))\"";
  const std::string band =
      "[dispersion]\nkind = \"expression\"\nformula = \"3 - cos(2*pi*kx) - cos(2*pi*ky) - cos(2*pi*kz)\"\n";
  CHECK_THAT(D_of(lattice(formula, "[1.0]", band)), WithinRel(0.547749780246336, 1e-10));
}

TEST_CASE("other elastic models agree with their closed forms") {
  const std::string phonons = "[dispersion]\nkind = \"optical\"\nomega0 = 1.0\n";
  CHECK_THAT(D_of(lattice("kind = \"mass-disorder\"\nvariance = 1.0", "[2.0]", phonons)),
             WithinRel(0.018233501293976193385, 1e-10));
  CHECK_THAT(D_of(lattice("kind = \"scatterers\"\ndensity = 1.0\npotential = 1.0", "[1.0]")),
             WithinRel(1.939244863762867, 1e-10));
  CHECK_THAT(D_of(continuum("kind = \"impurity\"\ncorrelator = \"gaussian\"\nlength = 1.0", "[0.5]")),
             WithinRel(0.01421467192239226216, 1e-10));
  CHECK_THAT(D_of(continuum("kind = \"impurity\"\ncorrelator = \"1/(q^2 + 1)^2\"", "[0.5]")),
             WithinRel(0.041724914736470184054, 1e-10));
  CHECK_THAT(D_of(continuum("kind = \"scatterers\"\ndensity = 1.0\nscattering_length = 1.0", "[0.5]")),
             WithinRel(1.0 / (6.0 * pi), 1e-10));
  CHECK_THAT(D_of(continuum("kind = \"scatterers\"\ndensity = 1.0\nradius = 1.0", "[0.5]")),
             WithinRel(0.045911705987764978754, 1e-10));
}

TEST_CASE("an isotropic band of the continuum may be a formula") {
  // ω = k²/2 written as a formula is the free particle; relaxation rates of the screened potential at k = 1.
  const ScratchDirectory scratch;
  std::string text = continuum("kind = \"impurity\"\ncorrelator = \"screened\"\nkappa = 1.0", "[0.5]");
  text.insert(text.find("[collision]"), "[dispersion]\nkind = \"expression\"\nformula = \"k^2/2\"\n");
  const Json point = run_json(scratch.path(), text)["curve"][0];
  CHECK_THAT(point["D"].get<double>(), WithinRel(0.041724914736470184054, 1e-10));
  REQUIRE(point["relaxation_rates"].size() == 4);
  CHECK_THAT(point["relaxation_rates"][0].get<double>(), WithinRel(7.9888319829681799335, 1e-10));
  CHECK_THAT(point["relaxation_rates"][3].get<double>(), WithinRel(15.145732278511607738, 1e-10));
}

TEST_CASE("the heads of files give the collision term of the model and units") {
  struct Head {
    std::string text;
    std::vector<std::string> there, not_there;
  };
  const std::vector<std::string> sites{"# E [energy]", "density_of_states [states / (site energy)]", "rate [1 / time]",
                                       "D [sites^2 / time]", "super_burnett [sites^4 / time]"};
  const std::vector<std::string> lengths{"# E [energy]", "density_of_states [1 / (length^3 energy)]", "rate [1 / time]",
                                         "D [length^2 / time]", "super_burnett [length^4 / time]"};
  const std::string phonons = "[dispersion]\nkind = \"optical\"\nomega0 = 1.0\n";
  const std::vector<Head> heads{
      {lattice(iid, "[1.0]"), {"golden rule", "sum_x theta(x) exp(-i 2 pi q.x)"}, {"xi^2", "|T", "(2 pi)^-3"}},
      {lattice("kind = \"mass-disorder\"\nvariance = 1.0", "[2.0]", phonons),
       {"2 pi E[xi^2] omega^2 int dk'"},
       {"theta", "random potential"}},
      {lattice("kind = \"scatterers\"\ndensity = 1.0\npotential = 1.0", "[1.0]"),
       {"2 pi n |T(E)|^2 int dk'", "T = V/(1 - V G(E + i0))"},
       {"theta", "random potential"}},
      {continuum("kind = \"impurity\"\ncorrelator = \"gaussian\"\nlength = 1.0", "[0.5]"),
       {"golden rule", "(2 pi)^-3 int dx theta(x) exp(-i q.x)"},
       {"site"}},
      {continuum("kind = \"scatterers\"\ndensity = 1.0\nscattering_length = 1.0", "[0.5]"),
       {"n v int dOmega' dsigma/dOmega", "tan delta_0 = -k a"},
       {"theta", "random potential", "site", "hard spheres"}},
      {continuum("kind = \"scatterers\"\ndensity = 1.0\nradius = 1.0", "[0.5]"),
       {"n v int dOmega' dsigma/dOmega", "tan delta_l = j_l(ka)/y_l(ka)"},
       {"theta", "random potential", "site", "delta_0"}}};
  for (const Head& head : heads) {
    const ScratchDirectory scratch;
    (void)run_json(scratch.path(), head.text);
    const std::string table = contents(scratch.path() / "case" / "diffusion.csv");
    const Hdf5Reader file(scratch.path() / "case" / "result.h5");
    const std::string conventions = file.text_attribute("/", "conventions");
    const bool on_lattice = file.text_attribute("/", "space") == "lattice";
    CAPTURE(table);
    for (const std::string& words : head.there) {
      CHECK(table.find(words) != std::string::npos);
      CHECK(conventions.find(words) != std::string::npos);
    }
    for (const std::string& words : head.not_there) {
      CHECK(table.find(words) == std::string::npos);
      CHECK(conventions.find(words) == std::string::npos);
    }
    for (const std::string& words : on_lattice ? sites : lengths) CHECK(table.find(words) != std::string::npos);
    CHECK(file.text_attribute("D", "units") == (on_lattice ? "sites^2 / time" : "length^2 / time"));
  }
}

TEST_CASE("the table of the continuum has the relaxation rates") {
  const ScratchDirectory scratch;
  const Json summary =
      run_json(scratch.path(), continuum("kind = \"impurity\"\ncorrelator = \"screened\"\nkappa = 1.0", "[0.5, 2.0]"));
  const std::string table = contents(scratch.path() / "case" / "diffusion.csv");
  std::istringstream lines(table.substr(table.find("\nE,") + 1));
  const auto cells_of = [&] {
    std::string line, cell;
    std::getline(lines, line);
    std::istringstream row(line);
    std::vector<std::string> cells;
    while (std::getline(row, cell, ',')) cells.push_back(cell);
    return cells;
  };
  const std::vector<std::string> names = cells_of();
  const auto first = static_cast<std::size_t>(std::find(names.begin(), names.end(), "lambda_1") - names.begin());
  REQUIRE(first + 4 <= names.size());
  const std::vector<double> in_file = Hdf5Reader(scratch.path() / "case" / "result.h5").numbers("relaxation_rates");
  REQUIRE(in_file.size() == 8);
  for (std::size_t i = 0; i < 2; ++i) {
    const std::vector<std::string> cells = cells_of();
    REQUIRE(cells.size() == names.size());
    for (std::size_t l = 0; l < 4; ++l) {
      CHECK(names[first + l] == "lambda_" + std::to_string(l + 1));
      const double rate = summary["curve"][i]["relaxation_rates"][l].get<double>();
      CHECK(std::stod(cells[first + l]) == rate);
      CHECK(in_file[4 * i + l] == rate);
    }
  }
}

TEST_CASE("a band without cubic symmetry has a tensor") {
  const ScratchDirectory scratch;
  const std::string band =
      "[dispersion]\nkind = \"hopping\"\nterms = [{ R = [1, 0], t = 1.0 }, { R = [0, 1], t = 0.5 }, { R = [1, 1], t = "
      "0.2 }]\n";
  std::string text = lattice(iid, "[0.7]", band);
  text.replace(text.find("dimension = 3"), 13, "dimension = 2");
  const Json summary = run_json(scratch.path(), text);
  CHECK(summary["isotropic"] == false);
  const Json D = summary["curve"][0]["D"];
  REQUIRE(D.size() == 2);
  REQUIRE(D[0].size() == 2);
  CHECK(D[0][1] == D[1][0]);
  CHECK(D[0][0].get<double>() > 1.2 * D[1][1].get<double>());
  CHECK(D[0][0].get<double>() * D[1][1].get<double>() > D[0][1].get<double>() * D[0][1].get<double>());
  const Hdf5Reader file(scratch.path() / "case" / "result.h5");
  CHECK(file.numbers("D_12")[0] == D[0][1].get<double>());
  CHECK_THAT(file.numbers("D")[0], WithinRel(0.5 * (D[0][0].get<double>() + D[1][1].get<double>()), 1e-15));
}

TEST_CASE("energies that do not converge are named and the results are written") {
  const ScratchDirectory scratch;
  const Outcome outcome = run_case(scratch.path(), lattice(iid, "[1.0, 1.99000001]"),
                                   {"--set", "diffusion.max_order=8", "--output", "out"});
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.err.find("diffusion.tolerance = 1e-10 at 2 of 2 energies: E = 1 (error") != std::string::npos);
  CHECK(outcome.err.find(", 1.99000001 (error") != std::string::npos);
  CHECK(outcome.err.find("results are in out") != std::string::npos);
  const Json summary = Json::parse(outcome.out);
  CHECK(summary["curve"][0]["converged"] == false);
  CHECK(summary["converged_energies"] == 0);
  CHECK(Hdf5Reader(scratch.path() / "out" / "result.h5").integers("converged") == std::vector<std::int64_t>{0, 0});
}

TEST_CASE("an energy that the model refuses does not cost the others") {
  // T of strong impurities needs G, which is not to be had so near to the saddle energy 2.2 of this band.
  const std::string band =
      "[dispersion]\nkind = \"hopping\"\nterms = [{ R = [1, 0], t = 1.0 }, { R = [0, 1], t = 1.0 }, { R = [1, 1], t = "
      "0.1 }]\n";
  const auto gas = [&](const std::string& energies) {
    std::string text = lattice("kind = \"scatterers\"\ndensity = 1.0\npotential = 1.0", energies, band);
    return text.replace(text.find("dimension = 3"), 13, "dimension = 2");
  };
  const ScratchDirectory scratch;
  const Outcome outcome = run_case(scratch.path(), gas("[1.0, 2.19999, 1.4]"), {"--output", "out"});
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.err.find("no result at 1 of 3 energies: E = 2.19999 (green function: ") != std::string::npos);
  const Json curve = Json::parse(outcome.out)["curve"];
  REQUIRE(curve.size() == 3);
  CHECK(curve[0]["converged"] == true);
  CHECK(curve[2]["converged"] == true);
  CHECK(curve[1]["converged"] == false);
  CHECK(curve[1]["D"].is_null());
  CHECK(curve[1]["refusal"].get<std::string>().find("green function: ") == 0);
  CHECK(contents(scratch.path() / "out" / "diffusion.csv").find("# no result at E = 2.19999: green") !=
        std::string::npos);
  CHECK(run_program(scratch.path(), {"plot", "out"}).exit_code == 0);
  // Alone it is bad input, and the key is named.
  const Outcome alone = run_case(scratch.path(), gas("[2.19999]"), {"--output", "alone"});
  CAPTURE(alone.err);
  CHECK(alone.exit_code == 2);
  CHECK(alone.err.find("diffusion.energies: green function: ") != std::string::npos);
}

TEST_CASE("an acoustic band is refused at its bottom by name") {
  const ScratchDirectory scratch;
  const std::string phonons = "[dispersion]\nkind = \"acoustic\"\n";
  const std::string disorder = "kind = \"mass-disorder\"\nvariance = 1.0";
  const Outcome outcome = run_case(scratch.path(), lattice(disorder, "[0.0]", phonons));
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.err.find("diffusion.energies: energy = 0 is at the van Hove energy 0,") != std::string::npos);
  // A curve may begin there.
  const Json summary = run_json(scratch.path(), lattice(disorder, "{ from = 0.0, to = 1.0, count = 3 }", phonons));
  CHECK(summary["van_hove"][0] == 0.0);
  CHECK(summary["converged_energies"] == summary["energies"]);
}

TEST_CASE("each command says for which cases it is") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "gas.toml", small_case);
  const Outcome gas = run_program(scratch.path(), {"diffusion", "gas.toml"});
  CHECK(gas.exit_code == 2);
  CHECK(gas.err.find("gas.toml:6:8: collision.kind: ") != std::string::npos);
  CHECK(gas.err.find("use relax or collide") != std::string::npos);
  write_file(scratch.path() / "case.toml", lattice(iid, "[1.0]"));
  for (const char* command : {"relax", "collide"}) {
    const Outcome outcome = run_program(scratch.path(), {command, "case.toml"});
    CHECK(outcome.exit_code == 2);
    CHECK(outcome.err.find("case.toml:4:8: collision.kind: ") != std::string::npos);
    CHECK(outcome.err.find("use diffusion") != std::string::npos);
  }
  CHECK(file_count(scratch.path()) == 2);
}

TEST_CASE("estimate of a curve") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", lattice(iid, "{ from = 0.1, to = 5.9, count = 100 }"));
  const Outcome outcome = run_program(scratch.path(), {"estimate", "case.toml", "--json", "--threads", "2"});
  REQUIRE(outcome.exit_code == 0);
  const Json estimate = Json::parse(outcome.out);
  for (const char* count : {"nodes", "rank", "memory_bytes"}) CHECK(estimate[count].is_number_integer());
  CHECK(estimate["nodes"].get<int>() > 100);
  CHECK(estimate["memory_bytes"].get<double>() > 8.0 * estimate["nodes"].get<double>());
  CHECK(estimate["energies"].get<int>() >= 90);
  CHECK(estimate["seconds_per_evaluation"].get<double>() > 0.0);
  CHECK_THAT(
      estimate["seconds"].get<double>(),
      WithinRel(0.5 * estimate["energies"].get<double>() * estimate["seconds_per_evaluation"].get<double>(), 1e-12));
  CHECK(file_count(scratch.path()) == 1);
}

TEST_CASE("a curve prints a table or nothing and can be drawn") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", lattice(iid, "[0.5, 3.0]"));
  const Outcome quiet = run_program(scratch.path(), {"diffusion", "case.toml", "--quiet"});
  CHECK(quiet.exit_code == 0);
  CHECK(quiet.out.empty());
  CHECK(quiet.err.empty());
  const Outcome table = run_program(scratch.path(), {"diffusion", "case.toml"});
  CHECK(table.out.find("0.3265690453") != std::string::npos);
  CHECK(table.out.find("density of states") != std::string::npos);
  const Outcome plot = run_program(scratch.path(), {"plot", "case"});
  CAPTURE(plot.err);
  CHECK(plot.exit_code == 0);
  CHECK(file_count(scratch.path() / "case" / "figures") == 24);
  CHECK(run_program(scratch.path(), {"diffusion", "--help"}).out.find("Usage") != std::string::npos);
}
