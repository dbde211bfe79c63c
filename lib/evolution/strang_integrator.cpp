// SPDX-License-Identifier: GPL-3.0-or-later
// Strang's splitting of dy/dt = A y + g(t, y) (G. Strang, SIAM J. Numer. Anal. 5, 506 (1968)): half a step of the flow
// of A, one of g, half a step of the flow of A. The step of g is Shu and Osher's of order 3 (J. Comput. Phys. 77, 439
// (1988)),
//
//     u1 = y + h g(y),   u2 = 3/4 y + 1/4 (u1 + h g(u1)),   y' = 1/3 y + 2/3 (u2 + h g(u2)),
//
// means of steps y + h g: where these keep bounds, so does the whole.
//
// The steps are equal. An estimate of the error would compare what two flows make of a front, which differs by as much
// as the front is high, however short the step.
#include "evolution/integrator.hpp"

#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace nordheim::detail {

namespace {

constexpr int failed_rhs = -1, fatal = -3;
// As often as CVODE tries.
constexpr int most_attempts = 10;

class StrangIntegrator final : public Integrator {
 public:
  StrangIntegrator(const EvolutionOptions& options, Callbacks& callbacks, ConstState y, double t0, double t_end)
      : callbacks_(callbacks), y_(y.begin(), y.end()), time_(t0), longest_(options.max_step) {
    for (auto* vector : {&start_, &new_, &g_}) vector->resize(y.size());
    if (std::isfinite(t_end)) stop_ = t_end;
  }

  int step() override {
    double longest = longest_;
    for (int attempt = 0; attempt < most_attempts; ++attempt, longest *= 0.5) {
      const double left = stop_ ? *stop_ - time_ : longest;
      const double count = std::max(1.0, std::ceil(left / longest * (1.0 - 1e-12)));
      const double h = left / count;
      const int code = try_step(h);
      if (code < 0) return fatal;
      if (code > 0) continue;
      std::swap(y_, new_);
      time_ = stop_ && count == 1.0 ? *stop_ : time_ + h;
      ++steps_;
      return 0;
    }
    return failed_rhs;
  }

  [[nodiscard]] std::string code_name(int /*code*/) const override {
    return "the right-hand side fails however short the step";
  }
  void set_stop_time(double t) override { stop_ = t; }
  [[nodiscard]] bool stops_at_outputs() const override { return true; }
  void interpolate(double /*t*/, State y) override { std::copy(y_.begin(), y_.end(), y.begin()); }
  void count(EvolutionReport& /*report*/) const override {}
  [[nodiscard]] double time() const override { return time_; }
  [[nodiscard]] ConstState state() const override { return y_; }
  [[nodiscard]] long steps() const override { return steps_; }

 private:
  using Vector = std::vector<double>;

  /// new_ = old · start_ + (1 − old)(new_ + h g(t, new_)).
  int add_step(double t, double h, double old) {
    const int code = callbacks_.remainder(t, new_, g_);
    if (code != 0) return code;
    for (std::size_t a = 0; a < new_.size(); ++a) {
      new_[a] = old * start_[a] + (1.0 - old) * (new_[a] + h * g_[a]);
    }
    return 0;
  }

  /// From y to new_.
  int try_step(double h) {
    new_ = y_;
    callbacks_.system.splitting.flow(0.5 * h, new_);
    start_ = new_;
    if (const int code = add_step(time_, h, 0.0); code != 0) return code;
    if (const int code = add_step(time_ + h, h, 0.75); code != 0) return code;
    if (const int code = add_step(time_ + 0.5 * h, h, 1.0 / 3.0); code != 0) return code;
    callbacks_.system.splitting.flow(0.5 * h, new_);
    return 0;
  }

  Callbacks& callbacks_;
  Vector y_, start_, new_, g_;
  double time_;
  double longest_;
  std::optional<double> stop_;
  long steps_ = 0;
};

}  // namespace

std::unique_ptr<Integrator> make_strang(const EvolutionOptions& options, Callbacks& callbacks, ConstState y, double t0,
                                        double t_end) {
  return std::make_unique<StrangIntegrator>(options, callbacks, y, t0, t_end);
}

}  // namespace nordheim::detail
