// SPDX-License-Identifier: GPL-3.0-or-later
// Bad input of `nordheim diffusion` that shows only when the model is made: exit code 2, one sentence with the place of
// the key, nothing on the standard output, nothing left behind. Mistakes that the file alone shows have a test of their
// own, tests/case/elastic_case_test.cpp.
#include "program/run_program.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <string>
#include <vector>

using namespace nordheim::test;

namespace {

struct BadCase {
  std::string collision, energies, place, sentence;
  std::string momentum = "dimension = 3";
  std::string dispersion = "kind = \"nearest-neighbour\"";
};

/// The sections have fixed lines: the kind or correlator of [collision] is in line 6 or 7, the energies in line 9.
void check(const BadCase& bad) {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "c.toml", "[momentum]\n" + bad.momentum + "\n[dispersion]\n" + bad.dispersion +
                                            "\n[collision]\n" + bad.collision +
                                            "\n[diffusion]\nenergies = " + bad.energies + "\n");
  const Outcome outcome = run_program(scratch.path(), {"diffusion", "c.toml"});
  CAPTURE(bad.collision, bad.energies, bad.dispersion, outcome.err);
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.out.empty());
  CHECK(outcome.err.find("c.toml:" + bad.place + ": ") != std::string::npos);
  CHECK(outcome.err.find(bad.sentence) != std::string::npos);
  CHECK(outcome.err.find('\n') == outcome.err.size() - 1);  // one sentence
  CHECK(file_count(scratch.path()) == 1);
}

const std::string iid = "kind = \"impurity\"\ncorrelator = \"delta\"";

std::string correlator(const std::string& value) { return "kind = \"impurity\"\ncorrelator = " + value; }

BadCase continuum(const std::string& value, const std::string& sentence) {
  return {correlator(value), "[0.5]", "7:14", sentence, "space = \"continuum\"", "kind = \"free\""};
}

BadCase band(const std::string& formula, const std::string& sentence, const std::string& momentum = "dimension = 2") {
  return {iid, "[1.0]", "5:11", sentence, momentum, "kind = \"expression\"\nformula = \"" + formula + "\""};
}

}  // namespace

TEST_CASE("correlators that no random potential has") {
  const std::string quarter =
      R"({ "0,0,0" = 1.0, "1,0,0" = 0.25, "-1,0,0" = 0.25, "0,1,0" = 0.25, "0,-1,0" = 0.25, "0,0,1" = 0.25, "0,0,-1" = 0.25 })";
  check({correlator(quarter), "[1.0]", "7:14", "-0.5"});
  check({correlator(R"({ "0,0,0" = 1.0, "1,0,0" = 0.125 })"), "[1.0]", "7:14", "one-sided"});
  check({correlator("\"cos(2*pi*qx)\""), "[1.0]", "7:14", "-1"});
  check({correlator("\"sqrt(qx - 1)\""), "[1.0]", "7:14", "not finite"});
  check({correlator("\"cos(q)\""), "[0.5]", "7:14", "q", "space = \"continuum\"", "kind = \"free\""});
  check(continuum("\"1 - 1.001*exp(-((q - 0.7345)/1e-7)^2)\"", "at q = 0.7344"));
  check({correlator("\"exp(-qx^2 - qy^2)\""), "[1.0]", "7:14", "the period 1 in each component of q", "dimension = 2"});
  check({correlator("\"2 + cos(pi*qz)\""), "[1.0]", "7:14", "the period 1"});
}

