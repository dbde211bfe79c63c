// SPDX-License-Identifier: GPL-3.0-or-later
#include "equation/box_flight.hpp"

#include <nordheim/core/error.hpp>

#include <numeric>
#include <string>
#include <utility>

namespace nordheim::detail {

namespace {

std::vector<int> checked_axes(const PeriodicBox& box, int dimension, std::vector<int> axes) {
  const auto d = static_cast<std::size_t>(box.dimension());
  if (axes.empty()) {
    axes.resize(d);
    std::iota(axes.begin(), axes.end(), 0);
  }
  if (axes.size() != d) {
    throw InvalidArgument("a box of " + std::to_string(d) + " axes is given " + std::to_string(axes.size()) +
                          " components of the velocity; one for each is needed");
  }
  for (std::size_t i = 0; i < d; ++i) {
    if (axes[i] < 0 || axes[i] >= dimension) {
      throw InvalidArgument("axis " + std::to_string(i + 1) + " of the box has component " + std::to_string(axes[i]) +
                            " of the velocity; allowed are 0 to " + std::to_string(dimension - 1));
    }
    if (std::find(axes.begin(), axes.begin() + static_cast<std::ptrdiff_t>(i), axes[i]) !=
        axes.begin() + static_cast<std::ptrdiff_t>(i)) {
      throw InvalidArgument("two axes of the box have component " + std::to_string(axes[i]) +
                            " of the velocity; each needs one of its own");
    }
  }
  return axes;
}

}  // namespace

BoxFlight::BoxFlight(PeriodicBox box, ConstState velocities, int dimension, std::vector<int> axes, int threads)
    : box_(std::move(box)),
      axes_(checked_axes(box_, dimension, std::move(axes))),
      momenta_(velocities.size() / static_cast<std::size_t>(dimension)),
      transform_(box_) {
  const auto d = static_cast<std::size_t>(dimension);
  if (momenta_ == 0 || velocities.size() != momenta_ * d) {
    throw DimensionMismatch("the velocities", velocities.size(), std::max<std::size_t>(momenta_, 1) * d);
  }
  velocities_.assign(axes_.size() * blocks() * lanes, 0.0);
  for (std::size_t j = 0; j < axes_.size(); ++j) {
    for (std::size_t a = 0; a < momenta_; ++a) {
      velocities_[j * blocks() * lanes + a] = velocities[a * d + static_cast<std::size_t>(axes_[j])];
    }
  }
  for (std::size_t mode = 0; mode < box_.modes(); ++mode) {
    const Vector3 q = box_.wavevector(mode);
    wavevectors_.insert(wavevectors_.end(), q.begin(), q.begin() + static_cast<std::ptrdiff_t>(axes_.size()));
  }
  const int used = thread_count(threads, blocks());
  for (int t = 0; t < used; ++t) buffers_.push_back(transform_.buffer());
}

void BoxFlight::require_state(ConstState W, const char* what) const {
  if (W.size() != box_.size() * momenta_) throw DimensionMismatch(what, W.size(), box_.size() * momenta_);
}

}  // namespace nordheim::detail
