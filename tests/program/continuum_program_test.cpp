// SPDX-License-Identifier: GPL-3.0-or-later
// Gases in the continuum as a user runs them: exit codes, JSON, files, and the numbers in them.
#include <nordheim/collision/isotropic_two_body.hpp>
#include <nordheim/collision/spherical_two_body.hpp>
#include <nordheim/io/hdf5_file.hpp>
#include <nordheim/momentum/sample.hpp>
#include <nordheim/momentum/spherical_fit.hpp>
#include <nordheim/momentum/spherical_series.hpp>

#include "commands/pictures.hpp"
#include "program/run_program.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

using namespace nordheim;
using namespace nordheim::test;
using Json = nlohmann::json;

namespace {

constexpr const char* beams_case = R"toml(
[momentum]
space = "continuum"
degree = 10
symmetry = "axial"
[collision]
kind = "two-body"
statistics = "fermion"
[initial]
occupation = "0.5*exp(-(kx^2 + ky^2 + (kz - 1)^2)/1.6) + 0.25*exp(-(kx^2 + ky^2 + (kz + 0.8)^2)/2)"
[time]
until_equilibrium = 1e-10
[output]
snapshots = 4
)toml";

double beams(const Vector3& k) {
  const double across = k[0] * k[0] + k[1] * k[1];
  return 0.5 * std::exp(-(across + (k[2] - 1.0) * (k[2] - 1.0)) / 1.6) +
         0.25 * std::exp(-(across + (k[2] + 0.8) * (k[2] + 0.8)) / 2.0);
}

SphericalGrid beams_grid() {
  return SphericalGrid(fitted_to(beams, Statistics::fermion, {.degree = 10, .symmetry = MomentumSymmetry::axial}));
}

Json run_json(const ScratchDirectory& scratch, const std::string& command, const std::vector<std::string>& overrides,
              const std::vector<std::string>& more = {}) {
  write_file(scratch.path() / "case.toml", beams_case);
  std::vector<std::string> arguments{command, "case.toml", "--json", "--threads", "1"};
  for (const std::string& text : overrides) {
    arguments.emplace_back("--set");
    arguments.push_back(text);
  }
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Outcome outcome = run_program(scratch.path(), arguments);
  CAPTURE(command, overrides, outcome.err);
  REQUIRE(outcome.exit_code == 0);
  return Json::parse(outcome.out);
}

/// Runs to equilibrium; demands what every run must keep.
void check_relaxation(const std::vector<std::string>& variant) {
  const ScratchDirectory scratch;
  const Json summary = run_json(scratch, "relax", variant);
  CAPTURE(variant, summary.dump());
  CHECK(summary["stopped_by"] == "equilibrium");
  CHECK(summary["distance_to_equilibrium"].get<double>() <= 1e-10);
  CHECK(summary["initial_distance"].get<double>() > 0.1);
  CHECK(summary["mass_drift"].get<double>() <= 1e-14);
  CHECK(summary["energy_drift"].get<double>() <= 1e-14);
  REQUIRE(summary["momentum_drift"].size() == 3);
  for (const Json& drift : summary["momentum_drift"]) CHECK(drift.get<double>() <= 1e-14);
  CHECK(summary["entropy"]["max_decrease"].get<double>() <= 1e-12);
  CHECK(summary["entropy"]["final"] > summary["entropy"]["initial"]);
  CHECK(summary["min_W"].get<double>() >= -1e-9);
  CHECK(summary["error"].get<double>() > 0.0);
  CHECK(summary["equilibrium"]["velocity"].size() == 3);
  CHECK(Json::parse(contents(scratch.path() / "case" / "summary.json")) == summary);
}

}  // namespace

TEST_CASE("relax in the continuum conserves and arrives for every statistics") {
  for (const char* statistics : {"fermion", "boson", "classical"}) {
    check_relaxation({std::string("collision.statistics=") + statistics});
  }
}

TEST_CASE("relax in the continuum conserves and arrives for every symmetry") {
  check_relaxation({"momentum.symmetry=none", "momentum.degree=6"});
  check_relaxation({"momentum.symmetry=isotropic", "initial.occupation=(0.1 + 0.3*k^2)*exp(-0.6*k^2)"});
}

