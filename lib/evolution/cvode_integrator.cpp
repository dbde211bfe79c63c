// SPDX-License-Identifier: GPL-3.0-or-later
#include "evolution/integrator.hpp"
#include "evolution/sundials_objects.hpp"

#include <cmath>
#include <cstdlib>
#include <type_traits>

namespace nordheim::detail {

namespace {

// Krylov vectors of an implicit step. The spectrum of a collision operator is a few clusters: ten are plenty, and with
// more the step is better shortened.
constexpr int krylov_vectors = 10;

class CvodeIntegrator final : public Integrator {
 public:
  CvodeIntegrator(const EvolutionOptions& options, Callbacks& callbacks, ConstState y, double t0, double t_end)
      : y_(make_vector(y, callbacks.system.ranks, context_.get())),
        interpolated_(make_vector(y, callbacks.system.ranks, context_.get())),
        time_(t0),
        target_(first_target(t0, t_end)) {
    const bool adams = options.method == EvolutionMethod::adams;
    memory_ = CVodeCreate(adams ? CV_ADAMS : CV_BDF, context_.get());
    require_object(memory_, "CVodeCreate");
    silence_cvode(memory_);
    require_success(CVodeInit(memory_, Callbacks::right_hand_side, t0, y_.get()), "CVodeInit");
    require_success(CVodeSStolerances(memory_, options.rtol, options.atol), "CVodeSStolerances");
    require_success(CVodeSetUserData(memory_, &callbacks), "CVodeSetUserData");
    // Steps are counted by Evolution, one call is one step.
    require_success(CVodeSetMaxNumSteps(memory_, -1), "CVodeSetMaxNumSteps");
    if (options.initial_step > 0.0)
      require_success(CVodeSetInitStep(memory_, options.initial_step), "CVodeSetInitStep");
    if (options.max_step > 0.0) require_success(CVodeSetMaxStep(memory_, options.max_step), "CVodeSetMaxStep");
    if (std::isfinite(t_end)) set_stop_time(t_end);
    if (adams) {
      nonlinear_.reset(SUNNonlinSol_FixedPoint(y_.get(), 0, context_.get()));
      require_object(nonlinear_.get(), "SUNNonlinSol_FixedPoint");
      require_success(CVodeSetNonlinearSolver(memory_, nonlinear_.get()), "CVodeSetNonlinearSolver");
    } else {
      const bool preconditioned = static_cast<bool>(callbacks.system.preconditioner.solve);
      linear_.reset(
          SUNLinSol_SPGMR(y_.get(), preconditioned ? SUN_PREC_LEFT : SUN_PREC_NONE, krylov_vectors, context_.get()));
      require_object(linear_.get(), "SUNLinSol_SPGMR");
      require_success(CVodeSetLinearSolver(memory_, linear_.get(), nullptr), "CVodeSetLinearSolver");
      if (callbacks.system.jacobian_action) {
        require_success(CVodeSetJacTimes(memory_, nullptr, Callbacks::jacobian_action), "CVodeSetJacTimes");
      }
      // BDF of order 3 and more amplifies waves that oscillate without decay, as in free flight: then steps become
      // short for no gain, and a lower order is better.
      require_success(CVodeSetStabLimDet(memory_, SUNTRUE), "CVodeSetStabLimDet");
      if (preconditioned) {
        require_success(CVodeSetPreconditioner(memory_, Callbacks::set_up_preconditioner, Callbacks::precondition),
                        "CVodeSetPreconditioner");
      }
    }
  }
  ~CvodeIntegrator() override { CVodeFree(&memory_); }
  CvodeIntegrator(const CvodeIntegrator&) = delete;
  CvodeIntegrator& operator=(const CvodeIntegrator&) = delete;

  int step() override {
    SundialsReal t = time_;
    const int code = CVode(memory_, target_, y_.get(), &t, CV_ONE_STEP);
    if (code >= 0) time_ = t;
    return code;
  }
  [[nodiscard]] std::string code_name(int code) const override {
    const std::unique_ptr<char, decltype(&std::free)> text(CVodeGetReturnFlagName(code), std::free);
    return text.get();
  }
  void set_stop_time(double t) override { require_success(CVodeSetStopTime(memory_, t), "CVodeSetStopTime"); }
  [[nodiscard]] bool stops_at_outputs() const override { return false; }
  void interpolate(double t, State y) override {
    require_success(CVodeGetDky(memory_, t, 0, interpolated_.get()), "CVodeGetDky");
    const State values = numbers(interpolated_.get());
    std::copy(values.begin(), values.end(), y.begin());
  }
  void count(EvolutionReport& report) const override {
    CVodeGetNumErrTestFails(memory_, &report.error_test_failures);
    CVodeGetNumNonlinSolvConvFails(memory_, &report.nonlinear_failures);
  }
  [[nodiscard]] double time() const override { return time_; }
  [[nodiscard]] ConstState state() const override { return numbers(y_.get()); }
  [[nodiscard]] long steps() const override {
    long n = 0;
    CVodeGetNumSteps(memory_, &n);
    return n;
  }

 private:
  SundialsContext context_;
  SundialsVector y_, interpolated_;
  std::unique_ptr<std::remove_pointer_t<SUNNonlinearSolver>, FreeNonlinearSolver> nonlinear_;
  std::unique_ptr<std::remove_pointer_t<SUNLinearSolver>, FreeLinearSolver> linear_;
  void* memory_ = nullptr;
  double time_;
  double target_;
};

}  // namespace

std::unique_ptr<Integrator> make_cvode(const EvolutionOptions& options, Callbacks& callbacks, ConstState y, double t0,
                                       double t_end) {
  return std::make_unique<CvodeIntegrator>(options, callbacks, y, t0, t_end);
}

}  // namespace nordheim::detail
