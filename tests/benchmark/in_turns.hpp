// SPDX-License-Identifier: GPL-3.0-or-later
// Two things timed in turns, so that their ratio does not depend on what else the machine does.
#pragma once

#include "bare_transforms.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace nordheim::benchmarks {

inline double median(std::vector<double> times) {
  std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2), times.end());
  return times[times.size() / 2];
}

/// The counter speed_up of a problem with one thread and the same with two; medians, as other programs slow two threads
/// down more often than one.
template <class Problem>
void compare_threads(benchmark::State& state, Problem& one, Problem& two) {
  one.step();
  two.step();
  std::vector<double> single, both;
  for (auto _ : state) {
    auto start = Clock::now();
    one.step();
    single.push_back(seconds_since(start));
    start = Clock::now();
    two.step();
    both.push_back(seconds_since(start));
    state.SetIterationTime(both.back());
  }
  state.counters["speed_up"] = median(single) / median(both);
}

}  // namespace nordheim::benchmarks
