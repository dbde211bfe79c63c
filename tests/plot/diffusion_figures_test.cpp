// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>

#include "plot/plot_results.hpp"
#include "plot/synthetic_curve.hpp"
#include "support/catch.hpp"
#include "support/scratch_directory.hpp"

#include <limits>
#include <sstream>
#include <string>
#include <vector>

using nordheim::InvalidArgument;
using nordheim::program::plot_results;
using nordheim::test::contents;
using nordheim::test::file_count;
using nordheim::test::ScratchDirectory;
using nordheim::test::SyntheticCurve;

namespace {

namespace fs = std::filesystem;

bool mentions(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

std::size_t count_of(const std::string& text, const std::string& words) {
  std::size_t count = 0;
  for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++count;
  return count;
}

/// Rows of numbers of a data file, all blocks.
std::vector<std::vector<double>> rows(const fs::path& path) {
  std::istringstream text(contents(path));
  std::vector<std::vector<double>> result;
  for (std::string line; std::getline(text, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream numbers(line);
    result.emplace_back();
    for (double x = 0.0; numbers >> x;) result.back().push_back(x);
  }
  return result;
}

std::string refusal(const fs::path& directory) {
  try {
    plot_results(directory);
  } catch (const InvalidArgument& error) {
    return error.what();
  }
  return "no failure";
}

}  // namespace

TEST_CASE("A curve of diffusion gets its five figures and a page") {
  const ScratchDirectory scratch;
  SyntheticCurve().write(scratch.path());
  plot_results(scratch.path());
  const fs::path figures = scratch.path() / "figures";
  for (const std::string name : {"diffusion", "density_of_states", "rate", "error", "displacement"}) {
    INFO(name);
    CHECK(contents(figures / (name + ".png")).substr(1, 3) == "PNG");
    CHECK(mentions(contents(figures / (name + ".svg")), "</svg>"));
  }
  CHECK(file_count(figures) == 20);
  const std::string page = contents(scratch.path() / "index.html");
  CHECK(count_of(page, "<svg") == 5);
  CHECK(mentions(page, "A &lt;planted&gt; curve"));
  CHECK(mentions(page, "0, 2, 4, 6"));
  for (const char* forbidden : {"http", "<script", "src=", "Left out", "statistics"}) {
    INFO(forbidden);
    CHECK_FALSE(mentions(page, forbidden));
  }
}

TEST_CASE("The data of a curve are in increasing order and van Hove energies within it are marked") {
  const ScratchDirectory scratch;
  const SyntheticCurve curve;
  curve.write(scratch.path());
  plot_results(scratch.path());
  const fs::path figures = scratch.path() / "figures";
  const auto drawn = rows(figures / "diffusion.dat");
  REQUIRE(drawn.size() == 6);
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK(drawn[i][0] == 0.5 * static_cast<double>(i + 1));
    CHECK(drawn[i][1] == SyntheticCurve::D(drawn[i][0]));
  }
  for (const char* name : {"diffusion.gp", "density_of_states.gp", "rate.gp", "error.gp"}) {
    const std::string script = contents(figures / name);
    INFO(name);
    CHECK(count_of(script, "nohead") == 1);  // only E = 2 lies between 0.5 and 3
    CHECK(mentions(script, "set label '2' at first 2"));
  }
  const auto moved = rows(figures / "displacement.dat");
  REQUIRE(moved.size() == 3 * 61);
  // The asymptotes bound the displacement from above, and are met at the two ends: the first correction is γt/3 = 0.3 %
  // at first and 1/γt = 1e-4 at last.
  for (const auto& row : moved) {
    CHECK(row[1] < row[2]);
    CHECK(row[1] < row[3]);
  }
  CHECK_THAT(moved.front()[1], WithinRel(moved.front()[2], 4e-3));
  CHECK_THAT(moved[60][1], WithinRel(moved[60][3], 1.1e-4));
}

TEST_CASE("The continuum has no van Hove lines and other units") {
  const ScratchDirectory scratch;
  SyntheticCurve curve;
  curve.space = "continuum";
  curve.van_hove.clear();
  curve.write(scratch.path());
  plot_results(scratch.path());
  const std::string script = contents(scratch.path() / "figures" / "diffusion.gp");
  CHECK_FALSE(mentions(script, "nohead"));
  CHECK(mentions(script, "length^2 / time"));
  CHECK_FALSE(mentions(contents(scratch.path() / "index.html"), "lattice constant"));
}

TEST_CASE("An error that could not be estimated or is exactly zero does not spoil the figure") {
  const ScratchDirectory scratch;
  SyntheticCurve curve;
  curve.errors = {1e-12, std::numeric_limits<double>::infinity(), 0.0, 1e-11, 1e-9, 1e-13};
  curve.write(scratch.path());
  plot_results(scratch.path());
  CHECK(rows(scratch.path() / "figures" / "error.dat").size() == 5);
  curve.errors[1] = std::numeric_limits<double>::quiet_NaN();
  curve.write(scratch.path());
  CHECK(mentions(refusal(scratch.path()), "'error' is nan"));
}

TEST_CASE("What a curve lacks is left out") {
  const ScratchDirectory scratch;
  SyntheticCurve curve;
  curve.displacements = 0;
  curve.energies = {1.0};
  curve.write(scratch.path());
  plot_results(scratch.path());
  const std::string page = contents(scratch.path() / "index.html");
  CHECK(count_of(page, "Left out: There is only one energy") == 4);
  CHECK(count_of(page, "Left out: result.h5 has no datasets displacement_E") == 1);
  CHECK(file_count(scratch.path() / "figures") == 0);
  curve.energies = {1.0, 2.0};
  curve.without = "rate";
  curve.write(scratch.path());
  plot_results(scratch.path());
  CHECK(mentions(contents(scratch.path() / "index.html"), "Left out: result.h5 has no dataset rate."));
  CHECK(file_count(scratch.path() / "figures") == 12);
}

TEST_CASE("Datasets of a curve that do not fit are refused") {
  const ScratchDirectory scratch;
  SyntheticCurve curve;
  curve.errors = {1e-12, 1e-12};
  curve.write(scratch.path());
  CHECK(mentions(refusal(scratch.path()), "dataset 'error' is 2, which does not fit the 6 values"));
}
