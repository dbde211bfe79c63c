// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/model/dispersion.hpp>

#include "model/periodicity.hpp"
#include "model/torus_search.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <sstream>
#include <utility>

namespace nordheim {

namespace {

constexpr double two_pi = 2.0 * std::numbers::pi;

using Symbols = std::array<Symbol, 3>;

void check_dimension(int dimension) {
  if (dimension < 1 || dimension > 3) {
    throw InvalidArgument("dimension = " + std::to_string(dimension) + ", allowed are 1, 2 and 3");
  }
}

void check_number(const char* key, double value, bool allowed, const char* range) {
  if (std::isfinite(value) && allowed) return;
  std::ostringstream text;
  text << key << " = " << value << " must be " << range;
  throw InvalidArgument(text.str());
}

/// S(k) = Σ_j (1 − cos 2πk_j), of numbers or symbols.
template <class T>
T lattice_laplacian(int dimension, const std::array<T, 3>& k) {
  T sum = one_minus_cos(two_pi * k[0]);
  for (std::size_t j = 1; j < static_cast<std::size_t>(dimension); ++j) sum += one_minus_cos(two_pi * k[j]);
  return sum;
}

/// (2π)⁻¹ ∇S = (sin 2πk_j)_j, times a factor.
Vector3 scaled_sines(int dimension, const Vector3& k, double factor) {
  Vector3 v{};
  for (std::size_t j = 0; j < static_cast<std::size_t>(dimension); ++j) v[j] = factor * std::sin(two_pi * k[j]);
  return v;
}

/// The angle 2πk·R of a hop along R.
template <class T>
T hopping_phase(const std::array<T, 3>& k, const std::array<int, 3>& R) {
  T sum = 0.0;
  for (std::size_t j = 0; j < 3; ++j) {
    if (R[j] != 0) sum += static_cast<double>(R[j]) * k[j];
  }
  return two_pi * sum;
}

/// Σ_R t_R (1 − cos 2πk·R).
template <class T>
T hopping_energy(const std::vector<HoppingTerm>& terms, const std::array<T, 3>& k) {
  T sum = 0.0;
  for (const auto& [R, t] : terms) sum += t * one_minus_cos(hopping_phase(k, R));
  return sum;
}

std::string with_number(const char* key, double value) {
  std::ostringstream text;
  text << key << " = " << value;
  return text.str();
}

std::string hopping_description(const std::vector<HoppingTerm>& terms) {
  std::ostringstream text;
  text << "sum of t (1 - cos 2 pi k.R) over";
  for (const auto& [R, t] : terms) text << " R=(" << R[0] << "," << R[1] << "," << R[2] << ") t=" << t << ";";
  std::string result = text.str();
  result.pop_back();
  return result;
}

void check_hopping(int dimension, const std::vector<HoppingTerm>& terms) {
  if (terms.empty()) throw InvalidArgument("a hopping band needs at least one term");
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const auto& R = terms[i].R;
    const std::string which = "hopping term " + std::to_string(i + 1);
    check_number((which + ": t").c_str(), terms[i].t, terms[i].t != 0.0, "finite and not zero");
    if (R == std::array<int, 3>{}) throw InvalidArgument(which + ": R = 0 only shifts the energy; it must not be zero");
    const int reach = detail::samples_per_axis(dimension) / 4;  // four samples a period: extrema are found
    for (const int component : R) {
      if (component < -reach || component > reach) {
        throw InvalidArgument(which + ": R has the component " + std::to_string(component) + ", allowed are " +
                              std::to_string(-reach) + " to " + std::to_string(reach) + " in dimension " +
                              std::to_string(dimension));
      }
    }
    for (std::size_t j = static_cast<std::size_t>(dimension); j < 3; ++j) {
      if (R[j] != 0) {
        throw InvalidArgument(which + ": R has a component beyond dimension " + std::to_string(dimension));
      }
    }
    const std::array<int, 3> opposite{-R[0], -R[1], -R[2]};
    for (std::size_t earlier = 0; earlier < i; ++earlier) {
      if (terms[earlier].R == R || terms[earlier].R == opposite) {
        throw InvalidArgument(which + ": R or its opposite is already term " + std::to_string(earlier + 1) +
                              "; each pair +R, -R comes once");
      }
    }
  }
}

/// The axis that R lies along with length one, or nothing.
std::optional<std::size_t> unit_axis(const std::array<int, 3>& R) {
  if (std::abs(R[0]) + std::abs(R[1]) + std::abs(R[2]) != 1) return std::nullopt;
  return static_cast<std::size_t>(std::find_if(R.begin(), R.end(), [](int c) { return c != 0; }) - R.begin());
}

std::optional<Vector3> hopping_amplitudes(int dimension, const std::vector<HoppingTerm>& terms) {
  Vector3 amplitudes{};
  for (const auto& [R, t] : terms) {
    const auto axis = unit_axis(R);
    if (!axis) return std::nullopt;
    amplitudes[*axis] = t;
  }
  const auto end = amplitudes.begin() + dimension;
  if (std::find(amplitudes.begin(), end, 0.0) != end) return std::nullopt;
  return amplitudes;
}

}  // namespace

