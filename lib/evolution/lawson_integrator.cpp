// SPDX-License-Identifier: GPL-3.0-or-later
// Runge and Kutta's method of order 4 for dy/dt = A y + g(t, y) in the variable e^{−tA} y (J. D. Lawson, SIAM J. Numer.
// Anal. 4, 372 (1967)): with E = e^{hA/2},
//
//     k1 = g(y),   k2 = g(E(y + h/2 k1)),   k3 = g(Ey + h/2 k2),   k4 = g(E(Ey + h k3)),
//     y' = E(E(y + h/6 k1) + h/3 (k2 + k3)) + h/6 k4.
//
// With k5 = g(y'), the k1 of the next step, the weights (1/6, 1/3, 1/3, 1/15, 1/10) meet the conditions of order 3: the
// error of a step is estimated by h/10 (k4 − k5), at the cost of nothing.
#include "evolution/integrator.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

namespace nordheim::detail {

namespace {

constexpr int failed_rhs = -1, failed_accuracy = -2, fatal = -3;
// As often as CVODE tries.
constexpr int most_attempts = 10;
constexpr double safety = 0.9, most_growth = 4.0, least_growth = 0.2, after_a_failure = 0.25;

class LawsonIntegrator final : public Integrator {
 public:
  LawsonIntegrator(const EvolutionOptions& options, Callbacks& callbacks, ConstState y, double t0, double t_end)
      : options_(options),
        callbacks_(callbacks),
        size_(callbacks.system.ranks.sum(static_cast<double>(y.size()))),
        y_(y.begin(), y.end()),
        time_(t0),
        next_(options.initial_step) {
    for (auto* vector : {&new_, &Ey_, &Ek1_, &k1_, &k_, &sum_}) vector->resize(y.size());
    if (std::isfinite(t_end)) stop_ = t_end;
  }

  int step() override {
    if (!has_k1_) {
      if (const int code = callbacks_.remainder(time_, y_, k1_); code != 0) return code < 0 ? fatal : failed_rhs;
      has_k1_ = true;
    }
    if (next_ == 0.0) next_ = first_step();
    for (int attempt = 0; attempt < most_attempts; ++attempt) {
      double h = options_.max_step > 0.0 ? std::min(next_, options_.max_step) : next_;
      const double left = stop_ ? *stop_ - time_ : std::numeric_limits<double>::infinity();
      // A last step that would leave a remainder is stretched or cut in two.
      const bool last = h >= left * (1.0 - 1e-12);
      if (last) {
        h = left;
      } else if (2.0 * h > left) {
        h = 0.5 * left;
      }
      const int code = try_step(h);
      if (code < 0) return fatal;
      if (code > 0) {
        next_ = after_a_failure * h;
        if (attempt + 1 == most_attempts) return failed_rhs;
        continue;
      }
      const double error = error_of(h);
      const double growth = error > 0.0 ? safety * std::pow(error, -0.25) : most_growth;
      if (error <= 1.0) {
        const double proposed = h * std::clamp(growth, least_growth, most_growth);
        next_ = h < next_ ? std::max(next_, proposed)
                          : proposed;  // one that was cut short says nothing against longer ones
        accept(last ? *stop_ : time_ + h);
        return 0;
      }
      ++error_test_failures_;
      next_ = h * std::clamp(growth, least_growth, safety);
    }
    return failed_accuracy;
  }

  [[nodiscard]] std::string code_name(int code) const override {
    return code == failed_accuracy ? "steps are too inaccurate however short"
                                   : "the right-hand side fails however short the step";
  }
  void set_stop_time(double t) override { stop_ = t; }
  [[nodiscard]] bool stops_at_outputs() const override { return true; }
  void interpolate(double /*t*/, State y) override { std::copy(y_.begin(), y_.end(), y.begin()); }
  void count(EvolutionReport& report) const override {
    report.error_test_failures = error_test_failures_;
    report.next_step = next_;
  }
  [[nodiscard]] double time() const override { return time_; }
  [[nodiscard]] ConstState state() const override { return y_; }
  [[nodiscard]] long steps() const override { return steps_; }

 private:
  using Vector = std::vector<double>;

  /// In the root mean square, of errors relative to rtol |y| + atol.
  template <class Values>
  [[nodiscard]] double norm(const Values& values) const {
    double sum = 0.0;
    for (std::size_t a = 0; a < y_.size(); ++a) {
      const double x = values(a) / (options_.rtol * std::abs(y_[a]) + options_.atol);
      sum += x * x;
    }
    return std::sqrt(callbacks_.system.ranks.sum(sum) / size_);
  }

  /// A hundredth of the time in which g would change y by itself; the control of the error does the rest.
  [[nodiscard]] double first_step() const {
    const double rate = options_.rtol * norm([&](std::size_t a) { return k1_[a]; });
    const double size = options_.rtol * norm([&](std::size_t a) { return y_[a]; });
    const double limit = stop_ ? *stop_ - time_ : 1.0;
    return rate > 0.0 ? std::min(limit, 0.01 * std::max(size, 1e-3) / rate) : limit;
  }

  /// From y and k1 to new_, with k4 in k_.
  int try_step(double h) {
    const double t = time_;
    const auto flow = [&](Vector& v) { callbacks_.system.splitting.flow(0.5 * h, v); };
    const std::size_t n = y_.size();
    Ey_ = y_;
    flow(Ey_);
    Ek1_ = k1_;
    flow(Ek1_);
    for (std::size_t a = 0; a < n; ++a) new_[a] = Ey_[a] + 0.5 * h * Ek1_[a];
    if (const int code = callbacks_.remainder(t + 0.5 * h, new_, k_); code != 0) return code;
    for (std::size_t a = 0; a < n; ++a) {
      sum_[a] = k_[a];
      new_[a] = Ey_[a] + 0.5 * h * k_[a];
    }
    if (const int code = callbacks_.remainder(t + 0.5 * h, new_, k_); code != 0) return code;
    for (std::size_t a = 0; a < n; ++a) {
      sum_[a] += k_[a];
      new_[a] = Ey_[a] + h * k_[a];
    }
    flow(new_);
    if (const int code = callbacks_.remainder(t + h, new_, k_); code != 0) return code;
    for (std::size_t a = 0; a < n; ++a) new_[a] = Ey_[a] + h / 6.0 * (Ek1_[a] + 2.0 * sum_[a]);
    flow(new_);
    for (std::size_t a = 0; a < n; ++a) new_[a] += h / 6.0 * k_[a];
    std::swap(k_, sum_);  // k4 to sum_
    return callbacks_.remainder(t + h, new_, k_);
  }
  [[nodiscard]] double error_of(double h) const {
    return norm([&](std::size_t a) { return 0.1 * h * (sum_[a] - k_[a]); });
  }
  void accept(double t) {
    std::swap(y_, new_);
    std::swap(k1_, k_);
    time_ = t;
    ++steps_;
  }

  EvolutionOptions options_;
  Callbacks& callbacks_;
  double size_;  // of all ranks
  Vector y_, new_, Ey_, Ek1_, k1_, k_, sum_;
  double time_;
  double next_;  // the step to try; 0: not known yet
  std::optional<double> stop_;
  bool has_k1_ = false;
  long steps_ = 0;
  long error_test_failures_ = 0;
};

}  // namespace

std::unique_ptr<Integrator> make_lawson(const EvolutionOptions& options, Callbacks& callbacks, ConstState y, double t0,
                                        double t_end) {
  return std::make_unique<LawsonIntegrator>(options, callbacks, y, t0, t_end);
}

}  // namespace nordheim::detail
