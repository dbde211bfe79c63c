// SPDX-License-Identifier: GPL-3.0-or-later
// `nordheim evolve` from waves and density matrices on the sites of a lattice.
#include <nordheim/io/hdf5_file.hpp>
#include <nordheim/observables/observables.hpp>
#include <nordheim/wigner/density_matrix.hpp>

#include "program/run_json.hpp"
#include "support/catch.hpp"
#include "support/two_pi.hpp"

#include <algorithm>
#include <cmath>
#include <complex>

using namespace nordheim;
using namespace nordheim::test;
using Json = nlohmann::json;
using Complex = std::complex<double>;

namespace {

/// Electrons in a bath on a ring of 64 sites; the end is so early that nothing happens.
constexpr const char* ring = R"toml(
[momentum]
dimension = 1
points = 64
[collision]
kind = "phonon-bath"
phonon = "optical"
omega0 = 0.7
temperature = 1.0
coupling = 0.3
window = "bohman"
error_estimate = false
[space]
box = [64]
points = [64]
[initial]
microscopic = { packets = [{ centre = [20.3], momentum = [0.15], width = 2.5, particles = 0.6 }] }
[time]
end = 1e-9
[output]
times = 1
snapshots = 2
)toml";

constexpr const char* fermions = R"toml(
[momentum]
dimension = 2
points = 8
[collision]
kind = "two-body"
statistics = "fermion"
error_estimate = false
[space]
box = [8, 8]
points = [8, 8]
[initial.microscopic]
state = "mixture"
function = "husimi"
packets = [{ centre = [4, 4], momentum = [0.1, 0], width = 0.9, particles = 0.7 },
           { centre = [5, 4], momentum = [0.1, 0.2], width = 0.9, particles = 0.4 }]
[time]
end = 1
[output]
times = 1
snapshots = 2
)toml";

/// The densities that a run began with: at each position, and Σ_r W(r,k) at each momentum in increasing order.
struct Marginals {
  std::vector<double> of_r, of_k;
};

Marginals marginals(const ScratchDirectory& scratch) {
  const Hdf5Reader file(scratch.path() / "case" / "result.h5");
  const auto shape = file.shape("image");
  const std::vector<double> image = file.numbers("image"), density = file.numbers("density");
  Marginals result{{density.begin(), density.begin() + static_cast<std::ptrdiff_t>(file.shape("density")[1])},
                   std::vector<double>(shape[2])};
  for (std::size_t i = 0; i < shape[1] * shape[2]; ++i) result.of_k[i % shape[2]] += image[i];
  return result;
}

/// exp(−(x−c)²/4σ² + i2πkx) on a ring, of norm one: the images of both ends are below 1e-16.
std::vector<Complex> packet(int sites, double c, double k, double sigma) {
  std::vector<Complex> wave;
  double norm = 0.0;
  for (int x = 0; x < sites; ++x) {
    double away = x - c;
    away -= sites * std::round(away / sites);
    wave.push_back(std::polar(std::exp(-away * away / (4 * sigma * sigma)), two_pi * k * (c + away)));
    norm += std::norm(wave.back());
  }
  for (Complex& value : wave) value /= std::sqrt(norm);
  return wave;
}

/// |ψ(x)|².
std::vector<double> density_of(const std::vector<Complex>& wave) {
  std::vector<double> values;
  for (const Complex& value : wave) values.push_back(std::norm(value));
  return values;
}

/// |Σ_x e^{−i2πkx} ψ(x)|² at k = −½, …, with 1/M between them.
std::vector<double> momenta_of(const std::vector<Complex>& wave, int momenta) {
  std::vector<double> values;
  for (int j = -momenta / 2; j < momenta - momenta / 2; ++j) {
    Complex sum = 0.0;
    for (std::size_t x = 0; x < wave.size(); ++x) {
      sum += wave[x] * std::polar(1.0, -two_pi * j * static_cast<double>(x) / momenta);
    }
    values.push_back(std::norm(sum));
  }
  return values;
}

std::vector<double> times(double factor, std::vector<double> values) {
  for (double& value : values) value *= factor;
  return values;
}