Vector3 wrap_to_torus(const Vector3& k) noexcept {
  Vector3 wrapped{};
  for (std::size_t j = 0; j < 3; ++j) {
    wrapped[j] = k[j] - std::floor(k[j] + 0.5);
    if (wrapped[j] >= 0.5) wrapped[j] -= 1.0;  // the floor of a number just below an integer can round up
  }
  return wrapped;
}

struct Dispersion::Model {
  int dimension = 0;
  std::string description;
  Energy energy;
  Velocity velocity;
  std::optional<SmoothFunction> formula{};
  std::optional<Vector3> cosine_amplitudes{};
  EnergyRange range{};
  double max_velocity = 0.0;
};

Dispersion::Dispersion(std::shared_ptr<const Model> model) : model_(std::move(model)) {}

Dispersion Dispersion::built(Model model) {
  const int d = model.dimension;
  const Energy& energy = model.energy;
  const Velocity& velocity = model.velocity;
  if (model.cosine_amplitudes) {
    for (const double t : *model.cosine_amplitudes) {
      model.range.min += std::min(0.0, 2.0 * t);
      model.range.max += std::max(0.0, 2.0 * t);
      model.max_velocity = std::max(model.max_velocity, std::abs(t));
    }
  } else {
    model.range.min = detail::torus_minimum(d, energy, "the dispersion");
    model.range.max = -detail::torus_minimum(
        d, [&energy](const Vector3& k) { return -energy(k); }, "the dispersion");
    for (std::size_t j = 0; j < static_cast<std::size_t>(d); ++j) {
      const auto minus_speed = [&velocity, j](const Vector3& k) { return -std::abs(velocity(k)[j]); };
      model.max_velocity = std::max(model.max_velocity, -detail::torus_minimum(d, minus_speed, "the group velocity"));
    }
  }
  return Dispersion(std::make_shared<const Model>(std::move(model)));
}

Dispersion Dispersion::nearest_neighbour(int dimension) {
  check_dimension(dimension);
  Vector3 amplitudes{};
  std::fill_n(amplitudes.begin(), dimension, 1.0);
  return built(
      {.dimension = dimension,
       .description = "nearest-neighbour: sum_j (1 - cos 2 pi k_j)",
       .energy = [dimension](const Vector3& k) { return lattice_laplacian(dimension, k); },
       .velocity = [dimension](const Vector3& k) { return scaled_sines(dimension, k, 1.0); },
       .formula = SmoothFunction(dimension, [dimension](const Symbols& k) { return lattice_laplacian(dimension, k); }),
       .cosine_amplitudes = amplitudes});
}

Dispersion Dispersion::hopping(int dimension, const std::vector<HoppingTerm>& terms) {
  check_dimension(dimension);
  check_hopping(dimension, terms);
  const auto amplitudes = hopping_amplitudes(dimension, terms);
  const auto description = "hopping: " + hopping_description(terms);
  return built({.dimension = dimension,
                .description = description,
                .energy = [terms](const Vector3& k) { return hopping_energy(terms, k); },
                .velocity =
                    [terms](const Vector3& k) {
                      Vector3 v{};
                      for (const auto& [R, t] : terms) {
                        const double s = t * std::sin(hopping_phase(k, R));
                        for (std::size_t j = 0; j < 3; ++j) v[j] += s * R[j];
                      }
                      return v;
                    },
                .formula = SmoothFunction(dimension, [&terms](const Symbols& k) { return hopping_energy(terms, k); }),
                .cosine_amplitudes = amplitudes});
}

