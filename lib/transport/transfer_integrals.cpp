// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/transfer_integrals.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>

#include "model/complex_interval.hpp"
#include "model/interpreter.hpp"
#include "momentum/gauss_rule.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>

namespace nordheim::detail {

namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

/// Of ϑ̂ on a panel; with ρ = 4 what is left is 6·10⁻¹⁹ of the bound on the ellipse.
constexpr int degree = 30;

/// What the integrals over one panel a ≤ t ≤ b are, l by l.
struct Sums {
  std::vector<double> value;       ///< by the Gauss rule
  std::vector<double> truncation;  ///< bound of the error of the rule
  std::vector<double> rounding;    ///< bound of the error of the values of ϑ̂
  explicit Sums(std::size_t size) : value(size), truncation(size), rounding(size) {}

  void clear() {
    std::fill(value.begin(), value.end(), 0.0);
    std::fill(truncation.begin(), truncation.end(), 0.0);
    std::fill(rounding.begin(), rounding.end(), 0.0);
  }
  void add(const Sums& other) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      value[i] += other.value[i];
      truncation[i] += other.truncation[i];
      rounding[i] += other.rounding[i];
    }
  }
};

struct Panel {
  double a = 0.0;
  double b = 0.0;
  Sums sums;
  bool certain = true;  ///< the truncation is a bound, or else a guess, at a singularity of ϑ̂
};

/// Computes the integrals over a panel.
class PanelRule {
 public:
  PanelRule(const Correlator& correlator, Estimate k, int lmax)
      : correlator_(correlator),
        formula_(correlator.isotropic_formula()),
        k_(k.value),
        q_error_(k.error / k.value + 2.0 * epsilon),
        size_(static_cast<std::size_t>(lmax) + 1),
        // The weights are polynomials of degree 2l + 1 in t.
        rule_(gauss_legendre(lmax + 1 + degree / 2, 0.0, 1.0)),
        weights_(size_),
        moments_(size_),
        part_(size_) {}

  [[nodiscard]] bool has_formula() const { return formula_ != nullptr; }
  [[nodiscard]] std::size_t size() const { return size_; }

  /// The sums of a panel.
  void operator()(Panel& panel) {
    panel.sums.clear();
    if (has_formula()) {
      bound_truncation(panel);
    } else {
      compare_partitions(panel);
    }
    if (panel.certain) return;
    // Enough for t^p with p > −0.95, of which a rule finds less than half; what diverges faster shows in the ladder.
    constexpr double missed = 16.0;
    for (std::size_t i = 0; i < size_; ++i) panel.sums.truncation[i] = missed * std::abs(panel.sums.value[i]);
  }

 private:
  /// The weights 2t(1 − P_l(1 − 2t²)), as sums of differences P_l − P_{l+1}, which lose nothing at small t.
  void evaluate_weights(double t) {
    const double y = t * t;
    weights_[0] = 2.0 * t;
    double difference = 0.0;
    double sum = 0.0;
    for (std::size_t l = 1; l < size_; ++l) {
      const auto n = static_cast<double>(l - 1);
      difference = (n * difference + (2.0 * n + 1.0) * 2.0 * y * (1.0 - sum)) / (n + 1.0);
      sum += difference;
      weights_[l] = 2.0 * t * sum;
    }
  }

  /// ϑ̂, and a bound of its rounding error, that of q included.
  Estimate spectrum(double q) const {
    const double value = correlator_({q, 0.0, 0.0});
    if (!has_formula()) return {value, epsilon * value};
    const Interval around{q - q_error_ * q, q + q_error_ * q};
    const auto bounds = evaluate<Interval>(formula_->program(), std::array{around, Interval{}, Interval{}});
    const double error = std::max(bounds.upper - value, value - bounds.lower);
    return {value, error < infinity ? error : epsilon * value};
  }

