// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/relaxation_record.hpp"

namespace nordheim::program {

namespace {

/// Calls the function with every number of an instant, to write or to read them in one order.
template <class AnyInstant, class Function>
void for_each_number(AnyInstant& instant, Function function) {
  auto& o = instant.observables;
  for (auto* number :
       {&instant.time, &o.moments.number, &o.moments.energy, &o.entropy, &o.current[0], &o.current[1], &o.current[2],
        &o.distance, &o.min_W, &o.max_W, &instant.entropy_production, &instant.reference_beta, &instant.correction}) {
    function(*number);
  }
  for (auto& moment : instant.angular_moments) function(moment);
}

}  // namespace

void RelaxationRecord::save(Hdf5Writer& file) const {
  const DatasetDescription plain{"1", "record of the run so far"};
  const std::size_t moments = instants.items().empty() ? 0 : instants.items().front().angular_moments.size();
  std::vector<double> numbers;
  for (const Instant& instant : instants.items()) {
    for_each_number(instant, [&](double x) { numbers.push_back(x); });
  }
  file.write("instants", numbers, plain);
  std::vector<double> times, states;
  for (const Snapshot& snapshot : snapshots) {
    times.push_back(snapshot.time);
    states.insert(states.end(), snapshot.W.begin(), snapshot.W.end());
  }
  file.write("snapshot_times", times, plain);
  file.write("snapshot_states", states, plain);
  const std::vector<std::int64_t> counts{static_cast<std::int64_t>(instants.items().size()),
                                         static_cast<std::int64_t>(moments),
                                         static_cast<std::int64_t>(instants.offered()),
                                         static_cast<std::int64_t>(instants.stride()),
                                         static_cast<std::int64_t>(outputs),
                                         by_distance.passed()};
  file.write_integers("record_counts", counts, plain);
  file.write("first_distance", by_distance.first(), plain);
}

void RelaxationRecord::restore(const Hdf5Reader& file) {
  const std::vector<std::int64_t> counts = file.integers("record_counts");
  const std::vector<double> numbers = file.numbers("instants");
  std::vector<Instant> items(static_cast<std::size_t>(counts.at(0)));
  auto next = numbers.begin();
  for (Instant& instant : items) {
    instant.angular_moments.resize(static_cast<std::size_t>(counts.at(1)));
    for_each_number(instant, [&](double& x) { x = *next++; });
  }
  instants.restore(std::move(items), static_cast<std::size_t>(counts.at(2)), static_cast<std::size_t>(counts.at(3)));
  outputs = static_cast<std::size_t>(counts.at(4));
  by_distance.restore(static_cast<int>(counts.at(5)), file.numbers("first_distance").front());
  const std::vector<double> times = file.numbers("snapshot_times"), states = file.numbers("snapshot_states");
  snapshots.clear();
  const std::size_t size = times.empty() ? 0 : states.size() / times.size();
  for (std::size_t i = 0; i < times.size(); ++i) {
    const auto begin = states.begin() + static_cast<std::ptrdiff_t>(i * size);
    snapshots.push_back({times[i], {begin, begin + static_cast<std::ptrdiff_t>(size)}});
  }
}

}  // namespace nordheim::program
