// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/transport/diffusion_curve.hpp>

#include "transport/shell_diffusion.hpp"

#ifdef _OPENMP
#include <omp.h>
#endif

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <string>
#include <vector>

namespace nordheim {

namespace {

void check(const DiffusionOptions& options) {
  if (!(options.tolerance > 0.0 && options.tolerance < 1.0)) {
    throw InvalidArgument("tolerance = " + shortest_text(options.tolerance) + "; allowed are 0 < tolerance < 1");
  }
  if (options.threads < 0) {
    throw InvalidArgument("threads = " + std::to_string(options.threads) + "; allowed are whole numbers from 0");
  }
  if (options.max_order < detail::first_order || options.max_order > 64) {
    throw InvalidArgument("max_order = " + std::to_string(options.max_order) + "; allowed are whole numbers from " +
                          std::to_string(detail::first_order) + " to 64");
  }
  if (options.max_nodes == 0) throw InvalidArgument("max_nodes = 0; allowed are whole numbers from 1");
}

DiffusionPoint point_at(const ElasticModel& model, double energy, const DiffusionOptions& options) {
  if (!model.on_lattice()) return detail::isotropic_diffusion(model, energy, options);
  if (const auto exact = detail::van_hove_diffusion(model, energy, options)) return *exact;
  return detail::shell_diffusion(model, energy, options);
}

/// No more threads than energies.
int threads_for(int asked, std::size_t energies) {
#ifdef _OPENMP
  const int all = asked > 0 ? asked : omp_get_max_threads();
#else
  const int all = std::max(asked, 1);
#endif
  return static_cast<int>(std::min(static_cast<std::size_t>(all), std::max<std::size_t>(energies, 1)));
}

/// The first failure in the order of energies, whichever thread comes first.
class FirstFailure {
 public:
  /// Whether the work of this index can still matter.
  [[nodiscard]] bool precedes(std::size_t index) const { return index_.load() < index; }
  void record(std::size_t index) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (index >= index_) return;
    index_ = index;
    exception_ = std::current_exception();
  }
  void rethrow() const {
    if (exception_) std::rethrow_exception(exception_);
  }

 private:
  std::mutex mutex_;
  std::atomic<std::size_t> index_{static_cast<std::size_t>(-1)};
  std::exception_ptr exception_{};
};

}  // namespace

std::vector<DiffusionPoint> diffusion_curve(const ElasticModel& model, std::span<const double> energies,
                                            const DiffusionOptions& options,
                                            const std::function<void(std::size_t done)>& progress) {
  check(options);
  std::vector<DiffusionPoint> points(energies.size());
  // Exceptions may not leave a parallel region.
  FirstFailure failure;
  std::mutex progress_mutex;
  std::size_t done = 0;
  const auto compute = [&](std::size_t i) {
    if (failure.precedes(i)) return;
    try {
      points[i] = point_at(model, energies[i], options);
      if (!progress) return;
      const std::lock_guard<std::mutex> lock(progress_mutex);
      progress(++done);
    } catch (...) {
      failure.record(i);
    }
  };
  const auto count = static_cast<std::ptrdiff_t>(energies.size());
  [[maybe_unused]] const int threads = threads_for(options.threads, energies.size());
#pragma omp parallel for schedule(dynamic) num_threads(threads)
  for (std::ptrdiff_t i = 0; i < count; ++i) compute(static_cast<std::size_t>(i));
  failure.rethrow();
  return points;
}

}  // namespace nordheim
