// SPDX-License-Identifier: GPL-3.0-or-later
// FFTW behind owners: aligned memory, and plans made and destroyed under one mutex because FFTW's planner is not
// thread-safe. Executing a plan is, on any arrays of the same alignment.
#pragma once

#include <fftw3.h>

#include <complex>
#include <cstddef>
#include <memory>
#include <mutex>
#include <span>

namespace nordheim::detail {

/// Memory aligned for FFTW's vector instructions, zeroed; T is trivial.
template <class T>
class AlignedArray {
 public:
  AlignedArray() = default;
  explicit AlignedArray(std::size_t size) : size_(size) {
    const std::size_t bytes = size * sizeof(T);
    void* memory = fftw_malloc(bytes == 0 ? sizeof(T) : bytes);
    if (memory == nullptr) throw std::bad_alloc();
    data_.reset(static_cast<T*>(memory));
    for (std::size_t i = 0; i < size; ++i) data_.get()[i] = T{};
  }
  [[nodiscard]] T* data() noexcept { return data_.get(); }
  [[nodiscard]] const T* data() const noexcept { return data_.get(); }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] T& operator[](std::size_t i) noexcept { return data_.get()[i]; }
  [[nodiscard]] const T& operator[](std::size_t i) const noexcept { return data_.get()[i]; }
  [[nodiscard]] std::span<T> span() noexcept { return {data(), size_}; }

 private:
  struct Free {
    void operator()(T* p) const noexcept { fftw_free(p); }
  };
  std::unique_ptr<T, Free> data_;
  std::size_t size_ = 0;
};

using Complex = std::complex<double>;

/// FFTW's planner is not thread-safe: plans are made with this locked.
[[nodiscard]] std::mutex& planner_mutex();

struct DestroyPlan {
  void operator()(fftw_plan_s* plan) const noexcept;
};
/// Owner of a plan.
using PlanHandle = std::unique_ptr<fftw_plan_s, DestroyPlan>;

enum class FftSign : int { forward = FFTW_FORWARD, backward = FFTW_BACKWARD };

/// @brief Where the elements of a batch of equal transforms lie: element (j) of transform (m) at j·stride + m·distance.
struct FftLayout {
  std::ptrdiff_t stride = 1;
  std::ptrdiff_t distance = 0;
};

/// @brief A batch of complex transforms of `rank` axes with N points each, unnormalised.
///
/// Planned with FFTW_ESTIMATE: the plan, and so every bit of the result, is the same in every run.
class FftPlan {
 public:
  FftPlan() = default;
  /// In place.
  FftPlan(int rank, int points, int batch, FftLayout layout, FftSign sign);
  /// From one layout to another array of another layout; the input is destroyed.
  FftPlan(int rank, int points, int batch, FftLayout in, FftLayout out, FftSign sign);

  /// Arrays as planned: distinct or the same, aligned as fftw_malloc aligns.
  void execute(Complex* in, Complex* out) const {
    fftw_execute_dft(plan_.get(), reinterpret_cast<fftw_complex*>(in), reinterpret_cast<fftw_complex*>(out));
  }
  void execute(Complex* data) const { execute(data, data); }
  explicit operator bool() const noexcept { return plan_ != nullptr; }

 private:
  FftPlan(int rank, int points, int batch, FftLayout in, FftLayout out, FftSign sign, bool in_place);
  PlanHandle plan_;
};

}  // namespace nordheim::detail
