// SPDX-License-Identifier: GPL-3.0-or-later
#include "evolution/integrator.hpp"
#include "evolution/sundials_objects.hpp"

#include <cmath>
#include <cstdlib>
#include <optional>

namespace nordheim::detail {

namespace {

// Thirteen evaluations a step of order 8 beat seven of order 5 from here on.
constexpr double high_order_rtol = 1e-6;

// As often as CVODE tries.
constexpr int most_attempts = 10;

class ArkodeIntegrator final : public Integrator {
 public:
  ArkodeIntegrator(const EvolutionOptions& options, Callbacks& callbacks, ConstState y, double t0, double t_end)
      : y_(make_vector(y, context_.get())),
        accepted_(make_vector(y, context_.get())),
        time_(t0),
        target_(first_target(t0, t_end)) {
    memory_ = ERKStepCreate(Callbacks::right_hand_side, t0, y_.get(), context_.get());
    require_object(memory_, "ERKStepCreate");
    silence_erkstep(memory_);
    require_success(ERKStepSetTableNum(
                        memory_, options.rtol > high_order_rtol ? ARKODE_DORMAND_PRINCE_7_4_5 : ARKODE_FEHLBERG_13_7_8),
                    "ERKStepSetTableNum");
    require_success(controller_.set(memory_, context_.get()), "setting the step controller");
    require_success(erk_tolerances(memory_, options.rtol, options.atol), "setting the tolerances");
    require_success(erk_user_data(memory_, &callbacks), "setting the user data");
    require_success(erk_max_steps(memory_, -1), "setting the number of steps");
    if (options.initial_step > 0.0) {
      require_success(erk_initial_step(memory_, options.initial_step), "setting the initial step");
    }
    if (options.max_step > 0.0) require_success(erk_max_step(memory_, options.max_step), "setting the largest step");
    if (std::isfinite(t_end)) set_stop_time(t_end);
  }
  ~ArkodeIntegrator() override { erk_free(&memory_); }
  ArkodeIntegrator(const ArkodeIntegrator&) = delete;
  ArkodeIntegrator& operator=(const ArkodeIntegrator&) = delete;

  int step() override {
    const State y = numbers(y_.get());
    std::copy(y.begin(), y.end(), numbers(accepted_.get()).begin());
    SundialsReal t = time_;
    int code = erk_evolve(memory_, target_, y_.get(), &t);
    // ARKODE gives up at the first right-hand side that fails, recoverably or not: going back is ours to do.
    for (int attempt = 0; code == ARK_UNREC_RHSFUNC_ERR && attempt < most_attempts; ++attempt) {
      SundialsReal attempted = 0.0;
      erk_attempted_step(memory_, &attempted);
      require_success(erk_reset(memory_, time_, accepted_.get()), "going back to the last step");
      require_success(erk_initial_step(memory_, 0.25 * attempted), "setting the initial step");
      if (stop_) set_stop_time(*stop_);  // a reset forgets it
      code = erk_evolve(memory_, target_, y_.get(), &t);
    }
    if (code >= 0) {
      time_ = t;
    } else {
      std::copy_n(numbers(accepted_.get()).begin(), y.size(), y.begin());
    }
    return code;
  }
  [[nodiscard]] std::string code_name(int code) const override {
    const std::unique_ptr<char, decltype(&std::free)> text(erk_flag_name(code), std::free);
    return text.get();
  }
  void set_stop_time(double t) override {
    stop_ = t;
    require_success(erk_stop_time(memory_, t), "setting the stop time");
  }
  // The interpolant of ARKODE is of order 5 at most.
  [[nodiscard]] bool stops_at_outputs() const override { return true; }
  void interpolate(double /*t*/, State y) override { std::copy(state().begin(), state().end(), y.begin()); }
  void count(EvolutionReport& report) const override { erk_error_failures(memory_, &report.error_test_failures); }
  [[nodiscard]] double time() const override { return time_; }
  [[nodiscard]] ConstState state() const override { return numbers(y_.get()); }
  [[nodiscard]] long steps() const override {
    long n = 0;
    erk_steps(memory_, &n);
    return n;
  }

 private:
  SundialsContext context_;
  SundialsVector y_, accepted_;
  StepController controller_;
  void* memory_ = nullptr;
  double time_;
  double target_;
  std::optional<double> stop_;
};

}  // namespace

std::unique_ptr<Integrator> make_arkode(const EvolutionOptions& options, Callbacks& callbacks, ConstState y, double t0,
                                        double t_end) {
  return std::make_unique<ArkodeIntegrator>(options, callbacks, y, t0, t_end);
}

}  // namespace nordheim::detail