  void apply(double a, double b, Sums& sums) {
    for (std::size_t j = 0; j < rule_.nodes.size(); ++j) {
      const double t = a + (b - a) * rule_.nodes[j];
      const double w = (b - a) * rule_.weights[j];
      const Estimate theta = spectrum(2.0 * k_ * t);
      evaluate_weights(t);
      for (std::size_t i = 0; i < size_; ++i) {
        const double moment = w * weights_[i];
        moments_[i] += moment;
        sums.value[i] += moment * theta.value;
        sums.rounding[i] += moment * theta.error;
      }
    }
  }

  /// Twice the distance between ϑ̂ and polynomials on the panel; infinite where there are no bounds.
  [[nodiscard]] double unresolved_part(double a, double b) const {
    constexpr double rho = 4.0;
    const double half = k_ * (b - a);
    const double centre = k_ * (a + b);
    const double reach = (1.0 + 4.0 * epsilon) * 0.5 * (rho + 1.0 / rho) * half;
    const double height = (1.0 + 4.0 * epsilon) * 0.5 * (rho - 1.0 / rho) * half;
    const ComplexInterval ellipse{Interval{centre, centre} + Interval{-reach, reach}, {-height, height}};
    const double M =
        evaluate<ComplexInterval>(formula_->program(), std::array{ellipse, ComplexInterval{}, ComplexInterval{}})
            .magnitude();
    static const double rest = 4.0 * std::pow(rho, -degree) / (rho - 1.0);
    if (M < infinity) return rest * M;
    const double lower = 2.0 * k_ * a;
    const double upper = std::max(lower, (1.0 + epsilon) * 2.0 * k_ * b);
    const Interval real = formula_->bounds({lower, 0.0, 0.0}, {upper, 0.0, 0.0}).value;
    return real.upper < infinity && real.lower > -infinity ? real.width() : infinity;
  }

  void bound_truncation(Panel& panel) {
    std::fill(moments_.begin(), moments_.end(), 0.0);
    apply(panel.a, panel.b, panel.sums);
    const double unresolved = unresolved_part(panel.a, panel.b);
    panel.certain = unresolved < infinity;
    for (std::size_t i = 0; i < size_; ++i) panel.sums.truncation[i] = unresolved * moments_[i];
  }

  /// Two parts of the panel, unequal so that nothing hides from both by symmetry, against the whole.
  void compare_partitions(Panel& panel) {
    constexpr double ratio = 0.4593;
    const double middle = panel.a + ratio * (panel.b - panel.a);
    apply(panel.a, middle, panel.sums);
    apply(middle, panel.b, panel.sums);
    part_.clear();
    apply(panel.a, panel.b, part_);
    for (std::size_t i = 0; i < size_; ++i) {
      panel.sums.truncation[i] = std::abs(panel.sums.value[i] - part_.value[i]);
    }
    panel.certain = panel.a > 0.0;
  }

  const Correlator& correlator_;
  const SmoothFunction* formula_;
  double k_;
  double q_error_;  ///< relative
  std::size_t size_;
  QuadratureRule rule_;
  std::vector<double> weights_;
  std::vector<double> moments_;
  Sums part_;
};

/// Halves panels, all that need it at a time, until they are resolved.
class Refinement {
 public:
  explicit Refinement(PanelRule& rule) : rule_(rule), settled_(rule.size()), total_(rule.size()) {}

  Sums run(const std::vector<double>& boundaries) {
    for (std::size_t i = 1; i < boundaries.size(); ++i) keep(boundaries[i - 1], boundaries[i], active_);
    while (!active_.empty()) {
      total_ = settled_;
      for (const Panel& panel : active_) total_.add(panel.sums);
      next_.clear();
      for (const Panel& panel : active_) treat(panel);
      std::swap(active_, next_);
    }
    return settled_;
  }

 private:
  static constexpr double smallest = 0x1p-200;         ///< t where a ladder to a singularity at 0 ends
  static constexpr double certain_ladder = 0x1p-60;    ///< and where it may end if the rest is small
  static constexpr double rounding = 4.0 * epsilon;    ///< of the integral over a panel
  static constexpr double negligible = 1e-18;          ///< of an integral; a few hundred panels are usual
  static constexpr std::size_t most_panels = 100'000;  ///< some 0.1 s

