// SPDX-License-Identifier: GPL-3.0-or-later
#include "momentum/grid_transfer.hpp"

#include <algorithm>

namespace nordheim::detail {

namespace {

std::size_t nodes(int dimension, int points) {
  std::size_t n = 1;
  for (int j = 0; j < dimension; ++j) n *= static_cast<std::size_t>(points);
  return n;
}

}  // namespace

GridTransfer::GridTransfer(int dimension, int coarse_points, int fine_points)
    : dimension_(dimension),
      coarse_points_(static_cast<std::size_t>(coarse_points)),
      fine_points_(static_cast<std::size_t>(fine_points)),
      coarse_(nodes(dimension, coarse_points)),
      fine_(nodes(dimension, fine_points)),
      coarse_forward_(dimension, coarse_points, 1, {}, FftSign::forward),
      coarse_backward_(dimension, coarse_points, 1, {}, FftSign::backward),
      fine_forward_(dimension, fine_points, 1, {}, FftSign::forward),
      fine_backward_(dimension, fine_points, 1, {}, FftSign::backward) {
  const std::size_t N = coarse_points_, M = fine_points_;
  for (std::size_t i = 0; i < N; ++i) {
    if (2 * i < N) {
      axis_.push_back({i, i, 1.0});
    } else if (2 * i == N) {
      axis_.push_back({i, i, 0.5});
      axis_.push_back({i, M - i, 0.5});
    } else {
      axis_.push_back({i, M - (N - i), 1.0});
    }
  }
}

template <class Action>
void GridTransfer::for_each_mode(Action action) const {
  const Mode none{0, 0, 1.0};
  const auto modes = axis_.size();
  for (std::size_t i = 0; i < (dimension_ > 2 ? modes : 1); ++i) {
    const Mode& x = dimension_ > 2 ? axis_[i] : none;
    for (std::size_t j = 0; j < (dimension_ > 1 ? modes : 1); ++j) {
      const Mode& y = dimension_ > 1 ? axis_[j] : none;
      const std::size_t coarse_row = (x.coarse * coarse_points_ + y.coarse) * coarse_points_;
      const std::size_t fine_row = (x.fine * fine_points_ + y.fine) * fine_points_;
      for (const Mode& z : axis_) action(coarse_row + z.coarse, fine_row + z.fine, x.factor * y.factor * z.factor);
    }
  }
}

void GridTransfer::prolong(ConstState coarse, State fine) {
  const double scale = 1.0 / static_cast<double>(coarse_.size());
  for (std::size_t a = 0; a < coarse_.size(); ++a) coarse_[a] = scale * coarse[a];
  coarse_forward_.execute(coarse_.data());
  std::fill_n(fine_.data(), fine_.size(), Complex{});
  for_each_mode([&](std::size_t c, std::size_t f, double factor) { fine_[f] += factor * coarse_[c]; });
  fine_backward_.execute(fine_.data());
  for (std::size_t a = 0; a < fine_.size(); ++a) fine[a] = fine_[a].real();
}

void GridTransfer::restrict(ConstState fine, State coarse) {
  const double scale = 1.0 / static_cast<double>(fine_.size());
  for (std::size_t a = 0; a < fine_.size(); ++a) fine_[a] = scale * fine[a];
  fine_forward_.execute(fine_.data());
  std::fill_n(coarse_.data(), coarse_.size(), Complex{});
  for_each_mode([&](std::size_t c, std::size_t f, double factor) { coarse_[c] += factor * fine_[f]; });
  coarse_backward_.execute(coarse_.data());
  for (std::size_t a = 0; a < coarse_.size(); ++a) coarse[a] = coarse_[a].real();
}

}  // namespace nordheim::detail
