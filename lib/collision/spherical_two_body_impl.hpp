// SPDX-License-Identifier: GPL-3.0-or-later
// The inside of SphericalTwoBody, shared by the files that implement it.
#pragma once

#include <nordheim/collision/spherical_two_body.hpp>

#include "collision/invariant_correction.hpp"
#include "collision/lens_evaluation.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace nordheim {

struct SphericalTwoBody::Impl {
  Impl(SphericalGrid grid_in, Statistics statistics_in, SphericalTwoBodyOptions options_in);

  /// Takes the reference as it is set, or that of W, into the factors e^{±x/2}.
  void use_reference(ConstState W);
  void use(const MovingEquilibrium& equilibrium);
  /// P, R and G of W for the reference in use, with one of the discretisations; those of the last state are kept.
  void evaluate(ConstState W, detail::LensEvaluation& with);
  /// C = P G1 − R G2, uncorrected.
  void combine(State C) const;
  /// C at a momentum k with the occupation W, from G1 and G2 there, less l W(1+θW).
  [[nodiscard]] double value(const Vector3& k, double W, double G1_there, double G2_there,
                             const detail::InvariantCombination& l) const;
  /// C between the nodes, from the last evaluation by one of the two discretisations.
  [[nodiscard]] std::vector<double> between_nodes(const detail::LensEvaluation& lens_used, ConstState W,
                                                  const detail::InvariantCombination& l) const;
  /// C −= l g with g = W(1+θW): number, momentum and energy vanish to round-off. Returns l, leaves g in `weight`.
  detail::InvariantCombination correct(ConstState W, State C);

  SphericalGrid grid;
  Statistics statistics;
  SphericalTwoBodyOptions options;
  std::function<double(double)> square;  // V̂², empty for contact
  detail::LensEvaluation lens;
  std::map<int, std::unique_ptr<detail::LensEvaluation>> coarse;  // of lower degree, for the error estimate
  std::optional<MovingEquilibrium> reference;
  MovingEquilibrium used;               // the reference that the factors belong to
  std::vector<double> falling, rising;  // e^{−x/2}, e^{x/2}
  std::vector<double> evaluated;        // the state that P, R, G1 and G2 are of
  const detail::LensEvaluation* evaluated_by = nullptr;
  std::vector<double> P, R, G1, G2;      // at the nodes
  std::vector<double> dP, dR, dG1, dG2;  // at the nodes
  std::vector<double> weight, C;
  detail::InvariantCombination last;  // correction of the last apply()
};

}  // namespace nordheim
