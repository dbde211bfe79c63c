// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/plot_results.hpp"

#include <nordheim/core/error.hpp>

#include "plot/exponential_fit.hpp"
#include "plot/figure_text.hpp"
#include "plot/synthetic_result.hpp"
#include "support/catch.hpp"
#include "support/scratch_directory.hpp"

#include <cmath>
#include <cstdlib>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

using nordheim::Error;
using nordheim::InvalidArgument;
using nordheim::Statistics;
using nordheim::program::plot_results;
using nordheim::test::contents;
using nordheim::test::count_of;
using nordheim::test::file_count;
using nordheim::test::mentions;
using nordheim::test::ScratchDirectory;
using nordheim::test::SyntheticResult;

namespace {

namespace fs = std::filesystem;

template <class Exception>
std::string refusal(const fs::path& directory) {
  try {
    plot_results(directory);
  } catch (const Exception& error) {
    return error.what();
  }
  return "no failure";
}

/// Rows of block @p wanted of a data file.
std::vector<std::vector<double>> block(const fs::path& path, int wanted) {
  std::istringstream text(contents(path));
  std::vector<std::vector<double>> rows;
  int index = 0, empty = 0;
  for (std::string line; std::getline(text, line);) {
    if (line.empty()) {
      if (++empty == 2) ++index;
      continue;
    }
    empty = 0;
    if (line[0] == '#' || index != wanted) continue;
    std::istringstream numbers(line);
    rows.emplace_back();
    for (double x = 0.0; numbers >> x;) rows.back().push_back(x);
  }
  return rows;
}

void check_drawn(const fs::path& figures, const std::string& name) {
  INFO(name);
  CHECK(fs::exists(figures / (name + ".gp")));
  CHECK(fs::exists(figures / (name + ".dat")));
  CHECK(contents(figures / (name + ".png")).substr(1, 3) == "PNG");
  const std::string svg = contents(figures / (name + ".svg"));
  CHECK(mentions(svg, "</svg>"));
  CHECK(count_of(svg, "<g ") == count_of(svg, "</g>"));
  CHECK(mentions(svg, "<text"));  // letters stay letters
}

/// Environment variable PATH for the life of the object.
class PathVariable {
 public:
  explicit PathVariable(const std::string& value) : before_(std::getenv("PATH")) { setenv("PATH", value.c_str(), 1); }
  ~PathVariable() { setenv("PATH", before_.c_str(), 1); }
  PathVariable(const PathVariable&) = delete;
  PathVariable& operator=(const PathVariable&) = delete;

 private:
  std::string before_;
};

}  // namespace

TEST_CASE("A relaxation in every dimension gets all its figures and a page that needs nothing else") {
  const auto dimension = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const ScratchDirectory scratch;
  SyntheticResult result;
  result.dimension = dimension;
  result.statistics = dimension == 2 ? Statistics::boson : Statistics::fermion;
  result.write(scratch.path());
  plot_results(scratch.path());
  const fs::path figures = scratch.path() / "figures";
  for (const char* name : {"occupation", "entropy", "distance", "invariants", "moments", "momentum_plane"}) {
    check_drawn(figures, name);
  }
  CHECK(file_count(figures) == 24);
  CHECK(file_count(scratch.path()) == 5);  // result, summary, case, page, figures: nothing temporary
  const std::string page = contents(scratch.path() / "index.html");
  CHECK(count_of(page, "<svg") == 6);
  for (const char* forbidden : {"http", "<script", "src=", "@import", "url(/", "<planted>", "Left out"}) {
    INFO(forbidden);
    CHECK_FALSE(mentions(page, forbidden));
  }
  CHECK(mentions(page, "A &lt;planted&gt; relaxation"));
  CHECK(mentions(page, "0.001, 0.002"));
  CHECK(mentions(page, "# a &amp; b"));
  CHECK(count_of(page, "id=\"distance-gnuplot_canvas\"") == 1);
}

