// SPDX-License-Identifier: GPL-3.0-or-later
// One-particle density matrices on a periodic box, for tests of what is made of them.
#pragma once

#include <nordheim/wigner/density_matrix.hpp>
#include <nordheim/wigner/wave_mixture.hpp>

#include <complex>
#include <cstddef>
#include <random>
#include <vector>

namespace nordheim::test {

using Complex = std::complex<double>;

inline std::vector<Complex> random_wave(std::mt19937_64& random, std::size_t n) {
  std::normal_distribution<double> normal;
  std::vector<Complex> wave(n);
  for (Complex& value : wave) {
    const double re = normal(random);
    value = {re, normal(random)};
  }
  return wave;
}

/// Three random waves: white noise, far from every smooth state.
inline WaveMixture random_mixture(std::mt19937_64& random, const LatticeBox& box) {
  return {box,
          {{0.5, random_wave(random, box.size())},
           {0.1, random_wave(random, box.size())},
           {1.4, random_wave(random, box.size())}}};
}

}  // namespace nordheim::test
