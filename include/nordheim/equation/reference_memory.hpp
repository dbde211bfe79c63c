// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/error.hpp>
#include <nordheim/core/ranks.hpp>
#include <nordheim/model/equilibrium.hpp>
#include <nordheim/model/moving_equilibrium.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace nordheim {

/// An operator that looks for the equilibrium of the state in every evaluation, and can be told where to begin.
template <class Operator>
concept SearchesReference = requires(Operator& op) {
  op.start_search_at(op.last_reference());
};

/// The numbers of an equilibrium, in an order that with_numbers() knows.
[[nodiscard]] inline std::array<double, 3> numbers_of(const Equilibrium& equilibrium) {
  return {equilibrium.beta(), equilibrium.reference_energy(), equilibrium.reference_exponent()};
}
[[nodiscard]] inline std::array<double, 6> numbers_of(const MovingEquilibrium& equilibrium) {
  const auto [beta, energy, exponent] = numbers_of(equilibrium.at_rest);
  const Vector3& u = equilibrium.velocity;
  return {beta, energy, exponent, u[0], u[1], u[2]};
}
/// The equilibrium of the same statistics with these numbers.
[[nodiscard]] inline Equilibrium with_numbers(const Equilibrium& same, const std::array<double, 3>& x) {
  return {same.statistics(), x[0], x[1], x[2]};
}
[[nodiscard]] inline MovingEquilibrium with_numbers(const MovingEquilibrium& same, const std::array<double, 6>& x) {
  return {with_numbers(same.at_rest, {x[0], x[1], x[2]}), {x[3], x[4], x[5]}};
}

/// Where the search for the local equilibrium begins at each r-node. Nothing, for operators without such a search.
template <class Operator>
class ReferenceMemory {
 public:
  explicit ReferenceMemory(std::size_t /*nodes*/) {}
  [[nodiscard]] static bool is_empty() noexcept { return false; }
  static void fill(const Operator& /*op*/, const Ranks& /*ranks*/) {}
  static void prepare(Operator& /*op*/, std::size_t /*node*/) {}
  static void keep(const Operator& /*op*/, std::size_t /*node*/) {}
  [[nodiscard]] static std::vector<double> numbers() { return {}; }
  static void restore(std::span<const double> numbers) {
    if (!numbers.empty()) throw DimensionMismatch("the memory of equilibria", numbers.size(), 0);
  }
};

/// For operators that have one: the equilibrium that was found at the same node in the last evaluation.
template <SearchesReference Operator>
class ReferenceMemory<Operator> {
 public:
  using Reference = std::remove_cvref_t<decltype(std::declval<Operator&>().last_reference())>;
  using Numbers = decltype(numbers_of(std::declval<const Reference&>()));

  explicit ReferenceMemory(std::size_t nodes) : nodes_(nodes) {}

  [[nodiscard]] bool is_empty() const noexcept { return numbers_.empty(); }
  /// The last reference of the operator of the first rank for all nodes.
  void fill(const Operator& op, const Ranks& ranks) {
    Numbers numbers = numbers_of(op.last_reference());
    ranks.broadcast(numbers);
    numbers_.assign(nodes_, numbers);
  }
  void prepare(Operator& op, std::size_t node) const {
    op.start_search_at(with_numbers(op.last_reference(), numbers_[node]));
  }
  void keep(const Operator& op, std::size_t node) { numbers_[node] = numbers_of(op.last_reference()); }
  /// Of all nodes, one after the other; none before fill().
  [[nodiscard]] std::vector<double> numbers() const {
    std::vector<double> all;
    for (const Numbers& numbers : numbers_) all.insert(all.end(), numbers.begin(), numbers.end());
    return all;
  }
  /// @throws DimensionMismatch if there are not as many numbers
  void restore(std::span<const double> numbers) {
    constexpr std::size_t each = std::tuple_size_v<Numbers>;
    if (numbers.empty()) {
      numbers_.clear();
      return;
    }
    if (numbers.size() != nodes_ * each)
      throw DimensionMismatch("the memory of equilibria", numbers.size(), nodes_ * each);
    numbers_.resize(nodes_);
    for (std::size_t node = 0; node < nodes_; ++node) {
      std::copy_n(numbers.begin() + static_cast<std::ptrdiff_t>(node * each), each, numbers_[node].begin());
    }
  }

 private:
  std::size_t nodes_;
  std::vector<Numbers> numbers_;
};

}  // namespace nordheim
