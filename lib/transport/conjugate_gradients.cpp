// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/conjugate_gradients.hpp"

#include <nordheim/core/error.hpp>

#include <algorithm>
#include <cstddef>
#include <string>

namespace nordheim::detail {

ConjugateGradients::ConjugateGradients(ConstState weights, ConstState loss, int points)
    : weights_(weights), loss_(loss), points_(points) {
  for (auto* array : {&residual_, &conditioned_, &direction_, &image_}) array->resize(weights.size());
  if (!(*std::min_element(loss.begin(), loss.end()) > 0.0)) {
    throw Error("the loss rate of a mode is not positive with " + std::to_string(points) +
                " nodes per direction: a longer horizon needs more nodes");
  }
}

double ConjugateGradients::product(ConstState f, ConstState h) const {
  double sum = 0.0;
  for (std::size_t a = 0; a < weights_.size(); ++a) sum += weights_[a] * f[a] * h[a];
  return sum;
}

int ConjugateGradients::solve(const Operator& A, ConstState b, double tolerance, std::vector<double>& x) {
  constexpr int most_iterations = 500;
  const std::size_t n = b.size();
  x.assign(n, 0.0);
  std::copy(b.begin(), b.end(), residual_.begin());
  for (std::size_t a = 0; a < n; ++a) conditioned_[a] = residual_[a] / loss_[a];
  direction_ = conditioned_;
  double size = product(residual_, conditioned_);
  const double enough = tolerance * size;
  for (int iteration = 1; iteration <= most_iterations; ++iteration) {
    A(direction_, image_);
    const double curvature = product(direction_, image_);
    if (!(curvature > 0.0)) {
      throw Error("the linearised collisions are not positive with " + std::to_string(points_) +
                  " nodes per direction: the time window makes delta functions of both signs, and more nodes are "
                  "needed");
    }
    const double step = size / curvature;
    for (std::size_t a = 0; a < n; ++a) {
      x[a] += step * direction_[a];
      residual_[a] -= step * image_[a];
      conditioned_[a] = residual_[a] / loss_[a];
    }
    const double next = product(residual_, conditioned_);
    if (next <= enough) return iteration;
    for (std::size_t a = 0; a < n; ++a) direction_[a] = conditioned_[a] + next / size * direction_[a];
    size = next;
  }
  throw Error("conjugate gradients for a transport coefficient did not converge in " + std::to_string(most_iterations) +
              " steps");
}

}  // namespace nordheim::detail
