// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/transport/phonon_conductivity.hpp>

#include <optional>
#include <vector>

namespace nordheim::detail {

/// Nodes per direction of one grid after the other: multiples of half the first size, which is even, each about 1.4
/// times the one before.
[[nodiscard]] std::vector<int> growing_sizes(int first, int most);

/// What to make of values that have no order, as they still wander.
enum class LimitRule {
  wandering_allowed,  ///< an error of three times the larger of the last two changes
  order_needed        ///< the same if they turned, else an infinite error: they go on and on, maybe to no limit
};

/// @brief The limit M → ∞ of values x(M) that approach it like M^{−p}.
///
/// The order is given, or observed from three values, between 1 and 4. The error estimate is twice what is added to the
/// last value, which is about the error of what has not been extrapolated, and no less than a quarter of the last
/// change but one, nor than what the two last changes disagree by on what is to be added.
class HorizonLimit {
 public:
  /// @param order  p, if it is known
  explicit HorizonLimit(std::optional<double> order = {}, LimitRule rule = LimitRule::wandering_allowed)
      : order_(order), rule_(rule) {}

  void add(double size, double value);
  /// An infinite error before there are three values.
  [[nodiscard]] BoundedValue limit() const;
  /// The same with an absolute error, of values that may be zero.
  [[nodiscard]] BoundedValue absolute_limit() const;

 private:
  [[nodiscard]] std::optional<double> observed_order() const;

  std::optional<double> order_;
  LimitRule rule_;
  std::vector<double> sizes_, values_;
};

}  // namespace nordheim::detail
