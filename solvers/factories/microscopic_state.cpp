// SPDX-License-Identifier: GPL-3.0-or-later
#include "factories/microscopic_state.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/wigner/husimi_transform.hpp>
#include <nordheim/wigner/momentum_nodes.hpp>
#include <nordheim/wigner/wigner_transform.hpp>

#include "factories/wave_file.hpp"
#include "run/memory.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <string>
#include <utility>

namespace nordheim::program {

namespace {

using Complex = std::complex<double>;

/// All axes alike, as many as k has components: N = L/ε sites and n positions along each.
LatticeBox sites_of(const MicroscopicCase& waves, const PeriodicBox& box, const LatticeGrid& grid) {
  if (box.dimension() != grid.dimension()) {
    throw InvalidArgument("waves need a box with all axes of the lattice (found " + std::to_string(box.dimension()) +
                          " lengths in space.box, allowed " + std::to_string(grid.dimension()) + ")");
  }
  for (std::size_t j = 1; j < box.lengths().size(); ++j) {
    if (box.lengths()[j] == box.lengths()[0] && box.points()[j] == box.points()[0]) continue;
    throw InvalidArgument("waves need a box with equal axes (found " + short_text(box.lengths()[0]) + " and " +
                          short_text(box.lengths()[j]) + " in space.box, " + std::to_string(box.points()[0]) + " and " +
                          std::to_string(box.points()[j]) + " in space.points)");
  }
  const double sites = box.lengths()[0] / waves.spacing;
  constexpr double most_sites = 1e6, round_off = 1e-9;
  if (!(sites >= 1.5 && sites <= most_sites) || std::abs(sites - std::round(sites)) > round_off * sites) {
    throw InvalidArgument("the box has " + short_text(sites) + " sites along an axis, space.box divided by spacing = " +
                          short_text(waves.spacing) + "; allowed are whole numbers from 2 to 1e6");
  }
  return {grid.dimension(), static_cast<int>(std::lround(sites))};
}

/// The packets of a case on the sites: exp(−|x−c|²/4σ²) there is exp(−|x−c|²/2σ'²) in the library.
WaveMixture packets_on(const MicroscopicCase& waves, const LatticeBox& sites) {
  const bool superposition = waves.state == "superposition";
  std::vector<OccupiedWave> parts;
  double particles = 0.0;
  parts.reserve(waves.packets.size());
  for (const PacketCase& packet : waves.packets) {
    // Of gaussian_packet(), which knows the width of the wave in sites.
    const double least = 0.1 * waves.spacing / std::numbers::sqrt2,
                 most = sites.points() * waves.spacing / std::numbers::sqrt2;
    if (!(packet.width >= least && packet.width <= most)) {
      throw InvalidArgument("packets[" + std::to_string(parts.size()) + "].width = " + short_text(packet.width) +
                            "; allowed are numbers from " + short_text(least) + " to " + short_text(most));
    }
    PacketShape shape{.width = std::numbers::sqrt2 * packet.width / waves.spacing};
    for (std::size_t j = 0; j < packet.centre.size(); ++j) shape.centre[j] = packet.centre[j] / waves.spacing;
    std::copy(packet.momentum.begin(), packet.momentum.end(), shape.momentum.begin());
    parts.push_back({packet.particles, gaussian_packet(sites, shape)});
    particles += packet.particles;
  }
  if (!superposition) return {sites, std::move(parts)};
  std::vector<Complex> sum(sites.size());
  double norm = 0.0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Complex factor = std::polar(std::sqrt(parts[i].occupation), waves.packets[i].phase);
    for (std::size_t x = 0; x < sum.size(); ++x) sum[x] += factor * parts[i].wave[x];
  }
  for (const Complex& value : sum) norm += std::norm(value);
  constexpr double cancelled = 1e-12;
  if (!(norm > cancelled * particles)) throw InvalidArgument("the packets of this superposition cancel each other");
  for (Complex& value : sum) value /= std::sqrt(norm);
  std::vector<OccupiedWave> all;
  all.push_back({particles, std::move(sum)});
  return {sites, std::move(all)};
}

double trace(const WaveMixture& mixture) {
  double sum = 0.0;
  for (const auto& [occupation, wave] : mixture.waves()) {
    for (const Complex& value : wave) sum += occupation * std::norm(value);
  }
  return sum;
}

double trace(const DensityMatrix& R) {
  double sum = 0.0;
  for (std::size_t x = 0; x < R.box().size(); ++x) sum += R(x, x).real();
  return sum;
}

/// 0 ≤ R, of fermions R ≤ 1.
void require_state(const Spectrum& spectrum, Statistics statistics) {
  const bool fermions = statistics == Statistics::fermion;
  const double tolerance = std::max(1e-12, spectrum.error);
  if (spectrum.lowest >= -tolerance * std::max(1.0, spectrum.highest) &&
      (!fermions || spectrum.highest <= 1.0 + tolerance)) {
    return;
  }
  throw InvalidArgument("the density matrix is no state: its eigenvalues are from " + short_text(spectrum.lowest) +
                        " to " + short_text(spectrum.highest) + ", allowed are numbers " +
                        (fermions ? "from 0 to 1, one fermion in each wave at most" : "from 0 on"));
}

/// W(r, k) is an occupation, up to what finitely many nodes leave out.
void require_occupation(const MicroscopicState& state, Statistics statistics) {
  const auto [least, most] = std::minmax_element(state.W.begin(), state.W.end());
  constexpr double unresolved = 1e-6;
  const bool fermions = statistics == Statistics::fermion, waves = statistics == Statistics::classical_wave;
  const double tolerance = unresolved * *most;
  const bool enough = waves ? *least > 0.0 : *least >= -tolerance;
  if (enough && (!fermions || *most <= 1.0 + tolerance)) return;
  const std::string allowed = fermions ? "from 0 to 1 for fermions"
                              : waves  ? "above 0 for classical waves"
                                       : "from 0 on";
  throw InvalidArgument(
      std::string(state.husimi ? "the Husimi" : "the Wigner") + " function of this state takes values from " +
      short_text(*least) + " to " + short_text(*most) + ", allowed are numbers " + allowed +
      (state.husimi ? "; use a smaller smoothing than " + short_text(*state.smoothing) +
                          ", or not more momentum.points than sites"
                    : "; use function = \"husimi\", its mean over cells of phase space, which is an occupation"));
}

void require_number(const MicroscopicState& state) {
  constexpr double most = 1e-3;
  if (std::abs(state.of_W - state.particles) <= most * state.particles) return;
  throw InvalidArgument("the nodes see " + short_text(state.of_W) + " of the " + short_text(state.particles) +
                        " particles; use more space.points and momentum.points, or another smoothing than " +
                        short_text(*state.smoothing));
}

}  // namespace

