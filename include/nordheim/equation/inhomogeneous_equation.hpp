// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/collision_operator.hpp>
#include <nordheim/core/error.hpp>
#include <nordheim/core/ranks.hpp>
#include <nordheim/core/state.hpp>
#include <nordheim/equation/bounded_streaming.hpp>
#include <nordheim/equation/inhomogeneous_options.hpp>
#include <nordheim/equation/lattice_force.hpp>
#include <nordheim/equation/node_loop.hpp>
#include <nordheim/equation/reference_memory.hpp>
#include <nordheim/equation/slabs.hpp>
#include <nordheim/equation/streaming.hpp>
#include <nordheim/momentum/lattice_grid.hpp>
#include <nordheim/momentum/periodic_box.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace nordheim {

/// @brief The kinetic equation in a periodic box,
///
///     ∂W/∂t + v(k)·∇_r W + (2π)⁻¹ F(r)·∇_k W = n(r) C(W)/Kn,
///
/// at the nodes r of the box and k of the operator's momentum space, as a right-hand side with Jacobian action for a
/// time integrator; states have shape (n_r, n_k), the momentum fastest. H. Spohn, "Kinetic equations for quantum
/// many-particle systems", eq. (4.3).
///
/// Any operator may be used, unchanged: it is called at each r-node with the state there, so that what it conserves is
/// conserved locally,  ∂ρ/∂t + ∇·J = 0  with the spectral derivative of Streaming, to rounding. An operator with a
/// reference equilibrium looks for the local one at every node, from that of the evaluation before at the same node.
/// Forces need a LatticeGrid, or a space that says by lattice() that it has the nodes of one: other momentum spaces
/// have no derivative in k.
///
/// The nodes are shared by as many threads as there are copies of the operator; results do not depend on their number.
/// One object serves one thread at a time.
///
/// On several ranks (see InhomogeneousOptions::ranks) each has the positions of a slab and the states of these alone:
/// n_r below is their number. The functions that take a state, memory() and restore() are then collective; they fail on
/// all ranks if they fail on one. Results are those of one rank but for rounding.
template <CollisionOperator Operator>
class InhomogeneousEquation {
 public:
  /// @param collisions  equal operators, one for each thread; each should use one thread itself
  /// @throws InvalidArgument if there is no operator, Kn is not positive, a factor is negative, there is a force and
  ///         the momentum space is no LatticeGrid or streaming is bounded, or as Streaming, BoundedStreaming and
  ///         force_field(); DimensionMismatch. Options are those of the whole box, the same on all ranks
  InhomogeneousEquation(PeriodicBox box, std::vector<Operator> collisions, InhomogeneousOptions options = {})
      : collisions_(checked(std::move(collisions))),
        momenta_(collisions_.front().space().size()),
        streaming_(std::move(box), collisions_.front().space().velocities(), collisions_.front().space().dimension(),
                   options.axes, static_cast<int>(collisions_.size()), options.ranks),
        bounded_(bounded(options)),
        uniform_(is_uniform(options) ? force_of(options.force, {}) : std::nullopt),
        local_(is_uniform(options) ? force_of({}, options.potential) : force_of(options.force, options.potential)),
        force_(field(options.force, options.potential)),
        rates_(rates(streaming_.slabs(), options)),
        references_(positions()),
        reports_(collisions_.size()),
        work_(size()) {}

  /// n_r n_k.
  [[nodiscard]] std::size_t size() const { return positions() * momenta_; }
  /// How the ranks share the positions; this object has those of one slab.
  [[nodiscard]] const Slabs& slabs() const noexcept { return streaming_.slabs(); }
  [[nodiscard]] const Ranks& ranks() const noexcept { return slabs().ranks(); }
  [[nodiscard]] const PeriodicBox& box() const { return streaming_.box(); }
  [[nodiscard]] const auto& space() const { return collisions_.front().space(); }
  [[nodiscard]] const Streaming& streaming() const noexcept { return streaming_; }
  [[nodiscard]] Operator& collisions() noexcept { return collisions_.front(); }
  /// n(r)/Kn, shape (n_r).
  [[nodiscard]] ConstState collision_rates() const noexcept { return rates_; }

  /// F(r) at the nodes, shape (n_r, dimension); empty without a force.
  [[nodiscard]] ConstState force() const noexcept { return force_; }

