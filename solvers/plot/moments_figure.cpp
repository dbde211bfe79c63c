// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/io/number_text.hpp>

#include "plot/figures.hpp"
#include "plot/script_text.hpp"
#include "plot/time_axis.hpp"

#include <algorithm>
#include <cmath>

namespace nordheim::program {

namespace {

constexpr const char* colours[] = {colour::blue, colour::vermilion, colour::green};

/// One of the four panels: its curves are columns of one block of the data file.
class Panel {
 public:
  Panel(int block, std::string label) : block_(block), label_(std::move(label)) {}

  void curve(const std::string& title, const std::vector<double>& values) {
    if (curves_ > 0) plot_ += ", \\\n    ";
    plot_ +=
        fill("'moments.dat' index @i@ using 1:@column@ with linespoints pointtype 7 pointsize 0.25 linecolor rgb '@c@'",
             {{"i", std::to_string(block_)}, {"column", std::to_string(curves_ + 2)}, {"c", colours[curves_]}});
    plot_ += title.empty() ? " notitle" : fill(" title '@title@'", {{"title", title}});
    ++curves_;
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    low_ = std::min(low_, *low);
    high_ = std::max(high_, *high);
  }

  [[nodiscard]] std::string commands() const {
    return fill("  set ylabel '@label@'\n  set yrange @range@\n  set format y '@format@'\n  plot @plot@\n",
                {{"label", label_}, {"range", range()}, {"format", wide() ? "%g" : "%h"}, {"plot", plot_}});
  }

  /// Whether its numbers are written like -3.5e-10, which takes more room than others.
  [[nodiscard]] bool wide() const {
    const double size = std::max(std::abs(low_), std::abs(high_));
    return size > 0.0 && (size < 1e-4 || size >= 1e5);
  }

 private:
  /// Automatic, unless all that an automatic range would show is round-off.
  [[nodiscard]] std::string range() const {
    const double size = std::max(std::abs(low_), std::abs(high_));
    if (high_ - low_ > 1e-6 * size && size > 1e-12) return "[*:*]";
    const double middle = 0.5 * (low_ + high_), half = size > 1e-12 ? 0.1 * size : 1.0;
    return fill("[@low@:@high@]", {{"low", shortest_text(middle - half)}, {"high", shortest_text(middle + half)}});
  }

  int block_;
  std::string label_;
  std::string plot_{};
  std::size_t curves_ = 0;
  double low_ = HUGE_VAL;
  double high_ = -HUGE_VAL;
};

std::vector<double> component(const Dataset& current, std::size_t j) {
  std::vector<double> values;
  for (std::size_t i = 0; i < current.shape[0]; ++i) values.push_back(current.at(i, j));
  return values;
}

/// The components from @p first on.
void write_current(const std::vector<double>& times, const Dataset& current, std::size_t first, DataText& data) {
  data.block("time, components of the current");
  for (std::size_t i = 0; i < times.size(); ++i) {
    const auto part = [&](std::size_t j) { return j < current.shape[1] ? current.at(i, j) : 0.0; };
    data.row({times[i], part(first), part(first + 1), part(first + 2)});
  }
}

/// Which of number and energy are conserved, and so level.
std::string conserved(const ResultData& result) {
  const bool number = result.has("number_drift"), energy = result.has("energy_drift");
  const std::string shows = " (the figure of the conserved quantities shows how level).";
  if (number && energy) return "Number and energy are conserved, so their lines are level" + shows;
  if (number) return "The number is conserved, so its line is level" + shows;
  return energy ? "The energy is conserved, so its line is level" + shows : "";
}

constexpr const char* layout = R"(  set multiplot layout 2,2 margins @left@,0.965,0.1,0.95 spacing @between@,0.17
@axis@  set key at graph 1,1.12 right top horizontal
@panels@  unset multiplot
)";

}  // namespace

Figure moments_figure(const ResultData& result) {
  const bool continuum = result.in_continuum();
  Figure figure{"moments", "Moments and range of the occupation",
                "Number Σ w W and energy Σ w ω W per " + std::string(continuum ? "volume" : "site") +
                    ", the components of the particle current Σ w v W, and the "
                    "smallest and largest occupation of all nodes. " +
                    conserved(result) + " Fermions must stay between 0 and 1, bosons and classical particles above 0."};
  figure.missing = missing_over_time(result, {"number", "energy", "current", "min_W", "max_W"});
  if (!figure.missing.empty()) return figure;
  const std::vector<double>& times = result["time"].values;
  const TimeAxis axis = time_axis(times);
  DataText data("Moments: blocks number, energy, current, smallest and largest occupation");
  Panel number(0, continuum ? "number  [momentum^3]" : "number  [per site]");
  Panel energy(1, continuum ? "energy  [energy · momentum^3]" : "energy  [energy per site]");
  Panel current(2, continuum ? "momentum  [momentum^4]" : "current  [sites · energy]"),
      range(3, "{/:Italic W}  [dimensionless]");
  const std::vector<double>&low = result["min_W"].values, &high = result["max_W"].values;
  number.curve("", result["number"].values);
  energy.curve("", result["energy"].values);
  range.curve("largest", high);
  range.curve("smallest", low);
  data.block("time number");
  for (std::size_t i = 0; i < times.size(); ++i) data.row({times[i], result["number"].values[i]});
  data.block("time energy");
  for (std::size_t i = 0; i < times.size(); ++i) data.row({times[i], result["energy"].values[i]});
  // Radial grids are symmetric about e_3.
  const std::size_t first = result.space == "radial" ? 2 : 0;
  write_current(times, result["current"], first, data);
  constexpr const char* names[] = {"{/:Italic J_x}", "{/:Italic J_y}", "{/:Italic J_z}"};
  for (std::size_t j = first; j < result["current"].shape[1]; ++j) {
    current.curve(names[j], component(result["current"], j));
  }
  data.block("time largest smallest");
  for (std::size_t i = 0; i < times.size(); ++i) data.row({times[i], high[i], low[i]});
  figure.commands =
      fill(layout, {{"left", number.wide() || current.wide() ? "0.165" : "0.125"},
                    {"between", energy.wide() || range.wide() ? "0.18" : "0.14"},
                    {"axis", axis.commands},
                    {"panels", number.commands() + energy.commands() + current.commands() + range.commands()}});
  figure.width = 860;
  figure.height = 620;
  figure.caption += axis.remark;
  figure.data = data.text();
  return figure;
}

}  // namespace nordheim::program
