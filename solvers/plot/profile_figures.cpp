// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/io/number_text.hpp>

#include "plot/box_profiles.hpp"
#include "plot/figures.hpp"
#include "plot/script_text.hpp"
#include "plot/snapshots.hpp"

#include <cmath>

namespace nordheim::program {

namespace {

constexpr std::size_t most_lines = 8;  ///< as many times have colours that can be told apart
constexpr std::size_t few_nodes = 48;  ///< so many are shown as points

/// Lines of gnuplot for profiles of one dataset.
class ProfilePlot {
 public:
  explicit ProfilePlot(const std::string& name) : name_(name), data_("Profiles along x: one block a line") {}

  void add(const BoxProfiles& profiles, std::size_t time, const std::string& style, const std::string& title) {
    data_.block("x value " + title);
    const std::vector<double> values = profiles.at(time);
    for (std::size_t i = 0; i < values.size(); ++i) data_.row({profiles.x()[i], values[i]});
    append("lines " + style, title);
  }

  void add_nodes(const BoxProfiles& profiles, std::size_t time, const std::string& style) {
    const std::vector<double> values = profiles.at_nodes(time);
    const double step = profiles.x().back() / static_cast<double>(values.size());
    data_.block("x value at the nodes");
    for (std::size_t i = 0; i < values.size(); ++i) data_.row({step * static_cast<double>(i), values[i]});
    append("points " + style, "");
  }

  void key(const std::string& style, const std::string& title) {
    plots_ += ", \\\n    NaN with lines " + style + " title '" + title + "'";
  }

  [[nodiscard]] std::string commands() const { return "  plot " + plots_ + "\n"; }
  [[nodiscard]] std::string text() const { return data_.text(); }

 private:
  void append(const std::string& style, const std::string& title) {
    plots_ += fill("@comma@'@name@.dat' index @i@ using 1:2 with @style@ @title@",
                   {{"comma", block_ > 0 ? ", \\\n    " : ""},
                    {"name", name_},
                    {"i", std::to_string(block_)},
                    {"style", style},
                    {"title", title.empty() ? "notitle" : "title '" + title + "'"}});
    ++block_;
  }

  std::string name_, plots_{};
  DataText data_;
  int block_ = 0;
};

/// Room for values that do not vary.
std::string flat_range(const BoxProfiles& profiles) {
  if (profiles.scale() != BoxProfiles::Scale::flat) return {};
  const double size = profiles.mean() != 0.0 ? std::abs(profiles.mean()) : 1.0;
  return "  set yrange [" + shortest_text(profiles.mean() - size) + ":" + shortest_text(profiles.mean() + size) + "]\n";
}

void draw_profiles(const ResultData& result, const std::string& dataset, const std::string& symbol, Figure& figure) {
  const BoxProfiles profiles(result, dataset);
  const std::vector<double>& times = result["time"].values;
  const std::vector<std::size_t> chosen = choose_snapshots(profiles.times(), most_lines);
  ProfilePlot plot(figure.name);
  const auto colour_of = [&](std::size_t i) {
    return "linecolor rgb '" +
           viridis(chosen.size() == 1 ? 0.3 : static_cast<double>(i) / static_cast<double>(chosen.size() - 1)) + "'";
  };
  const bool points = profiles.nodes() <= few_nodes;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    plot.add(profiles, chosen[i], "linewidth 1.6 " + colour_of(i), time_label(times[chosen[i]]));
    if (points) plot.add_nodes(profiles, chosen[i], "pointtype 7 pointsize 0.4 " + colour_of(i));
  }
  if (dataset == "density" && result.has("diffused_density") && chosen.size() > 2) {
    // The line at the start is the same by construction; two of the later ones show how diffusion takes over.
    const std::string dashes = "linewidth 1.1 dashtype (6,5) linecolor rgb '#d55e00'";
    ResultData shown;
    for (const char* name : {"box", "box_points", "diffused_density"}) shown.datasets.emplace(name, result[name]);
    const BoxProfiles diffused(shown, "diffused_density");
    if (diffused.scale() == profiles.scale()) {
      for (const std::size_t i : {chosen.size() / 2, chosen.size() - 1}) plot.add(diffused, chosen[i], dashes, "");
      plot.key(dashes, "diffusion");
      figure.caption += " Dashed: the density by the diffusion equation with Kn D_kin, from the same start, at t = " +
                        label_text(times[chosen[chosen.size() / 2]]) + " and " + label_text(times[chosen.back()]) + ".";
    }
  }
  figure.commands = profiles.xrange() + flat_range(profiles) + "  set xlabel '{/:Italic x}  [" +
                    label_units(result["x"]) + "]'\n  set ylabel '" +
                    scaled_label(profiles.scale(), symbol, label_units(result[dataset])) +
                    "'\n  set key outside right top\n" + plot.commands();
  if (profiles.scale() == BoxProfiles::Scale::flat) figure.caption += " It is the same everywhere, to round-off.";
  if (profiles.scale() == BoxProfiles::Scale::relative) {
    figure.caption +=
        " Drawn is the relative difference to its mean over positions and times, " + label_text(profiles.mean()) + ".";
  }
  if (points) figure.caption += " Points are the nodes, lines the Fourier series through them.";
  const ValueRange window = profiles.window();
  if (window.high - window.low < result["box"].values.front()) {
    figure.caption += " The box reaches from 0 to " + label_text(result["box"].values.front()) +
                      "; the part that stays empty is left out.";
  }
  figure.width = 800;
  figure.data = plot.text();
}

}  // namespace

Figure density_figure(const ResultData& result) {
  Figure figure{"density", "Density in space",
                "The density ρ = ∫dk W along the first axis of the box" + mean_remark(result) +
                    ", at up to eight times, dark at first and light at last."};
  figure.missing = missing_profile(result, "density");
  if (figure.missing.empty()) draw_profiles(result, "density", "{/:Italic ρ}", figure);
  return figure;
}

Figure energy_density_figure(const ResultData& result) {
  Figure figure{"energy_density", "Energy in space",
                "The density of energy e = ∫dk ω W along the first axis of the box" + mean_remark(result) + "."};
  figure.missing = missing_profile(result, "energy_density");
  if (figure.missing.empty()) draw_profiles(result, "energy_density", "{/:Italic e}", figure);
  return figure;
}

Figure temperature_figure(const ResultData& result) {
  Figure figure{"temperature", "Temperature in space",
                "The temperature of the local equilibrium, which has the density and energy of its position, along the "
                "first axis of the box" +
                    mean_remark(result) + "."};
  figure.missing = missing_profile(result, "temperature");
  if (figure.missing.empty()) draw_profiles(result, "temperature", "{/:Italic T}", figure);
  return figure;
}

}  // namespace nordheim::program
