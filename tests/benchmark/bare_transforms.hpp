// SPDX-License-Identifier: GPL-3.0-or-later
// The transforms that a collision term on a lattice cannot do without, alone.
#pragma once

#include <fftw3.h>

#include <chrono>
#include <cstddef>
#include <vector>

namespace nordheim::benchmarks {

using Clock = std::chrono::steady_clock;

inline double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// The four transforms of one time node, on two arrays, in place.
class BareTransforms {
 public:
  BareTransforms(int dimension, int points) : sizes_(static_cast<std::size_t>(dimension), points) {
    std::size_t n = 1;
    for (const int size : sizes_) n *= static_cast<std::size_t>(size);
    size_ = n;
    for (fftw_complex*& field : fields_) field = fftw_alloc_complex(n);
    for (std::size_t f = 0; f < 2; ++f) {
      backward_[f] = plan(f, FFTW_BACKWARD);
      forward_[f] = plan(f, FFTW_FORWARD);
    }
    reset();
  }
  BareTransforms(const BareTransforms&) = delete;
  BareTransforms& operator=(const BareTransforms&) = delete;
  ~BareTransforms() {
    for (std::size_t f = 0; f < 2; ++f) {
      fftw_destroy_plan(backward_[f]);
      fftw_destroy_plan(forward_[f]);
      fftw_free(fields_[f]);
    }
  }
  /// Moderate numbers: unnormalised transforms grow, and infinities would be slower or faster than numbers.
  void reset() {
    for (fftw_complex* field : fields_) {
      for (std::size_t a = 0; a < size_; ++a) {
        field[a][0] = 1e-3 * static_cast<double>(a % 17);
        field[a][1] = 1e-3 * static_cast<double>(a % 13);
      }
    }
  }
  void run() {
    for (fftw_plan p : backward_) fftw_execute(p);
    for (fftw_plan p : forward_) fftw_execute(p);
  }

 private:
  fftw_plan plan(std::size_t field, int sign) {
    return fftw_plan_dft(static_cast<int>(sizes_.size()), sizes_.data(), fields_[field], fields_[field], sign,
                         FFTW_MEASURE);
  }
  std::vector<int> sizes_;
  std::size_t size_ = 0;
  fftw_complex* fields_[2]{};
  fftw_plan backward_[2]{}, forward_[2]{};
};

}  // namespace nordheim::benchmarks