TEST_CASE("relax in the continuum conserves and arrives for potentials") {
  check_relaxation({"collision.statistics=classical", "collision.potential=exp(-0.1*q^2)", "momentum.degree=6"});
  check_relaxation({"collision.statistics=boson", "collision.potential=exp(-0.1*q^2)", "collision.exchange=none",
                    "momentum.degree=6"});
}

TEST_CASE("identical particles exchange in isotropic states") {
  std::vector<std::string> cloud{"momentum.symmetry=isotropic", "initial.occupation=(0.1 + 0.3*k^2)*exp(-0.6*k^2)",
                                 "collision.statistics=boson", "collision.potential=exp(-0.2*q^2)"};
  std::vector<std::string> fine = cloud;
  fine.emplace_back("momentum.degree=8");
  check_relaxation(fine);
  cloud.emplace_back("momentum.degree=4");
  const ScratchDirectory scratch;
  const Json with = run_json(scratch, "collide", cloud);
  const auto occupation = [](const Vector3& k) {
    const double square = k[0] * k[0] + k[1] * k[1] + k[2] * k[2];
    return (0.1 + 0.3 * square) * std::exp(-0.6 * square);
  };
  const SphericalGrid grid(
      fitted_to(occupation, Statistics::boson, {.degree = 4, .symmetry = MomentumSymmetry::isotropic}));
  IsotropicTwoBody op(grid, Statistics::boson,
                      {.potential = [](double q) { return std::exp(-0.2 * q * q); }, .threads = 1});
  std::vector<double> C(grid.size());
  const CollisionReport report = op.apply(sample(grid, occupation), C);
  CHECK_THAT(with["max_abs_C"].get<double>(), WithinRel(report.largest_rate, 1e-10));
  // Bosons that are told apart collide less: the square of a sum of positive terms is larger than that of one.
  std::vector<std::string> apart = cloud;
  apart.emplace_back("collision.exchange=none");
  const Json without = run_json(scratch, "collide", apart);
  CHECK(without["max_abs_C"].get<double>() < 0.6 * with["max_abs_C"].get<double>());
  CHECK(run_json(scratch, "estimate", cloud)["seconds_per_evaluation"].get<double>() > 0.0);
}

TEST_CASE("relax in the continuum conserves and arrives with backward differences") {
  check_relaxation({"time.method=bdf", "momentum.degree=6"});
}

TEST_CASE("the result of relax in the continuum") {
  const ScratchDirectory scratch;
  const Json summary = run_json(scratch, "relax", {});
  const Hdf5Reader file(scratch.path() / "case" / "result.h5");
  const SphericalGrid grid = beams_grid();
  CHECK(file.text_attribute("/", "space") == "continuum");
  CHECK(file.text_attribute("/", "symmetry") == "axial");
  CHECK(file.integer_attribute("/", "degree") == 10);
  CHECK(file.number_attribute("/", "scale") == grid.scale());
  const ConstState momenta = grid.momenta();
  CHECK(file.numbers("momenta") == std::vector<double>(momenta.begin(), momenta.end()));
  CHECK(file.text_attribute("weights", "units") == "momentum^3");
  CHECK(file.text_attribute("number", "units") == "momentum^3");

  // Mean velocity and number of two Gaussians, in closed form; degree 10 leaves some 1e-4 of them.
  const double pi = std::acos(-1.0);
  const double first = 0.5 * std::pow(1.6 * pi, 1.5), second = 0.25 * std::pow(2.0 * pi, 1.5);
  CHECK_THAT(summary["number"].get<double>(), WithinRel(first + second, 1e-3));
  CHECK_THAT(summary["equilibrium"]["velocity"][2].get<double>(),
             WithinRel((first - 0.8 * second) / (first + second), 1e-3));

  // Snapshots: the first is the initial state, the last the equilibrium.
  const std::vector<double> W = file.numbers("W"), equilibrium = file.numbers("equilibrium");
  const std::size_t n = grid.size(), snapshots = file.shape("W")[0];
  CHECK(file.shape("W")[1] == n);
  for (std::size_t a = 0; a < n; ++a) {
    CHECK_THAT(W[a], WithinAbs(beams(grid.momentum(a)), 1e-15));
    CHECK_THAT(W[(snapshots - 1) * n + a], WithinAbs(equilibrium[a], 1e-10));
  }

  // The plane holds what the series gives.
  const std::vector<double> plane = file.numbers("plane_momenta"), on_plane = file.numbers("plane_W");
  REQUIRE(file.shape("plane_W") == std::vector<std::size_t>{snapshots, plane.size() / 2});
  const SphericalSeries series(grid, ConstState(W).first(n));
  for (std::size_t p = 0; p < plane.size() / 2; p += 97) {
    CHECK_THAT(on_plane[p], WithinAbs(series({plane[2 * p], 0.0, plane[2 * p + 1]}), 1e-14));
  }

  // The mean over a shell, by a sum over directions; the series of both are those of degree 10.
  const std::vector<double> radii = file.numbers("shell_k"), means = file.numbers("shell_W");
  REQUIRE(file.shape("shell_W") == std::vector<std::size_t>{snapshots, radii.size()});
  for (const std::size_t i : {std::size_t{20}, std::size_t{60}}) {
    double sum = 0.0;
    constexpr int directions = 4000;
    for (int j = 0; j < directions; ++j) {
      const double cosine = (2.0 * j + 1.0) / directions - 1.0;
      sum += series({radii[i] * std::sqrt(1.0 - cosine * cosine), 0.0, grid.centre()[2] + radii[i] * cosine});
    }
    CHECK_THAT(means[i], WithinAbs(sum / directions, 1e-5));
  }

  const std::vector<double> angular = file.numbers("angular_moments");
  REQUIRE(file.shape("angular_moments")[1] == 4);
  for (std::size_t l = 0; l < 4; ++l) {
    CHECK(angular[l] > 0.01);
    CHECK(angular[angular.size() - 4 + l] < 1e-9);
  }
}