/// Pairs of real and imaginary part.
std::vector<double> parts_of(const std::vector<Complex>& values) {
  std::vector<double> parts;
  for (const Complex& value : values) parts.insert(parts.end(), {value.real(), value.imag()});
  return parts;
}

Json run(const ScratchDirectory& scratch, const char* text, const std::vector<std::string>& settings) {
  write_file(scratch.path() / "case.toml", text);
  std::vector<std::string> arguments{"evolve", "case.toml"};
  for (const std::string& setting : settings) arguments.insert(arguments.end(), {"--set", setting});
  return run_json(scratch, arguments);
}

}  // namespace

TEST_CASE("the Wigner function of a packet has the densities of its wave") {
  const ScratchDirectory scratch;
  const std::vector<Complex> wave = packet(64, 20.3, 0.15, 2.5);
  const double tolerance = 1e-11;  // a step of 1e-9 at rates and velocities below one changes 1e-10 of what is 0.1
  const Json summary = run(scratch, ring, {});
  const Json& made = summary["microscopic"];
  CHECK(std::abs(summary["number"].get<double>() - 0.6) < 1e-13);
  CHECK(made["sites"] == 64);
  CHECK(made["function"] == "wigner");
  CHECK(made["smoothing"].is_null());
  CHECK(std::abs(made["particles"].get<double>() - 0.6) < 1e-14);
  CHECK(std::abs(made["particles_of_W"].get<double>() - 0.6) < 1e-13);
  CHECK(std::abs(made["largest_eigenvalue"].get<double>() - 0.6) < 1e-14);
  CHECK(made["smallest_eigenvalue"] == 0.0);
  // 2p e^{−x²/2σ² − 8π²σ²κ²} at the nearest node: x = 0.3, κ = 0.4/64. The lattice changes less than its ghost, 1e-7.
  const double highest = 1.2 * std::exp(-0.09 / 12.5 - 2 * two_pi * two_pi * 6.25 * 0.16 / (64 * 64));
  CHECK(std::abs(made["max_W"].get<double>() - highest) < 1e-6);
  CHECK(made["min_W"].get<double>() > -1e-6);
  const Marginals found = marginals(scratch);
  CHECK(max_difference(found.of_r, times(0.6, density_of(wave))) < tolerance);
  CHECK(max_difference(found.of_k, times(0.6, momenta_of(wave, 64))) < 100 * tolerance);  // sums over 64 positions

  SECTION("with other numbers of momenta") {
    for (const int momenta : {56, 61, 80}) {
      CAPTURE(momenta);
      run(scratch, ring, {"momentum.points=" + std::to_string(momenta)});
      const Marginals other = marginals(scratch);
      CHECK(max_difference(other.of_r, found.of_r) < tolerance);
      CHECK(other.of_k.size() == static_cast<std::size_t>(momenta));
      // 56 momenta resolve displacements up to 28, at which the coherence is e^{−28²/8·6.25} = 2e-7 of some units.
      CHECK(max_difference(other.of_k, times(0.6, momenta_of(wave, momenta))) < 1e-5);
    }
  }
  SECTION("with fewer positions") {
    // Every second site sees the modes below 16/64, which are all but e^{−2π²σ²/16} = 5e-4 of them.
    const Json coarse = run(scratch, ring, {"space.points=[32]", "initial.microscopic.function=husimi"});
    CHECK(std::abs(coarse["number"].get<double>() - 0.6) < 1e-9);
    const Json wigner = run(scratch, ring, {"space.points=[40]"});
    CHECK(std::abs(wigner["number"].get<double>() - 0.6) < 1e-13);
    CHECK(max_difference(marginals(scratch).of_k, times(40.0 / 64.0, found.of_k)) < 100 * tolerance);
  }
  SECTION("in another unit of length") {
    const Json half =
        run(scratch, ring,
            {"space.box=[32]", "initial.microscopic.spacing=0.5",
             "initial.microscopic.packets=[{centre=[10.15], momentum=[0.15], width=1.25, particles=0.6}]"});
    CHECK(half["microscopic"]["sites"] == 64);
    CHECK(std::abs(half["number"].get<double>() - 0.3) < 1e-13);  // ε times the particles
    CHECK(max_difference(marginals(scratch).of_r, found.of_r) < 2 * tolerance);
  }
}

