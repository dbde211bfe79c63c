// SPDX-License-Identifier: GPL-3.0-or-later
// result.h5 and transport.csv of a lattice gas.
#include <nordheim/io/csv.hpp>
#include <nordheim/model/statistics.hpp>

#include "commands/lattice_transport_run.hpp"
#include "commands/result_files.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <utility>

namespace nordheim::program {

namespace {

constexpr const char* conventions =
    "hbar = k_B = lattice constant = 1; k in [-1/2, 1/2)^d, int dk over the unit torus, v = (2 pi)^-1 d omega/dk\n"
    "C(W)(k1) = strength int dk2 dk3 dk4 delta(k1+k2-k3-k4) delta(omega1+omega2-omega3-omega4) [W3 W4 (1+theta "
    "W1)(1+theta W2) - W1 W2 (1+theta W3)(1+theta W4)], momenta modulo 1; no 2 pi\n"
    "d_t (n, e) = div L grad (alpha, -beta) = div D grad (n, e), of states W = 1/(exp(beta omega - alpha) - theta), "
    "alpha = beta mu; L_ab = <v a g, (-C')^-1 v b g>, a and b number (1) or energy (omega), g = W (1 + theta W), C' "
    "the linearised collisions; chi_ab = <a, g b>; D = L chi^-1, its eigenvalues the diffusivities: a wave of "
    "wavenumber q decays in two steps, exp(-diffusivity q^2 t), whose shapes (n, e) are the modes, orthonormal in "
    "chi^-1\n"
    "heat_conductivity = beta^2 (L_ee - L_ne^2/L_nn); conductivity = beta L_nn, the current of particles per force; "
    "drift_mobility = conductivity/n; seebeck = beta (L_ne/L_nn - mu) = -d mu/d T where no particles flow\n"
    "errors are estimated and relative: of chi_ab against sqrt(chi_aa chi_bb), of L_ab against sqrt(L_aa L_bb), of "
    "D_ab against the larger diffusivity times sqrt(chi_aa/chi_bb), of a mode against sqrt(chi_aa), of the rest "
    "against itself; that of seebeck is absolute";

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

using Point = LatticeTransportPoint;

/// A quantity over the points: its name in files, its units, what it is.
struct LatticeQuantity {
  std::string name, units, long_name;
  std::function<double(const Point&)> value;
};

constexpr const char* letters[] = {"n", "e"};
constexpr const char* matrix_units[2][2] = {{"1", "energy"}, {"energy", "energy^2"}};

/// The columns, one after the other.
class Columns {
 public:
  explicit Columns(const LatticeTransportRun& run)
      : axes_(run.is_isotropic() ? 1 : static_cast<std::size_t>(run.input.momentum.dimension)),
        isotropic_(run.is_isotropic()) {
    add("temperature", "energy", "temperature T", [](auto& p) { return p.temperature; });
    add("fugacity", "1", "fugacity z = exp(mu/T)", [](auto& p) { return p.fugacity; });
    add("mu", "energy", "chemical potential", [](auto& p) { return p.mu; });
    add("number", "1 / site", "number n", [](auto& p) { return p.gas.number; });
    add("number_error", "1", "its estimated relative error", [](auto& p) { return p.gas.errors.number; });
    add("energy", "energy / site", "energy e", [](auto& p) { return p.gas.energy; });
    add("energy_error", "1", "its estimated error over sqrt(chi_ee)", [](auto& p) { return p.gas.errors.energy; });
    matrix(
        "chi", "", "susceptibility", "1 / site times ", [](auto& p) -> auto& { return p.gas.susceptibility; },
        [](auto& p) -> auto& { return p.gas.errors.susceptibility; });
    for (std::size_t i = 0; i < axes_; ++i) {
      for (std::size_t j = 0; j < axes_; ++j) add_tensors(i, j);
    }
    for (std::size_t i = 0; i < axes_; ++i) add_axis(i);
    add("reciprocity", "1", "largest |L_ab - L_ba| over sqrt(L_aa L_bb) on the last grid",
        [](auto& p) { return p.gas.reciprocity; });
    add("solving_error", "1", "estimated relative error of solving and rounding",
        [](auto& p) { return p.gas.solving; });
    add("error", "1", "largest estimated relative error of all but the modes", [](auto& p) { return p.gas.error; });
  }
  [[nodiscard]] const std::vector<LatticeQuantity>& all() const { return all_; }