TEST_CASE("angular moments are those of the harmonics") {
  const SphericalGrid grid({.degree = 6});
  const auto W = sample(grid, [](const Vector3& k) {
    const double square = k[0] * k[0] + k[1] * k[1] + k[2] * k[2];
    return (1.0 + 0.2 * k[0] + 0.01 * k[1] * k[1]) * std::exp(-0.5 * square);
  });
  const std::vector<double> moments = program::angular_moments(grid, W, std::vector<double>(grid.size(), 0.0));
  // Means over directions of x, x² − 1/3 squared are 1/3, 4/45; ∫k²ⁿ e^{−k²} over √π is 1/4, 3/8, 15/16 for n = 1,
  // 2, 3.
  const double l0 = 1.0 / 4.0 + 2.0 * (0.01 / 3.0) * 3.0 / 8.0 + (0.01 / 3.0) * (0.01 / 3.0) * 15.0 / 16.0;
  const double l1 = 0.2 * 0.2 / 3.0 * 3.0 / 8.0, l2 = 0.01 * 0.01 * 4.0 / 45.0 * 15.0 / 16.0;
  REQUIRE(moments.size() == 4);
  CHECK_THAT(moments[0], WithinRel(std::sqrt(l1 / l0), 1e-13));
  CHECK_THAT(moments[1], WithinRel(std::sqrt(l2 / l0), 1e-12));
  CHECK(moments[2] < 1e-14);
  CHECK(moments[3] < 1e-14);
  for (const double moment : program::angular_moments(grid, W, W)) CHECK(moment == 0.0);
}

TEST_CASE("collide in the continuum gives what the library gives") {
  const ScratchDirectory scratch;
  const Json summary = run_json(scratch, "collide", {}, {"--at", "0,0,0.3", "--at", "0.4,0.3,-1"});
  const SphericalGrid grid = beams_grid();
  const auto W = sample(grid, beams);
  SphericalTwoBody op(grid, Statistics::fermion, {.threads = 1});
  std::vector<double> C(grid.size());
  const CollisionReport report = op.apply(W, C);
  // Values at given momenta come from a grid of twice the degree.
  const SphericalGrid finer(fitted_to(beams, Statistics::fermion, {.degree = 20, .symmetry = MomentumSymmetry::axial}));
  const auto finer_W = sample(finer, beams);
  SphericalTwoBody finer_op(finer, Statistics::fermion, {.threads = 1});
  std::vector<double> finer_C(finer.size());
  (void)finer_op.apply(finer_W, finer_C);
  CHECK(summary["degree_of_values"] == 20);
  REQUIRE(summary["values"].size() == 2);
  for (const Json& value : summary["values"]) {
    const auto k = value["k"].get<Vector3>();
    // The occupation is that of the formula, not of an interpolation.
    CHECK_THAT(value["W"].get<double>(), WithinAbs(beams(k), 1e-15));
    CHECK_THAT(value["C"].get<double>(), WithinAbs(finer_op.value_at(k, beams(k)), 1e-12 * report.largest_rate));
  }
  CHECK_THAT(summary["max_abs_C"].get<double>(), WithinRel(report.largest_rate, 1e-12));
  CHECK_THAT(summary["mass_defect"].get<double>(), WithinAbs(report.number_defect, 1e-12));
  CHECK_THAT(summary["energy_defect"].get<double>(), WithinAbs(report.energy_defect, 1e-12));
  CHECK_THAT(summary["momentum_defect"][2].get<double>(), WithinAbs(report.momentum_defect[2], 1e-12));
  CHECK_THAT(summary["error"].get<double>(), WithinRel(finer_op.error_estimate(finer_W, beams).relative, 1e-6));
  CHECK(summary["seconds_per_evaluation"].get<double>() > 0.0);
  CHECK(summary["degree"] == 10);
  const Hdf5Reader file(scratch.path() / "case-collide" / "result.h5");
  const std::vector<double> written = file.numbers("C");
  for (std::size_t a = 0; a < C.size(); ++a) CHECK_THAT(written[a], WithinAbs(C[a], 1e-13 * report.largest_rate));
  CHECK(file.shape("plane_C")[0] == file.shape("plane_momenta")[0]);
}

