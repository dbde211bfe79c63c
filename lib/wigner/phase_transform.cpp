// SPDX-License-Identifier: GPL-3.0-or-later
#include "wigner/phase_transform.hpp"

#include <nordheim/core/error.hpp>

#include "wigner/hermitian_rows.hpp"

#include <algorithm>
#include <complex>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace nordheim::detail {

std::size_t checked_size(std::size_t positions, std::size_t momenta) {
  constexpr std::size_t most = std::size_t{1} << 33U;
  if (positions > most / momenta) {
    throw InvalidArgument("a phase-space function of " + std::to_string(positions) + " positions and " +
                          std::to_string(momenta) + " momenta; at most " + std::to_string(most) +
                          " values are allowed");
  }
  return positions * momenta;
}

int checked_nodes(const LatticeBox& box, int nodes) {
  if (nodes < 0 || nodes > box.points()) {
    throw InvalidArgument("nodes = " + std::to_string(nodes) + " positions per axis; allowed is 1 to the " +
                          std::to_string(box.points()) + " sites of the box, or 0 for all of them");
  }
  const int positions = nodes == 0 ? box.points() : nodes;
  const Extents coarse = extents(box.dimension(), positions);
  static_cast<void>(checked_size(coarse[0] * coarse[1] * coarse[2], box.size()));
  return positions;
}

Diagonal diagonal_of(const DensityMatrix& R) {
  return [&R](std::span<const std::size_t> sums, std::span<Complex> values) {
    for (std::size_t y = 0; y < sums.size(); ++y) values[y] = R(sums[y], y);
  };
}

Diagonal diagonal_of(const WaveMixture& mixture) {
  return [&mixture](std::span<const std::size_t> sums, std::span<Complex> values) {
    std::fill(values.begin(), values.end(), Complex{});
    for (const auto& [occupation, wave] : mixture.waves()) {
      for (std::size_t y = 0; y < sums.size(); ++y)
        values[y] += occupation * product_with_conjugate(wave[sums[y]], wave[y]);
    }
  };
}

PhaseSpaceFunction phase_transform(const LatticeBox& box, int nodes, ModeProduct& modes, const Diagonal& diagonal) {
  const int d = box.dimension();
  const Extents& coarse = modes.coarse();
  const std::size_t positions = coarse[0] * coarse[1] * coarse[2];
  std::vector<double> W(positions * box.size());
  HermitianRows rows(d, box.points(), W);
  AlignedArray<Complex> fine_work(box.size());
  // Displacements in blocks: columns are written into the rows several at a time, not to a far line of memory for each.
  constexpr std::size_t most = 16;
  AlignedArray<Complex> columns(most * positions);
  std::vector<std::size_t> block;
  const auto write = [&] {
    for (std::size_t r = 0; r < positions; ++r) {
      for (std::size_t b = 0; b < block.size(); ++b) rows.put(r, block[b], columns[b * positions + r]);
    }
    block.clear();
  };
  const FftPlan to_modes(d, box.points(), 1, {}, FftSign::forward);
  const FftPlan to_positions(d, nodes, 1, {}, FftSign::backward);
  AlignedArray<Complex> coarse_work(positions);
  std::vector<std::size_t> sums(box.size());
  const double scale = 1.0 / static_cast<double>(box.size());
  for (std::size_t z = 0; z < box.size(); ++z) {
    if (!rows.kept(z)) continue;
    displace(z, modes.fine(), sums);
    diagonal(sums, fine_work.span());
    to_modes.execute(fine_work.data());
    std::fill_n(coarse_work.data(), positions, Complex{});
    modes.for_each(
        z, [&](std::size_t f, std::size_t c, Complex factor) { coarse_work[c] += product(factor, fine_work[f]); });
    to_positions.execute(coarse_work.data());
    Complex* const column = columns.data() + block.size() * positions;
    for (std::size_t r = 0; r < positions; ++r) column[r] = scale * coarse_work[r];
    block.push_back(z);
    if (block.size() == most) write();
  }
  write();
  rows.to_momenta();
  return {box, nodes, std::move(W)};
}

}  // namespace nordheim::detail
