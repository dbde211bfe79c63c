// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/equation/bounded_streaming.hpp>

#include "core/threads.hpp"
#include "equation/box_axes.hpp"
#include "equation/slab_transpose.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

namespace nordheim {

namespace {

/// Momenta that are moved together, side by side in memory.
constexpr std::size_t lanes = 16;
using Row = std::array<double, lanes>;

/// A displacement in units of cells: whole cells and the rest, in [0, 1).
struct Displacement {
  std::array<std::size_t, lanes> whole{};  // modulo the number of cells
  Row rest{};
  std::array<long, lanes> cells{};  // not modulo
};

/// What leaves a cell through its upper face when its content moves up by α of it. Differences to the neighbours are
/// limited to what keeps the parabola between the bounds: twice the distance from one of them on either side.
void find_leaving(const Row& below, const Row& here, const Row& above, const Row& rest, double largest, Row& leaving) {
  for (std::size_t a = 0; a < lanes; ++a) {
    const double f = here[a], alpha = rest[a];
    const double room_below = 2.0 * std::max(f, 0.0), room_above = 2.0 * std::max(largest - f, 0.0);
    const double up = std::max(std::min(above[a] - f, room_below), -room_above);
    const double down = std::max(std::min(f - below[a], room_above), -room_below);
    leaving[a] = alpha * (f + (1.0 - alpha) / 6.0 * ((2.0 - alpha) * up + (1.0 + alpha) * down));
  }
}

}  // namespace

struct BoundedStreaming::Impl {
  Impl(PeriodicBox box_in, ConstState velocities, int dimension, double largest_in, std::vector<int> axes_in,
       int threads, Ranks ranks)
      : box(std::move(box_in)),
        axes(detail::checked_axes(box, dimension, std::move(axes_in))),
        transpose(std::move(ranks), box.size(), detail::momenta_of(velocities, dimension)),
        momenta(transpose.momenta().count()),
        largest(largest_in) {
    if (!(largest > 0.0)) {
      throw InvalidArgument("the largest occupation is " + std::to_string(largest) + "; it must be positive");
    }
    const auto d = static_cast<std::size_t>(dimension);
    const ConstState ours = transpose.momenta().part(velocities);
    for (const int component : axes) {
      std::vector<double>& v = velocity.emplace_back(blocks() * lanes, 0.0);
      for (std::size_t a = 0; a < momenta; ++a) v[a] = ours[a * d + static_cast<std::size_t>(component)];
    }
    const int most = *std::max_element(box.points().begin(), box.points().end());
    const int used = detail::thread_count(threads, blocks());
    for (int t = 0; t < used; ++t) lines.emplace_back(static_cast<std::size_t>(most));
  }

  /// The cells of one line, after whole displacements, and what leaves them.
  struct Line {
    explicit Line(std::size_t points) : moved(points), leaving(points) {}
    std::vector<Row> moved, leaving;
  };

  PeriodicBox box;
  std::vector<int> axes;
  mutable detail::SlabTranspose transpose;
  std::size_t momenta;  // of this rank
  double largest;
  std::vector<std::vector<double>> velocity;  // of each axis, shape (blocks · lanes)
  mutable std::vector<Line> lines;            // of the threads