TEST_CASE("the Husimi function of packets that interfere is smeared, and that of a mixture does not interfere") {
  const ScratchDirectory scratch;
  const std::string packets =
      "initial.microscopic.packets=[{centre=[24], momentum=[0.1], width=2, particles=0.5},"
      "{centre=[40], momentum=[0.1], width=2, particles=0.5, phase=3.141592653589793}]";
  const Json cat = run(scratch, ring, {packets, "initial.microscopic.function=husimi"});
  const double smoothing = cat["microscopic"]["smoothing"].get<double>();
  CHECK(std::abs(smoothing - std::sqrt(64.0 / (2 * two_pi))) < 1e-14);
  CHECK(cat["microscopic"]["min_W"].get<double>() >= 0.0);
  CHECK(cat["microscopic"]["max_W"].get<double>() < 1.0);
  CHECK(std::abs(cat["number"].get<double>() - 1.0) < 1e-12);
  const Marginals found = marginals(scratch);
  // Gaussians of the variance 4 + smoothing² [sites²]; what images and the sum over sites change is below 1e-12.
  const double variance = 4.0 + smoothing * smoothing;
  for (int x = 0; x < 64; ++x) {
    double density = 0.0;
    for (const double c : {24.0, 40.0}) {
      for (const double image : {-64.0, 0.0, 64.0}) {
        const double away = x - c + image;
        density += 0.5 * std::exp(-away * away / (2 * variance)) / std::sqrt(two_pi * variance);
      }
    }
    // The overlap e^{−16²/8·4} = 3e-4 of the packets is their interference in r.
    CHECK(std::abs(found.of_r[static_cast<std::size_t>(x)] - density) < 1e-3 * 0.2);
  }
  // In k there are fringes 1 − cos(2π·16 (k − 0.1)), damped by the smoothing to e^{−16²/8·smoothing²} = 2e-3.
  const auto wave = [](double sign) {
    std::vector<Complex> sum = packet(64, 24, 0.1, 2);
    const std::vector<Complex> other = packet(64, 40, 0.1, 2);
    for (std::size_t x = 0; x < sum.size(); ++x) sum[x] = std::sqrt(0.5) * (sum[x] + sign * other[x]);
    return sum;
  };
  CHECK(max_difference(momenta_of(wave(-1.0), 64), momenta_of(wave(1.0), 64)) > 1.0);
  run(scratch, ring,
      {packets.substr(0, packets.find(", phase")) + "}]", "initial.microscopic.function=husimi",
       "initial.microscopic.state=mixture"});
  const double fringes = max_difference(marginals(scratch).of_k, found.of_k);
  const double peak = *std::max_element(found.of_k.begin(), found.of_k.end());
  CHECK(fringes < 0.05 * peak);
  CHECK(fringes > 1e-4 * peak);
}

TEST_CASE("fermions on a plane start from a mixture of packets, with its spectrum") {
  const ScratchDirectory scratch;
  const Json summary = run(scratch, fermions, {});
  const Json& made = summary["microscopic"];
  // p = 0.7, 0.4 and the overlap |<ψ1,ψ2>|²: two eigenvalues with the sum 1.1 and the product 0.28 (1 − overlap).
  const std::vector<Complex> a = packet(8, 4, 0, 0.9), b = packet(8, 5, 0, 0.9), c = packet(8, 4, 0.2, 0.9);
  Complex shifted = 0.0, turned = 0.0;
  for (std::size_t x = 0; x < 8; ++x) {
    shifted += std::conj(a[x]) * b[x];
    turned += std::conj(a[x]) * c[x];
  }
  const double product = 0.28 * (1.0 - std::norm(shifted) * std::norm(turned));
  const double largest = 0.55 + std::sqrt(0.55 * 0.55 - product);
  CHECK(std::abs(made["largest_eigenvalue"].get<double>() - largest) <
        1e-3);  // periodic images of packets, e^{−16/2·0.81}
  CHECK(made["smallest_eigenvalue"] == 0.0);
  CHECK(std::abs(made["particles"].get<double>() - 1.1) < 1e-14);
  // 4 e^{−πnM/2N} = 1.4e-5 is what sums over the nodes miss.
  CHECK(std::abs(summary["number"].get<double>() / 1.1 - 1.0) < 1e-5 * 1.4);
  CHECK(std::abs(made["particles_of_W"].get<double>() - summary["number"].get<double>()) < 1e-13);
  CHECK(made["max_W"].get<double>() < largest);
  CHECK(summary["min_W"].get<double>() > -1e-3);  // of the run, on eight positions
  CHECK(summary["mass_drift"].get<double>() < 1e-13);
}

