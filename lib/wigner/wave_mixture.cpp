// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/model/dispersion.hpp>
#include <nordheim/wigner/wave_mixture.hpp>

#include "wigner/box_index.hpp"
#include "wigner/gaussian.hpp"

#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace nordheim {

namespace {

void check(const LatticeBox& box, const OccupiedWave& state, std::size_t i) {
  const std::string which = "wave " + std::to_string(i) + " of the mixture ";
  if (state.wave.size() != box.size()) {
    throw InvalidArgument(which + "has " + std::to_string(state.wave.size()) + " values, but the box has " +
                          std::to_string(box.size()) + " sites");
  }
  if (!(state.occupation >= 0.0) || !std::isfinite(state.occupation)) {
    throw InvalidArgument(which + "has the occupation " + std::to_string(state.occupation) +
                          ", allowed are numbers >= 0");
  }
  for (std::size_t x = 0; x < state.wave.size(); ++x) {
    if (!std::isfinite(state.wave[x].real()) || !std::isfinite(state.wave[x].imag())) {
      throw InvalidArgument(which + "is not finite at site " + std::to_string(x));
    }
  }
}

}  // namespace

WaveMixture::WaveMixture(LatticeBox box, std::vector<OccupiedWave> waves) : box_(box), waves_(std::move(waves)) {
  if (waves_.empty()) throw InvalidArgument("a mixture of no waves; at least one is needed");
  for (std::size_t i = 0; i < waves_.size(); ++i) check(box_, waves_[i], i);
}

WaveMixture WaveMixture::pure(LatticeBox box, std::vector<std::complex<double>> wave) {
  std::vector<OccupiedWave> waves;
  waves.push_back({1.0, std::move(wave)});
  return {box, std::move(waves)};
}

std::vector<std::complex<double>> detail::gaussian_line(int points, double centre, double momentum, double width) {
  if (!std::isfinite(centre) || !std::isfinite(momentum)) {
    throw InvalidArgument("the centre and the momentum of a packet must be finite");
  }
  if (!(width >= 0.1 && width <= points)) {
    std::ostringstream text;
    text << "a packet of width " << width << " sites, allowed is 0.1 to the " << points << " sites of the box";
    throw InvalidArgument(text.str());
  }
  const double N = points;
  const double c = centre - N * std::floor(centre / N);
  const double k = wrap_to_torus({momentum, 0.0, 0.0})[0];
  const int images = 1 + static_cast<int>(std::ceil(9.0 * width / N));  // e^{−9²/2} < 3e-18
  std::vector<std::complex<double>> line(static_cast<std::size_t>(points));
  double norm = 0.0;
  for (int x = 0; x < points; ++x) {
    std::complex<double> sum = 0.0;
    for (int m = -images; m <= images; ++m) {
      const double place = x + N * m;
      const double t = (place - c) / width;
      sum += std::polar(std::exp(-0.5 * t * t), 2.0 * std::numbers::pi * k * place);
    }
    line[static_cast<std::size_t>(x)] = sum;
    norm += std::norm(sum);
  }
  for (auto& value : line) value /= std::sqrt(norm);
  return line;
}

std::vector<std::complex<double>> gaussian_packet(const LatticeBox& box, const PacketShape& shape) {
  const auto axes = static_cast<std::size_t>(box.dimension());
  std::array<std::vector<std::complex<double>>, 3> lines{{{1.0}, {1.0}, {1.0}}};
  for (std::size_t j = 0; j < axes; ++j) {
    lines[3 - axes + j] = detail::gaussian_line(box.points(), shape.centre[j], shape.momentum[j], shape.width);
  }
  const detail::Extents n = detail::extents(box.dimension(), box.points());
  std::vector<std::complex<double>> psi(box.size());
  for (std::size_t x = 0; x < psi.size(); ++x) {
    const detail::Extents i = detail::indices(x, n);
    psi[x] = lines[0][i[0]] * lines[1][i[1]] * lines[2][i[2]];
  }
  return psi;
}

}  // namespace nordheim