TEST_CASE("The data files hold the equilibrium and the planted rate") {
  const ScratchDirectory scratch;
  SyntheticResult result;
  result.statistics = GENERATE(Statistics::boson, Statistics::fermion, Statistics::classical);
  result.write(scratch.path());
  plot_results(scratch.path());
  const fs::path figures = scratch.path() / "figures";
  const auto curve = block(figures / "occupation.dat", 9);
  REQUIRE(curve.size() == 401);
  CHECK(curve.back()[0] == 4.0);  // the top of the band for d = 2
  for (const auto& row : curve) {
    const double exponent = result.beta * (row[0] - result.chemical_potential());
    // Both evaluate one exponential of an exponent below 5: a few units in the last place.
    CHECK_THAT(row[1], WithinRel(1.0 / (std::exp(exponent) - nordheim::theta(result.statistics)), 1e-13));
  }
  const auto fit = block(figures / "distance.dat", 1);
  REQUIRE(fit.size() >= 4);
  const double rate = std::log(fit.front()[1] / fit.back()[1]) / (fit.back()[0] - fit.front()[0]);
  CHECK_THAT(rate, WithinRel(result.rate, 1e-6));  // the planted exponential has no noise
  CHECK(mentions(contents(figures / "distance.gp"), "0.375 [energy]"));
  const auto invariants = block(figures / "invariants.dat", 0);
  REQUIRE(invariants.size() == 50);
  CHECK(invariants.back()[1] == 1e-17);  // a drift of zero, drawn at the lower edge
}

TEST_CASE("A map of momenta has the nodes in increasing order whatever their order in the file") {
  const ScratchDirectory scratch;
  SyntheticResult result;
  result.dimension = 3;
  result.write(scratch.path());
  plot_results(scratch.path());
  const auto map = block(scratch.path() / "figures" / "momentum_plane.dat", 0);
  REQUIRE(map.size() == 64);
  CHECK(map.front()[0] == -0.5);
  CHECK(map.front()[1] == -0.5);
  CHECK(map.back()[0] == 0.375);
  const auto& origin = map[4 * 8 + 4];
  CHECK(origin[0] == 0.0);
  CHECK(origin[1] == 0.0);
  const double bump = 0.1 * std::exp(-10.0 * 0.2 * 0.2);
  // k = 0 in all three components, so ω = 0; sums of two numbers below one.
  CHECK_THAT(origin[2], WithinAbs(1.0 / (std::exp(-result.beta * result.mu) + 1.0) + bump, 1e-14));
}

TEST_CASE("An infinite entropy production is left out of its curve") {
  const ScratchDirectory scratch;
  SyntheticResult result;
  result.infinite_production = 1;
  result.write(scratch.path());
  plot_results(scratch.path());
  const auto production = block(scratch.path() / "figures" / "entropy.dat", 1);
  REQUIRE(production.size() == 49);
  CHECK(production.front()[0] == 1.0);
  result.infinite_production = 50;
  result.write(scratch.path());
  plot_results(scratch.path());
  CHECK(block(scratch.path() / "figures" / "entropy.dat", 1).empty());
  CHECK(mentions(contents(scratch.path() / "index.html"), "no finite values of entropy_production"));
}

TEST_CASE("A collision term gets its two figures") {
  const ScratchDirectory scratch;
  SyntheticResult result;
  result.command = "collide";
  result.dimension = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  result.write(scratch.path());
  plot_results(scratch.path());
  check_drawn(scratch.path() / "figures", "collision");
  check_drawn(scratch.path() / "figures", "collision_plane");
  CHECK(file_count(scratch.path() / "figures") == 8);
}

TEST_CASE("A missing dataset leaves its figure out and removes an earlier one") {
  const ScratchDirectory scratch;
  SyntheticResult result;
  result.write(scratch.path());
  plot_results(scratch.path());
  REQUIRE(fs::exists(scratch.path() / "figures" / "entropy.svg"));
  result.without = "entropy";
  result.summary = false;
  result.write(scratch.path());
  fs::remove(scratch.path() / "summary.json");
  plot_results(scratch.path());
  CHECK_FALSE(fs::exists(scratch.path() / "figures" / "entropy.svg"));
  const std::string page = contents(scratch.path() / "index.html");
  CHECK(mentions(page, "Left out: result.h5 has no dataset entropy."));
  CHECK(mentions(page, "no summary.json"));
  CHECK(block(scratch.path() / "figures" / "occupation.dat", 9).size() == 64);  // the dataset replaces the formula
}

TEST_CASE("One snapshot and one output time are enough for the figures that need no curve over time") {
  const ScratchDirectory scratch;
  SyntheticResult result;
  result.times = 1;
  result.snapshots = 1;
  result.write(scratch.path());
  plot_results(scratch.path());
  CHECK(file_count(scratch.path() / "figures") == 8);
  check_drawn(scratch.path() / "figures", "occupation");
  check_drawn(scratch.path() / "figures", "momentum_plane");
  CHECK(count_of(contents(scratch.path() / "index.html"), "There is only one output time") == 4);
}

