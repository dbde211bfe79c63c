// SPDX-License-Identifier: GPL-3.0-or-later
#include "evolution/integrator.hpp"
#include "evolution/sundials_objects.hpp"

#include <cmath>
#include <cstdlib>
#include <limits>
#include <memory>
#include <optional>
#include <type_traits>

namespace nordheim::detail {

namespace {

// Thirteen evaluations a step of order 8 beat seven of order 5 from here on.
constexpr double high_order_rtol = 1e-6;

// As often as CVODE tries.
constexpr int most_attempts = 10;

// Krylov vectors of an implicit stage: see CVODE.
constexpr int krylov_vectors = 10;

class ArkodeIntegrator final : public Integrator {
 public:
  ArkodeIntegrator(ArkModule module, const EvolutionOptions& options, Callbacks& callbacks, ConstState y, double t0,
                   double t_end)
      : module_(module),
        y_(make_vector(y, callbacks.system.ranks, context_.get())),
        accepted_(make_vector(y, callbacks.system.ranks, context_.get())),
        time_(t0),
        target_(first_target(t0, t_end)) {
    if (module == ArkModule::imex) {
      create_imex(callbacks);
    } else {
      create_explicit(options);
    }
    require_success(controller_.set(module_, memory_, context_.get()), "setting the step controller");
    require_success(ark_tolerances(module_, memory_, options.rtol, options.atol), "setting the tolerances");
    require_success(ark_user_data(module_, memory_, &callbacks), "setting the user data");
    require_success(ark_max_steps(module_, memory_, -1), "setting the number of steps");
    if (options.initial_step > 0.0) {
      require_success(ark_initial_step(module_, memory_, options.initial_step), "setting the initial step");
    }
    if (options.max_step > 0.0)
      require_success(ark_max_step(module_, memory_, options.max_step), "setting the largest step");
    if (std::isfinite(t_end)) set_stop_time(t_end);
  }
  ~ArkodeIntegrator() override { ark_free(module_, &memory_); }
  ArkodeIntegrator(const ArkodeIntegrator&) = delete;
  ArkodeIntegrator& operator=(const ArkodeIntegrator&) = delete;

  int step() override {
    const State y = numbers(y_.get());
    std::copy(y.begin(), y.end(), numbers(accepted_.get()).begin());
    SundialsReal t = time_;
    int code = ark_evolve(module_, memory_, target_, y_.get(), &t);
    // ARKODE gives up at the first right-hand side that fails, recoverably or not: going back is ours to do.
    for (int attempt = 0; code == ARK_UNREC_RHSFUNC_ERR && attempt < most_attempts; ++attempt) {
      SundialsReal attempted = 0.0;
      ark_attempted_step(module_, memory_, &attempted);
      require_success(ark_reset(module_, memory_, time_, accepted_.get()), "going back to the last step");
      require_success(ark_initial_step(module_, memory_, 0.25 * attempted), "setting the initial step");
      if (stop_) set_stop_time(*stop_);                                        // a reset forgets it
      target_ = first_target(time_, std::numeric_limits<double>::infinity());  // the next step is a first one
      code = ark_evolve(module_, memory_, target_, y_.get(), &t);
    }
    if (code >= 0) {
      time_ = t;
    } else {
      std::copy_n(numbers(accepted_.get()).begin(), y.size(), y.begin());
    }
    return code;
  }
  [[nodiscard]] std::string code_name(int code) const override {
    const std::unique_ptr<char, decltype(&std::free)> text(ark_flag_name(code), std::free);
    return text.get();
  }
  void set_stop_time(double t) override {
    stop_ = t;
    require_success(ark_stop_time(module_, memory_, t), "setting the stop time");
  }
  // The interpolant of ARKODE is of order 5 at most.
  [[nodiscard]] bool stops_at_outputs() const override { return true; }
  void interpolate(double /*t*/, State y) override { std::copy(state().begin(), state().end(), y.begin()); }
  void count(EvolutionReport& report) const override {
    ark_error_failures(module_, memory_, &report.error_test_failures);
    if (module_ == ArkModule::imex) imex_nonlinear_failures(memory_, &report.nonlinear_failures);
  }
  [[nodiscard]] double time() const override { return time_; }
  [[nodiscard]] ConstState state() const override { return numbers(y_.get()); }
  [[nodiscard]] long steps() const override {
    long n = 0;
    ark_steps(module_, memory_, &n);
    return n;
  }

 private:
  void create_explicit(const EvolutionOptions& options) {
    memory_ = ERKStepCreate(Callbacks::right_hand_side, time_, y_.get(), context_.get());
    require_object(memory_, "ERKStepCreate");
    silence_arkode(module_, memory_);
    require_success(ERKStepSetTableNum(
                        memory_, options.rtol > high_order_rtol ? ARKODE_DORMAND_PRINCE_7_4_5 : ARKODE_FEHLBERG_13_7_8),
                    "ERKStepSetTableNum");
  }
  /// C. A. Kennedy, M. H. Carpenter, Appl. Numer. Math. 44, 139 (2003), order 5; the implicit one is L-stable.
  void create_imex(Callbacks& callbacks) {
    memory_ = ARKStepCreate(Callbacks::rate, Callbacks::remainder, time_, y_.get(), context_.get());
    require_object(memory_, "ARKStepCreate");
    silence_arkode(module_, memory_);
    require_success(ARKStepSetTableNum(memory_, ARKODE_ARK548L2SA_DIRK_8_4_5, ARKODE_ARK548L2SA_ERK_8_4_5),
                    "ARKStepSetTableNum");
    OdeSystem& system = callbacks.system;
    system.jacobian_action = system.splitting.remainder_jacobian;
    const bool preconditioned = static_cast<bool>(system.preconditioner.solve);
    linear_.reset(
        SUNLinSol_SPGMR(y_.get(), preconditioned ? SUN_PREC_LEFT : SUN_PREC_NONE, krylov_vectors, context_.get()));
    require_object(linear_.get(), "SUNLinSol_SPGMR");
    require_success(imex_linear_solver(memory_, linear_.get()), "setting the linear solver");
    if (system.jacobian_action) {
      require_success(imex_jacobian_action(memory_, Callbacks::jacobian_action), "setting the Jacobian action");
    }
    if (preconditioned) {
      require_success(imex_preconditioner(memory_, Callbacks::set_up_preconditioner, Callbacks::precondition),
                      "setting the preconditioner");
    }
  }

  SundialsContext context_;
  ArkModule module_;
  SundialsVector y_, accepted_;
  StepController controller_;
  std::unique_ptr<std::remove_pointer_t<SUNLinearSolver>, FreeLinearSolver> linear_;
  void* memory_ = nullptr;
  double time_;
  double target_;
  std::optional<double> stop_;
};

}  // namespace

std::unique_ptr<Integrator> make_arkode(const EvolutionOptions& options, Callbacks& callbacks, ConstState y, double t0,
                                        double t_end) {
  return std::make_unique<ArkodeIntegrator>(ArkModule::explicit_only, options, callbacks, y, t0, t_end);
}

std::unique_ptr<Integrator> make_imex(const EvolutionOptions& options, Callbacks& callbacks, ConstState y, double t0,
                                      double t_end) {
  return std::make_unique<ArkodeIntegrator>(ArkModule::imex, options, callbacks, y, t0, t_end);
}

}  // namespace nordheim::detail