TEST_CASE("waves and density matrices come from files, in one to three dimensions") {
  const ScratchDirectory scratch;
  const std::vector<Complex> wave = packet(64, 20.3, 0.15, 2.5);
  run(scratch, ring, {});
  const Marginals expected = marginals(scratch);
  const std::string from_file = "initial.microscopic.file=state.h5";
  const double tolerance = 1e-11;  // as above
  {
    Hdf5Writer file(scratch.path() / "state.h5");
    file.write("psi", parts_of(wave), 2, {"1", "wave function"});
    file.write("occupations", std::vector<double>{0.6}, {"1", "particles"});
    file.commit();
  }
  const Json by_wave = run(scratch, ring, {from_file});
  CHECK(max_difference(marginals(scratch).of_k, expected.of_k) < 100 * tolerance);
  CHECK(std::abs(by_wave["microscopic"]["largest_eigenvalue"].get<double>() - 0.6) < 1e-14);
  {
    const DensityMatrix R(WaveMixture({1, 64}, {{0.6, wave}}));
    Hdf5Writer file(scratch.path() / "state.h5");
    file.write("R", parts_of(R.values()), {64, 64, 2}, {"1", "density matrix"});
    file.commit();
  }
  const Json by_matrix = run(scratch, ring, {from_file});
  CHECK(max_difference(marginals(scratch).of_k, expected.of_k) < 100 * tolerance);
  CHECK(max_difference(marginals(scratch).of_r, expected.of_r) < tolerance);
  CHECK(std::abs(by_matrix["microscopic"]["smallest_eigenvalue"].get<double>()) < 1e-14);
  // The case that is written is read again.
  const std::string resolved = contents(scratch.path() / "case" / "case.toml");
  write_file(scratch.path() / "again.toml", resolved);
  run_json(scratch, {"evolve", "again.toml"});
  CHECK(contents(scratch.path() / "again" / "case.toml") == resolved);

  // A real wave of two bosons in three dimensions, and phonons on a ring.
  {
    Hdf5Writer file(scratch.path() / "state.h5");
    file.write("psi", std::vector<double>(216, std::sqrt(2.0 / 216)), {6, 6, 6}, {"1", "wave function"});
    file.commit();
  }
  const Json bosons =
      run(scratch, fermions,
          {from_file, "momentum.dimension=3", "momentum.points=6", "collision.statistics=boson", "space.box=[6, 6, 6]",
           "space.points=[6, 6, 6]", "initial.microscopic={file='state.h5', function='husimi'}", "time.end=1e-3"});
  CHECK(std::abs(bosons["microscopic"]["largest_eigenvalue"].get<double>() - 2.0) < 1e-13);
  CHECK(std::abs(bosons["number"].get<double>() - 2.0) < 2.0 * 6 * std::exp(-two_pi * 6 / 4));
  // It is the same everywhere: the density is 2/216.
  for (const double rho : marginals(scratch).of_r) CHECK(std::abs(rho - bosons["number"].get<double>() / 216) < 1e-12);
  const Json phonons =
      run(scratch,
          "[momentum]\ndimension = 1\npoints = 32\n[dispersion]\nkind = \"optical\"\nomega0 = 1\n[collision]\n"
          "kind = \"four-phonon\"\nlambda = 1\nerror_estimate = false\n[space]\nbox = [32]\npoints = [32]\n"
          "[initial.microscopic]\nfunction = \"husimi\"\npackets = [{ centre = [16], momentum = [0.1], width = 2, "
          "particles = 40 }]\n[time]\nend = 1e-3\n[output]\ntimes = 1\nsnapshots = 2\n",
          {});
  CHECK(std::abs(phonons["number"].get<double>() - 40.0) < 1e-9);
}

