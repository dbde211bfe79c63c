// SPDX-License-Identifier: GPL-3.0-or-later
// Electrons on energy shells among impurities whose density n(r) is not the same everywhere.
#include <nordheim/io/hdf5_file.hpp>

#include "program/run_json.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

using namespace nordheim;
using namespace nordheim::test;
using Json = nlohmann::json;

namespace {

constexpr const char* text = R"toml(
[momentum]
space = "shell"
dimension = 2
energies = [1.2, 1.5]
order = 4
[collision]
kind = "impurity"
correlator = "product"
c = 0.5
[space]
box = [800]
points = [64]
[initial]
occupation = "1 + 0.5*cos(2*pi*x/800) + 0.2*sin(2*pi*kx)"
[time]
end = 10
[output]
times = 3
)toml";

struct Run {
  Json summary;
  std::vector<double> W;
};

Run run_with(const ScratchDirectory& scratch, const std::vector<std::string>& settings,
             const std::string& output = "out") {
  write_file(scratch.path() / "case.toml", text);
  std::vector<std::string> arguments{"evolve", "case.toml", "--output", output};
  for (const std::string& setting : settings) arguments.insert(arguments.end(), {"--set", setting});
  Run run{run_json(scratch, arguments), {}};
  run.W = Hdf5Reader(scratch.path() / output / "result.h5").numbers("W");
  return run;
}

}  // namespace

TEST_CASE("twice as many impurities are half the Knudsen number") {
  const ScratchDirectory scratch;
  const Run exact = run_with(scratch, {"space.knudsen=0.5"});
  CHECK(exact.summary["method"] == "exponential");
  // Both methods: the run of 10 has some 26 mean free times, that of 40 some 104.
  for (const std::string end : {"10", "40"}) {
    const Run expected = run_with(scratch, {"space.knudsen=0.5", "time.end=" + end});
    const Run found = run_with(scratch, {"space.density=2", "time.end=" + end});
    CHECK(found.summary["method"] == (end == "10" ? "lawson" : "bdf"));
    CHECK(found.summary["steps"].get<long>() > 10);
    CHECK_THAT(found.summary["mean_free_times"].get<double>(),
               WithinRel(expected.summary["mean_free_times"].get<double>(), 1e-12));
    double error = 0.0;
    for (std::size_t i = 0; i < found.W.size(); ++i) error = std::max(error, std::abs(found.W[i] - expected.W[i]));
    CHECK(error < 1e-8);  // steps of rtol 1e-10, some hundred of them
    CHECK(found.summary["mass_drift"].get<double>() <= 1e-14);
  }
}

TEST_CASE("among layers of impurities a long wave decays as by resistances in series") {
  const ScratchDirectory scratch;
  // 16 layers, almost free ones between them; the mean density is one half.
  const Run run = run_with(scratch, {"space.density=0.5 + 0.45*cos(2*pi*x/50)", "time.end=400", "space.points=[128]"});
  for (const Json& shell : run.summary["diffusion"]) {
    // Corrections are of the order of (50 q)² = 0.15 times the variation within a layer, and of Bq²: a per mille.
    CHECK_THAT(shell["measured"].get<double>(), WithinRel(shell["predicted"].get<double>(), 3e-3));
  }
  const Run thick = run_with(scratch, {"space.density=1", "time.end=10"}, "thick");
  CHECK(Hdf5Reader(scratch.path() / "thick" / "result.h5").has("diffused_density"));
  CHECK_THAT(run.summary["diffusion"][0]["predicted"].get<double>(),
             WithinRel(2.0 * thick.summary["diffusion"][0]["predicted"].get<double>(), 1e-12));
  CHECK(run.summary["distance_to_diffusion"].is_null());
  CHECK(run.summary["local_law_defect"].get<double>() <= 1e-15);
  CHECK_FALSE(Hdf5Reader(scratch.path() / "out" / "result.h5").has("diffused_density"));
}

TEST_CASE("between walls of impurities there is nothing to scatter at") {
  const ScratchDirectory scratch;
  // Free on three quarters of each period; the walls alone resist.
  const Run run =
      run_with(scratch, {"space.density=sin(2*pi*x/50) > 0.7 ? 1 : 0", "time.end=400", "space.points=[256]"});
  for (const Json& shell : run.summary["diffusion"]) {
    CHECK(shell["predicted"].get<double>() > 3.0 * 0.5);
    // The free path of 37 sites is not short beside the wave, (37 q)² = 0.08.
    CHECK_THAT(shell["measured"].get<double>(), WithinRel(shell["predicted"].get<double>(), 0.05));
  }
  CHECK(run.summary["mass_drift"].get<double>() <= 1e-14);
}

TEST_CASE("where impurities vary along two axes nothing is predicted") {
  const ScratchDirectory scratch;
  const Run run =
      run_with(scratch, {"space.box=[40, 40]", "space.points=[12, 12]", "initial.occupation=1 + 0.5*cos(2*pi*x/40)",
                         "space.density=1 + 0.5*cos(2*pi*x/40)*cos(2*pi*y/40)"});
  for (const Json& shell : run.summary["diffusion"]) CHECK(shell["predicted"].is_null());
  CHECK(run.summary["mass_drift"].get<double>() <= 1e-14);
}

TEST_CASE("estimate knows steps among impurities of different density") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", text);
  const Json plain = run_json(scratch, {"estimate", "case.toml"});
  const Json stepped = run_json(scratch, {"estimate", "case.toml", "--set", "space.density=1 + 0.5*cos(2*pi*x/800)"});
  // A state of one of the two shells, as many times as Lawson's method keeps it.
  CHECK(stepped["memory_bytes"].get<double>() >
        plain["memory_bytes"].get<double>() + 0.4 * 14.5 * stepped["state_bytes"].get<double>());
  CHECK(stepped["seconds"].get<double>() > 0.0);
}