  [[nodiscard]] std::size_t blocks() const { return (momenta + lanes - 1) / lanes; }
  void require_state(ConstState W, const char* what) const { transpose.require_size(W, what); }
  [[nodiscard]] Displacement displacement(std::size_t axis, std::size_t block, double t) const {
    const int points = box.points()[axis];
    const double cells = t * points / box.lengths()[axis];
    Displacement result;
    for (std::size_t a = 0; a < lanes; ++a) {
      const double s = cells * velocity[axis][block * lanes + a], whole = std::floor(s);
      result.cells[a] = static_cast<long>(whole);
      const long place = result.cells[a] % points;
      result.whole[a] = static_cast<std::size_t>(place < 0 ? place + points : place);
      result.rest[a] = s - whole;
    }
    return result;
  }
  void move(std::size_t axis, double t, State W, State crossed) const;
  void move_line(const Displacement& by, std::size_t points, std::size_t stride, double* W, double* crossed,
                 std::size_t count, Line& line) const;
  void find_crossed(const Displacement& by, std::size_t points, std::size_t stride, const double* W, double* crossed,
                    std::size_t count, const Line& line) const;
};

/// The lines along the axis begin at the nodes whose index there is zero.
void BoundedStreaming::Impl::move(std::size_t axis, double t, State W, State crossed) const {
  const auto points = static_cast<std::size_t>(box.points()[axis]);
  std::size_t after = 1;  // nodes of the faster axes
  for (std::size_t j = axis + 1; j < axes.size(); ++j) after *= static_cast<std::size_t>(box.points()[j]);
  const std::size_t before = box.size() / (after * points), stride = after * momenta;
  const auto count = static_cast<std::ptrdiff_t>(blocks());
  const int threads = static_cast<int>(lines.size());
#pragma omp parallel for schedule(static) num_threads(threads) if (threads > 1)
  for (std::ptrdiff_t b = 0; b < count; ++b) {
    const auto block = static_cast<std::size_t>(b);
    const std::size_t first = block * lanes, together = std::min(lanes, momenta - first);
    const Displacement by = displacement(axis, block, t);
    Line& line = lines[detail::thread_number()];
    for (std::size_t i = 0; i < before; ++i) {
      for (std::size_t j = 0; j < after; ++j) {
        const std::size_t start = (i * points * after + j) * momenta + first;
        move_line(by, points, stride, W.data() + start, crossed.empty() ? nullptr : crossed.data() + start, together,
                  line);
      }
    }
  }
}

void BoundedStreaming::Impl::move_line(const Displacement& by, std::size_t points, std::size_t stride, double* W,
                                       double* crossed, std::size_t count, Line& line) const {
  for (std::size_t i = 0; i < points; ++i) {
    for (std::size_t a = 0; a < count; ++a) {
      const std::size_t to = i + by.whole[a];
      line.moved[to < points ? to : to - points][a] = W[i * stride + a];
    }
  }
  for (std::size_t i = 0; i < points; ++i) {
    const Row& below = line.moved[i == 0 ? points - 1 : i - 1];
    const Row& above = line.moved[i + 1 == points ? 0 : i + 1];
    find_leaving(below, line.moved[i], above, by.rest, largest, line.leaving[i]);
  }
  if (crossed != nullptr) find_crossed(by, points, stride, W, crossed, count, line);
  for (std::size_t i = 0; i < points; ++i) {
    const Row& entering = line.leaving[i == 0 ? points - 1 : i - 1];
    for (std::size_t a = 0; a < count; ++a) {
      W[i * stride + a] = (line.moved[i][a] - line.leaving[i][a]) + entering[a];
    }
  }
}

/// Through the upper face of cell i go the cells i, i − 1, … that move beyond it as a whole, and a part of the next.
void BoundedStreaming::Impl::find_crossed(const Displacement& by, std::size_t points, std::size_t stride,
                                          const double* W, double* crossed, std::size_t count, const Line& line) const {
  const auto n = static_cast<long>(points);
  for (std::size_t a = 0; a < count; ++a) {
    const auto value = [&](long cell) { return W[static_cast<std::size_t>(((cell % n) + n) % n) * stride + a]; };
    for (std::size_t i = 0; i < points; ++i) {
      const auto here = static_cast<long>(i);
      double sum = line.leaving[i][a];
      for (long m = here - by.cells[a] + 1; m <= here; ++m) sum += value(m);
      for (long m = here + 1; m <= here - by.cells[a]; ++m) sum -= value(m);
      crossed[i * stride + a] = sum;
    }
  }
}

BoundedStreaming::BoundedStreaming(PeriodicBox box, ConstState velocities, int dimension, double largest,
                                   std::vector<int> axes, int threads, Ranks ranks)
    : impl_(std::make_unique<Impl>(std::move(box), velocities, dimension, largest, std::move(axes), threads,
                                   std::move(ranks))) {}
BoundedStreaming::BoundedStreaming(BoundedStreaming&&) noexcept = default;
BoundedStreaming& BoundedStreaming::operator=(BoundedStreaming&&) noexcept = default;
BoundedStreaming::~BoundedStreaming() = default;

const PeriodicBox& BoundedStreaming::box() const noexcept { return impl_->box; }

void BoundedStreaming::flow(double t, State W) const {
  impl_->require_state(W, "the state W");
  impl_->transpose.turn(W);
  const State turned = impl_->transpose.turned(W);
  for (std::size_t axis = 0; axis < impl_->axes.size(); ++axis) impl_->move(axis, t, turned, {});
  impl_->transpose.turn_back(W);
}

void BoundedStreaming::flow_along(int axis, double t, State W, State crossed) const {
  impl_->require_state(W, "the state W");
  impl_->require_state(crossed, "what crosses the faces");
  if (axis < 0 || axis >= impl_->box.dimension()) {
    throw InvalidArgument("axis " + std::to_string(axis) + " of a box with axes 0 to " +
                          std::to_string(impl_->box.dimension() - 1));
  }
  detail::SlabTranspose& transpose = impl_->transpose;
  if (transpose.ranks().size() == 1) {
    impl_->move(static_cast<std::size_t>(axis), t, W, crossed);
    return;
  }
  transpose.turn(W);
  const State turned = transpose.turned(W);
  std::vector<double> turned_crossed(turned.size());
  impl_->move(static_cast<std::size_t>(axis), t, turned, turned_crossed);
  transpose.turn_back(W);
  std::copy(turned_crossed.begin(), turned_crossed.end(), turned.begin());
  transpose.turn_back(crossed);
}

}  // namespace nordheim
