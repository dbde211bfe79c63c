// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>

#include "plot/animation.hpp"
#include "plot/box_image.hpp"
#include "plot/box_profiles.hpp"
#include "plot/figure_text.hpp"
#include "plot/figures.hpp"
#include "plot/plot_results.hpp"
#include "plot/synthetic_box.hpp"
#include "support/catch.hpp"
#include "support/scratch_directory.hpp"

#include <cmath>
#include <string>
#include <vector>

using namespace nordheim::program;
using nordheim::InvalidArgument;
using nordheim::test::contents;
using nordheim::test::file_count;
using nordheim::test::mentions;
using nordheim::test::rows;
using nordheim::test::ScratchDirectory;
using nordheim::test::SyntheticBox;

namespace {

ResultData data_of(const SyntheticBox& box) {
  const ScratchDirectory scratch;
  box.write(scratch.path());
  return read_result(scratch.path());
}

}  // namespace

TEST_CASE("An evolution in a box gets its figures and a page with one script and nothing from elsewhere") {
  const ScratchDirectory scratch;
  SyntheticBox box;
  box.points = {32, 4};
  box.write(scratch.path());
  plot_results(scratch.path());
  const auto figures = scratch.path() / "figures";
  for (const std::string name :
       {"density", "density_in_time", "density_map", "phase_space", "spreading", "distances", "invariants"}) {
    INFO(name);
    CHECK(contents(figures / (name + ".png")).substr(1, 3) == "PNG");
    CHECK(mentions(contents(figures / (name + ".svg")), "</svg>"));
  }
  CHECK(file_count(figures) == 28);
  const std::string page = contents(scratch.path() / "index.html");
  for (const char* forbidden : {"http", "src=", "@import", "Left out", "statistics", "<planted>", "@data@"}) {
    INFO(forbidden);
    CHECK_FALSE(mentions(page, forbidden));
  }
  CHECK(mentions(page, "type=\"range\" min=\"0\" max=\"3\""));
  CHECK(page.find("<script") == page.rfind("<script"));
}

TEST_CASE("A gas in a box gets its temperature instead of the figures of shells") {
  SyntheticBox box;
  box.shell = box.packet = false;
  const ResultData result = data_of(box);
  CHECK(mentions(temperature_figure(result).commands, "⟩ − 1"));  // it varies by one per cent
  CHECK(mentions(energy_density_figure(result).commands, "{/:Italic e}/⟨{/:Italic e}⟩ − 1"));
  CHECK(temperature_in_time_figure(result).missing.empty());
  std::vector<std::string> names;
  for (const Figure& figure : all_figures(result, {})) {
    CHECK(figure.missing.empty());
    names.push_back(figure.name);
  }
  CHECK(names == std::vector<std::string>{"density", "density_in_time", "energy_density", "temperature",
                                          "temperature_in_time", "phase_space", "distances", "invariants"});
}

TEST_CASE("Profiles are the Fourier series of their nodes and means over the other axes") {
  SyntheticBox box;
  box.packet = false;
  box.points = GENERATE(std::vector<double>{8, 3}, std::vector<double>{9});
  const ResultData result = data_of(box);
  const BoxProfiles profiles(result, "density");
  REQUIRE(profiles.x().size() > 100);
  CHECK(profiles.x().back() == SyntheticBox::length);
  const std::vector<double> drawn = profiles.at(5);
  // A wave of one mode is its own interpolation: sums of at most nine terms of order one.
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    CHECK_THAT(drawn[i], WithinAbs(box.density(profiles.x()[i], 10.0), 1e-14));
  }
}

TEST_CASE("The part of the box that stays empty is left out and diffusion is dashed") {
  const ResultData result = data_of(SyntheticBox());
  const ValueRange window = BoxProfiles(result, "density").window();
  CHECK(window.low > 10.0);
  CHECK(window.high < 90.0);
  // Of the last variance, 25 + 22 = 47, values at 20 of the centre are exp(-4.3), 1 per cent of the largest.
  CHECK(window.low < 30.0);
  CHECK(window.high > 70.0);
  const Figure figure = density_figure(result);
  CHECK(mentions(figure.commands, "title 'diffusion'"));
  CHECK(mentions(figure.caption, "at t = 12 and 22"));
}

