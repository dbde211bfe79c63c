// SPDX-License-Identifier: GPL-3.0-or-later
// How boxes are divided until the level set is a graph; what is integrated then is in dimension_reduction_lines.cpp.
#include "momentum/dimension_reduction.hpp"

#include <nordheim/core/error.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <optional>
#include <string>

namespace nordheim::detail {

namespace {

/// A direction is taken if |∂F/∂k_j| ≥ this × |∇F| in all of the box: graphs that are less steep need fewer points.
/// Some direction has 1/√3 wherever ∇F does not vanish, so that boxes need not become very small for it.
constexpr double good_quality = 0.3;
/// On a face several functions must share a direction; after so many further bisections any certified one will do. On a
/// line it always does: only the places of roots matter there.
constexpr int patience = 12;
/// Faces of halves would touch level sets along planes of symmetry; those at this ratio do not.
constexpr double split_ratio = 0.4593;
constexpr std::size_t most_fallback_cells = 1000;

bool contains(unsigned axes, std::size_t j) { return (axes >> j & 1U) != 0; }
unsigned without(unsigned axes, std::size_t j) { return axes & ~(1U << j); }

/// The two parts of a box, cut across its longest free axis.
std::array<Box, 2> parts(const Box& box, unsigned free) {
  std::size_t longest = 3;
  for (std::size_t j = 0; j < 3; ++j) {
    if (!contains(free, j)) continue;
    if (longest == 3 || box.upper[j] - box.lower[j] > box.upper[longest] - box.lower[longest]) longest = j;
  }
  const double cut = box.lower[longest] + split_ratio * (box.upper[longest] - box.lower[longest]);
  std::array<Box, 2> result{box, box};
  result[0].upper[longest] = cut;
  result[1].lower[longest] = cut;
  return result;
}

}  // namespace

/// What is known for certain of F − level and its gradient in a box.
struct DimensionReduction::Certificate {
  bool may_vanish = true;
  bool positive = false;         ///< if it does not vanish
  Vector3 quality{};             ///< min |∂F/∂k_j| / max |∇F|; 0 unless ∂F/∂k_j has no zero
  std::array<bool, 3> rising{};  ///< ∂F/∂k_j > 0, where the quality is not 0
};

DimensionReduction::Certificate DimensionReduction::certificate(const Box& box, Axes free, const Vector3& at) const {
  Vector3 lower = at;
  Vector3 upper = at;
  for (std::size_t j = 0; j < 3; ++j) {
    if (!contains(free, j)) continue;
    lower[j] = box.lower[j];
    upper[j] = box.upper[j];
  }
  const auto bounds = F_.bounds(lower, upper);
  Certificate result;
  result.may_vanish = bounds.value.contains(level_);
  result.positive = bounds.value.lower > level_;
  double steepest = 0.0;
  for (std::size_t j = 0; j < 3; ++j) {
    if (contains(free, j)) steepest = std::hypot(steepest, bounds.gradient[j].magnitude());
  }
  for (std::size_t j = 0; j < 3; ++j) {
    if (!contains(free, j) || bounds.gradient[j].contains_zero()) continue;
    result.quality[j] = bounds.gradient[j].mignitude() / steepest;
    result.rising[j] = bounds.gradient[j].lower > 0.0;
  }
  return result;
}

namespace {

/// The best of the free axes, if it is good enough.
std::optional<std::size_t> best_axis(const Vector3& quality, double enough) {
  const auto best = std::max_element(quality.begin(), quality.end());
  if (*best <= 0.0 || *best < enough) return std::nullopt;
  return static_cast<std::size_t>(best - quality.begin());
}

}  // namespace

DimensionReduction::DimensionReduction(const SmoothFunction& F, double level, int order, int depth)
    : F_(F), level_(level), rule_(gauss_legendre(order, 0.0, 1.0)), depth_(depth) {
  for (int axis = 0; axis < F.dimension(); ++axis) along_.push_back(std::make_unique<SmoothFunction::Line>(F, axis));
  constexpr std::size_t most = 6;  // from more points extrapolation is no better before rounding sets in
  const auto& x = rule_.nodes;
  extrapolation_.resize(x.size());
  for (std::size_t a = 1; a < x.size(); ++a) {
    const std::size_t first = a > most ? a - most : 0;
    for (std::size_t b = first; b < a; ++b) {
      double factor = 1.0;
      for (std::size_t c = first; c < a; ++c) {
        if (c != b) factor *= (x[a] - x[c]) / (x[b] - x[c]);
      }
      extrapolation_[a].push_back(factor);
    }
  }
}

void DimensionReduction::give_up() {
  if (++fallback_cells_ <= most_fallback_cells) return;
  throw InvalidArgument("the shell is not resolved in more than " + std::to_string(most_fallback_cells) +
                        " boxes after " + std::to_string(depth_) +
                        " bisections; the band must have no flat pieces at this energy, or depth must be larger");
}

void DimensionReduction::divide(const Box& box, int depth) {
  const Axes all = (1U << static_cast<unsigned>(F_.dimension())) - 1U;
  const auto known = certificate(box, all, {});
  if (!known.may_vanish) return;
  const auto axis = best_axis(known.quality, good_quality);
  if (!axis) {
    if (depth >= depth_) return give_up();
    for (const Box& part : parts(box, all)) divide(part, depth + 1);
    return;
  }
  ++cells_;
  graph_ = {*axis, box.lower[*axis], box.upper[*axis], known.rising[*axis]};
  const Axes base = without(all, *axis);
  if (base == 0) return integrate();
  Faces faces;
  for (const double end : {graph_.lower, graph_.upper}) {
    Face face;
    face.at[*axis] = end;
    faces.add(face);
  }
  divide_base(box, base, faces, depth, depth);
}

void DimensionReduction::divide_base(const Box& box, Axes free, const Faces& faces, int depth, int first_depth) {
  Faces cutting;
  Vector3 quality{1.0, 1.0, 1.0};
  for (const Face& face : faces) {
    const auto known = certificate(box, free, face.at);
    if (!known.may_vanish) continue;
    cutting.add(face);
    for (std::size_t j = 0; j < 3; ++j) quality[j] = std::min(quality[j], known.quality[j]);
  }
  const std::size_t lines_before = line_count_;
  if (cutting.count == 0) {
    for (std::size_t j = 0; j < 3; ++j) {
      if (contains(free, j)) push_line({j, box.lower[j], box.upper[j], {}});
    }
    integrate();
    line_count_ = lines_before;
    return;
  }
  const bool on_line = std::has_single_bit(free);
  const auto axis = best_axis(quality, on_line || depth - first_depth >= patience ? 0.0 : good_quality);
  if (!axis) {
    if (depth >= depth_) return give_up();
    for (const Box& part : parts(box, free)) divide_base(part, free, cutting, depth + 1, first_depth);
    return;
  }
  push_line({*axis, box.lower[*axis], box.upper[*axis], cutting});
  const Axes rest = without(free, *axis);
  if (rest == 0) {
    integrate();
  } else {
    Faces ends;
    for (Face face : cutting) {
      for (const double end : {box.lower[*axis], box.upper[*axis]}) {
        face.at[*axis] = end;
        ends.add(face);
      }
    }
    divide_base(box, rest, ends, depth, depth);
  }
  line_count_ = lines_before;
}

}  // namespace nordheim::detail
