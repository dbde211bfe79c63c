// SPDX-License-Identifier: GPL-3.0-or-later
// A right-hand side allocates nothing. This program counts every use of operator new and, where it can, of malloc.
#include <nordheim/collision/four_phonon.hpp>
#include <nordheim/collision/lattice_phonon_bath.hpp>
#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/collision/phonon_bath.hpp>
#include <nordheim/collision/spherical_two_body.hpp>
#include <nordheim/collision/three_phonon.hpp>

#include "support/catch.hpp"
#include "support/continuum_states.hpp"
#include "support/lattice_states.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<long> allocations{0};
}

// All forms: a sanitizer brings its own of those that are not replaced, and must not find the memory of one given back
// by the other. Those for arrays call these.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}
void* operator new(std::size_t size) {
  if (void* memory = operator new(size, std::nothrow)) return memory;
  throw std::bad_alloc();
}
void* operator new[](std::size_t size) { return operator new(size); }
void* operator new[](std::size_t size, const std::nothrow_t& tag) noexcept { return operator new(size, tag); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { std::free(memory); }

// Arrays of Eigen and of C libraries come from malloc itself. A sanitizer has its own.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define NORDHEIM_TEST_SANITIZED
#endif
#endif
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(NORDHEIM_TEST_SANITIZED)
// NOLINTNEXTLINE(bugprone-reserved-identifier): the name that glibc gave it
extern "C" void* __libc_malloc(std::size_t size) noexcept;
extern "C" void* malloc(std::size_t size) noexcept {
  ++allocations;
  return __libc_malloc(size);
}
#endif

using namespace nordheim;
using namespace nordheim::test;

namespace {

/// Allocations of apply() from its first call on, and of all else that a time integrator calls from the second on. On
/// one thread: to start others is OpenMP's business.
template <class Operator>
long allocations_of(Operator& op, std::vector<double> W) {
  const std::vector<double> dW(W.size(), 0.1);
  std::vector<double> C(W.size());
  const auto allocations_while = [&](const auto& called) {
    const long before = allocations;
    W[1] += 1e-6;
    called();
    return allocations - before;
  };
  long count = allocations_while([&] { op.apply(W, C); });
  op.apply_linearised(W, dW, C);
  for (int repetition = 0; repetition < 3; ++repetition) {
    count += allocations_while([&] {
      op.apply(W, C);
      op.apply_linearised(W, dW, C);
      op.loss_rate(W, C);
    });
  }
  return count;
}

/// The first use of OpenMP in a program allocates, whoever makes it.
void start_openmp() {
  const LatticeGrid grid(8, Dispersion::optical(1, 1.0));
  FourPhonon op(grid, Statistics::boson, {});
  std::vector<double> C(grid.size());
  op.set_reference(op.reference_for(skew_state(grid)));
  op.apply(skew_state(grid), C);
}

}  // namespace

TEST_CASE("evaluating the collision term allocates nothing") {
  for (const EnergyConstraint energy : {EnergyConstraint::projection, EnergyConstraint::reference_temperature}) {
    for (const int points : {12, 16}) {
      const LatticeGrid grid(12, Dispersion::nearest_neighbour(2));
      LatticeTwoBodyOptions options;
      options.energy = energy;
      options.engine_points = points;
      options.threads = 2;
      LatticeTwoBody op(grid, Statistics::boson, options);
      std::vector<double> W = skew_state(grid), dW(grid.size(), 0.1), C(grid.size());
      op.set_reference(equilibrium_of(Statistics::boson, moments_of(W, grid.energies(), grid.weights()),
                                      grid.energies(), grid.weights()));
      op.apply(W, C);
      op.apply_linearised(W, dW, C);
      const long before = allocations;
      for (int repetition = 0; repetition < 3; ++repetition) {
        W[0] += 1e-6;
        op.apply(W, C);
        op.apply_linearised(W, dW, C);
        op.loss_rate(W, C);
      }
      const long during = allocations - before;
      CAPTURE(static_cast<int>(energy), points);
      CHECK(during == 0);
    }
  }
}

TEST_CASE("evaluating the collision term in the continuum allocates nothing") {
  for (const bool potential : {false, true}) {
    SphericalTwoBodyOptions options;
    options.threads = 2;
    if (potential) options.potential = [](double q) { return std::exp(-q * q); };
    for (const MomentumSymmetry symmetry : {MomentumSymmetry::none, MomentumSymmetry::axial}) {
      const int degree = symmetry == MomentumSymmetry::none ? (potential ? 4 : 16) : 24;
      ContinuumGas gas([](const Vector3& k) { return 0.5 * std::exp(-free_energy(k)); }, Statistics::boson, degree,
                       symmetry, options);
      std::vector<double> dW(gas.W.size(), 0.1), C(gas.W.size());
      gas.op.apply(gas.W, C);
      gas.op.apply_linearised(gas.W, dW, C);
      const long before = allocations;
      for (int repetition = 0; repetition < 3; ++repetition) {
        gas.W[0] += 1e-6;
        gas.op.apply(gas.W, C);
        gas.op.apply_linearised(gas.W, dW, C);
        gas.op.loss_rate(gas.W, C);
      }
      const long during = allocations - before;
      CAPTURE(potential, static_cast<int>(symmetry));
      CHECK(during == 0);
    }
  }
}

TEST_CASE("evaluating the collision terms of phonons allocates nothing") {
  start_openmp();
  for (const EnergyConstraint energy : {EnergyConstraint::projection, EnergyConstraint::reference_temperature}) {
    CAPTURE(static_cast<int>(energy));
    for (const Statistics statistics : {Statistics::boson, Statistics::classical_wave}) {
      for (const bool decays : {false, true}) {
        const LatticeGrid grid(8, decays ? Dispersion::bending(2, 0.4) : Dispersion::optical(2, 1.0));
        FourPhononOptions options;
        options.window = TimeWindow::bohman;  // a reference temperature is certain to be found
        options.energy = energy;
        options.threads = 1;
        FourPhonon op(grid, statistics, options);
        REQUIRE(op.decays() == decays);
        op.set_reference(op.reference_for(skew_state(grid)));
        CAPTURE(static_cast<int>(statistics), decays);
        CHECK(allocations_of(op, skew_state(grid)) == 0);
      }
    }
    for (const int dimension : {1, 2, 3}) {
      const LatticeGrid grid(dimension == 3 ? 16 : 8, Dispersion::bending(dimension, 0.4));
      ThreePhononOptions options;
      options.window = TimeWindow::bohman;
      options.bonds = {{{1, 0, 0}, 0.5}};
      if (dimension > 1) options.bonds.push_back({{1, 1, 0}, 0.3});
      options.energy = energy;
      options.threads = 1;
      ThreePhonon op(grid, options);
      op.set_reference(op.reference_for(skew_state(grid)));
      CAPTURE(dimension);
      CHECK(allocations_of(op, skew_state(grid)) == 0);
    }
  }
}

TEST_CASE("evaluating the collision term of an electron in a phonon bath allocates nothing") {
  start_openmp();
  for (const Phonons& phonons : {Phonons(AcousticPhonons{}), Phonons(OpticalPhonons{})}) {
    const RadialGrid grid = phonon_bath_grid(phonons, 1.0, {.order = 6, .lmax = 2});
    PhononBath op(grid, 1.0, phonons);
    CAPTURE(phonons.index());
    CHECK(allocations_of(op, std::vector<double>(grid.size(), 0.3)) == 0);
  }
  LatticePhononBath op(LatticeGrid(8, Dispersion::nearest_neighbour(2)), {});
  CHECK(allocations_of(op, skew_state(op.space())) == 0);
}
