// SPDX-License-Identifier: GPL-3.0-or-later
// From a microscopic state to a kinetic one: two waves on a ring of sites as a density matrix, its Wigner and Husimi
// functions, and the Husimi function as the initial state of electrons in a bath of optical phonons in a periodic box.
#include <nordheim/collision/lattice_phonon_bath.hpp>
#include <nordheim/core/error.hpp>
#include <nordheim/equation/inhomogeneous_equation.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/wigner/density_matrix.hpp>
#include <nordheim/wigner/husimi_transform.hpp>
#include <nordheim/wigner/wigner_transform.hpp>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdio>
#include <vector>

using namespace nordheim;

namespace {

/// Number, centre and width of the density along the box.
struct Packet {
  double number = 0.0, centre = 0.0, width = 0.0;
};

Packet packet_of(const PeriodicBox& box, ConstState W) {
  const std::size_t momenta = W.size() / box.size();
  std::vector<double> density(box.size(), 0.0);
  for (std::size_t i = 0; i < W.size(); ++i) density[i / momenta] += W[i] / static_cast<double>(momenta);
  Packet packet;
  for (std::size_t r = 0; r < box.size(); ++r) {
    packet.number += density[r];
    packet.centre += density[r] * box.position(r)[0];
  }
  packet.centre /= packet.number;
  for (std::size_t r = 0; r < box.size(); ++r) {
    const double x = box.position(r)[0] - packet.centre;
    packet.width += x * x * density[r] / packet.number;
  }
  packet.width = std::sqrt(packet.width);
  packet.number *= box.volume() / static_cast<double>(box.size());
  return packet;
}

/// Whether all came out as it should.
bool spreads() {
  // Two waves that interfere: the matrix has terms between them, and so has the Wigner function, of both signs.
  const LatticeBox ring(1, 96);
  auto wave = gaussian_packet(ring, {.centre = {40.0, 0, 0}, .momentum = {0.1, 0, 0}, .width = 4.0});
  const auto other = gaussian_packet(ring, {.centre = {56.0, 0, 0}, .momentum = {0.1, 0, 0}, .width = 4.0});
  double norm = 0.0;
  for (std::size_t x = 0; x < wave.size(); ++x) {
    wave[x] += other[x];
    norm += std::norm(wave[x]);
  }
  for (auto& value : wave) value /= std::sqrt(norm);
  const DensityMatrix R(WaveMixture::pure(ring, wave));
  const PhaseSpaceFunction W = wigner_transform(R), H = husimi_transform(R, balanced_width(ring));
  const double least_W = *std::min_element(W.values().begin(), W.values().end());
  const double least_H = *std::min_element(H.values().begin(), H.values().end());
  std::printf("Wigner function from %.3f, Husimi function from %.1e; numbers %.12f, %.12f\n", least_W, least_H,
              W.number(), H.number());

  // The positions and momenta of H are those of a box of 96 sites and of a lattice grid of 96 points.
  const LatticeGrid grid(96, Dispersion::nearest_neighbour(1));
  const PeriodicBox box({96.0}, {96});
  std::vector<LatticePhononBath> operators;
  operators.emplace_back(grid, LatticePhononBathOptions{.temperature = 1.0, .omega0 = 0.7, .coupling = 0.3});
  InhomogeneousEquation<LatticePhononBath> equation(box, std::move(operators));
  std::vector<double> state(H.values().begin(), H.values().end());
  const Packet before = packet_of(box, state);
  Evolution evolution(ode_system(equation), {.method = EvolutionMethod::lawson, .rtol = 1e-6});
  const std::vector<double> times{0.0, 5.0, 10.0, 15.0, 20.0};
  evolution.observe([&](const Observation& now) {
    if (!now.is_output) return;
    const Packet packet = packet_of(box, now.y);
    std::printf("t = %4.1f   number %.12f   centre %8.4f   width %7.4f sites\n", now.time, packet.number, packet.centre,
                packet.width);
  });
  evolution.run(state, 0.0, times.back(), times);
  const Packet after = packet_of(box, state);
  // Phonons turn the packet around: it spreads, and its centre comes to rest.
  return std::abs(after.number - before.number) < 1e-12 && after.centre > before.centre + 0.5 &&
         after.width > before.width && least_W < -0.1 && least_H > -1e-12;
}

}  // namespace

int main() {
  try {
    return spreads() ? 0 : 1;
  } catch (const Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
