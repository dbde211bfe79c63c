// SPDX-License-Identifier: GPL-3.0-or-later
#include "factories/bath_factory.hpp"

namespace nordheim::program {

Phonons make_phonons(const BathCase& bath) {
  if (bath.phonon == "acoustic") {
    return AcousticPhonons{.sound_speed = bath.sound_speed, .coupling = bath.coupling};
  }
  return OpticalPhonons{.omega0 = bath.omega0,
                        .coupling = bath.coupling,
                        .kind = bath.froehlich ? OpticalCoupling::froehlich : OpticalCoupling::constant};
}

PhononBathGridOptions bath_grid_options(const BathCase& bath) {
  return {
      .order = bath.order, .lmax = bath.symmetry == "axial" ? bath.lmax : 0, .largest_momentum = bath.largest_momentum};
}

LatticePhononBathOptions lattice_bath_options(const BathCase& bath, double temperature) {
  return {.temperature = temperature,
          .omega0 = bath.omega0,
          .coupling = bath.coupling,
          .window = time_window_from_name(bath.window),
          .horizon = bath.horizon};
}

}  // namespace nordheim::program