TEST_CASE("an equilibrium that moves stays and a result can be continued") {
  const ScratchDirectory scratch;
  const std::string end = "time={end = 0.05}";
  const Json still = run_json(scratch, "relax",
                              {"initial.equilibrium={temperature = 0.8, fugacity = 1.5, velocity = [0, 0, 0.4]}", end});
  CHECK(still["distance_to_equilibrium"].get<double>() < 1e-13);
  CHECK_THAT(still["equilibrium"]["beta"].get<double>(), WithinRel(1.25, 1e-10));
  CHECK_THAT(still["equilibrium"]["velocity"][2].get<double>(), WithinRel(0.4, 1e-10));

  const Json first = run_json(scratch, "relax", {end}, {"--output", "first"});
  const Json second = run_json(scratch, "relax", {end, "initial.file=first/result.h5"}, {"--output", "second"});
  const Json whole = run_json(scratch, "relax", {"time={end = 0.1}"}, {"--output", "whole"});
  CHECK_THAT(second["initial_distance"].get<double>(), WithinRel(first["distance_to_equilibrium"].get<double>(), 1e-9));
  // Two runs of 0.05 are one of 0.1, to the tolerance of the integrator.
  CHECK_THAT(second["distance_to_equilibrium"].get<double>(),
             WithinRel(whole["distance_to_equilibrium"].get<double>(), 1e-7));

  const Outcome other = run_program(scratch.path(), {"relax", "case.toml", "--set", "initial.file=first/result.h5",
                                                     "--set", "momentum.degree=8", "--quiet"});
  CHECK(other.exit_code == 2);
  CHECK(other.err.find("its momenta are not those of this case, degree 8") != std::string::npos);
}

TEST_CASE("the resolved case of the continuum repeats the run") {
  const ScratchDirectory scratch;
  const Json first = run_json(scratch, "relax", {"time={end = 0.05}"});
  const Outcome again =
      run_program(scratch.path(), {"relax", "case/case.toml", "--output", "again", "--json", "--threads", "1"});
  REQUIRE(again.exit_code == 0);
  const Json second = Json::parse(again.out);
  // Sums of matrix products are rounded as their arrays lie in memory, and differ in the last digits.
  for (const char* key :
       {"time", "number", "energy", "initial_distance", "distance_to_equilibrium", "max_W", "error"}) {
    CHECK_THAT(second[key].get<double>(), WithinRel(first[key].get<double>(), 1e-11));
  }
  CHECK(contents(scratch.path() / "again" / "case.toml") == contents(scratch.path() / "case" / "case.toml"));
}

