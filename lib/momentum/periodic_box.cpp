// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/momentum/periodic_box.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <sstream>
#include <utility>

namespace nordheim {

namespace {

template <class... Words>
[[noreturn]] void refuse(const Words&... words) {
  std::ostringstream text;
  (text << ... << words);
  throw InvalidArgument(text.str());
}

void check(const std::vector<double>& lengths, const std::vector<int>& points) {
  if (lengths.empty() || lengths.size() > 3) {
    refuse("a box of ", lengths.size(), " lengths; allowed are 1 to 3, one for each axis");
  }
  if (points.size() != lengths.size()) {
    refuse("a box of ", lengths.size(), " lengths has ", points.size(), " numbers of points; one for each is needed");
  }
  double total = 1.0;
  for (std::size_t j = 0; j < lengths.size(); ++j) {
    if (!(lengths[j] > 0.0 && std::isfinite(lengths[j]))) {
      refuse("the length of the box along axis ", j + 1, " is ", lengths[j], "; it must be positive and finite");
    }
    if (points[j] < 1) refuse("the box has ", points[j], " points along axis ", j + 1, "; at least 1 is needed");
    total *= points[j];
  }
  if (total > std::numeric_limits<int>::max()) refuse("the box has ", total, " nodes; at most 2147483647 are allowed");
}

/// Of the mode with the given places (not signed) along the axes: m_j, with its sign.
int signed_index(int place, int points) { return 2 * place > points ? place - points : place; }

}  // namespace

struct PeriodicBox::Tables {
  std::vector<double> lengths;
  std::vector<int> points;
  std::size_t size = 1, modes = 1;
  double volume = 1.0;
  std::vector<double> positions;

  /// m_j of a mode.
  [[nodiscard]] std::array<int, 3> indices(std::size_t mode) const {
    std::array<int, 3> m{};
    for (std::size_t j = points.size(); j-- > 0;) {
      const auto count = static_cast<std::size_t>(j + 1 == points.size() ? points[j] / 2 + 1 : points[j]);
      m[j] = signed_index(static_cast<int>(mode % count), points[j]);
      mode /= count;
    }
    return m;
  }
};

PeriodicBox::PeriodicBox(std::vector<double> lengths, std::vector<int> points) {
  check(lengths, points);
  Tables tables{.lengths = std::move(lengths), .points = std::move(points), .positions = {}};
  const std::size_t d = tables.points.size();
  for (std::size_t j = 0; j < d; ++j) {
    tables.size *= static_cast<std::size_t>(tables.points[j]);
    tables.modes *= static_cast<std::size_t>(j + 1 == d ? tables.points[j] / 2 + 1 : tables.points[j]);
    tables.volume *= tables.lengths[j];
  }
  if (!std::isfinite(tables.volume) || !(tables.volume > 0.0)) {
    refuse("the volume of the box is ", tables.volume, "; it must be a positive number");
  }
  tables.positions.resize(tables.size * d);
  for (std::size_t node = 0; node < tables.size; ++node) {
    std::size_t rest = node;
    for (std::size_t j = d; j-- > 0;) {
      const auto n = static_cast<std::size_t>(tables.points[j]);
      tables.positions[node * d + j] = static_cast<double>(rest % n) * tables.lengths[j] / static_cast<double>(n);
      rest /= n;
    }
  }
  tables_ = std::make_shared<const Tables>(std::move(tables));
}

int PeriodicBox::dimension() const noexcept { return static_cast<int>(tables_->points.size()); }
std::size_t PeriodicBox::size() const noexcept { return tables_->size; }
const std::vector<double>& PeriodicBox::lengths() const noexcept { return tables_->lengths; }
const std::vector<int>& PeriodicBox::points() const noexcept { return tables_->points; }
double PeriodicBox::volume() const noexcept { return tables_->volume; }
ConstState PeriodicBox::positions() const noexcept { return tables_->positions; }

Vector3 PeriodicBox::position(std::size_t node) const {
  const std::size_t d = tables_->points.size();
  Vector3 x{};
  std::copy_n(tables_->positions.begin() + static_cast<std::ptrdiff_t>(node * d), d, x.begin());
  return x;
}

std::size_t PeriodicBox::modes() const noexcept { return tables_->modes; }

Vector3 PeriodicBox::wavevector(std::size_t mode) const {
  const std::array<int, 3> m = tables_->indices(mode);
  Vector3 q{};
  for (std::size_t j = 0; j < tables_->points.size(); ++j) {
    const bool at_limit = 2 * std::abs(m[j]) == tables_->points[j];
    q[j] = at_limit ? 0.0 : 2.0 * std::numbers::pi * m[j] / tables_->lengths[j];
  }
  return q;
}

int PeriodicBox::multiplicity(std::size_t mode) const {
  const int last = tables_->indices(mode)[tables_->points.size() - 1];
  return last == 0 || 2 * last == tables_->points.back() ? 1 : 2;
}

double PeriodicBox::fineness(std::size_t mode) const {
  const std::array<int, 3> m = tables_->indices(mode);
  double largest = 0.0;
  for (std::size_t j = 0; j < tables_->points.size(); ++j) {
    largest = std::max(largest, 2.0 * std::abs(m[j]) / tables_->points[j]);
  }
  return largest;
}

}  // namespace nordheim
