// SPDX-License-Identifier: GPL-3.0-or-later
// Operators that evolve a state, as the commands see them: two-body collisions, those of phonons, phonon baths.
#pragma once

#include <nordheim/collision/collision_operator.hpp>
#include <nordheim/collision/four_phonon.hpp>
#include <nordheim/collision/isotropic_two_body.hpp>
#include <nordheim/collision/lattice_phonon_bath.hpp>
#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/collision/phonon_bath.hpp>
#include <nordheim/collision/spherical_two_body.hpp>
#include <nordheim/collision/three_phonon.hpp>
#include <nordheim/core/vector3.hpp>
#include <nordheim/equation/reference_memory.hpp>
#include <nordheim/momentum/momentum_space.hpp>

#include "commands/report.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace nordheim::program {

/// The nodes of a momentum space, without its kind. They are views of the tables of the space, which copies of it
/// share: one of them must outlive the views.
class Nodes {
 public:
  template <MomentumSpace Space>
  explicit Nodes(const Space& space)
      : dimension_(space.dimension()),
        momenta_(space.momenta()),
        weights_(space.weights()),
        energies_(space.energies()),
        velocities_(space.velocities()) {
    if constexpr (std::same_as<Space, LatticeGrid>) lattice_ = space;
  }

  [[nodiscard]] std::size_t size() const noexcept { return weights_.size(); }
  [[nodiscard]] int dimension() const noexcept { return dimension_; }
  [[nodiscard]] ConstState momenta() const noexcept { return momenta_; }
  [[nodiscard]] ConstState weights() const noexcept { return weights_; }
  [[nodiscard]] ConstState energies() const noexcept { return energies_; }
  [[nodiscard]] ConstState velocities() const noexcept { return velocities_; }
  /// The grid of a lattice; null for other spaces.
  [[nodiscard]] const LatticeGrid* lattice() const noexcept { return lattice_ ? &*lattice_ : nullptr; }
  [[nodiscard]] Vector3 momentum(std::size_t node) const {
    const auto d = static_cast<std::size_t>(dimension_);
    Vector3 k{};
    for (std::size_t j = 0; j < d; ++j) k[j] = momenta_[node * d + j];
    return k;
  }

 private:
  int dimension_;
  ConstState momenta_, weights_, energies_, velocities_;
  std::optional<LatticeGrid> lattice_{};
};

static_assert(MomentumSpace<Nodes>);

/// C at any k, given the occupation W there.
using RateAt = std::function<double(const Vector3& k, double W)>;

/// W at any k.
using OccupationAt = std::function<double(const Vector3&)>;

/// C(k) behind what apply() has just written to @p C; valid until the next call of the operator.
[[nodiscard]] RateAt rate_at(const LatticeTwoBody& op, ConstState C);
[[nodiscard]] RateAt rate_at(const FourPhonon& op, ConstState C);
[[nodiscard]] RateAt rate_at(const ThreePhonon& op, ConstState C);
[[nodiscard]] RateAt rate_at(const SphericalTwoBody& op, ConstState C);
[[nodiscard]] RateAt rate_at(const IsotropicTwoBody& op, ConstState C);
[[nodiscard]] RateAt rate_at(const PhononBath& op, ConstState C);
[[nodiscard]] RateAt rate_at(const LatticePhononBath& op, ConstState C);

/// Occupations at the nodes.
template <MomentumSpace Space>
void write_occupations(const Equilibrium& equilibrium, const Space& space, State out) {
  for (std::size_t a = 0; a < out.size(); ++a) out[a] = equilibrium.occupation(space.energies()[a]);
}
template <MomentumSpace Space>
void write_occupations(const MovingEquilibrium& equilibrium, const Space& space, State out) {
  const Nodes nodes(space);
  for (std::size_t a = 0; a < out.size(); ++a) out[a] = equilibrium.occupation(nodes.momentum(a));
}

/// Members of a summary that say how fine the operator is.
[[nodiscard]] Json resolution(const LatticeTwoBody& op);
[[nodiscard]] Json resolution(const FourPhonon& op);
[[nodiscard]] Json resolution(const ThreePhonon& op);
[[nodiscard]] Json resolution(const SphericalTwoBody& op);
[[nodiscard]] Json resolution(const IsotropicTwoBody& op);
[[nodiscard]] Json resolution(const PhononBath& op);
[[nodiscard]] Json resolution(const LatticePhononBath& op);

/// The reference equilibrium of an operator without its kind; all zeros where it has none.
struct AnyReference {
  std::array<double, 6> numbers{};
};
[[nodiscard]] inline std::array<double, 6> numbers_of(const AnyReference& reference) { return reference.numbers; }
[[nodiscard]] inline AnyReference with_numbers(const AnyReference& /*same*/, const std::array<double, 6>& numbers) {
  return {numbers};
}

/// A collision operator chosen when the program runs; models CollisionOperator, and says what one of the library does.
class AnyCollisions {
 public:
  template <CollisionOperator Operator>
  explicit AnyCollisions(Operator op) : nodes_(op.space()), held_(std::make_unique<Held<Operator>>(std::move(op))) {}