 private:
  using Value = std::function<double(const Point&)>;

  void add(std::string name, std::string units, std::string words, Value value) {
    all_.push_back({std::move(name), std::move(units), std::move(words), std::move(value)});
  }
  template <class Matrix, class Errors>
  void matrix(const std::string& name, const std::string& suffix, const std::string& words, const std::string& unit,
              Matrix of, Errors errors_of) {
    for (const std::size_t a : {0U, 1U}) {
      for (const std::size_t b : {0U, 1U}) {
        std::string full = name;
        full.append("_").append(letters[a]).append(letters[b]).append(suffix);
        add(full, unit + matrix_units[a][b], words + " " + letters[a] + letters[b],
            [=](auto& p) { return of(p)[a][b]; });
        add(full + "_error", "1", "its estimated relative error", [=](auto& p) { return errors_of(p)[a][b]; });
      }
    }
  }
  void add_tensors(std::size_t i, std::size_t j) {
    const std::string suffix = isotropic_ ? "" : "_" + std::to_string(i + 1) + std::to_string(j + 1);
    const std::string axes =
        isotropic_ ? "" : " between axes " + std::to_string(i + 1) + " and " + std::to_string(j + 1) + ",";
    matrix(
        "L", suffix, "Onsager coefficient" + axes, "sites^(2-d) / time times ",
        [ i, j ](auto& p) -> auto& { return p.gas.onsager[i][j]; },
        [ i, j ](auto& p) -> auto& { return p.gas.errors.onsager[i][j]; });
    // D_ne takes an energy to a number.
    for (const std::size_t a : {0U, 1U}) {
      for (const std::size_t b : {0U, 1U}) {
        const std::string full = std::string("D_") + letters[a] + letters[b] + suffix;
        const std::string units =
            a == b ? "sites^2 / time" : (a == 0 ? "sites^2 / (time energy)" : "sites^2 energy / time");
        add(full, units, "diffusion matrix" + axes + " " + letters[a] + letters[b],
            [=](auto& p) { return p.gas.diffusion[i][j][a][b]; });
        add(full + "_error", "1", "its estimated relative error",
            [=](auto& p) { return p.gas.errors.diffusion[i][j][a][b]; });
      }
    }
  }
  void add_axis(std::size_t i) {
    const std::string suffix = isotropic_ ? "" : "_" + std::to_string(i + 1);
    const std::string axis = isotropic_ ? "" : " along axis " + std::to_string(i + 1);
    const auto pair = [&](const std::string& name, const std::string& units, const std::string& words, Value value,
                          const char* error_words, Value error) {
      add(name + suffix, units, words + axis, std::move(value));
      add(name + suffix + "_error", "1", error_words, std::move(error));
    };
    constexpr const char *relative = "its estimated relative error", *absolute = "its estimated absolute error";
    for (const std::size_t mode : {0U, 1U}) {
      const std::string speed = mode == 0 ? "slow" : "fast";
      pair(
          "diffusivity_" + speed, "sites^2 / time",
          (mode == 0 ? "smaller" : "larger") + std::string(" eigenvalue of D"),
          [=](auto& p) { return p.gas.diffusivities[i][mode]; }, relative,
          [=](auto& p) { return p.gas.errors.diffusivities[i][mode]; });
      for (const std::size_t a : {0U, 1U}) {
        std::string component = speed;
        component.append("_mode_").append(letters[a]).append(suffix);
        add(component, a == 0 ? "1" : "energy", std::string("component ") + letters[a] + " of its eigenvector" + axis,
            [=](auto& p) { return p.gas.modes[i][mode][a]; });
        add(component + "_error", "1", "its estimated error over sqrt(chi_aa)",
            [=](auto& p) { return p.gas.errors.modes[i][mode][a]; });
      }
    }
    pair(
        "heat_conductivity", "sites^(2-d) / time", "heat conductivity without a current of particles",
        [=](auto& p) { return p.gas.heat_conductivity[i]; }, relative,
        [=](auto& p) { return p.gas.errors.heat_conductivity[i]; });
    pair(
        "conductivity", "sites^(2-d) / (time energy)", "current of particles per force",
        [=](auto& p) { return p.conductivity(i); }, relative,
        [=](auto& p) { return p.gas.errors.onsager[i][i][0][0]; });
    pair(
        "drift_mobility", "sites^2 / (time energy)", "velocity of particles per force",
        [=](auto& p) { return p.conductivity(i) / p.gas.number; }, relative,
        [=](auto& p) { return p.gas.errors.onsager[i][i][0][0] + p.gas.errors.number; });
    pair(
        "seebeck", "1", "Seebeck coefficient, -d mu/d T without a current of particles",
        [=](auto& p) { return p.seebeck(i); }, absolute, [=](auto& p) { return p.seebeck_error(i); });
  }

