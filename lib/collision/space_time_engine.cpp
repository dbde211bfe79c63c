// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/space_time_engine.hpp"

#include <cmath>
#include <limits>

namespace nordheim::detail {

namespace {

// Sizes that were fastest for 16³ … 64³ and 64² … 256²: a block of slabs and the buffers of the columns stay in the
// first two levels of cache.
constexpr std::size_t slab_block_bytes = 16384;
constexpr std::size_t most_slabs = 8;
constexpr std::size_t most_columns = 16;

std::size_t power(std::size_t base, int exponent) {
  std::size_t result = 1;
  for (int j = 0; j < exponent; ++j) result *= base;
  return result;
}

/// Distance of two slabs in complex numbers: whole cache lines (4 numbers), an odd number of them.
std::size_t padded(std::size_t slab) { return slab == 1 ? 1 : (((slab + 3) / 4) | 1) * 4; }

/// Threads that are asked for explicitly are used; by default as many as have enough to do to be worth waking up.
int block_count(std::size_t size, int nodes, int threads) {
  constexpr std::size_t least_work = 32768;  // points times time nodes: about 0.1 ms of transforms
  const std::size_t worthwhile = threads > 0
                                     ? std::numeric_limits<std::size_t>::max()
                                     : std::max<std::size_t>(1, size * static_cast<std::size_t>(nodes) / least_work);
  return static_cast<int>(
      std::min({static_cast<std::size_t>(thread_count(threads)), worthwhile, static_cast<std::size_t>(nodes)}));
}

}  // namespace

BlockedPlan::BlockedPlan(int rank, int points, std::size_t batch, std::size_t block, FftLayout in, FftLayout out,
                         bool in_place, FftSign sign)
    : block_(block) {
  const auto plan = [&](std::size_t count) {
    const int transforms = static_cast<int>(count);
    return in_place ? FftPlan(rank, points, transforms, in, sign) : FftPlan(rank, points, transforms, in, out, sign);
  };
  full_ = plan(block);
  if (batch % block != 0) rest_ = plan(batch % block);
}

SpaceTimeEngine::SpaceTimeEngine(int dimension, int points, ConstState energies, double time_step, int nodes,
                                 int threads)
    : points_(static_cast<std::size_t>(points)),
      size_(power(points_, dimension)),
      slab_(power(points_, dimension - 1)),
      stride_(padded(slab_)),
      slabs_(std::clamp(slab_block_bytes / (stride_ * sizeof(Complex)), std::size_t{1}, std::min(most_slabs, points_))),
      columns_(std::min(most_columns, slab_)),
      nodes_(nodes),
      step_(size_) {
  step_.set(energies, time_step);

  const FftLayout slab{1, static_cast<std::ptrdiff_t>(stride_)};
  if (slab_ > 1) {
    slab_backward_ = BlockedPlan(dimension - 1, points, points_, slabs_, slab, slab, true, FftSign::backward);
    slab_forward_ = BlockedPlan(dimension - 1, points, points_, slabs_, slab, slab, true, FftSign::forward);
  }
  const FftLayout in_field{static_cast<std::ptrdiff_t>(stride_), 1};
  const FftLayout in_buffer{1, points};
  column_backward_ = BlockedPlan(1, points, slab_, columns_, in_field, in_buffer, false, FftSign::backward);
  column_forward_ = BlockedPlan(1, points, slab_, columns_, in_buffer, in_field, false, FftSign::forward);

  const int count = block_count(size_, nodes, threads);
  blocks_.resize(static_cast<std::size_t>(count));
  for (int b = 0; b < count; ++b) {
    TimeBlock& block = blocks_[static_cast<std::size_t>(b)];
    block.first = nodes * b / count;
    block.last = nodes * (b + 1) / count;
    block.start_phase = Phases(size_);
    block.phase = Phases(size_);
    block.start_phase.set(energies, block.first * time_step);
  }
}

void SpaceTimeEngine::reserve(std::size_t inputs, std::size_t outputs) {
  for (TimeBlock& block : blocks_) {
    while (block.fields.size() < inputs) {
      block.fields.emplace_back(points_ * stride_);
      block.columns.emplace_back(points_ * columns_);
    }
    while (block.sums.size() < outputs) block.sums.emplace_back(size_);
  }
}

std::size_t SpaceTimeEngine::memory(int dimension, int points, int nodes, int threads, int fields) {
  const auto M = static_cast<std::size_t>(points);
  const std::size_t size = power(M, dimension);
  const std::size_t field = M * padded(power(M, dimension - 1)) * sizeof(Complex);
  const auto count = static_cast<std::size_t>(block_count(size, nodes, threads));
  const std::size_t tables = size * sizeof(Complex);
  return tables + count * (2 * tables + static_cast<std::size_t>(fields) * field + 2 * size * sizeof(double));
}

void SpaceTimeEngine::start(TimeBlock& block, std::size_t outputs) const {
  std::copy_n(block.start_phase.re.data(), size_, block.phase.re.data());
  std::copy_n(block.start_phase.im.data(), size_, block.phase.im.data());
  for (std::size_t j = 0; j < outputs; ++j) std::fill_n(block.sums[j].data(), size_, 0.0);
}

void SpaceTimeEngine::group_columns(std::size_t count) {
  group_ = std::min(count, slab_);
  const FftLayout in_field{static_cast<std::ptrdiff_t>(stride_), 1};
  const auto points = static_cast<int>(points_);
  const FftLayout in_group{1, points};
  group_backward_ = BlockedPlan(1, points, slab_, group_, in_field, in_group, false, FftSign::backward);
  group_forward_ = BlockedPlan(1, points, slab_, group_, in_group, in_field, false, FftSign::forward);
}

void SpaceTimeEngine::Phases::set(ConstState energies, double t) noexcept {
  for (std::size_t a = 0; a < energies.size(); ++a) {
    re[a] = std::cos(energies[a] * t);
    im[a] = -std::sin(energies[a] * t);
  }
}

// The three loops run over real numbers: the products of std::complex must look for NaN, which keeps the compiler from
// vector instructions.

void SpaceTimeEngine::advance(const Phases& step, std::size_t a, std::size_t n, Phases& phase) noexcept {
  const double* const step_re = step.re.data() + a;
  const double* const step_im = step.im.data() + a;
  double* const re = phase.re.data() + a;
  double* const im = phase.im.data() + a;
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) {
    const double next = re[i] * step_re[i] - im[i] * step_im[i];
    im[i] = re[i] * step_im[i] + im[i] * step_re[i];
    re[i] = next;
  }
}

}  // namespace nordheim::detail