Dispersion Dispersion::optical(int dimension, double omega0, double kappa) {
  check_dimension(dimension);
  check_number("omega0", omega0, omega0 >= 0.0, "finite and not negative");
  check_number("kappa", kappa, kappa > 0.0, "finite and positive");
  const auto energy = [=](const auto& k) {
    using std::sqrt;
    return sqrt(omega0 * omega0 + 2.0 * kappa * lattice_laplacian(dimension, k));
  };
  return built({.dimension = dimension,
                .description = "optical: sqrt(omega0^2 + 2 kappa sum_j (1 - cos 2 pi k_j)), " +
                               with_number("omega0", omega0) + ", " + with_number("kappa", kappa),
                .energy = energy,
                .velocity =
                    [=](const Vector3& k) {
                      const double omega = energy(k);
                      return omega > 0.0 ? scaled_sines(dimension, k, kappa / omega) : Vector3{};
                    },
                .formula = SmoothFunction(dimension, energy)});
}

Dispersion Dispersion::acoustic(int dimension, double kappa) { return optical(dimension, 0.0, kappa); }

Dispersion Dispersion::bending(int dimension, double omega0, double kappa) {
  check_dimension(dimension);
  check_number("omega0", omega0, omega0 >= 0.0, "finite and not negative");
  check_number("kappa", kappa, kappa > 0.0, "finite and positive");
  const auto energy = [=](const auto& k) {
    using std::sqrt;
    const auto bend = 2.0 * kappa * lattice_laplacian(dimension, k);
    return omega0 == 0.0 ? bend : sqrt(omega0 * omega0 + bend * bend);  // without a kink at k = 0
  };
  return built({.dimension = dimension,
                .description = "bending: sqrt(omega0^2 + (2 kappa sum_j (1 - cos 2 pi k_j))^2), " +
                               with_number("omega0", omega0) + ", " + with_number("kappa", kappa),
                .energy = energy,
                .velocity =
                    [=](const Vector3& k) {
                      const double omega = energy(k);
                      const double factor =
                          omega > 0.0 ? 4.0 * kappa * kappa * lattice_laplacian(dimension, k) / omega : 0.0;
                      return scaled_sines(dimension, k, factor);
                    },
                .formula = SmoothFunction(dimension, energy)});
}

Dispersion Dispersion::from_function(int dimension, Energy energy, Velocity velocity, std::string description) {
  check_dimension(dimension);
  if (!energy) throw InvalidArgument("a dispersion needs a function omega(k), found an empty one");
  const Energy periodic = [energy = std::move(energy)](const Vector3& k) { return energy(wrap_to_torus(k)); };
  if (!velocity) {
    velocity = [periodic, dimension](const Vector3& k) {
      Vector3 v{};
      for (int j = 0; j < dimension; ++j) {
        v[static_cast<std::size_t>(j)] = detail::central_derivative(periodic, k, j) / two_pi;
      }
      return v;
    };
  }
  return built({.dimension = dimension,
                .description = std::move(description),
                .energy = periodic,
                .velocity = [velocity = std::move(velocity)](const Vector3& k) { return velocity(wrap_to_torus(k)); }});
}

Dispersion Dispersion::from_formula(int dimension, const SmoothFunction::Formula& formula, std::string description) {
  check_dimension(dimension);
  return from_formula(SmoothFunction(dimension, formula), std::move(description));
}

Dispersion Dispersion::from_formula(const SmoothFunction& f, std::string description) {
  detail::require_period_one(f, "the formula of the dispersion", "k");
  const bool has_kinks = f.squared().has_value();
  return built({.dimension = f.dimension(),
                .description = std::move(description),
                .energy = f,
                .velocity =
                    [f, has_kinks](const Vector3& k) {
                      Vector3 gradient{};
                      const double value = f.with_gradient(k, gradient);
                      if (has_kinks && value == 0.0) return Vector3{};
                      for (double& g : gradient) g /= two_pi;
                      return gradient;
                    },
                .formula = f});
}

int Dispersion::dimension() const noexcept { return model_->dimension; }
const std::string& Dispersion::description() const noexcept { return model_->description; }
double Dispersion::operator()(const Vector3& k) const { return model_->energy(wrap_to_torus(k)); }
Vector3 Dispersion::velocity(const Vector3& k) const { return model_->velocity(wrap_to_torus(k)); }
const SmoothFunction* Dispersion::formula() const noexcept { return model_->formula ? &*model_->formula : nullptr; }
EnergyRange Dispersion::range() const noexcept { return model_->range; }
double Dispersion::max_velocity() const noexcept { return model_->max_velocity; }
std::optional<Vector3> Dispersion::cosine_amplitudes() const noexcept { return model_->cosine_amplitudes; }

}  // namespace nordheim
