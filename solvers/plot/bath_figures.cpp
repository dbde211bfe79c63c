// SPDX-License-Identifier: GPL-3.0-or-later
// Transport of an electron in a phonon bath.
#include "plot/figures.hpp"
#include "plot/script_text.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace nordheim::program {

namespace {

/// A dataset to draw, and how.
struct Curve {
  const char *dataset, *words, *rgb;
};

/// Indices by increasing value.
std::vector<std::size_t> sorted(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  return order;
}

/// A logarithmic axis where the values are positive and span a factor of more than 10.
bool wide(const std::vector<double>& values) {
  constexpr double most = 10.0;
  const auto [least, largest] = std::minmax_element(values.begin(), values.end());
  return *least > 0.0 && *largest > most * *least;
}

/// Whether a curve is there, and not the same as one before it: on a lattice a current decays at the scattering rate.
bool drawn(const ResultData& result, const std::vector<Curve>& curves, const Curve& curve) {
  if (!result.has(curve.dataset)) return false;
  return std::none_of(curves.data(), &curve, [&](const Curve& other) {
    return result.has(other.dataset) && result[other.dataset].values == result[curve.dataset].values;
  });
}

bool all_zero(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double x) { return x == 0.0; });
}

/// Curves over one dataset; those that are not there are left out.
Figure curves_figure(const ResultData& result, Figure figure, const char* abscissa, const std::string& labels,
                     const std::vector<Curve>& curves) {
  figure.missing = result.missing({abscissa, curves.front().dataset});
  if (!figure.missing.empty()) return figure;
  const std::vector<double>& x = result[abscissa].values;
  if (x.size() < 2) {
    figure.missing = std::string("There is only one value of ") + abscissa + ", and a curve needs two.";
    return figure;
  }
  DataText data(figure.name + ": one block a curve");
  std::string plots;
  std::vector<double> all;
  std::size_t block = 0;
  for (const Curve& curve : curves) {
    if (!drawn(result, curves, curve)) continue;
    const std::vector<double>& y = result[curve.dataset].values;
    data.block(std::string(abscissa) + " " + curve.dataset);
    for (const std::size_t i : sorted(x)) data.row({x[i], y[i]});
    all.insert(all.end(), y.begin(), y.end());
    plots += fill(
        "@start@ '@name@.dat' index @block@ using 1:2 with linespoints pointtype 7 pointsize 0.5 linewidth 2 "
        "linecolor rgb '@rgb@' @key@",
        {{"start", plots.empty() ? "  plot" : ", \\\n      "},
         {"name", figure.name},
         {"block", std::to_string(block++)},
         {"rgb", curve.rgb},
         {"key", curves.size() == 1 ? std::string("notitle") : "title '" + std::string(curve.words) + "'"}});
  }
  figure.data = data.text();
  figure.commands = labels;
  if (wide(x)) figure.commands += "  set logscale x\n  set format x '%g'\n";
  figure.commands += wide(all) ? "  set logscale y\n  set format y '10^{%L}'\n" : "  set yrange [0:*]\n";
  figure.commands += "  set key above left horizontal maxrows 1\n" + plots + "\n";
  return figure;
}

}  // namespace

Figure mobility_figure(const ResultData& result) {
  const std::string length = result.in_continuum() ? "length" : "sites";
  return curves_figure(
      result,
      {"mobility", "Mobility",
       "The mobility of an electron, D/T with the diffusion constant D = ⟨v·(−L)⁻¹v⟩/d of thermal "
       "equilibrium, against the temperature of the bath: its drift velocity in a weak field, per "
       "force."},
      "temperature",
      "  set xlabel 'temperature {/:Italic T}  [energy]'\n  set ylabel 'mobility {/:Italic D}/{/:Italic T}  [" +
          length + "^2 / (time energy)]'\n",
      {{"mobility", "mobility", colour::blue}});
}

Figure bath_rates_figure(const ResultData& result) {
  Figure figure{"rates", "Rates of relaxation",
                "The slowest rates at which a current and the isotropic part of the distribution decay, and the "
                "smallest scattering rate, from which on the spectrum is continuous."};
  if (result.has("continuum_edge") && all_zero(result["continuum_edge"].values)) {
    figure.missing = "Scattering rates fall to zero at high energies, so the spectrum has no gap.";
    return figure;
  }
  if (!result.in_continuum()) figure.caption += " On a lattice with constant coupling the first and the last are one.";
  return curves_figure(result, std::move(figure), "temperature",
                       "  set xlabel 'temperature {/:Italic T}  [energy]'\n  set ylabel 'rate  [1 / time]'\n",
                       {{"current_decay", "current", colour::blue},
                        {"spectral_gap", "isotropic part", colour::vermilion},
                        {"continuum_edge", "smallest scattering rate", colour::green}});
}

Figure ladder_figure(const ResultData& result) {
  return curves_figure(
      result,
      {"ladders", "Diffusion on the ladders",
       "Optical phonons of one frequency ω0 change the energy by multiples of ω0: electrons stay on the "
       "ladder ε + mω0 where they are, and each ladder has its own diffusion constant. At the first "
       "temperature."},
      "ladder_epsilon",
      "  set xlabel 'lowest energy of the ladder, {/:Italic ε}  [energy]'\n  set ylabel '{/:Italic D}  "
      "[length^2 / time]'\n",
      {{"ladder_diffusion", "D", colour::blue}});
}

}  // namespace nordheim::program
