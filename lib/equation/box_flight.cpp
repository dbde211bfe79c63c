// SPDX-License-Identifier: GPL-3.0-or-later
#include "equation/box_flight.hpp"

#include "equation/box_axes.hpp"

#include <utility>

namespace nordheim::detail {

BoxFlight::BoxFlight(PeriodicBox box, ConstState velocities, int dimension, std::vector<int> axes, int threads,
                     Ranks ranks)
    : box_(std::move(box)),
      axes_(checked_axes(box_, dimension, std::move(axes))),
      dimension_(static_cast<std::size_t>(dimension)),
      transpose_(std::move(ranks), box_.size(), momenta_of(velocities, dimension)),
      transform_(box_) {
  arrange(velocities, velocities_);
  for (std::size_t mode = 0; mode < box_.modes(); ++mode) {
    const Vector3 q = box_.wavevector(mode);
    wavevectors_.insert(wavevectors_.end(), q.begin(), q.begin() + static_cast<std::ptrdiff_t>(axes_.size()));
  }
  const int used = thread_count(threads, blocks());
  for (int t = 0; t < used; ++t) buffers_.push_back(transform_.buffer());
}

void BoxFlight::arrange(ConstState vectors, std::vector<double>& result) const {
  result.assign(axes_.size() * blocks() * lanes, 0.0);
  const ConstState ours = slabs_of_momenta().part(vectors);
  for (std::size_t j = 0; j < axes_.size(); ++j) {
    for (std::size_t a = 0; a < momenta(); ++a) {
      result[j * blocks() * lanes + a] = ours[a * dimension_ + static_cast<std::size_t>(axes_[j])];
    }
  }
}

}  // namespace nordheim::detail
