// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>

#include "plot/figure_text.hpp"
#include "plot/figures.hpp"
#include "plot/plot_results.hpp"
#include "plot/result_data.hpp"
#include "plot/synthetic_curve.hpp"
#include "support/catch.hpp"
#include "support/scratch_directory.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

using namespace nordheim::program;
using nordheim::InvalidArgument;
using nordheim::test::contents;
using nordheim::test::count_of;
using nordheim::test::file_count;
using nordheim::test::mentions;
using nordheim::test::rows;
using nordheim::test::ScratchDirectory;
using nordheim::test::SyntheticCurve;

namespace {

namespace fs = std::filesystem;

std::string refusal(const fs::path& directory) {
  try {
    plot_results(directory);
  } catch (const InvalidArgument& error) {
    return error.what();
  }
  return "no failure";
}

}  // namespace

TEST_CASE("A curve of diffusion gets its six figures and a page") {
  const ScratchDirectory scratch;
  SyntheticCurve().write(scratch.path());
  plot_results(scratch.path());
  const fs::path figures = scratch.path() / "figures";
  for (const std::string name : {"diffusion", "density_of_states", "rate", "super_burnett", "error", "displacement"}) {
    INFO(name);
    CHECK(contents(figures / (name + ".png")).substr(1, 3) == "PNG");
    CHECK(mentions(contents(figures / (name + ".svg")), "</svg>"));
  }
  CHECK(file_count(figures) == 24);
  const std::string page = contents(scratch.path() / "index.html");
  CHECK(count_of(page, "<svg") == 6);
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
  const auto drawn = rows(contents(figures / "diffusion.dat"));
  REQUIRE(drawn.size() == 6);
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK(drawn[i][0] == 0.5 * static_cast<double>(i + 1));
    CHECK(drawn[i][1] == SyntheticCurve::D(drawn[i][0]));
  }
  for (const char* name : {"diffusion.gp", "density_of_states.gp", "rate.gp", "super_burnett.gp", "error.gp"}) {
    const std::string script = contents(figures / name);
    INFO(name);
    CHECK(count_of(script, "nohead") == 1);  // only E = 2 lies between 0.5 and 3
    CHECK(mentions(script, "set label '2' at first 2"));
  }
  const auto moved = rows(contents(figures / "displacement.dat"));
  REQUIRE(moved.size() == std::size_t{3} * 61);
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
  const fs::path figures = scratch.path() / "figures";
  const std::string script = contents(figures / "diffusion.gp");
  CHECK_FALSE(mentions(script, "nohead"));
  CHECK_FALSE(mentions(script, "set tmargin"));  // no room for marks that are not there
  CHECK(mentions(script, "[length^2 / time]"));
  CHECK(mentions(contents(figures / "density_of_states.gp"), "[1 / (length^3 energy)]"));
  CHECK(mentions(contents(figures / "super_burnett.gp"), "[length^4 / time]"));
  const std::string page = contents(scratch.path() / "index.html");
  CHECK_FALSE(mentions(page, "lattice constant"));
  CHECK_FALSE(mentions(page, "Dashed: the van Hove"));
}

TEST_CASE("The figures of a lattice have units of time alone") {
  const ScratchDirectory scratch;
  SyntheticCurve().write(scratch.path());
  const ResultData result = read_result(scratch.path());
  CHECK(mentions(diffusion_figure(result).commands, "[sites^2 / time]"));
  CHECK(mentions(density_of_states_figure(result).commands, "[states / (site energy)]"));
  CHECK(mentions(rate_figure(result).commands, "[1 / time]"));
  CHECK(mentions(super_burnett_figure(result).commands, "[sites^4 / time]"));
  CHECK(mentions(displacement_figure(result).commands, "{/:Italic t}  [time]"));
}

TEST_CASE("Van Hove energies outside the curve are neither marked nor explained") {
  const ScratchDirectory scratch;
  SyntheticCurve curve;
  curve.van_hove = {0.0, 4.0, 6.0};
  curve.write(scratch.path());
  const Figure figure = diffusion_figure(read_result(scratch.path()));
  CHECK_FALSE(mentions(figure.commands, "set tmargin"));
  CHECK_FALSE(mentions(figure.caption, "Dashed: the van Hove"));
}

