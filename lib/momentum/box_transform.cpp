// SPDX-License-Identifier: GPL-3.0-or-later
#include "momentum/box_transform.hpp"

#include <nordheim/core/error.hpp>

#include <algorithm>
#include <complex>

namespace nordheim::detail {

namespace {

constexpr unsigned flags = FFTW_ESTIMATE | FFTW_DESTROY_INPUT;  // the same plan, hence the same bits, in every run

}  // namespace

BoxTransform::BoxTransform(const PeriodicBox& box) : nodes_(box.size()), modes_(box.modes()) {
  constexpr double limit = 2.0 / 3.0;
  for (std::size_t mode = 0; mode < modes_; ++mode) {
    multiplicities_.push_back(box.multiplicity(mode));
    is_fine_.push_back(box.fineness(mode) > limit);
  }
  Buffer work = buffer();
  auto* const modes = reinterpret_cast<fftw_complex*>(work.modes.data());
  const int rank = box.dimension(), together = static_cast<int>(lanes);
  const std::scoped_lock lock(planner_mutex());
  forward_.reset(fftw_plan_many_dft_r2c(rank, box.points().data(), together, work.values.data(), nullptr, together, 1,
                                        modes, nullptr, together, 1, flags));
  backward_.reset(fftw_plan_many_dft_c2r(rank, box.points().data(), together, modes, nullptr, together, 1,
                                         work.values.data(), nullptr, together, 1, flags));
  if (!forward_ || !backward_) throw LibraryError("FFTW made no plan for the transform in space");
}

BoxTransform::Buffer BoxTransform::buffer() const {
  return {AlignedArray<double>(nodes_ * lanes), AlignedArray<Complex>(modes_ * lanes)};
}

void BoxTransform::gather(const double* state, std::size_t n_k, std::size_t first, std::size_t count,
                          Buffer& buffer) const {
  const double scale = 1.0 / static_cast<double>(nodes_);
  for (std::size_t r = 0; r < nodes_; ++r) {
    const double* const row = state + r * n_k + first;
    double* const values = buffer.values.data() + r * lanes;
    for (std::size_t a = 0; a < count; ++a) values[a] = scale * row[a];
    std::fill(values + count, values + lanes, 0.0);
  }
}

void BoxTransform::gather_rows(const double* rows, std::size_t count, Buffer& buffer) const {
  const double scale = 1.0 / static_cast<double>(nodes_);
  std::fill(buffer.values.data(), buffer.values.data() + buffer.values.size(), 0.0);
  for (std::size_t a = 0; a < count; ++a) {
    const double* const row = rows + a * nodes_;
    for (std::size_t r = 0; r < nodes_; ++r) buffer.values[r * lanes + a] = scale * row[r];
  }
}

void BoxTransform::to_modes(Buffer& buffer) const {
  fftw_execute_dft_r2c(forward_.get(), buffer.values.data(), reinterpret_cast<fftw_complex*>(buffer.modes.data()));
}

BoxTransform::Shares BoxTransform::shares(const Buffer& buffer, std::size_t count) const {
  Shares result;
  for (std::size_t mode = 0; mode < modes_; ++mode) {
    const Complex* const row = buffer.modes.data() + mode * lanes;
    double sum = 0.0;
    for (std::size_t a = 0; a < count; ++a) sum += std::abs(row[a]);
    sum *= multiplicities_[mode];
    result.all += sum;
    if (is_fine_[mode]) result.fine += sum;
  }
  return result;
}

BoxTransform::Shares BoxTransform::sum_of(std::span<const Shares> parts) {
  Shares sum;
  for (const Shares& part : parts) {
    sum.fine += part.fine;
    sum.all += part.all;
  }
  return sum;
}

void BoxTransform::to_space(Buffer& buffer) const {
  fftw_execute_dft_c2r(backward_.get(), reinterpret_cast<fftw_complex*>(buffer.modes.data()), buffer.values.data());
}

}  // namespace nordheim::detail