  [[nodiscard]] const Nodes& space() const noexcept { return nodes_; }
  CollisionReport apply(ConstState W, State C) { return held_->apply(W, C); }
  void apply_linearised(ConstState W, ConstState dW, State dC) { held_->apply_linearised(W, dW, dC); }
  void loss_rate(ConstState W, State nu) { held_->loss_rate(W, nu); }
  [[nodiscard]] Invariants invariants() const { return held_->invariants(); }
  [[nodiscard]] ErrorEstimate error_estimate(ConstState W) { return held_->error_estimate(W, {}); }
  /// Of a state that is known between its nodes, too, for operators that can use that.
  [[nodiscard]] ErrorEstimate error_estimate(ConstState W, const OccupationAt& W_at) {
    return held_->error_estimate(W, W_at);
  }
  [[nodiscard]] RateAt rate_at(ConstState C) const { return held_->rate_at(C); }
  [[nodiscard]] Json resolution() const { return held_->resolution(); }
  /// The reference is looked for in every evaluation, from here on; nothing, where there is none.
  void start_search_at(const AnyReference& guess) { held_->start_search_at(guess); }
  [[nodiscard]] AnyReference last_reference() const { return held_->last_reference(); }
  /// The reference stays this one, and nothing is remembered of earlier evaluations.
  void fix_reference(const AnyReference& reference) { held_->fix_reference(reference); }
  /// What a homogeneous state W tends to, if it has this reference: its occupations, or those of the bath with the
  /// number of W.
  void equilibrium_of(ConstState W, const AnyReference& reference, State out) const {
    held_->equilibrium_of(W, reference, out);
  }

 private:
  struct Interface {
    virtual ~Interface() = default;
    virtual CollisionReport apply(ConstState W, State C) = 0;
    virtual void apply_linearised(ConstState W, ConstState dW, State dC) = 0;
    virtual void loss_rate(ConstState W, State nu) = 0;
    [[nodiscard]] virtual Invariants invariants() const = 0;
    [[nodiscard]] virtual ErrorEstimate error_estimate(ConstState W, const OccupationAt& W_at) = 0;
    [[nodiscard]] virtual RateAt rate_at(ConstState C) const = 0;
    [[nodiscard]] virtual Json resolution() const = 0;
    virtual void start_search_at(const AnyReference& guess) = 0;
    virtual void fix_reference(const AnyReference& reference) = 0;
    [[nodiscard]] virtual AnyReference last_reference() const = 0;
    virtual void equilibrium_of(ConstState W, const AnyReference& reference, State out) const = 0;
  };
  template <class Operator>
  struct Held final : Interface {
    explicit Held(Operator held) : op(std::move(held)) {}
    CollisionReport apply(ConstState W, State C) override { return op.apply(W, C); }
    void apply_linearised(ConstState W, ConstState dW, State dC) override { op.apply_linearised(W, dW, dC); }
    void loss_rate(ConstState W, State nu) override { op.loss_rate(W, nu); }
    [[nodiscard]] Invariants invariants() const override { return op.invariants(); }
    [[nodiscard]] ErrorEstimate error_estimate(ConstState W, const OccupationAt& W_at) override {
      if constexpr (requires { op.error_estimate(W, W_at); }) {
        return op.error_estimate(W, W_at);
      } else {
        return op.error_estimate(W);
      }
    }
    [[nodiscard]] RateAt rate_at(ConstState C) const override { return program::rate_at(op, C); }
    [[nodiscard]] Json resolution() const override { return program::resolution(op); }
    [[nodiscard]] auto with(const AnyReference& reference) const {
      auto numbers = numbers_of(op.last_reference());
      std::copy_n(reference.numbers.begin(), numbers.size(), numbers.begin());
      return with_numbers(op.last_reference(), numbers);
    }
    void start_search_at(const AnyReference& guess) override {
      if constexpr (SearchesReference<Operator>) op.start_search_at(with(guess));
    }
    void fix_reference(const AnyReference& reference) override {
      if constexpr (SearchesReference<Operator>) op.set_reference(with(reference));
    }
    [[nodiscard]] AnyReference last_reference() const override {
      AnyReference reference;
      if constexpr (SearchesReference<Operator>) {
        const auto numbers = numbers_of(op.last_reference());
        std::copy_n(numbers.begin(), numbers.size(), reference.numbers.begin());
      }
      return reference;
    }
    void equilibrium_of(ConstState W, const AnyReference& reference, State out) const override {
      if constexpr (SearchesReference<Operator>) {
        write_occupations(with(reference), op.space(), out);
      } else if constexpr (requires { op.stationary_state(W, out); }) {
        op.stationary_state(W, out);
      } else {
        write_occupations(op.equilibrium_of(W), op.space(), out);
      }
    }
    Operator op;
  };

  Nodes nodes_;
  std::unique_ptr<Interface> held_;
};

static_assert(CollisionOperator<AnyCollisions>);
static_assert(SearchesReference<AnyCollisions>);

}  // namespace nordheim::program
