// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/vector3.hpp>
#include <nordheim/model/smooth_function.hpp>

#include "momentum/gauss_rule.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

namespace nordheim::detail {

/// The box lower ≤ k ≤ upper; axes beyond the dimension have width 0.
struct Box {
  Vector3 lower{};
  Vector3 upper{};
};

/// @brief Quadrature on a level set: Σ_i weights_i f(points_i) ≈ ∫dk δ(F(k) − level) f(k) over boxes.
///
/// Recursive dimension reduction (R. I. Saye, SIAM J. Sci. Comput. 37, A993 (2015)). Where bounds of ∇F certify that
/// ∂F/∂k_j has no zero in a box, the level set is a graph over the other axes. The graph enters or leaves the box where
/// F − level vanishes on one of the two faces k_j = const: these are level sets of functions of one variable less, so
/// the base is divided in the same way. At the end there are nested lines, each cut at roots, with Gauss rules between.
class DimensionReduction {
 public:
  /// @param order  Gauss points per dimension
  /// @param depth  bisections of a box until it is given up
  DimensionReduction(const SmoothFunction& F, double level, int order, int depth);

  /// Adds the points in a box.
  /// @throws InvalidArgument if so many boxes had to be given up that F is flat on the level set
  void add(const Box& box) { divide(box, 0); }

  /// Points, their ∇F, and weights > 0.
  [[nodiscard]] const std::vector<Vector3>& points() const noexcept { return points_; }
  [[nodiscard]] const std::vector<Vector3>& gradients() const noexcept { return gradients_; }
  [[nodiscard]] const std::vector<double>& weights() const noexcept { return weights_; }
  /// Boxes on which the level set is a graph.
  [[nodiscard]] std::size_t cells() const noexcept { return cells_; }
  /// Boxes that were given up: of these, what is in the box is missing, or the rule does not resolve it.
  [[nodiscard]] std::size_t fallback_cells() const noexcept { return fallback_cells_; }

 private:
  using Axes = unsigned;  ///< a set of axes, one bit each
  /// The part of a box where the coordinates that are not free have the values of at.
  struct Face {
    Vector3 at{};
  };
  struct Faces {
    std::array<Face, 4> list{};
    std::size_t count = 0;
    void add(const Face& face) { list[count++] = face; }
    [[nodiscard]] auto begin() const { return list.begin(); }
    [[nodiscard]] auto end() const { return list.begin() + count; }
  };
  /// An axis to integrate along, cut where F = level on the faces.
  struct Line {
    std::size_t axis = 0;
    double lower = 0.0, upper = 0.0;
    Faces cuts{};
  };
  /// The level set in a box, as k_axis = a function of the other coordinates.
  struct Graph {
    std::size_t axis = 0;
    double lower = 0.0, upper = 0.0;
    bool rising = false;  ///< ∂F/∂k_axis > 0
  };
  struct Certificate;

  [[nodiscard]] Certificate certificate(const Box& box, Axes free, const Vector3& at) const;
  void divide(const Box& box, int depth);
  void divide_base(const Box& box, Axes free, const Faces& faces, int depth, int first_depth);
  void push_line(const Line& line) { lines_[line_count_++] = line; }
  void give_up();

  void integrate() { integrate(line_count_, Vector3{}, 1.0); }
  void integrate(std::size_t lines_left, const Vector3& k, double weight);
  void integrate_graph(const Line& line, double from, double to, Vector3 k, double weight);
  /// Whether the graph is in its box above k; then a first guess of its height.
  [[nodiscard]] bool graph_above(const Vector3& k, double& guess);
  void add_point(Vector3 k, double guess, double weight);
  [[nodiscard]] bool root_on_face(const Face& face, std::size_t line, const Vector3& k, double& root);
  /// The root along a line between places where it lies; F rises or falls there.
  [[nodiscard]] double root(SmoothFunction::Line& along, double lower, double upper, bool rising, double guess) const;

  SmoothFunction F_;
  double level_;
  std::vector<std::unique_ptr<SmoothFunction::Line>> along_{};  ///< each axis
  QuadratureRule rule_;
  int depth_;
  std::vector<std::vector<double>> extrapolation_;  ///< to each Gauss point from those before it

  // What is being integrated: the graph, and the axes of its base, the innermost first.
  Graph graph_{};
  std::array<Line, 2> lines_{};
  std::size_t line_count_ = 0;

  std::vector<Vector3> points_{}, gradients_{};
  std::vector<double> weights_{};
  std::size_t cells_ = 0, fallback_cells_ = 0;
};

}  // namespace nordheim::detail
