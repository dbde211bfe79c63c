// SPDX-License-Identifier: GPL-3.0-or-later
// Nested lines over the base of a graph, and the points on it.
#include "momentum/dimension_reduction.hpp"

#include <algorithm>
#include <cmath>

namespace nordheim::detail {

void DimensionReduction::integrate(std::size_t lines_left, const Vector3& k, double weight) {
  if (lines_left == 0) {  // in one dimension
    double guess = 0.0;
    if (graph_above(k, guess)) add_point(k, guess, weight);
    return;
  }
  const Line& line = lines_[lines_left - 1];
  std::array<double, 6> ends{line.lower};
  std::size_t count = 1;
  for (const Face& face : line.cuts) {
    double cut = 0.0;
    if (!root_on_face(face, lines_left - 1, k, cut)) continue;
    std::size_t place = count++;
    for (; place > 1 && ends[place - 1] > cut; --place) ends[place] = ends[place - 1];
    ends[place] = cut;
  }
  ends[count] = line.upper;
  for (std::size_t piece = 0; piece < count; ++piece) {
    const double from = ends[piece];
    const double length = ends[piece + 1] - from;
    if (length <= 0.0) continue;
    if (lines_left == 1) {
      integrate_graph(line, from, length, k, weight);
      continue;
    }
    Vector3 at = k;
    for (std::size_t a = 0; a < rule_.nodes.size(); ++a) {
      at[line.axis] = from + length * rule_.nodes[a];
      integrate(lines_left - 1, at, weight * length * rule_.weights[a]);
    }
  }
}

void DimensionReduction::integrate_graph(const Line& line, double from, double length, Vector3 k, double weight) {
  k[line.axis] = from + 0.5 * length;
  double guess = 0.0;
  if (!graph_above(k, guess)) return;  // between two cuts it is above all points or above none
  const std::size_t first = points_.size();
  for (std::size_t a = 0; a < rule_.nodes.size(); ++a) {
    k[line.axis] = from + length * rule_.nodes[a];
    if (a == 1) {  // along the tangent
      const Vector3& gradient = gradients_[first];
      guess = points_[first][graph_.axis] -
              gradient[line.axis] / gradient[graph_.axis] * length * (rule_.nodes[1] - rule_.nodes[0]);
    } else if (a > 1) {
      const auto& factors = extrapolation_[a];
      const std::size_t oldest = first + a - factors.size();
      guess = 0.0;
      for (std::size_t b = 0; b < factors.size(); ++b) guess += factors[b] * points_[oldest + b][graph_.axis];
    }
    add_point(k, guess, weight * length * rule_.weights[a]);
  }
}

bool DimensionReduction::graph_above(const Vector3& k, double& guess) {
  auto& along = *along_[graph_.axis];
  along.through(k);
  const double first = along(graph_.lower) - level_;
  const double last = along(graph_.upper) - level_;
  if ((first < 0.0) == (last < 0.0)) return false;
  guess = graph_.lower + (graph_.upper - graph_.lower) * first / (first - last);
  return true;
}

void DimensionReduction::add_point(Vector3 k, double guess, double weight) {
  auto& along = *along_[graph_.axis];
  along.through(k);
  k[graph_.axis] = root(along, graph_.lower, graph_.upper, graph_.rising, guess);
  Vector3 gradient{};
  F_.with_gradient(k, gradient);
  points_.push_back(k);
  gradients_.push_back(gradient);
  weights_.push_back(weight / std::abs(gradient[graph_.axis]));
}

bool DimensionReduction::root_on_face(const Face& face, std::size_t line, const Vector3& k, double& result) {
  Vector3 at = face.at;
  for (std::size_t outer = line + 1; outer < line_count_; ++outer) at[lines_[outer].axis] = k[lines_[outer].axis];
  const auto& [axis, lower, upper, cuts] = lines_[line];
  auto& along = *along_[axis];
  along.through(at);
  const double first = along(lower) - level_;
  const double last = along(upper) - level_;
  if ((first < 0.0) == (last < 0.0)) return false;
  result = root(along, lower, upper, last > first, lower + (upper - lower) * first / (first - last));
  return true;
}

double DimensionReduction::root(SmoothFunction::Line& along, double lower, double upper, bool rising,
                                double guess) const {
  // After a step of Newton's method its error is about step²/(upper − lower), as the derivative varies by a factor of
  // a few at most: below rounding from this step on.
  const double last_step = 3e-9 * std::sqrt(upper - lower);
  double x = std::clamp(guess, lower, upper);
  constexpr int enough = 100;  // bisections alone would end sooner
  for (int i = 0; i < enough; ++i) {
    double derivative = 0.0;
    const double f = along(x, derivative) - level_;
    const double step = f / derivative;
    if (std::abs(step) <= last_step) return std::clamp(x - step, lower, upper);
    ((f > 0.0) == rising ? upper : lower) = x;
    x = x - step > lower && x - step < upper ? x - step : 0.5 * (lower + upper);
  }
  return x;
}

}  // namespace nordheim::detail
