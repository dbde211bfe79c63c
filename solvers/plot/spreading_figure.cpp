// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/io/number_text.hpp>

#include "plot/box_profiles.hpp"
#include "plot/figures.hpp"
#include "plot/script_text.hpp"
#include "plot/time_axis.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <optional>

namespace nordheim::program {

namespace {

constexpr const char* colours[] = {colour::blue, colour::vermilion, colour::green};
constexpr const char* names[] = {"{/:Italic x}", "{/:Italic y}", "{/:Italic z}"};

/// Until when little is at the faces of the box across the first axis: the number of such output times.
std::size_t times_of_packet(const BoxProfiles& density) {
  constexpr double little = 1e-6;
  std::size_t count = 0;
  for (; count < density.times(); ++count) {
    const std::vector<double> profile = density.at_nodes(count);
    const double most = *std::max_element(profile.begin(), profile.end());
    if (std::abs(profile.front()) >= little * most || std::abs(profile.back()) >= little * most) break;
  }
  return count;
}

/// Variance of the velocity along the first axis at the start: nodes in the groups of the image, each with the mean
/// occupation of its group.
std::optional<double> velocity_variance(const ResultData& result) {
  for (const char* name : {"image", "image_momentum", "snapshot_time", "velocities", "weights"}) {
    if (!result.has(name)) return std::nullopt;
  }
  if (result["snapshot_time"].values.front() != result["time"].values.front()) return std::nullopt;
  const Dataset &image = result["image"], &velocities = result["velocities"];
  const std::vector<double>& groups = result["image_momentum"].values;
  std::vector<double> occupation(groups.size(), 0.0);
  for (std::size_t i = 0; i < image.shape[1]; ++i) {
    for (std::size_t j = 0; j < groups.size(); ++j) occupation[j] += image.values[i * groups.size() + j];
  }
  double sum = 0.0, first = 0.0, second = 0.0;
  for (std::size_t a = 0; a < velocities.shape[0]; ++a) {
    const double v = velocities.at(a, 0);
    std::size_t nearest = 0;
    for (std::size_t j = 1; j < groups.size(); ++j) {
      if (std::abs(groups[j] - v) < std::abs(groups[nearest] - v)) nearest = j;
    }
    const double share = result["weights"].values[a] * occupation[nearest];
    sum += share;
    first += share * v;
    second += share * v * v;
  }
  if (!(sum > 0.0)) return std::nullopt;
  const double variance = second / sum - first * first / (sum * sum);
  return variance > 0.0 ? std::optional(variance) : std::nullopt;
}

constexpr const char* packet_plot = R"(  set multiplot
  set logscale xy
  set ytics autofreq
  set xlabel ''
  set format x ''
  set format y '10^{%T}'
  unset mxtics
  unset mytics
  set xrange [@first@:@last@]
  set lmargin at screen 0.13
  set rmargin at screen 0.97
  set bmargin at screen 0.38
  set tmargin at screen 0.97
  set yrange [@low@:@high@]
  set key top left
  set ylabel 'variance − variance at first  [@units@]'
  plot @plots@
  unset logscale y
  set format x '10^{%T}'
  set format y '%g'
  set bmargin at screen 0.12
  set tmargin at screen 0.345
  set yrange [0.7:2.3]
  set ytics 1,0.5,2
  unset key
  set ylabel 'exponent'
  set xlabel 'time {/:Italic t}  [1/energy]'
  plot @exponents@1 with lines linewidth 1.1 dashtype (10,5) linecolor rgb '#333333', \
    2 with lines linewidth 1.1 dashtype (2,4) linecolor rgb '#333333'
  unset multiplot
)";

void draw_packet(const ResultData& result, std::size_t count, Figure& figure) {
  const std::vector<double>& times = result["time"].values;
  const Dataset &variance = result["variance"], &exponent = result["exponent"];
  const std::vector<double>& D = result["mean_diffusion"].values;
  const std::optional<double> v2 = velocity_variance(result);
  const double start = times[0], last = times[count - 1];
  const double cross = v2 ? 2.0 * D[0] / *v2 : HUGE_VAL;
  const double first = std::min(times[1] - start, v2 ? cross / 5.0 : HUGE_VAL);
  DataText data("Spreading: one block an axis of the box");
  std::string plots, exponents;
  double low = HUGE_VAL, high = 0.0;
  for (std::size_t j = 0; j < D.size(); ++j) {
    data.block("t, variance − its first value, exponent along axis " + std::to_string(j + 1));
    for (std::size_t i = 1; i < count; ++i) {
      const double rise = variance.at(i, j) - variance.at(0, j);
      data.row({times[i] - start, rise, exponent.at(i, j)});
      if (rise > 0.0) low = std::min(low, rise);
      high = std::max(high, rise);
    }
    const std::string style = std::string("linecolor rgb '") + colours[j] + "'";
    const std::string points = "'spreading.dat' index " + std::to_string(j);
    const std::string line = " with linespoints linewidth 1.6 pointtype 7 pointsize 0.5 " + style;
    const std::string run = D.size() > 1 ? std::string("run, along ") + names[j] : std::string("run");
    plots.append(points).append(" using 1:($2 > 0 ? $2 : NaN)").append(line);
    plots.append(" title '").append(run).append("', \\\n    ");
    const std::string diffusive =
        "2*" + shortest_text(D[j]) + "*(x > " + shortest_text(v2 ? cross / 4.0 : first) + " ? x : NaN)";
    plots += diffusive + " with lines linewidth 1.1 dashtype (10,5) " +
             (D.size() > 1 ? style : "linecolor rgb '#333333'") +
             (j == 0 ? " title 'diffusive, 2 Kn {/:Italic D_{kin} t}'" : " notitle") + ", \\\n    ";
    exponents.append(points).append(" using 1:3").append(line).append(", \\\n    ");
  }
  if (v2) {
    plots += shortest_text(*v2) + "*(x < " + shortest_text(4.0 * cross) +
             " ? x : NaN)**2 with lines linewidth 1.1 dashtype (2,4) linecolor rgb '#333333' title "
             "'ballistic, ⟨Δ{/:Italic v}^2⟩{/:Italic t}^2'";
    low = std::min(low, *v2 * first * first);
  } else {
    plots.erase(plots.size() - std::string(", \\\n    ").size());
  }
  figure.commands = fill(packet_plot, {{"first", shortest_text(first)},
                                       {"last", shortest_text(last - start)},
                                       {"low", shortest_text(0.7 * low)},
                                       {"high", shortest_text(1.5 * high)},
                                       {"units", label_units(variance)},
                                       {"plots", plots},
                                       {"exponents", exponents}});
  figure.height = 560;
  figure.caption =
      "The variance of the density along the axes of the box, less that of the start, on logarithmic axes, with "
      "diffusion 2 Kn D_kin t (dashed), D_kin being the mean over the electrons. Below its slope, "
      "d log/d log t: 2 in free flight, 1 in diffusion.";
  if (v2) {
    figure.caption +=
        " Dotted: free flight ⟨Δv²⟩t² with the velocities along the first axis at the start; the two "
        "lines cross at t = " +
        label_text(cross) + ".";
  }
  if (count < times.size()) {
    figure.caption += " From t = " + label_text(times[count]) +
                      " on the packet reaches the faces of the box, and the variance says no more.";
  }
  figure.data = data.text();
}

/// |∑ ρ e^{−iqx}| of the first mode along the first axis.
double first_mode(const std::vector<double>& profile) {
  std::complex<double> sum = 0.0;
  for (std::size_t i = 0; i < profile.size(); ++i) {
    sum += profile[i] *
           std::polar(1.0, -2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(profile.size()));
  }
  return std::abs(sum) / static_cast<double>(profile.size());
}

void draw_mode(const ResultData& result, const BoxProfiles& density, Figure& figure) {
  constexpr double round_off = 1e-14;
  const std::vector<double>& times = result["time"].values;
  const double start = first_mode(density.at_nodes(0));
  const double mean = density.scale() == BoxProfiles::Scale::relative ? 1.0 : std::abs(density.mean());
  if (!(start > 100.0 * round_off * mean)) {
    figure.missing = "The density is no packet and has no first Fourier mode along the first axis.";
    return;
  }
  const double q = 2.0 * std::numbers::pi / result["box"].values.front();
  const double rate = result["mean_diffusion"].values.front() * q * q;
  DataText data("First mode: t, its size over that of the start, by diffusion");
  data.block("t size diffusive");
  double least = 1.0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const double size = first_mode(density.at_nodes(i)) / start;
    data.row({times[i], size, std::exp(-rate * (times[i] - times[0]))});
    if (size > 0.0) least = std::min(least, size);
  }
  TimeAxis axis = time_axis(times);
  figure.commands =
      axis.commands + "  set logscale y\n  set format y '10^{%T}'\n  unset mytics\n  set yrange [" +
      shortest_text(std::max(0.5 * least, round_off * mean / start)) +
      ":2]\n  set ylabel '|{/:Italic ρ_q}({/:Italic t})| / |{/:Italic ρ_q}(0)|  [dimensionless]'\n  set key above left "
      "horizontal\n  plot 'spreading.dat' index 0 using 1:($2 > 0 ? $2 : NaN) with linespoints linewidth 1.6 pointtype "
      "7 pointsize 0.4 linecolor rgb '#0072b2' title 'run', \\\n    '' index 0 using 1:3 with lines linewidth 1.1 "
      "dashtype (10,5) linecolor rgb '#333333' title 'diffusive, exp(−Kn {/:Italic D_{kin} q}^2{/:Italic t})'\n";
  figure.caption =
      "The Fourier mode q = 2π/L of the density along the first axis, relative to its start, on a "
      "logarithmic axis, and its decay e^(−Kn D_kin q²t) by diffusion (dashed), D_kin being the mean over "
      "the electrons. The box is filled to its faces, so the density has no variance of use." +
      axis.remark;
  figure.data = data.text();
}

}  // namespace

Figure spreading_figure(const ResultData& result) {
  Figure figure{"spreading", "From free flight to diffusion", ""};
  figure.missing = missing_over_time(result, {"variance", "exponent", "mean_diffusion"});
  if (figure.missing.empty()) figure.missing = missing_profile(result, "density");
  if (!figure.missing.empty()) return figure;
  const BoxProfiles density(result, "density");
  const std::size_t packet = times_of_packet(density);
  // A packet that fills the box soon is better seen by its first mode.
  if (packet > 2 && 2 * packet >= density.times()) {
    draw_packet(result, packet, figure);
  } else {
    draw_mode(result, density, figure);
  }
  return figure;
}

}  // namespace nordheim::program
