// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/wigner/wigner_transform.hpp>

#include "wigner/phase_transform.hpp"

#include <cstddef>

namespace nordheim {

namespace {

PhaseSpaceFunction transform(const LatticeBox& box, int nodes, const detail::Diagonal& diagonal) {
  const int positions = detail::checked_nodes(box, nodes);
  const auto fine = static_cast<std::size_t>(box.points());
  const auto coarse = static_cast<std::size_t>(positions);
  const detail::Modes kept = detail::resolved_modes(fine, coarse);
  detail::ModeProduct modes(box.dimension(), kept, detail::half_shift(fine, kept), fine, coarse);
  return detail::phase_transform(box, positions, modes, diagonal);
}

}  // namespace

PhaseSpaceFunction wigner_transform(const DensityMatrix& R, int nodes) {
  return transform(R.box(), nodes, detail::diagonal_of(R));
}

PhaseSpaceFunction wigner_transform(const WaveMixture& mixture, int nodes) {
  return transform(mixture.box(), nodes, detail::diagonal_of(mixture));
}

}  // namespace nordheim