  /// dWdt = −v·∇W − (2π)⁻¹ F·∇_k W + n C(W)/Kn. The equation is autonomous: t is not used.
  /// @throws InvalidArgument if streaming is bounded, which has no derivative; what the operator throws at the first of
  ///         the nodes where it does
  void right_hand_side(double t, ConstState W, State dWdt) {
    flight_rate(t, W, dWdt);
    if (local_) local_->add_rate(W, dWdt);
    add_collisions(W, dWdt);
  }

  /// C = n C(W)/Kn alone.
  /// @throws as right_hand_side()
  void collision_rate(double /*t*/, ConstState W, State C) {
    std::fill(C.begin(), C.end(), 0.0);
    add_collisions(W, C);
  }

  /// g = −(2π)⁻¹ F_r·∇_k W + n C(W)/Kn, all but free flight; F_r are the forces that are not the same everywhere.
  /// @throws as right_hand_side()
  void remainder(double t, ConstState W, State g) {
    collision_rate(t, W, g);
    if (local_) local_->add_rate(W, g);
  }

  /// dWdt = −v·∇W − (2π)⁻¹ F_0·∇_k W, free flight in the constant force alone.
  /// @throws InvalidArgument if streaming is bounded
  void flight_rate(double /*t*/, ConstState W, State dWdt) const {
    if (bounded_) {
      throw InvalidArgument("bounded streaming has no derivative in time; it needs the method \"strang\"");
    }
    streaming_.rate(W, dWdt);
    if (uniform_) uniform_->add_rate(W, dWdt);
  }

  /// Free flight over the time t, by the scheme of the options and in the constant force, if there is one.
  void flow(double t, State W) const {
    if (bounded_) {
      bounded_->flow(t, W);
    } else if (uniform_) {
      uniform_->flight(t, streaming_, W);
    } else {
      streaming_.flow(t, W);
    }
  }
  /// Whether flow() is exact for what the nodes resolve: not if streaming is bounded.
  [[nodiscard]] bool flow_is_exact() const noexcept { return !bounded_; }

  /// Jv = −v·∇v − (2π)⁻¹ F·∇_k v + n C'(W)·v/Kn.
  /// @throws as right_hand_side()
  void jacobian_action(double t, ConstState W, ConstState v, State Jv) {
    flight_rate(t, v, Jv);
    add_remainder_jacobian(W, v, Jv);
  }

  /// The same without free flight: that of the remainder.
  /// @throws as right_hand_side()
  void remainder_jacobian(double /*t*/, ConstState W, ConstState v, State Jv) {
    std::fill(Jv.begin(), Jv.end(), 0.0);
    add_remainder_jacobian(W, v, Jv);
  }

  /// @brief γ = max n(r) ν(k)/Kn over all nodes, ν the loss rate of the operator: steps of EvolutionMethod::strang
  /// should be at most 0.3/γ, those of an explicit method are stable up to some 2/γ.
  /// @throws what the operator throws at the first of the nodes where it does
  [[nodiscard]] double largest_loss_rate(ConstState W) {
    require_size(W, "the state W");
    find_first_reference(W);
    std::vector<double> largest(positions(), 0.0);
    for_each_position([&](std::size_t r, std::size_t worker) {
      Operator& op = collisions_[worker];
      references_.prepare(op, r);
      const State nu = at(State(work_), r);
      op.loss_rate(at(W, r), nu);
      for (const double rate : nu) largest[r] = std::max(largest[r], rates_[r] * rate);
    });
    return ranks().largest(*std::max_element(largest.begin(), largest.end()));
  }

  /// @brief What the search for the local equilibria remembers, for a checkpoint: with it a run goes on with the same
  /// bits. Of all positions of the box, on the first rank; empty on others, and if the operator has no reference.
  [[nodiscard]] std::vector<double> memory() const { return slabs().gather(references_.numbers()); }
  /// @param memory  as memory() gave it, on however many ranks
  /// @throws DimensionMismatch if it is not of the same size
  void restore(std::span<const double> memory) {
    double each = 0.0;  // numbers of a position
    ranks().together([&] {
      if (ranks().is_first()) each = static_cast<double>(slabs().part(memory).size() / positions());
    });
    ranks().broadcast({&each, 1});
    std::vector<double> ours(static_cast<std::size_t>(each) * positions());
    slabs().scatter(memory, ours);
    ranks().together([&] { references_.restore(ours); });
  }
  /// The part of memory() of this rank's positions.
  [[nodiscard]] std::vector<double> local_memory() const { return references_.numbers(); }
  void restore_local(std::span<const double> memory) { references_.restore(memory); }

