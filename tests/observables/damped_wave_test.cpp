// SPDX-License-Identifier: GPL-3.0-or-later
// The rate of a damped wave from its values at some times.
#include <nordheim/core/error.hpp>
#include <nordheim/observables/damped_wave.hpp>

#include "support/catch.hpp"

#include <cmath>
#include <complex>
#include <vector>

using namespace nordheim;
using Complex = std::complex<double>;

namespace {

struct Signal {
  std::vector<double> t, re, im;
  void add(double time, Complex value) {
    t.push_back(time);
    re.push_back(value.real());
    im.push_back(value.imag());
  }
};

}  // namespace

TEST_CASE("the rate of a damped wave is found at uneven times") {
  const Complex s{-0.13, 1.7}, A{0.4, -0.3}, B{-0.1, 0.2};
  Signal wave;
  for (int i = 0; i < 40; ++i) {
    const double t = 3.0 + 6.0 * std::pow(i / 39.0, 1.3);
    wave.add(t, A * std::exp(s * t) + B * std::exp(std::conj(s) * t));
  }
  const DampedWave found = fit_damped_wave(wave.t, wave.re, wave.im, {-0.1, 1.55});
  CHECK(std::abs(found.s - s) < 1e-5);  // the simplex ends at a size of 1e-6 of |s|
  CHECK(found.error < 1e-4);            // of halves of the times
  CHECK(found.misfit < 1e-5);
}

TEST_CASE("what only decays is a damped wave without frequency") {
  Signal decay;
  for (int i = 0; i < 20; ++i) decay.add(0.5 * i, Complex(2.0, 1.0) * std::exp(-0.3 * 0.5 * i));
  const DampedWave found = fit_damped_wave(decay.t, decay.re, decay.im, {-0.25, 0.0});
  // Where both exponentials become parallel, frequencies below some 1e-2 are not told from none, and shift the rate by
  // their square.
  CHECK(found.s.imag() < 1e-2);
  CHECK(std::abs(found.s.real() + 0.3) < 1e-4);
}

TEST_CASE("the error of a damped wave tells of other modes") {
  const Complex s{-0.1, 2.0};
  Signal wave;
  for (int i = 0; i < 60; ++i) {
    const double t = 0.2 * i;
    wave.add(t, std::exp(s * t) + 0.2 * std::exp(-1.0 * t));
  }
  const DampedWave found = fit_damped_wave(wave.t, wave.re, wave.im, s);
  CHECK(std::abs(found.s - s) > 1e-4);
  CHECK(found.error > std::abs(found.s - s));
  CHECK(found.misfit > 1e-2);
}

TEST_CASE("a damped wave says what it refuses") {
  std::vector<double> t(8), f(8, 1.0);
  for (std::size_t i = 0; i < t.size(); ++i) t[i] = static_cast<double>(i);
  CHECK_NOTHROW(fit_damped_wave(t, f, f, {-0.1, 1.0}));
  CHECK_THROWS_AS(fit_damped_wave(t, f, ConstState(f).first(7), {-0.1, 1.0}), DimensionMismatch);
  CHECK_THROWS_AS(fit_damped_wave(ConstState(t).first(7), ConstState(f).first(7), ConstState(f).first(7), {0.0, 1.0}),
                  InvalidArgument);
  CHECK_THROWS_AS(fit_damped_wave(t, f, f, {0.0, 0.0}), InvalidArgument);
  const std::vector<double> nothing(8, 0.0);
  CHECK(fit_damped_wave(t, nothing, nothing, {-0.1, 1.0}).misfit == 1.0);
  f[3] = std::nan("");
  CHECK_THROWS_AS(fit_damped_wave(t, f, f, {-0.1, 1.0}), InvalidArgument);
}
