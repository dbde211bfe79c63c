// SPDX-License-Identifier: GPL-3.0-or-later
#include "momentum/fft.hpp"

#include <nordheim/core/error.hpp>

#include <algorithm>
#include <array>

namespace nordheim::detail {

namespace {

/// Elements that a batch touches, last one included.
std::size_t extent(int rank, int points, int batch, FftLayout layout) {
  std::ptrdiff_t elements = 1;
  for (int j = 0; j < rank; ++j) elements *= points;
  return static_cast<std::size_t>((elements - 1) * layout.stride + (batch - 1) * layout.distance + 1);
}

}  // namespace

std::mutex& planner_mutex() {
  static std::mutex mutex;
  return mutex;
}

void DestroyPlan::operator()(fftw_plan_s* plan) const noexcept {
  const std::scoped_lock lock(planner_mutex());
  fftw_destroy_plan(plan);
}

FftPlan::FftPlan(int rank, int points, int batch, FftLayout layout, FftSign sign)
    : FftPlan(rank, points, batch, layout, layout, sign, true) {}

FftPlan::FftPlan(int rank, int points, int batch, FftLayout in, FftLayout out, FftSign sign)
    : FftPlan(rank, points, batch, in, out, sign, false) {}

FftPlan::FftPlan(int rank, int points, int batch, FftLayout in, FftLayout out, FftSign sign, bool in_place) {
  std::array<int, 3> n{};
  n.fill(points);
  AlignedArray<Complex> source(extent(rank, points, batch, in));
  AlignedArray<Complex> target(in_place ? 0 : extent(rank, points, batch, out));
  auto* from = reinterpret_cast<fftw_complex*>(source.data());
  auto* to = in_place ? from : reinterpret_cast<fftw_complex*>(target.data());
  const std::scoped_lock lock(planner_mutex());
  plan_.reset(fftw_plan_many_dft(rank, n.data(), batch, from, nullptr, static_cast<int>(in.stride),
                                 static_cast<int>(in.distance), to, nullptr, static_cast<int>(out.stride),
                                 static_cast<int>(out.distance), static_cast<int>(sign),
                                 FFTW_ESTIMATE | FFTW_DESTROY_INPUT));
  if (!plan_) throw LibraryError("fftw_plan_many_dft made no plan for " + std::to_string(points) + " points");
}

}  // namespace nordheim::detail