  /// Of the last evaluation, over all nodes: the largest of each.
  [[nodiscard]] const CollisionReport& report() const noexcept { return report_; }
  /// The largest correction and the largest rate of all evaluations so far [1/time]; a run that goes on from a
  /// checkpoint begins with those of the part before.
  [[nodiscard]] double largest_correction() const noexcept { return largest_correction_; }
  [[nodiscard]] double largest_rate() const noexcept { return largest_rate_; }
  void restore_largest(double correction, double rate) noexcept {
    largest_correction_ = correction;
    largest_rate_ = rate;
  }
  /// The largest correction of all evaluations so far, relative to the largest rate [1].
  [[nodiscard]] double relative_correction() const noexcept {
    return largest_rate_ > 0.0 ? largest_correction_ / largest_rate_ : 0.0;
  }

 private:
  [[nodiscard]] static std::vector<Operator> checked(std::vector<Operator> collisions) {
    if (collisions.empty()) throw InvalidArgument("the inhomogeneous equation needs at least one collision operator");
    return collisions;
  }
  [[nodiscard]] static std::vector<double> rates(const Slabs& slabs, const InhomogeneousOptions& options) {
    if (!(options.knudsen > 0.0) || !std::isfinite(1.0 / options.knudsen)) {
      throw InvalidArgument("knudsen = " + std::to_string(options.knudsen) + "; it must be positive");
    }
    std::vector<double> result = options.collision_factor;
    if (result.empty()) result.assign(slabs.nodes(), 1.0);
    if (result.size() != slabs.nodes()) throw DimensionMismatch("the collision factors", result.size(), slabs.nodes());
    for (double& rate : result) {
      if (!(rate >= 0.0) || !std::isfinite(rate)) {
        throw InvalidArgument("a collision factor is " + std::to_string(rate) +
                              "; all must be finite and not negative");
      }
      rate /= options.knudsen;
    }
    return part_of(slabs, result);
  }

  [[nodiscard]] std::optional<BoundedStreaming> bounded(const InhomogeneousOptions& options) const {
    if (options.streaming == StreamingScheme::spectral) return {};
    return BoundedStreaming(box(), space().velocities(), space().dimension(), options.largest_occupation,
                            streaming_.axes(), static_cast<int>(collisions_.size()), options.ranks);
  }
  /// Whether the force is the same everywhere, but for that of a potential.
  [[nodiscard]] bool is_uniform(const InhomogeneousOptions& options) const {
    return options.force.size() == static_cast<std::size_t>(space().dimension());
  }
  [[nodiscard]] std::vector<double> field(const std::vector<double>& force,
                                          const std::vector<double>& potential) const {
    return part_of(slabs(), force_field(box(), space().dimension(), streaming_.axes(), force, potential));
  }
  [[nodiscard]] std::optional<LatticeForce> force_of(const std::vector<double>& force,
                                                     const std::vector<double>& potential) const {
    if (force.empty() && potential.empty()) return {};
    if (bounded_) throw InvalidArgument("a force or potential is given; bounded streaming has none, spectral has");
    const LatticeGrid* const lattice = detail::lattice_of(space());
    if (lattice == nullptr) {
      throw InvalidArgument(
          "a force or potential is given, but the momentum space is no lattice torus; only there is the derivative in "
          "k known");
    }
    return LatticeForce(*lattice, field(force, potential), static_cast<int>(collisions_.size()));
  }

  [[nodiscard]] static std::vector<double> part_of(const Slabs& slabs, const std::vector<double>& all) {
    const ConstState part = slabs.part(all);
    return {part.begin(), part.end()};
  }
  /// n_r, of this rank.
  [[nodiscard]] std::size_t positions() const noexcept { return slabs().count(); }
  void require_size(ConstState W, const char* what) const {
    ranks().together([&] {
      if (W.size() != size()) throw DimensionMismatch(what, W.size(), size());
    });
  }
  /// work(node, worker) for this rank's nodes; the first failure of the first rank that has one is thrown on all.
  template <class Work>
  void for_each_position(const Work& work) const {
    ranks().together([&] { detail::for_each_node(positions(), collisions_.size(), work); });
  }

  template <class Values>
  [[nodiscard]] Values at(Values state, std::size_t r) const {
    return state.subspan(r * momenta_, momenta_);
  }
  static void add(double factor, ConstState rate, State sum) {
    for (std::size_t a = 0; a < sum.size(); ++a) sum[a] += factor * rate[a];
  }

