// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/negative_search.hpp"

#include <nordheim/core/interval.hpp>

#include <vector>

namespace nordheim::detail {

NegativeSearch search_negative(const SmoothFunction& f, double largest, double rounding) {
  using Verdict = NegativeSearch::Verdict;
  constexpr int most = 200'000;  // some 0.1 s
  constexpr double narrowest = 1e-9;
  constexpr double nearest = 0x1p-60;
  std::vector<Interval> open{{0.0, largest}};
  for (int step = 0; !open.empty(); ++step) {
    const Interval part = open.back();
    open.pop_back();
    const double middle = 0.5 * (part.lower + part.upper);
    if (f.bounds({part.lower, 0.0, 0.0}, {part.upper, 0.0, 0.0}).value.lower >= -rounding) continue;
    if (f({middle, 0.0, 0.0}) < -rounding) return {Verdict::found, middle};
    if (step >= most) return {Verdict::undecided, middle};
    if (part.upper <= nearest * largest || part.width() <= narrowest * part.lower) continue;
    open.push_back({middle, part.upper});
    open.push_back({part.lower, middle});
  }
  return {Verdict::none, 0.0};
}

}  // namespace nordheim::detail