TEST_CASE("A decay of two rates says how uncertain its rate is") {
  std::vector<double> time, y;
  for (int i = 0; i < 60; ++i) {
    time.push_back(i);
    y.push_back(std::exp(-0.5 * i) + 0.1 * std::exp(-0.4 * i));
  }
  const auto fit = nordheim::program::fit_tail(time, y);
  CHECK(fit.refusal.empty());
  CHECK(fit.rate > 0.4);
  CHECK(fit.rate < 0.5);
  // In the later half, t > 34, the fast part is at most e^{-0.1 * 34}/0.1 = 1/3 of the slow one and falls: its rate is
  // above 0.4 by less than 0.1/4.
  CHECK_THAT(fit.rate - fit.rate_error, WithinAbs(0.4, 0.025));
}

TEST_CASE("A floor ends the part that is fitted") {
  std::vector<double> time, y;
  for (int i = 0; i < 60; ++i) {
    time.push_back(i);
    y.push_back(std::exp(-0.7 * i) + 1e-13);
  }
  const auto fit = nordheim::program::fit_tail(time, y);
  CHECK(fit.refusal.empty());
  CHECK(fit.to < 37.0);                        // e^{-0.7 t} = 100 times the floor at t = 36.2
  CHECK_THAT(fit.rate, WithinRel(0.7, 1e-3));  // the floor is at most 1/100 of any value of the part
}

TEST_CASE("A curve that does not relax gets no rate") {
  const ScratchDirectory scratch;
  SyntheticResult result;
  result.rate = 1e-3;
  result.write(scratch.path());
  plot_results(scratch.path());
  CHECK(mentions(contents(scratch.path() / "figures" / "distance.gp"), "no exponential tail to fit"));
  CHECK(mentions(contents(scratch.path() / "index.html"), "No rate is fitted: fewer than four values"));
}

TEST_CASE("Directories without usable results are refused in one sentence") {
  const ScratchDirectory scratch;
  CHECK(mentions(refusal<InvalidArgument>(scratch.path()), "there is no result.h5"));
  nordheim::write_text_file(scratch.path() / "result.h5", "not HDF5");
  CHECK(mentions(refusal<InvalidArgument>(scratch.path()), "result.h5"));
  SyntheticResult result;
  result.write(scratch.path());
  fs::resize_file(scratch.path() / "result.h5", fs::file_size(scratch.path() / "result.h5") / 2);
  CHECK(mentions(refusal<InvalidArgument>(scratch.path()), "result.h5"));
  result.energy_drift = std::numeric_limits<double>::infinity();
  result.write(scratch.path());
  CHECK(mentions(refusal<InvalidArgument>(scratch.path()), "value 0 of dataset 'energy_drift' is inf"));
  result.energy_drift = 0.0;
  result.command = "revolve";
  result.write(scratch.path());
  CHECK(mentions(refusal<InvalidArgument>(scratch.path()), "the command 'revolve'"));
  result.command = "relax";
  result.step = 0.0;
  result.write(scratch.path());
  CHECK(mentions(refusal<InvalidArgument>(scratch.path()), "'time' does not increase"));
  result.step = 1.0;
  result.write(scratch.path());
  nordheim::write_text_file(scratch.path() / "summary.json", "{\"time\": ");
  CHECK(mentions(refusal<InvalidArgument>(scratch.path()), "summary.json"));
  CHECK_FALSE(fs::exists(scratch.path() / "index.html"));
}

TEST_CASE("Without gnuplot, or with one that fails, nothing is left behind and the reason is told") {
  const ScratchDirectory scratch, programs;
  SyntheticResult{}.write(scratch.path());
  const PathVariable path(programs.path().string());
  CHECK(mentions(refusal<Error>(scratch.path()), "gnuplot-nox"));
  nordheim::write_text_file(programs.path() / "gnuplot", "#!/bin/sh\necho no such terminal >&2\nexit 3\n");
  fs::permissions(programs.path() / "gnuplot", fs::perms::owner_all);
  CHECK(mentions(refusal<Error>(scratch.path()), "gnuplot failed at occupation.gp: no such terminal"));
  CHECK(file_count(scratch.path()) == 3);  // result, summary, case
}