TEST_CASE("A tensor is drawn by its diagonal and their mean") {
  const ScratchDirectory scratch;
  SyntheticCurve curve;
  curve.axes = {{"D_11", 1.5}, {"D_12", -0.25}, {"D_22", 0.5}};
  curve.write(scratch.path());
  plot_results(scratch.path());
  const fs::path figures = scratch.path() / "figures";
  const auto drawn = rows(contents(figures / "diffusion.dat"));
  REQUIRE(drawn.size() == std::size_t{3} * 6);
  for (std::size_t i = 0; i < 6; ++i) {
    const double D = SyntheticCurve::D(drawn[i][0]);
    CHECK(drawn[i][1] == 1.5 * D);
    CHECK(drawn[6 + i][1] == 0.5 * D);
    CHECK(drawn[12 + i][1] == D);
  }
  const std::string script = contents(figures / "diffusion.gp");
  for (const char* key : {"title '{/:Italic D}_{11}'", "title '{/:Italic D}_{22}'", "title 'mean'"}) {
    CHECK(count_of(script, key) == 1);
  }
  CHECK_FALSE(mentions(script, "D}_{33}"));
  CHECK(mentions(script, "left bottom horizontal maxrows 1"));
  CHECK_FALSE(mentions(contents(figures / "rate.gp"), "set key at"));
}

TEST_CASE("The key of the error stands above the axes and so off the tolerance") {
  const ScratchDirectory scratch;
  SyntheticCurve().write(scratch.path());
  const std::string script = error_figure(read_result(scratch.path())).commands;
  CHECK(mentions(script, "set key at graph 0, graph 1.0"));
  CHECK(mentions(script, "left bottom horizontal"));
}

TEST_CASE("An axis is logarithmic where a few values dwarf those of most of the energies") {
  const ScratchDirectory scratch;
  const std::string decades = "set logscale y";
  const auto figure_of = [&](const SyntheticCurve& curve) {
    curve.write(scratch.path());
    return density_of_states_figure(read_result(scratch.path()));
  };
  SyntheticCurve curve;
  CHECK(mentions(figure_of(curve).commands, "set yrange [0:*]"));
  CHECK_FALSE(mentions(figure_of(curve).commands, decades));
  // 1/√E close to an edge.
  curve.energies = {1e-8, 0.25, 0.5, 1.0, 1.5, 2.0};
  for (const double E : curve.energies) curve.densities.push_back(1.0 / std::sqrt(E));
  CHECK(mentions(figure_of(curve).commands, decades));
  CHECK(mentions(figure_of(curve).caption, "The axis is logarithmic"));
  // Most of the energies have small values, but most of the axis has not.
  curve.energies = {1e-8, 1e-7, 1e-6, 1e-5, 1.0, 2.0};
  curve.densities = {1e-4, 1e-4, 1e-4, 1e-4, 0.5, 1.0};
  CHECK_FALSE(mentions(figure_of(curve).commands, decades));
  // The median is 1, and the axis ends six decades from it.
  curve.energies = {0.0, 1.0, 2.0, 3.0, 4.0, 5.0};
  curve.densities = {1e30, 1.0, 1.0, -1.0, 1.0, 1e-30};
  const Figure figure = figure_of(curve);
  CHECK(mentions(figure.commands, "set yrange [6.66666666666666"));
  CHECK(mentions(figure.commands, "e-07:1500000]"));
  CHECK(mentions(figure.commands, "($2 < 0 ? -$2 : NaN)"));
  CHECK(mentions(figure.caption, "off the axis"));
  CHECK(mentions(figure.caption, "open circles"));
  plot_results(scratch.path());  // gnuplot takes it
  CHECK(mentions(contents(scratch.path() / "figures" / "density_of_states.svg"), "</svg>"));
}

TEST_CASE("A linear axis goes below zero where values do") {
  const ScratchDirectory scratch;
  SyntheticCurve().write(scratch.path());
  const std::string script = super_burnett_figure(read_result(scratch.path())).commands;
  CHECK(mentions(script, "set xzeroaxis"));
  CHECK_FALSE(mentions(script, "set yrange"));
}

TEST_CASE("An error that could not be estimated or is exactly zero does not spoil the figure") {
  const ScratchDirectory scratch;
  SyntheticCurve curve;
  curve.errors = {1e-12, std::numeric_limits<double>::infinity(), 0.0, 1e-11, 1e-9, 1e-13};
  curve.write(scratch.path());
  plot_results(scratch.path());
  CHECK(rows(contents(scratch.path() / "figures" / "error.dat")).size() == 5);
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
  CHECK(count_of(page, "Left out: There is only one energy") == 5);
  CHECK(count_of(page, "Left out: result.h5 has no datasets displacement_E") == 1);
  CHECK(file_count(scratch.path() / "figures") == 0);
  curve.energies = {1.0, 2.0};
  curve.without = "rate";
  curve.write(scratch.path());
  plot_results(scratch.path());
  CHECK(mentions(contents(scratch.path() / "index.html"), "Left out: result.h5 has no dataset rate."));
  CHECK(file_count(scratch.path() / "figures") == 16);
}

TEST_CASE("Datasets of a curve that do not fit are refused") {
  const ScratchDirectory scratch;
  SyntheticCurve curve;
  curve.errors = {1e-12, 1e-12};
  curve.write(scratch.path());
  CHECK(mentions(refusal(scratch.path()), "dataset 'error' is 2, which does not fit the 6 values"));
}