  /// The first search at a node begins with what was found at the first node, whichever thread or rank does it.
  void find_first_reference(ConstState W) {
    if (!references_.is_empty()) return;
    ranks().together([&] {
      if (ranks().is_first()) collisions_.front().apply(at(W, 0), at(State(work_), 0));
    });
    references_.fill(collisions_.front(), ranks());
  }

  void add_remainder_jacobian(ConstState W, ConstState v, State Jv) {
    if (local_) local_->add_rate(v, Jv);
    find_first_reference(W);
    for_each_position([&](std::size_t r, std::size_t worker) {
      Operator& op = collisions_[worker];
      references_.prepare(op, r);
      const State result = at(State(work_), r);
      op.apply_linearised(at(W, r), at(v, r), result);
      add(rates_[r], result, at(Jv, r));
    });
  }

  void add_collisions(ConstState W, State dWdt) {
    require_size(W, "the state W");
    require_size(dWdt, "the result dW/dt");
    find_first_reference(W);
    std::fill(reports_.begin(), reports_.end(), CollisionReport{.engine_calls = 0});
    for_each_position([&](std::size_t r, std::size_t worker) {
      Operator& op = collisions_[worker];
      references_.prepare(op, r);
      const State result = at(State(work_), r);
      CollisionReport& largest = reports_[worker];
      largest = larger(largest, op.apply(at(W, r), result), rates_[r]);
      references_.keep(op, r);
      add(rates_[r], result, at(dWdt, r));
    });
    report_ = reports_.front();
    for (const CollisionReport& report : reports_) report_ = larger(report_, report, 1.0);
    if (ranks().size() > 1) report_ = largest_of_ranks(report_);
    largest_correction_ = std::max(largest_correction_, report_.correction);
    largest_rate_ = std::max(largest_rate_, report_.largest_rate);
  }

  /// The larger of each number; of vectors, component by component.
  [[nodiscard]] static CollisionReport larger(const CollisionReport& a, const CollisionReport& b, double rate) {
    const auto size = [](double x, double y) { return std::max(std::abs(x), std::abs(y)); };
    CollisionReport c;
    c.number_defect = size(a.number_defect, b.number_defect);
    c.energy_defect = size(a.energy_defect, b.energy_defect);
    for (std::size_t j = 0; j < 3; ++j) c.momentum_defect[j] = size(a.momentum_defect[j], b.momentum_defect[j]);
    c.largest_rate = std::max(a.largest_rate, rate * b.largest_rate);
    c.correction = std::max(a.correction, rate * b.correction);
    c.reference_beta = size(a.reference_beta, b.reference_beta);
    c.engine_calls = std::max(a.engine_calls, b.engine_calls);
    return c;
  }

  [[nodiscard]] CollisionReport largest_of_ranks(CollisionReport report) const {
    std::array<double, 9> numbers{std::abs(report.number_defect),
                                  std::abs(report.energy_defect),
                                  std::abs(report.momentum_defect[0]),
                                  std::abs(report.momentum_defect[1]),
                                  std::abs(report.momentum_defect[2]),
                                  report.largest_rate,
                                  report.correction,
                                  std::abs(report.reference_beta),
                                  static_cast<double>(report.engine_calls)};
    ranks().largest(numbers);
    report.number_defect = numbers[0];
    report.energy_defect = numbers[1];
    for (std::size_t j = 0; j < 3; ++j) report.momentum_defect[j] = numbers[2 + j];
    report.largest_rate = numbers[5];
    report.correction = numbers[6];
    report.reference_beta = numbers[7];
    report.engine_calls = static_cast<decltype(report.engine_calls)>(numbers[8]);
    return report;
  }

  std::vector<Operator> collisions_;
  std::size_t momenta_;
  Streaming streaming_;
  std::optional<BoundedStreaming> bounded_;
  std::optional<LatticeForce> uniform_;  // what belongs to free flight
  std::optional<LatticeForce> local_;    // and what does not
  std::vector<double> force_;            // of both
  std::vector<double> rates_;
  ReferenceMemory<Operator> references_;
  std::vector<CollisionReport> reports_;  // of the workers
  std::vector<double> work_;              // shape (n_r, n_k)
  CollisionReport report_;
  double largest_correction_ = 0.0;
  double largest_rate_ = 0.0;
};

}  // namespace nordheim
