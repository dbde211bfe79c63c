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

  /// Takes a reference into the factors e^{±x/2}.
  void use(const MovingEquilibrium& equilibrium);
  /// P, R and G of W for the reference in use, with one of the discretisations; those of the last state are kept.
  void evaluate(ConstState W, detail::LensEvaluation& with);
  /// C = P G1 − R G2, uncorrected.
  void combine(State C) const;
  /// C at a momentum k with the occupation W, from G1 and G2 there, less l W(1+θW).
  [[nodiscard]] double value(const MovingEquilibrium& equilibrium, const Vector3& k, double W, double G1_there,
                             double G2_there, const detail::InvariantCombination& l) const;
  /// Whether number and energy of C are round-off.
  [[nodiscard]] bool conserves(ConstState C_there) const;
  /// C at points in the directions of the nodes, with the occupations there, from the last evaluation by one of the
  /// discretisations, less l W(1+θW).
  [[nodiscard]] std::vector<double> rates_at(const detail::SphericalPoints& points, ConstState W_there,
                                             const detail::LensEvaluation& by,
                                             const detail::InvariantCombination& l) const;
  void build_finer();
  void evaluate_on_finer(ConstState P_there, ConstState R_there);
  /// G by finer_lens, from an interpolation of W; false where that has a pole.
  [[nodiscard]] bool interpolate_to_finer(ConstState W);
  /// G by finer_lens, from W as it is.
  void sample_on_finer(const std::function<double(const Vector3&)>& occupation);
  /// The discretisation of a degree that is lower by so much.
  [[nodiscard]] detail::LensEvaluation& coarser(int lower);
  /// C −= l g with g = W(1+θW): number, momentum and energy vanish to round-off. Returns l, leaves g in `weight`.
  detail::InvariantCombination correct(ConstState W, State C);

  SphericalGrid grid;
  Statistics statistics;
  SphericalTwoBodyOptions options;
  std::function<double(double)> square;  // V̂², empty for contact
  detail::LensEvaluation lens;
  std::map<int, std::unique_ptr<detail::LensEvaluation>> coarse;  // of lower degree, for the error estimate
  std::optional<SphericalGrid> finer;                             // of higher degree, for the same
  std::optional<detail::LensEvaluation> finer_lens;
  /// @throws InvalidArgument if an equilibrium has other statistics
  void require_of_these(const MovingEquilibrium& equilibrium) const;

  std::optional<MovingEquilibrium> reference;
  std::optional<MovingEquilibrium> guess;  // near which it is looked for, if it is not set
  MovingEquilibrium used;                  // the reference that the factors belong to
  std::vector<double> falling, rising;     // e^{−x/2}, e^{x/2}
  std::vector<double> evaluated;           // the state that P, R, G1 and G2 are of
  const detail::LensEvaluation* evaluated_by = nullptr;
  std::vector<double> P, R, G1, G2;      // at the nodes
  std::vector<double> dP, dR, dG1, dG2;  // at the nodes
  std::vector<double> weight, C;
  /// What value_at() needs of the last apply().
  struct Applied {
    std::vector<double> g1{}, g2{};  // coefficients of G1 and G2; empty: there was none
    MovingEquilibrium reference;
    detail::InvariantCombination correction{};
  };
  Applied applied;
};

}  // namespace nordheim