TEST_CASE("estimate knows the nodes of every symmetry") {
  for (const char* symmetry : {"none", "axial", "isotropic"}) {
    for (const int lmax : {2, 5}) {
      const ScratchDirectory scratch;
      const Json found = run_json(
          scratch, "estimate",
          {std::string("momentum.symmetry=") + symmetry, "momentum.degree=7", "momentum.lmax=" + std::to_string(lmax)});
      const SphericalGrid grid({.degree = 7, .lmax = lmax, .symmetry = momentum_symmetry_from_name(symmetry)});
      CAPTURE(symmetry, lmax);
      CHECK(found["nodes"] == grid.size());
      CHECK(found["memory_bytes"].get<double>() > 8.0 * static_cast<double>(grid.size()));
      CHECK(found["seconds_per_evaluation"].get<double>() > 0.0);
      CHECK(file_count(scratch.path()) == 1);
    }
  }
  const ScratchDirectory scratch;
  // Timed at a lower degree, for which so few angular momenta would be none.
  const Json few = run_json(scratch, "estimate", {"momentum.degree=64", "momentum.lmax=2"});
  CHECK(few["nodes"] == SphericalGrid::node_count({.degree = 64, .lmax = 2, .symmetry = MomentumSymmetry::axial}));
  const Json small = run_json(scratch, "estimate", {"momentum.degree=32"});
  const Json large = run_json(scratch, "estimate", {"momentum.degree=64"});
  CHECK(large["seconds_per_evaluation"].get<double>() > 4.0 * small["seconds_per_evaluation"].get<double>());
}

TEST_CASE("bad states in the continuum are refused with their place") {
  struct Bad {
    std::vector<std::string> overrides;
    std::string sentence;
  };
  for (const Bad& bad : std::vector<Bad>{
           {{"momentum.centre=[0.5, 0, 0]"}, "momentum.centre: centre = (0.5, 0, 0), it must be on the third axis"},
           {{"initial.occupation=exp(-kx^2 - 2*ky^2 - kz^2)"}, "initial.occupation: the occupation is"},
           {{"initial.occupation=2*exp(-k^2)"}, "from 0 to 1 for fermions"},
           {{"initial.occupation=1/k"}, "initial.occupation: the occupation has number"},
           {{"initial.occupation=0.1"}, "it must decay for large momenta"},
           {{"collision.statistics=boson", "initial.equilibrium={beta = 1, mu = 0.5}"}, "initial.equilibrium: "},
           {{"collision.statistics=boson", "initial.occupation=5*exp(-10*k^2)"}, "initial.occupation: "},
           {{"collision.potential=log(-1 - q)", "collision.exchange=none"}, "collision.potential: the potential is"}}) {
    const ScratchDirectory scratch;
    write_file(scratch.path() / "case.toml", beams_case);
    std::vector<std::string> arguments{"relax", "case.toml"};
    for (const std::string& text : bad.overrides) {
      arguments.emplace_back("--set");
      arguments.push_back(text);
    }
    const Outcome outcome = run_program(scratch.path(), arguments);
    CAPTURE(bad.overrides, outcome.err);
    CHECK(outcome.exit_code == 2);
    CHECK(outcome.out.empty());
    CHECK(outcome.err.find(bad.sentence) != std::string::npos);
    CHECK(file_count(scratch.path()) == 1);
  }
}

TEST_CASE("results in the continuum are drawn") {
  const ScratchDirectory scratch;
  run_json(scratch, "relax", {"momentum.degree=8"});
  run_json(scratch, "collide", {"momentum.degree=8"});
  for (const char* directory : {"case", "case-collide"}) {
    const Outcome outcome = run_program(scratch.path(), {"plot", directory});
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 0);
  }
  const std::filesystem::path figures = scratch.path() / "case" / "figures";
  for (const char* name :
       {"occupation", "shells", "angular_moments", "entropy", "distance", "invariants", "moments", "momentum_plane"}) {
    CAPTURE(name);
    CHECK(std::filesystem::file_size(figures / (std::string(name) + ".png")) > 1000);
  }
  const std::string page = contents(scratch.path() / "case" / "index.html");
  CHECK(page.find("Left out") == std::string::npos);
  CHECK(page.find("lattice constant") == std::string::npos);
  CHECK(page.find("per site,") == std::string::npos);
  CHECK(page.find("frame of the equilibrium") != std::string::npos);
  // A map of each of three snapshots, k_z upwards.
  const std::string script = contents(figures / "momentum_plane.gp");
  CHECK(script.find("{/:Italic k_z}  [momentum]") != std::string::npos);
  CHECK(script.find("index 2 using 1:2:3 with image") != std::string::npos);
  const std::string collisions = contents(scratch.path() / "case-collide" / "figures" / "collision_plane.gp");
  CHECK(collisions.find("{/:Italic k_z}  [momentum]") != std::string::npos);
}