  void keep(double a, double b, std::vector<Panel>& panels) {
    Panel panel{a, b, Sums(rule_.size())};
    rule_(panel);
    ++count_;
    for (const double value : panel.sums.value) {
      if (!std::isfinite(value)) {
        panel.sums.truncation.assign(rule_.size(), std::numeric_limits<double>::infinity());
      }
    }
    panels.push_back(std::move(panel));
  }

  [[nodiscard]] bool is_resolved(const Panel& panel) const {
    // A singularity at 0 has no bounds: the ladder goes on to where nothing can hide.
    if (!panel.certain && panel.a == 0.0 && panel.b > certain_ladder) return false;
    for (std::size_t i = 0; i < rule_.size(); ++i) {
      const double allowed = std::max(rounding * std::abs(panel.sums.value[i]), negligible * total_.value[i]);
      if (!(panel.sums.truncation[i] <= allowed) && !(panel.sums.truncation[i] == 0.0)) return false;
    }
    return true;
  }
  [[nodiscard]] static bool can_be_halved(const Panel& panel) {
    return panel.a == 0.0 ? panel.b > smallest : panel.b - panel.a > 8.0 * epsilon * panel.b;
  }
  void treat(const Panel& panel) {
    if (is_resolved(panel) || !can_be_halved(panel) || count_ > most_panels) {
      settled_.add(panel.sums);
      return;
    }
    const double middle = 0.5 * (panel.a + panel.b);
    keep(panel.a, middle, next_);
    keep(middle, panel.b, next_);
  }

  PanelRule& rule_;
  Sums settled_;
  Sums total_;
  std::vector<Panel> active_{};
  std::vector<Panel> next_{};
  std::size_t count_ = 0;
};

/// With a formula one panel, as bounds say where to look; else octaves, in parts where ϑ̂ matters most.
std::vector<double> first_boundaries(bool has_formula) {
  if (has_formula) return {0.0, 1.0};
  constexpr int octaves = 100;
  constexpr int divided = 12;
  constexpr int parts = 8;
  std::vector<double> boundaries{0.0};
  for (int octave = octaves; octave >= 1; --octave) {
    const double a = std::ldexp(1.0, -octave);
    const int count = octave <= divided ? parts : 1;
    for (int i = 0; i < count; ++i) boundaries.push_back(a * (1.0 + static_cast<double>(i) / count));
  }
  boundaries.push_back(1.0);
  return boundaries;
}

}  // namespace

std::vector<Estimate> transfer_integrals(const Correlator& correlator, Estimate k, int lmax) {
  correlator.require_non_negative(2.0 * k.value);
  PanelRule rule(correlator, k, lmax);
  const Sums sums = Refinement(rule).run(first_boundaries(rule.has_formula()));
  std::vector<Estimate> integrals(rule.size());
  for (std::size_t l = 0; l < integrals.size(); ++l) {
    constexpr double unsettled = 1e-3;
    if (!(std::isfinite(sums.value[l]) && sums.truncation[l] <= unsettled * sums.value[l]) && !(sums.value[l] == 0.0)) {
      throw InvalidArgument(
          "correlator: the " + (l == 0 ? "total scattering rate" : "relaxation rate of degree " + std::to_string(l)) +
          " of " + correlator.description() +
          " cannot be integrated over momentum transfers up to q = " + shortest_text(2.0 * k.value) + " (found " +
          shortest_text(sums.value[l]) + " with an error of " + shortest_text(sums.truncation[l]) +
          "); allowed are spectra that grow more slowly than q^-2 where q tends to 0");
    }
    // Nodes, weights and recurrences are good to some units in the last place.
    const double rounding = (16.0 + static_cast<double>(l)) * epsilon * sums.value[l];
    integrals[l] = {sums.value[l], sums.truncation[l] + sums.rounding[l] + rounding};
  }
  return integrals;
}

}  // namespace nordheim::detail
