// SPDX-License-Identifier: GPL-3.0-or-later
// `nordheim evolve` of long waves in a lattice gas against the diffusion matrix that `nordheim transport` gives.
#include <nordheim/io/hdf5_file.hpp>

#include "program/run_program.hpp"
#include "support/catch.hpp"
#include "support/two_pi.hpp"

#include <Eigen/Dense>
#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <iomanip>
#include <sstream>
#include <string>
#include <vector>

using namespace nordheim;
using namespace nordheim::test;
using Json = nlohmann::json;

namespace {

/// Fermions of α = 0.3, β = 0.6 on twelve nodes per direction.
constexpr const char* gas =
    "[momentum]\nspace = \"lattice\"\ndimension = 2\npoints = 12\n[collision]\nkind = \"two-body\"\nstatistics = "
    "\"fermion\"\nerror_estimate = false\n";
constexpr double alpha = 0.3, beta = 0.6;

/// The matrix of the summary as numbers.
Eigen::Matrix2d matrix(const Json& rows) {
  Eigen::Matrix2d M;
  for (const int a : {0, 1}) {
    for (const int b : {0, 1}) M(a, b) = rows[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)].get<double>();
  }
  return M;
}

/// Number and energy of the cosine along the box, at an output.
Eigen::Vector2d amplitude(const Hdf5Reader& file, std::size_t output) {
  const std::vector<double> n = file.numbers("density"), e = file.numbers("energy_density");
  const std::size_t positions = file.shape("density")[1];
  Eigen::Vector2d sum = Eigen::Vector2d::Zero();
  for (std::size_t r = 0; r < positions; ++r) {
    const double wave = std::cos(two_pi * static_cast<double>(r) / static_cast<double>(positions));
    sum += wave * Eigen::Vector2d(n[output * positions + r], e[output * positions + r]);
  }
  return sum;
}

/// A wave of α and −β over the length of the box, and its shape when transients have died and at the end.
std::array<Eigen::Vector2d, 2> course(const std::filesystem::path& directory, double length,
                                      const Eigen::Vector2d& forces, double first, double last) {
  std::ostringstream text;
  text << std::setprecision(17) << gas << "[space]\nbox = [" << length
       << "]\npoints = [8]\n[initial]\noccupation = \"1/(exp(" << beta << "*omega - " << alpha << " - cos(2*pi*x/"
       << length << ")*(" << forces[0] << " + " << forces[1] << "*omega)) + 1)\"\n[time]\nend = " << last
       << "\nrtol = 1e-10\natol = 1e-13\nmethod = \"bdf\"\n[output]\ntimes = [" << first << ", " << last
       << "]\nsnapshots = 2\n";
  write_file(directory / "wave.toml", text.str());
  const Outcome outcome = run_program(directory, {"evolve", "wave.toml", "--quiet", "--output", "wave"});
  CAPTURE(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  const Hdf5Reader file(directory / "wave/result.h5");
  const std::size_t outputs = file.shape("time")[0];
  return {amplitude(file, outputs - 2), amplitude(file, outputs - 1)};
}

}  // namespace

TEST_CASE("long waves of a lattice gas in a box decay with the diffusivities that transport gives") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "gas.toml",
             std::string(gas) + "[transport]\ntemperature = 1.6666666666666667\nmu = 0.5\n");
  const Outcome outcome = run_program(scratch.path(), {"transport", "gas.toml", "--json"});
  CAPTURE(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  const Json summary = Json::parse(outcome.out);
  const Eigen::Matrix2d chi = matrix(summary["susceptibility"]), modes = matrix(summary["axes"][0]["modes"]);
  CHECK((modes.transpose() * modes - chi).cwiseAbs().maxCoeff() < 1e-12);  // orthonormal in χ⁻¹
  for (const int m : {0, 1}) {
    const auto mode = static_cast<std::size_t>(m);
    const double D = summary["axes"][0]["diffusivities"][mode].get<double>();
    std::array<double, 2> rates{};
    for (const std::size_t i : {0U, 1U}) {
      const double length = i == 0 ? 1000.0 : 2000.0, q = two_pi / length;
      // Transients have died by e^{−28}, and the wave decays by a half.
      const double first = 1000.0, last = first + 0.7 / (D * q * q);
      // Forces of one mode, (α, −β) = χ⁻¹ (n, e). What is quadratic in the amplitude is in other Fourier components.
      const Eigen::Vector2d forces = 2e-4 * chi.inverse() * modes.row(m).transpose();
      const auto [early, late] = course(scratch.path(), length, forces, first, last);
      rates[i] = std::log(early.norm() / late.norm()) / ((last - first) * q * q);
      CHECK((late / late.norm() - early / early.norm()).norm() < 2e-3);  // the shape stays, but for (qv/ν)²
      CHECK_THAT(rates[i], WithinRel(D, i == 0 ? 1.2e-2 : 3e-3));        // (qv/ν)², 0.1 and 0.025, times about 0.1
    }
    // What is left falls like q⁴: a quarter of that term at 1000 sites, 4e-5.
    CHECK_THAT((4.0 * rates[1] - rates[0]) / 3.0, WithinRel(D, 1e-4));
  }
}
