// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/critical_point_search.hpp"

#include "model/interval_arithmetic.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>

namespace nordheim::detail {

namespace {

/// The d by d part of a matrix, completed by ones on the diagonal: of fixed size, so that nothing is allocated.
template <class Entry>
Eigen::Matrix3d completed(std::size_t d, Entry entry) {
  Eigen::Matrix3d matrix = Eigen::Matrix3d::Identity();
  for (std::size_t i = 0; i < d; ++i) {
    for (std::size_t j = 0; j < d; ++j) {
      matrix(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = entry(i, j);
    }
  }
  return matrix;
}

/// Where second derivatives do not vanish, boxes far larger are settled; where they do, f changes in a box of this
/// width by its third power or less, but at a kink by its first.
constexpr double least_width = 1e-5;
constexpr double most_change = 1e-11;  // relative to the range of f

double middle(const Interval& x) { return x.lower + 0.5 * (x.upper - x.lower); }
Vector3 middle(const std::array<Interval, 3>& box) { return {middle(box[0]), middle(box[1]), middle(box[2])}; }
Vector3 lower(const std::array<Interval, 3>& box) { return {box[0].lower, box[1].lower, box[2].lower}; }
Vector3 upper(const std::array<Interval, 3>& box) { return {box[0].upper, box[1].upper, box[2].upper}; }

}  // namespace

CriticalPointSearch::CriticalPointSearch(const SmoothFunction& f)
    : f_(f), dimension_(static_cast<std::size_t>(f.dimension())) {}

std::optional<std::vector<CriticalPointSearch::Zero>> CriticalPointSearch::run() {
  // Symmetric points are critical points of most bands: the faces of the boxes keep away from them.
  constexpr Vector3 corner{-0.5857864376, -0.5505102572, -0.5195130386};
  constexpr std::size_t most_boxes = 2'000'000;
  Box torus{};
  for (std::size_t j = 0; j < dimension_; ++j) torus[j] = {corner[j], corner[j] + 1.0};
  open_ = {torus};
  range_ = f_.bounds(lower(torus), upper(torus)).value.width();
  while (!open_.empty()) {
    Box box = open_.back();
    open_.pop_back();
    ++boxes_;
    if (settle(box)) continue;
    if (boxes_ < most_boxes && width(box) > least_width) {
      split(box);
    } else if (boxes_ >= most_boxes || !keep_unsettled(box)) {
      unsettled_ = middle(box);
      return std::nullopt;
    }
  }
  std::vector<Zero> found;
  found.reserve(roots_.size() + degenerate_.size());
  for (const Root& root : roots_) found.push_back({root.k, false});
  for (const Vector3& k : degenerate_) found.push_back({k, true});
  return found;
}

/// By how much f differs from its value at the centre, at most: |∇f| h + h |H| h / 2 with h the half widths.
double CriticalPointSearch::change(const Box& box) const {
  const auto hessian = f_.expansion_bounds(lower(box), upper(box)).hessian;
  const Vector3 m = middle(box);
  const auto gradient = f_.bounds(m, m).gradient;
  const auto size = [](const Interval& x) { return std::max(std::abs(x.lower), std::abs(x.upper)); };
  double sum = 0.0;
  for (std::size_t i = 0; i < dimension_; ++i) {
    sum += 0.5 * box[i].width() * size(gradient[i]);
    for (std::size_t j = 0; j < dimension_; ++j) {
      sum += 0.125 * box[i].width() * box[j].width() * size(hessian[i][j]);
    }
  }
  return sum;
}

/// Boxes around a degenerate zero touch each other; the one with the least gradient stands for all. Those of a line or
/// a surface of zeros are too many.
bool CriticalPointSearch::keep_unsettled(const Box& box) {
  constexpr double together = 64.0 * least_width;
  if (!(change(box) <= most_change * range_)) return false;
  constexpr std::size_t most_degenerate = 64;
  const Vector3 k = middle(box);
  const auto is_near = [&](const Vector3& other) {
    for (std::size_t j = 0; j < dimension_; ++j) {
      if (std::abs(std::remainder(k[j] - other[j], 1.0)) > together) return false;
    }
    return true;
  };
  const auto steepness = [this](const Vector3& at) {
    const auto gradient = f_.expansion(at).gradient;
    return std::hypot(gradient[0], gradient[1], gradient[2]);
  };
  const auto known = std::find_if(degenerate_.begin(), degenerate_.end(), is_near);
  if (known == degenerate_.end()) {
    degenerate_.push_back(k);
    return degenerate_.size() <= most_degenerate;
  }
  if (steepness(k) < steepness(*known)) *known = k;
  return true;
}

double CriticalPointSearch::width(const Box& box) const {
  double widest = 0.0;
  for (std::size_t j = 0; j < dimension_; ++j) widest = std::max(widest, box[j].width());
  return widest;
}

void CriticalPointSearch::split(const Box& box) {
  std::size_t axis = 0;
  for (std::size_t j = 1; j < dimension_; ++j) {
    if (box[j].width() > box[axis].width()) axis = j;
  }
  Box first = box;
  Box second = box;
  first[axis].upper = second[axis].lower = middle(box[axis]);
  open_.push_back(second);
  open_.push_back(first);
}

/// Shrinks the box, and returns whether all roots in it are known.
bool CriticalPointSearch::settle(Box& box) {
  if (is_known(box)) return true;
  const Verdict verdict = krawczyk(box);
  if (verdict == Verdict::no_root) return true;
  if (verdict == Verdict::one_root) {
    keep(newton(middle(box)), box);
    return true;
  }
  // A root near a face is not inside any box of the bisection, but it is inside a box around itself.
  const Vector3 k = newton(middle(box));
  Box around{};
  for (std::size_t j = 0; j < dimension_; ++j) {
    const double reach = 1.125 * box[j].width();
    if (!(std::abs(k[j] - middle(box[j])) <= reach)) return false;
    around[j] = {k[j] - reach, k[j] + reach};
  }
  if (is_known({Interval{k[0], k[0]}, {k[1], k[1]}, {k[2], k[2]}})) return false;
  Box smaller = around;
  if (krawczyk(smaller) != Verdict::one_root) return false;
  keep(k, around);
  return is_known(box);
}

CriticalPointSearch::Verdict CriticalPointSearch::krawczyk(Box& box) const {
  const auto e = f_.expansion_bounds(lower(box), upper(box));
  for (std::size_t i = 0; i < dimension_; ++i) {
    if (!e.gradient[i].contains_zero()) return Verdict::no_root;
  }
  const auto entry = [&e](std::size_t i, std::size_t j) { return middle(e.hessian[i][j]); };
  const Eigen::Matrix3d Y = completed(dimension_, entry).inverse();
  if (!Y.allFinite()) return Verdict::unknown;
  const Vector3 m = middle(box);
  const auto at_centre = f_.bounds(m, m).gradient;
  bool inside = true;
  Box narrowed = box;
  for (std::size_t i = 0; i < dimension_; ++i) {
    Interval K{m[i], m[i]};
    for (std::size_t j = 0; j < dimension_; ++j) {
      const double y = Y(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
      K = K - y * at_centre[j];
      Interval factor{i == j ? 1.0 : 0.0, i == j ? 1.0 : 0.0};
      for (std::size_t n = 0; n < dimension_; ++n) {
        factor = factor - Y(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(n)) * e.hessian[n][j];
      }
      K = K + factor * (box[j] - m[j]);
    }
    if (K.lower > box[i].upper || K.upper < box[i].lower) return Verdict::no_root;
    inside = inside && K.lower > box[i].lower && K.upper < box[i].upper;
    narrowed[i] = intersection(K, box[i]);
  }
  // The region of a single root stays the whole box; else what is left of it goes on.
  if (inside) return Verdict::one_root;
  box = narrowed;
  return Verdict::unknown;
}

Vector3 CriticalPointSearch::newton(Vector3 k) const {
  constexpr int most_steps = 30;
  constexpr double rounding = 1e-15;
  for (int step = 0; step < most_steps; ++step) {
    const auto e = f_.expansion(k);
    const auto curvature = completed(dimension_, [&e](std::size_t i, std::size_t j) { return e.hessian[i][j]; });
    const Eigen::Vector3d gradient(e.gradient[0], e.gradient[1], e.gradient[2]);
    const Eigen::Vector3d change = curvature.fullPivLu().solve(gradient);
    for (std::size_t j = 0; j < dimension_; ++j) k[j] -= change[static_cast<Eigen::Index>(j)];
    if (!(change.cwiseAbs().maxCoeff() > rounding)) break;  // also where it is not a number
  }
  return k;
}

void CriticalPointSearch::keep(const Vector3& k, const Box& only_here) {
  const Box point{Interval{k[0], k[0]}, {k[1], k[1]}, {k[2], k[2]}};
  if (!is_known(point)) roots_.push_back({k, only_here});
}

/// Whether the box, or an image of it on the torus, lies where there is no root but this.
bool CriticalPointSearch::holds(const Root& root, const Box& box) const {
  for (std::size_t j = 0; j < dimension_; ++j) {
    const double shift = std::round(root.k[j] - middle(box[j]));
    if (box[j].lower + shift < root.only_here[j].lower || box[j].upper + shift > root.only_here[j].upper) return false;
  }
  return true;
}

bool CriticalPointSearch::is_known(const Box& box) const {
  return std::any_of(roots_.begin(), roots_.end(), [&](const Root& root) { return holds(root, box); });
}

}  // namespace nordheim::detail