TEST_CASE("A packet is drawn between free flight and diffusion") {
  const Figure figure = spreading_figure(data_of(SyntheticBox()));
  REQUIRE(figure.missing.empty());
  const auto drawn = rows(figure.data);
  REQUIRE(drawn.size() == 11);
  // A difference of numbers below 50.
  for (const auto& row : drawn) CHECK_THAT(row[1], WithinAbs(row[0], 1e-13));  // 2D = 1
  // Shares of the velocities −1, 1/2, 1: 1, 2 · 1/2, 1/3, so ⟨v⟩ = −1/14, ⟨v²⟩ = 19/28, and 2D over the variance is
  // 49/33.
  CHECK(mentions(figure.caption, "cross at t = 1.485"));
}

TEST_CASE("What fills the box is drawn by its first mode") {
  SyntheticBox box;
  box.packet = false;
  const Figure figure = spreading_figure(data_of(box));
  REQUIRE(figure.missing.empty());
  const auto drawn = rows(figure.data);
  REQUIRE(drawn.size() == box.times);
  CHECK(drawn.back()[2] < 0.96);
  for (const auto& row : drawn) CHECK_THAT(row[1], WithinRel(row[2], 1e-13));  // sums of 64 terms
}

TEST_CASE("An image on shells has even columns") {
  const ResultData result = data_of(SyntheticBox());
  const BoxImage image(result);
  CHECK(image.symbol() == "v_x");
  REQUIRE(image.columns() > 10);
  for (std::size_t j = 0; j < image.columns(); ++j) {
    const double v = image.momentum(j);
    CHECK(image.at(0, 0, j) == (v < -0.25 ? 1.0 : v < 0.75 ? 0.5 : 1.0 / 3.0));
  }
}

TEST_CASE("Of small waves an image shows the difference to the mean over positions") {
  SyntheticBox box;
  box.image_wave = GENERATE(0.2, 0.02, 1e-14);
  const bool small = box.image_wave == 0.02;  // the others are large, and round-off
  const ResultData result = data_of(box);
  const BoxImage image(result);
  REQUIRE(image.is_difference() == small);
  CHECK(mentions(image.meaning(), "less its mean over positions") == small);
  CHECK(mentions(phase_space_figure(result).commands, "⟨{/:Italic W}⟩") == small);
  CHECK(mentions(animation(result), "W − ⟨W⟩") == small);
  if (!small) return;
  CHECK(mentions(phase_space_figure(result).commands, "[10^{-2}]"));
  // Position 16 of 64 is the crest, where column 0 is 1.02; the sine has no mean but the rounding of 64 terms.
  CHECK_THAT(image.at(2, 16, 0), WithinAbs(0.02, 1e-15 * 64.0));
  CHECK_THAT(image.at(2, 48, image.columns() - 1), WithinAbs(-0.02 / 3.0, 1e-15 * 64.0));
  CHECK_THAT(image.range().high, WithinAbs(0.02, 1e-15 * 64.0));
  CHECK(image.range().low == -image.range().high);
}

TEST_CASE("Drifts are relative to the start") {
  const Figure figure = conservation_figure(data_of(SyntheticBox()), {});
  const auto drawn = rows(figure.data);
  REQUIRE(drawn.size() == 24);
  CHECK_THAT(drawn[11][1], WithinAbs(2.2e-11, 1e-15));  // the round-off of numbers of order one
}

TEST_CASE("What a box lacks is left out and what does not fit is refused") {
  SyntheticBox box;
  box.without = "image";
  const ResultData result = data_of(box);
  CHECK(mentions(phase_space_figure(result).missing, "no dataset image."));
  CHECK(animation(result).empty());
  box.without = "density";
  CHECK_THROWS_AS(data_of(box), InvalidArgument);
  box.without = "";
  box.wrong_points = 1.0;
  CHECK_THROWS_AS(data_of(box), InvalidArgument);
  box.wrong_points = 0.0;
  box.snapshots = 1;
  CHECK(animation(data_of(box)).empty());
}