TEST_CASE("what is no state, or no wave on the sites of a box, is refused in a sentence") {
  const std::string packets = "initial.microscopic.packets=";
  says(ring, {packets + "[{centre=[24], momentum=[0.1], width=2}, {centre=[40], momentum=[0.1], width=2}]"},
       "use function = \"husimi\"");
  says(fermions, {packets + "[{centre=[4, 4], momentum=[0, 0], width=1, particles=1.5}]"},
       "initial.microscopic: the density matrix is no state: its eigenvalues are from 0 to 1.5, allowed are numbers "
       "from "
       "0 to 1");
  says(fermions, {"initial.microscopic.function=wigner"}, "allowed are numbers from 0 to 1 for fermions");
  says(fermions, {"space.box=[8]", "space.points=[8]"}, "found 1 lengths in space.box, allowed 2");
  says(fermions, {"space.box=[8, 16]"}, "a box with equal axes");
  says(ring, {"initial.microscopic.spacing=0.7"}, "the box has 91.4286 sites along an axis");
  says(ring, {"space.points=[48]", "initial.microscopic.function=husimi"}, "divisors of the 64 sites");
  says(ring, {"space.points=[65]"}, "allowed is 1 to the 64 sites");
  says(ring,
       {"momentum.points=96", "initial.microscopic.function=husimi", "initial.microscopic.smoothing=12",
        packets + "[{centre=[24], momentum=[0.1], width=12}]"},
       "use a smaller smoothing than 12, or not more momentum.points than sites");
  says(ring, {"space.points=[8]", "momentum.points=8", "initial.microscopic.function=husimi"},
       "of the 0.6 particles; use more space.points and momentum.points");
  says(ring, {packets + "[{centre=[1, 2], momentum=[0], width=1}]"},
       "initial.microscopic.packets[1].centre needs as many components as k has (found 2, allowed 1)");
  says(ring, {packets + "[{centre=[1], momentum=[0], width=100}]"},
       "packets[0].width = 100; allowed are numbers from 0.0707107 to 45.2548");
  says(ring, {"initial.microscopic.state=mixture", packets + "[{centre=[1], momentum=[0], width=2, phase=1}]"},
       "means nothing in a mixture");
  says(ring,
       {packets + "[{centre=[9], momentum=[0], width=2}, {centre=[9], momentum=[0], width=2, "
                  "phase=3.141592653589793}]"},
       "cancel each other");
  says(ring, {"initial.microscopic.smoothing=2"}, "initial.microscopic.smoothing is for function = \"husimi\"");
  says(ring, {"initial.microscopic={}"}, "exactly one of the keys packets and file (found none)");
  says(ring, {"initial.microscopic.file=missing.h5"}, "there is no such file");
  says(small_case, {packets + "[{centre=[1, 1], momentum=[0, 0], width=2}]"},
       "initial.microscopic is for the momenta of a lattice in a box", "relax");
  says(
      "[momentum]\nspace = \"shell\"\ndimension = 1\nenergies = [0.7]\n[collision]\nkind = \"impurity\"\n[space]\n"
      "box = [64]\npoints = [64]\n[initial]\nmicroscopic = { file = \"R.h5\" }\n[time]\nend = 1\n",
      {}, "(found momentum.space = \"shell\")");
  const ScratchDirectory scratch;
  const auto refused = [&](const char* name, const std::vector<double>& values) {
    Hdf5Writer file(scratch.path() / "state.h5");
    file.write(name, values, {"1", "values"});
    file.commit();
    write_file(scratch.path() / "case.toml", ring);
    return refusal(scratch, {"evolve", "case.toml", "--set", "initial.microscopic.file=state.h5"});
  };
  const auto contains = [](const std::string& text, const char* words) {
    return text.find(words) != std::string::npos;
  };
  CHECK(contains(refused("W", {1.0}), "exactly one of the datasets R and psi (found none)"));
  CHECK(contains(refused("psi", {1.0, 2.0}), "psi has 2 numbers, 64 real or as many complex ones are needed"));
  std::vector<double> matrix(64 * 64);
  matrix[1] = 1.0;
  CHECK(contains(refused("R", matrix), "the density matrix is not hermitian"));
  matrix[64] = 1.0;
  CHECK(contains(refused("R", matrix), "its eigenvalues are from -1 to 1, allowed are numbers from 0 on"));
}