  std::size_t axes_;
  bool isotropic_;
  std::vector<LatticeQuantity> all_{};
};

/// NaN of what a point without coefficients would have.
double value_of(const LatticeQuantity& quantity, const Point& point) {
  const bool given = quantity.name == "temperature" || quantity.name == "fugacity" || quantity.name == "mu";
  return given || point.refusal.empty() ? quantity.value(point) : nothing;
}

}  // namespace

void write_lattice_transport_files(const std::filesystem::path& directory, const LatticeTransportRun& run) {
  Hdf5Writer file = begin_result(directory, "transport", run.input, conventions);
  file.attribute("/", "model", run.description());
  file.attribute("/", "statistics", name(run.input.collision.statistics));
  file.attribute("/", "space", std::string("lattice"));
  file.attribute("/", "dimension", static_cast<std::int64_t>(run.input.momentum.dimension));
  file.attribute("/", "strength", run.input.collision.strength);
  file.attribute("/", "tolerance", run.input.lattice_transport.value().tolerance);
  file.write_integers("point", indices(run.table.size()), {"1", "index of the pair of temperature and filling"});
  std::string comment = "transport: " + run.description() + "\n" + conventions;
  std::deque<std::vector<double>> columns;  // where they are is where the views of the table find them
  std::vector<CsvColumn> table;
  const auto add = [&](const std::string& name, const std::string& units, const std::string& words) {
    comment.append("\n").append(name).append(" [").append(units).append("]: ").append(words);
    table.push_back({name, columns.back()});
  };
  const Columns quantities(run);
  for (const LatticeQuantity& quantity : quantities.all()) {
    std::vector<double>& values = columns.emplace_back();
    values.reserve(run.table.size());
    for (const Point& point : run.table) values.push_back(value_of(quantity, point));
    file.write(quantity.name, values, {quantity.units, quantity.long_name, {"point"}});
    add(quantity.name, quantity.units, quantity.long_name);
  }
  const auto whole = [&](const char* name, const char* words, const std::function<int(const Point&)>& value) {
    std::vector<std::int64_t> values;
    values.reserve(run.table.size());
    for (const Point& point : run.table) values.push_back(value(point));
    file.write_integers(name, values, {"1", words, {"point"}});
    columns.emplace_back(values.begin(), values.end());
    add(name, "1", words);
  };
  whole("points_per_direction", "nodes per direction of the last grid", [](auto& p) { return p.gas.points; });
  whole("converged", "1 if the error is within the tolerance", [](auto& p) { return p.converged() ? 1 : 0; });
  file.commit();
  write_csv(directory / "transport.csv", table, comment);
}

}  // namespace nordheim::program