MicroscopicState make_microscopic_state(const MicroscopicCase& waves, const PeriodicBox& box, const LatticeGrid& grid,
                                        Statistics statistics) {
  const LatticeBox sites = sites_of(waves, box, grid);
  const int N = sites.points(), n = box.points()[0], M = grid.points();
  const double values = static_cast<double>(box.size()) * static_cast<double>(std::max(sites.size(), grid.size()));
  require_memory(static_cast<std::size_t>(3 * 8 * values), "W(r, k) of " + std::to_string(sites.size()) + " sites");
  MicroscopicState state{.W = {}, .sites = N, .spacing = waves.spacing, .husimi = waves.function == "husimi"};
  const OneParticleState given =
      waves.file.empty() ? OneParticleState(packets_on(waves, sites)) : read_waves(waves.file, sites);
  state.spectrum = std::visit([](const auto& R) { return spectrum(R); }, given);
  state.particles = std::visit([](const auto& R) { return trace(R); }, given);
  require_state(state.spectrum, statistics);
  if (!(state.particles > 0.0)) throw InvalidArgument("there are no particles in this state");
  if (state.husimi) {
    const double balanced = std::sqrt(static_cast<double>(N) * std::min(M, N) / (4.0 * std::numbers::pi * n));
    const double deviation = waves.smoothing ? *waves.smoothing / waves.spacing : balanced;
    const double width = std::numbers::sqrt2 * deviation;
    state.smoothing = deviation * waves.spacing;
    state.W = std::visit(
        [&](const auto& R) { return at_momenta(husimi_transform(R, width, n), M, FewerMomenta::sampled); }, given);
  } else {
    state.W =
        std::visit([&](const auto& R) { return at_momenta(wigner_transform(R, n), M, FewerMomenta::resolved); }, given);
  }
  for (const double w : state.W) state.of_W += w;
  state.of_W *= static_cast<double>(sites.size()) / static_cast<double>(state.W.size());
  if (state.husimi) require_number(state);
  require_occupation(state, statistics);
  return state;
}

}  // namespace nordheim::program