TEST_CASE("scattering of which D is not a number") {
  check({iid + "\nvariance = 1e300", "[1.0]", "7:14", "variance = 1e+300"});
  check({iid + "\nvariance = 1e-300", "[1.0]", "7:14", "allowed are 1e-90 to 1e+90"});
  check({correlator("\"product\"\nc = 0.5\nvariance = 1e300"), "{ from = 0.5, to = 1.5, count = 3 }", "7:14",
         "the scattering rate"});
  check({"kind = \"mass-disorder\"\nvariance = 1e300", "[1.0]", "7:12", "the scattering rate"});
  check(continuum("\"delta\"\nvariance = 1e300", "variance = 1e+300"));
  check(continuum("\"delta\"\nvariance = 1e-300", "variance = 1e-300"));
  check(continuum("\"1/q^4\"", "grow more slowly than q^-2"));
  check(continuum("\"exp(-(q - 100)^2)\"", "nothing is scattered"));
  BadCase dense = continuum("", "the scattering rate");
  dense.collision = "kind = \"scatterers\"\ndensity = 1e300\nradius = 1.0";
  dense.place = "7:11";
  check(dense);
}

TEST_CASE("energies where there is no shell") {
  check({iid, "[7.0]", "9:12", "the energy 7 is outside the band"});
  check({iid, "[1.0, -0.5]", "9:12", "the energy -0.5 is outside the band"});
  check({correlator("\"product\"\nc = 0.5"), "[1.0, 2.0]", "10:12", "van Hove"});
  check({correlator("\"product\"\nc = 0.5"), "[4.00000001]", "10:12", "van Hove"});
  check({iid, "[0.0]", "9:12", "0"});
  check({iid, "{ from = 6.5, to = 7.0, count = 5 }", "9:12", "6.5"});
}

TEST_CASE("bands of which no shell can be made") {
  check(band("2", "flat"));
  check(band("2 - cos(2*pi*kx)", "flat"));
  check(band("kx^2 + ky^2", "the period 1"));
  check(band("2 - cos(2*pi*kx) - cos(pi*ky)", "the period 1"));
  check(band("abs(sin(pi*kx)) + 1 - cos(2*pi*ky)", "abs"));
  check(band("kx < 0.25 ? 1 - cos(2*pi*kx) : 1", "smooth"));
  check(band("log(kx)", "finite"));
}

TEST_CASE("energies that an isotropic band of the continuum does not take") {
  BadCase bad = band("cos(k)", "increas", "space = \"continuum\"");
  bad.energies = "[0.5]";
  bad.place = "10:12";
  check(bad);
  bad = band("k^4 - 2*k^3 + 1.05*k^2", "its derivative is -", "space = \"continuum\"");
  bad.energies = "[0.5]";
  check(bad);
  bad = band("k^2/2 - k^4/4", "no momentum k > 0 has the energy 0.5", "space = \"continuum\"");  // at most 1/4
  bad.energies = "[0.5]";
  bad.place = "10:12";
  check(bad);
  bad = band("k^2/(1 + k^2)", "the energy 1.5", "space = \"continuum\"");
  bad.energies = "[0.5, 1.5]";
  bad.place = "10:12";
  check(bad);
}

TEST_CASE("rank too large for memory") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "c.toml",
             "[momentum]\ndimension = 3\n[dispersion]\nkind = \"nearest-neighbour\"\n[collision]\nkind = \"impurity\"\n"
             "correlator = \"gaussian\"\nlength = 1000.0\n[diffusion]\nenergies = [1.0, 1.5]\n");
  const auto start = std::chrono::steady_clock::now();
  const Outcome outcome = run_program(scratch.path(), {"diffusion", "c.toml", "--output", "out"});
  CHECK(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() < 1.0);
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.out.empty());
  // The rank, what it takes and what there is.
  CHECK(outcome.err.find("functions on the shell of energy 1 and needs") != std::string::npos);
  CHECK(outcome.err.find("are allowed; a correlator of shorter range") != std::string::npos);

  // The estimate says so without trying.
  const Outcome estimate = run_program(scratch.path(), {"estimate", "c.toml"});
  CAPTURE(estimate.err);
  CHECK(estimate.exit_code == 0);
  CHECK(estimate.out.find("functions of the gain, foretold") != std::string::npos);
  CHECK(estimate.out.find("this case is refused") != std::string::npos);
}
