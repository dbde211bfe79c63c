// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/model/equilibrium.hpp>
#include <nordheim/momentum/lattice_grid.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

using namespace nordheim;

namespace {

constexpr Statistics all_statistics[] = {Statistics::fermion, Statistics::classical, Statistics::boson};

struct Nodes {
  std::vector<double> energies, weights;
};

Nodes lattice(int dimension, int points) {
  const LatticeGrid grid(points, Dispersion::nearest_neighbour(dimension));
  return {{grid.energies().begin(), grid.energies().end()}, {grid.weights().begin(), grid.weights().end()}};
}

/// Nodes that share no symmetry: random energies in [−1, 2), random weights.
Nodes irregular(std::size_t n) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> energy(-1.0, 2.0), weight(0.1, 1.0);
  Nodes nodes;
  for (std::size_t a = 0; a < n; ++a) {
    nodes.energies.push_back(energy(random));
    nodes.weights.push_back(weight(random));
  }
  return nodes;
}

Moments moments_of(const Equilibrium& equilibrium, const Nodes& nodes) {
  std::vector<double> W;
  for (const double omega : nodes.energies) W.push_back(equilibrium.occupation(omega));
  return nordheim::moments_of(W, nodes.energies, nodes.weights);
}

Equilibrium solve(Statistics statistics, const Moments& moments, const Nodes& nodes) {
  return equilibrium_of(statistics, moments, nodes.energies, nodes.weights);
}

/// Larger of the relative defects of the moments; energies measured from the reference, as the search sees them.
double defect(const Equilibrium& equilibrium, const Moments& wanted, const Nodes& nodes) {
  const auto found = moments_of(equilibrium, nodes);
  const double scale = *std::max_element(nodes.energies.begin(), nodes.energies.end(),
                                         [](double a, double b) { return std::abs(a) < std::abs(b); });
  return std::max(std::abs(found.number - wanted.number) / wanted.number,
                  std::abs(found.energy - wanted.energy) / (wanted.number * std::abs(scale)));
}

/// Rounding errors of sums of n numbers (about √n·1e-16, n up to 4096) and of the exponents, which carry 1e-16·|x|.
double tolerance(const Equilibrium& equilibrium, const Nodes& nodes) {
  double largest_exponent = 0.0;
  for (const double omega : nodes.energies) {
    largest_exponent = std::max(largest_exponent, std::abs(equilibrium.exponent(omega)));
  }
  return 4e-15 + 2.0 * std::numeric_limits<double>::epsilon() * largest_exponent;
}

/// How much energy a change of β moves, Σ w D |ε − ⟨ε⟩| over the bandwidth and the number, D = W(1+θW), ⟨ε⟩ the mean of
/// ε under D: zero for fermions at zero temperature and for particles in one mode.
double softness(const Equilibrium& equilibrium, const Nodes& nodes) {
  const double th = theta(equilibrium.statistics());
  double number = 0.0, curvature = 0.0, centre = 0.0, moved = 0.0;
  const auto D = [&](std::size_t a) {
    const double W = equilibrium.occupation(nodes.energies[a]);
    return nodes.weights[a] * W * (1.0 + th * W);
  };
  for (std::size_t a = 0; a < nodes.energies.size(); ++a) {
    number += nodes.weights[a] * equilibrium.occupation(nodes.energies[a]);
    curvature += D(a);
    centre += D(a) * nodes.energies[a];
  }
  centre /= curvature;
  for (std::size_t a = 0; a < nodes.energies.size(); ++a) moved += D(a) * std::abs(nodes.energies[a] - centre);
  const auto [lowest, highest] = std::minmax_element(nodes.energies.begin(), nodes.energies.end());
  return moved / ((*highest - *lowest) * number);
}

std::string refusal(Statistics statistics, const Moments& moments, const Nodes& nodes) {
  try {
    (void)solve(statistics, moments, nodes);
  } catch (const NoEquilibrium& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("the equilibrium of an equilibrium is itself") {
  int tested = 0;
  const std::vector<Nodes> spaces{lattice(1, 64), lattice(2, 12), lattice(2, 17), lattice(3, 8), irregular(50)};
  for (const auto& nodes : spaces) {
    const auto [lowest, highest] = std::minmax_element(nodes.energies.begin(), nodes.energies.end());
    for (const auto statistics : all_statistics) {
      for (const double beta : {-50.0, -3.0, -0.1, -1e-6, 1e-6, 0.1, 1.0, 10.0, 50.0, 200.0}) {
        // μ below, at the edge of, inside and above the band; for bosons only outside, on the side of the pole.
        for (const double mu :
             {*lowest - 5.0, *lowest - 0.01, *lowest + 0.3 * (*highest - *lowest), *highest + 0.01, *highest + 4.0}) {
          if (statistics == Statistics::boson && (beta > 0.0 ? mu >= *lowest : mu <= *highest)) continue;
          const auto exact = Equilibrium::from_chemical_potential(statistics, beta, mu);
          const auto moments = moments_of(exact, nodes);
          // Out of reach of a double: empty, or filled to the last digit as at zero temperature.
          if (!(moments.number > 1e-280) || !(softness(exact, nodes) > 1e-9)) continue;
          ++tested;
          CAPTURE(nodes.energies.size(), name(statistics), beta, mu);
          const auto found = solve(statistics, moments, nodes);
          CHECK(found.statistics() == statistics);
          CHECK(defect(found, moments, nodes) < tolerance(found, nodes));
        }
      }
    }
  }
  CHECK(tested > 400);
}

TEST_CASE("beta and mu are recovered where they are well conditioned") {
  const auto nodes = lattice(3, 8);
  for (const auto statistics : all_statistics) {
    for (const double beta : {-1.0, -0.2, 0.2, 1.0, 2.0}) {
      const double mu = beta > 0.0 ? -0.5 : 6.5;
      CAPTURE(name(statistics), beta);
      const auto found =
          solve(statistics, moments_of(Equilibrium::from_chemical_potential(statistics, beta, mu), nodes), nodes);
      // Moments good to 1e-16·√n, and a condition number of about ten.
      CHECK_THAT(found.beta(), WithinAbs(beta, 2e-14));
      CHECK_THAT(found.mu(), WithinAbs(mu, 2e-13));  // μ = ω_ref − x_ref/β multiplies the error by 1/β
    }
  }
}

TEST_CASE("equal filling of all modes is the equilibrium of beta zero") {
  const auto nodes = lattice(2, 10);
  for (const auto statistics : all_statistics) {
    const double filling = 0.3;
    const std::vector<double> W(nodes.energies.size(), filling);
    const auto moments = nordheim::moments_of(W, nodes.energies, nodes.weights);
    const auto found = solve(statistics, moments, nodes);
    CHECK_THAT(found.beta(), WithinAbs(0.0, 1e-15));  // round-off of the energy, 2 ± 4e-16, over its variance of 1
    for (const double omega : nodes.energies) CHECK_THAT(found.occupation(omega), WithinRel(filling, 4e-15));
  }
}

TEST_CASE("bosons with almost all particles in the lowest mode") {
  const auto nodes = lattice(3, 8);
  const double lowest_weight = nodes.weights[0];
  for (const double depleted : {1e-12, 1e-9, 1e-6, 1e-3, 0.1, 0.9, 1.0 - 1e-6, 1.0 - 1e-12}) {
    for (const double number : {1e-3, 1.0, 1e6, 1e20}) {
      // The lowest mode holds (1 − depleted) of the particles, the rest is spread evenly over the next shell.
      const Moments moments{number, number * depleted * (1.0 - std::cos(2.0 * 3.14159265358979 / 8.0))};
      CAPTURE(depleted, number);
      const auto found = solve(Statistics::boson, moments, nodes);
      const auto met = moments_of(found, nodes);
      // The lowest energy is zero, so that even the smallest energy is met relative to itself.
      CHECK_THAT(met.number, WithinRel(number, 2e-14));
      CHECK_THAT(met.energy, WithinRel(moments.energy, 2e-14));
      if (depleted < 0.2 && number >= 1.0) {
        const double condensed = lowest_weight * found.occupation(0.0) / number;
        CHECK(condensed > 1.0 - 1.01 * depleted);
        CHECK(condensed < 1.0);
      }
    }
  }
}

TEST_CASE("energies exponentially close to the lowest are met") {
  // β grows like the logarithm of the energy, so that every positive double is within reach: 1e-290 has βΔ ≈ 9000.
  const auto nodes = lattice(3, 6);
  for (const auto statistics : {Statistics::classical, Statistics::boson}) {
    for (const double number : {1e-6, 1.0, 1e6}) {
      for (const double energy : {1e-15, 1e-18, 1e-25, 1e-50, 1e-100, 1e-200, 1e-290}) {
        const Moments moments{number, number * energy};
        CAPTURE(name(statistics), number, energy);
        const auto found = solve(statistics, moments, nodes);
        const auto met = moments_of(found, nodes);
        CHECK_THAT(met.number, WithinRel(number, 2e-14));
        // The rounding of the exponents of the next shell, |log(energy)| at most 700, enters its occupation: 1e-16·700.
        CHECK_THAT(met.energy, WithinRel(moments.energy, 4e-13));
      }
    }
  }
}

TEST_CASE("a light mode far above a heavy one is filled as the formula says") {
  // Two modes, W0 = (n − e)/w0 and W1 = e/w1 from the moments, and β = log((1+θW1)/W1) − log((1+θW0)/W0). Where w1 is
  // small the energies found at β = 0 and asked for differ by a large factor and by less than the rounding of L.
  for (const auto statistics : all_statistics) {
    for (const double light : {1e-6, 1e-12, 1e-18}) {
      for (const double ratio : {1e-1, 1e-3, 1e-5, 1e-8, 1e-20}) {
        const Nodes nodes{{0.0, 1.0}, {1.0, light}};
        const double number = 0.4;
        const double energy = number * light * ratio;
        const auto slope = [&](double W) { return std::log1p(theta(statistics) * W) - std::log(W); };
        const double beta = slope(energy / light) - slope(number - energy);
        CAPTURE(name(statistics), light, ratio);
        const auto found = solve(statistics, {number, energy}, nodes);
        CHECK_THAT(found.beta(), WithinRel(beta, 1e-14));  // a few roundings of logarithms, |β| between 1 and 50
        CHECK_THAT(found.occupation(1.0), WithinRel(energy / light, 1e-13));  // e^{-x}, x up to 50
      }
    }
  }
}

TEST_CASE("cold fermions approach the filled Fermi sea and a filled shell has no temperature") {
  const auto nodes = lattice(2, 8);
  std::vector<double> sorted = nodes.energies;
  std::sort(sorted.begin(), sorted.end());
  // 0, then 4 × (1 − cos π/4), then 4 × 2(1 − cos π/4): the first two shells hold 5 of 64 modes.
  const double number = 5.0 / 64.0;
  double ground = 0.0;
  for (std::size_t a = 0; a < 5; ++a) ground += sorted[a] / 64.0;
  CHECK(refusal(Statistics::fermion, {number, ground}, nodes).find("most degenerate filling") != std::string::npos);
  CHECK(refusal(Statistics::fermion, {number, ground * (1.0 - 1e-9)}, nodes).find("above") != std::string::npos);
  double previous_beta = 0.0;
  for (const double excess : {1e-1, 1e-3, 1e-6, 1e-9, 1e-12}) {
    CAPTURE(excess);
    const Moments moments{number, ground * (1.0 + excess)};
    const auto found = solve(Statistics::fermion, moments, nodes);
    CHECK(defect(found, moments, nodes) < tolerance(found, nodes));
    CHECK(found.beta() > previous_beta);
    previous_beta = found.beta();
    // The chemical potential goes to the middle of the gap, up to T times the logarithm of the shells' sizes, 4 and 4.
    if (excess < 1e-5) CHECK(std::abs(found.mu() - 0.5 * (sorted[4] + sorted[5])) < 2.0 / found.beta());
  }
  // A shell that is filled in part stays so: three of the eight modes of the next shells.
  const double partial = 7.0 / 64.0;
  const double partial_ground = ground + 2.0 * sorted[5] / 64.0;
  const auto cold = solve(Statistics::fermion, {partial, partial_ground * (1.0 + 1e-10)}, nodes);
  CHECK_THAT(cold.occupation(sorted[5]), WithinAbs(0.5, 1e-8));  // 2 particles in 4 modes, corrections of the excess
  CHECK_THAT(cold.occupation(sorted[4]), WithinAbs(1.0, 1e-8));
}

TEST_CASE("fermions too cold for a double are answered at once") {
  // One degenerate shell holds nearly all the softness. Steps that no longer moved the point used to be taken as
  // progress two thousand times, a hundred halvings each: minutes on this grid.
  const LatticeGrid grid(24, Dispersion::hopping(3, {{{1, 0, 0}, 1.0}, {{1, 1, 0}, 0.37}, {{0, 1, 0}, -0.8}}));
  const Nodes nodes{{grid.energies().begin(), grid.energies().end()}, {grid.weights().begin(), grid.weights().end()}};
  for (const double mu : {0.731, 1.3}) {
    for (const double beta : {1e3, 3e3, 1e4}) {
      CAPTURE(mu, beta);
      const auto cold = Equilibrium::from_chemical_potential(Statistics::fermion, beta, mu);
      const auto moments = moments_of(cold, nodes);
      const auto start = std::chrono::steady_clock::now();
      try {
        const auto found = solve(Statistics::fermion, moments, nodes);
        CHECK(defect(found, moments, nodes) < 1e-12);  // where it is refused otherwise
      } catch (const NoEquilibrium&) {
        // The shells beside the one that is filled in part are 0.01 or 0.02 away: e^{−30} or less of the particles are
        // moved, and the energy is that of the filling to the last digit.
        CHECK(beta >= 3e3);
      }
      const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
      CHECK(elapsed.count() < 3.0);  // a hundred times what it takes
    }
  }
}

TEST_CASE("moments close to the feasible bounds are met or refused and never hang") {
  // Relative distance from the bound 1e-3 to 1e-14, at both ends of the band, energies with and without an offset.
  for (const double offset : {0.0, 1.0, -30.0}) {
    auto nodes = lattice(2, 9);
    for (double& omega : nodes.energies) omega += offset;
    std::vector<double> sorted = nodes.energies;
    std::sort(sorted.begin(), sorted.end());
    for (const auto statistics : all_statistics) {
      for (const double number : {1e-8, 0.01, 0.3, 0.9, 40.0}) {
        if (statistics == Statistics::fermion && number > 1.0) continue;
        for (const bool top : {false, true}) {
          double bound = number * (top ? sorted.back() : sorted.front());
          if (statistics == Statistics::fermion) {
            bound = 0.0;
            double left = number;
            for (std::size_t i = 0; i < sorted.size() && left > 0.0; ++i) {
              const double filled = std::min(left, 1.0 / static_cast<double>(sorted.size()));
              bound += filled * sorted[top ? sorted.size() - 1 - i : i];
              left -= filled;
            }
          }
          for (double distance = 1e-3; distance > 0.5e-14; distance *= 0.1) {
            const Moments moments{number, bound + (top ? -1.0 : 1.0) * distance * number * 4.0};
            CAPTURE(offset, name(statistics), number, top, distance);
            const auto start = std::chrono::steady_clock::now();
            try {
              const auto found = solve(statistics, moments, nodes);
              CHECK(std::isfinite(found.beta()));
              CHECK((found.beta() > 0.0) == !top);
              CHECK(defect(found, moments, nodes) < 1e-12);  // where it is refused otherwise
            } catch (const NoEquilibrium&) {
              CHECK(distance < 1e-10);  // so far from the bound there is always a solution
            }
            const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
            CHECK(elapsed.count() < 0.5);  // a hundred times what it takes
          }
          const Moments outside{number, bound - (top ? -1.0 : 1.0) * 1e-3 * number};
          CHECK(refusal(statistics, outside, nodes).find(top ? "must be below" : "must be above") != std::string::npos);
        }
      }
    }
  }
}

TEST_CASE("every state inside the band has an equilibrium") {
  // Random states, random scales: the moments are feasible by construction.
  std::mt19937_64 random(11);
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  for (const auto& nodes : {lattice(2, 6), irregular(30), irregular(2), irregular(3)}) {
    for (const auto statistics : all_statistics) {
      for (int trial = 0; trial < 100; ++trial) {
        const double sharpness = std::pow(10.0, 2.0 * unit(random) - 1.0);
        std::vector<double> W(nodes.energies.size());
        for (double& w : W) w = std::pow(0.1 + 0.9 * unit(random), sharpness);  // 1e-10 or more
        if (statistics != Statistics::fermion) {
          const double scale = std::pow(10.0, 6.0 * unit(random) - 3.0);
          for (double& w : W) w *= scale;
        }
        const auto moments = nordheim::moments_of(W, nodes.energies, nodes.weights);
        CAPTURE(nodes.energies.size(), name(statistics), trial);
        const auto found = solve(statistics, moments, nodes);
        CHECK(defect(found, moments, nodes) < tolerance(found, nodes));
      }
    }
  }
}

TEST_CASE("the inversion does not depend on the units") {
  const auto nodes = lattice(2, 7);
  for (const auto statistics : all_statistics) {
    const auto exact = Equilibrium::from_chemical_potential(statistics, 0.8, -0.4);
    const auto moments = moments_of(exact, nodes);
    for (const double energy_unit : {1e-300, 1e-30, 1e30, 1e300}) {
      for (const double weight_unit : {1e-290, 1.0, 1e290}) {
        Nodes scaled = nodes;
        for (double& omega : scaled.energies) omega *= energy_unit;
        for (double& w : scaled.weights) w *= weight_unit;
        const double product = moments.energy * energy_unit * weight_unit;
        if (!std::isfinite(product) || std::abs(product) < 1e-290) continue;
        CAPTURE(name(statistics), energy_unit, weight_unit);
        const auto found = solve(statistics, {moments.number * weight_unit, product}, scaled);
        CHECK_THAT(found.beta() * energy_unit, WithinRel(0.8, 1e-13));  // round-off times a condition number of ten
      }
    }
  }
}

TEST_CASE("very small and very large numbers of particles") {
  const auto nodes = lattice(2, 8);
  for (const double number : {1e-300, 1e-100, 1e-20, 1e20, 1e100}) {
    for (const auto statistics : all_statistics) {
      if (statistics == Statistics::fermion && number > 1.0) continue;
      const Moments moments{number, 1.5 * number};
      CAPTURE(name(statistics), number);
      const auto found = solve(statistics, moments, nodes);
      CHECK(defect(found, moments, nodes) < tolerance(found, nodes));
    }
  }
  // Dilute gases are classical: β does not depend on θ.
  const Moments dilute{1e-30, 1.5e-30};
  const double beta = solve(Statistics::classical, dilute, nodes).beta();
  CHECK_THAT(solve(Statistics::boson, dilute, nodes).beta(), WithinRel(beta, 1e-13));
  CHECK_THAT(solve(Statistics::fermion, dilute, nodes).beta(), WithinRel(beta, 1e-13));
}

TEST_CASE("two modes have the equilibrium that the formula says") {
  // Occupations W0, W1 of two modes are always an equilibrium: β Δ = log(W0 (1+θW1) / (W1 (1+θW0))).
  const Nodes nodes{{0.5, 2.0}, {0.25, 0.75}};
  for (const auto statistics : all_statistics) {
    const double th = theta(statistics);
    for (const auto& [W0, W1] : {std::pair{0.9, 0.2}, std::pair{0.3, 0.3}, std::pair{0.01, 0.6}}) {
      CAPTURE(name(statistics), W0, W1);
      const auto found =
          solve(statistics, nordheim::moments_of(std::vector{W0, W1}, nodes.energies, nodes.weights), nodes);
      const double beta = std::log(W0 * (1.0 + th * W1) / (W1 * (1.0 + th * W0))) / 1.5;
      CHECK_THAT(found.beta(), WithinAbs(beta, 1e-14));  // round-off times 1/(W(1+θW)) ≤ 100 for the emptiest mode
      CHECK_THAT(found.occupation(0.5), WithinRel(W0, 1e-14));
      CHECK_THAT(found.occupation(2.0), WithinRel(W1, 1e-14));
    }
  }
}

TEST_CASE("a full heavy mode beside a light one has its equilibrium") {
  // Weights that differ by seven orders of magnitude: L varies by less than 1e-10 of itself towards its minimum, and a
  // long step to β < 0 has nearly the same energy. It once ended there.
  const Nodes nodes{{0.0, 1.0}, {1.4e-4, 1e-11}};
  const Equilibrium exact(Statistics::fermion, 10.87, 0.0, -7.37);
  const auto moments = moments_of(exact, nodes);
  const auto found = solve(Statistics::fermion, moments, nodes);
  // The light mode holds 2e-9 of the particles, the heavy one is full up to 6e-4: round-off over these.
  CHECK_THAT(found.beta(), WithinRel(10.87, 1e-12));
  CHECK_THAT(found.reference_exponent(), WithinRel(-7.37, 1e-12));
}

TEST_CASE("an energy of any smallness above zero is met relative to itself") {
  const auto nodes = lattice(2, 8);
  for (const auto statistics : {Statistics::classical, Statistics::boson}) {
    for (const double energy : {1e-15, 1e-30, 1e-100, 1e-250}) {
      CAPTURE(name(statistics), energy);
      const auto found = solve(statistics, {0.5, energy}, nodes);
      const auto met = moments_of(found, nodes);
      CHECK_THAT(met.number, WithinRel(0.5, 1e-15));
      CHECK_THAT(met.energy, WithinRel(energy, 4e-13));  // the rounding of exponents up to 2000, of which 570 matter
    }
  }
}

TEST_CASE("moments that no equilibrium has are refused with the range that has") {
  const auto nodes = lattice(2, 4);  // energies 0 … 4, total weight 1
  for (const auto statistics : all_statistics) {
    CHECK(refusal(statistics, {0.0, 0.0}, nodes).find("the number must be positive") != std::string::npos);
    CHECK(refusal(statistics, {-0.1, 0.2}, nodes).find("the number must be positive") != std::string::npos);
  }
  CHECK(refusal(Statistics::fermion, {1.0, 2.0}, nodes).find("must be below 1, all modes filled") != std::string::npos);
  CHECK(refusal(Statistics::boson, {0.5, 2.0}, nodes) ==
        "no boson equilibrium has number 0.5 and energy 2 on these nodes: the energy must be below 2, that of all "
        "particles in the extreme mode");
  CHECK(refusal(Statistics::classical, {0.5, 0.0}, nodes).find("must be above 0,") != std::string::npos);
  // Half filling of 16 modes: energies 0, 4 × 1, 3 of the six at 2: (4 + 6)/16.
  CHECK(refusal(Statistics::fermion, {0.5, 0.625}, nodes).find("must be above 0.625,") != std::string::npos);
  CHECK(refusal(Statistics::fermion, {0.5, 1.375}, nodes).find("must be below 1.375,") != std::string::npos);
}

TEST_CASE("a flat band has no temperature and a nearly flat one has") {
  const Nodes flat{{1.0, 1.0, 1.0}, {1.0, 1.0, 1.0}};
  CHECK(refusal(Statistics::boson, {1.0, 1.0}, flat).find("same energy") != std::string::npos);
  const Nodes one{{1.0}, {1.0}};
  CHECK(refusal(Statistics::fermion, {0.5, 0.5}, one).find("same energy") != std::string::npos);
  // A width of 2⁻⁴⁰ around zero: β is as large as the width is small.
  const double width = std::ldexp(1.0, -40);
  const Nodes narrow{{-0.5 * width, 0.5 * width}, {0.5, 0.5}};
  const auto found =
      solve(Statistics::boson, nordheim::moments_of(std::vector{0.5, 0.25}, narrow.energies, narrow.weights), narrow);
  CHECK_THAT(found.beta() * width, WithinRel(std::log(5.0 / 3.0), 1e-13));  // log(W0(1+W1)/(W1(1+W0)))
}

TEST_CASE("input that makes no sense is refused as invalid") {
  const std::vector<double> energies{0.0, 1.0, 2.0};
  const std::vector<double> weights{1.0, 1.0, 1.0};
  const double not_a_number = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  const auto solve_with = [&](Moments moments, std::vector<double> e, std::vector<double> w) {
    return equilibrium_of(Statistics::boson, moments, e, w);
  };
  CHECK_NOTHROW(solve_with({1.0, 0.8}, energies, weights));
  CHECK_THROWS_WITH(solve_with({1.0, 0.8}, {0.0, infinity, 1.0}, weights),
                    "the energy of node 1 is inf; it must be finite");
  CHECK_THROWS_WITH(solve_with({1.0, 0.8}, energies, {1.0, 1.0, -2.0}),
                    "the weight of node 2 is -2; it must be positive and finite");
  CHECK_THROWS_WITH(solve_with({1.0, infinity}, energies, weights),
                    "the state has number 1 and energy inf; both must be finite");
  CHECK_THROWS_AS(solve_with({1.0, 0.8}, {}, {}), InvalidArgument);
  CHECK_THROWS_AS(solve_with({1.0, 0.8}, energies, {1.0, 1.0}), DimensionMismatch);
  for (const double bad : {not_a_number, infinity, -infinity}) {
    CHECK_THROWS_AS(solve_with({bad, 0.8}, energies, weights), InvalidArgument);
    CHECK_THROWS_AS(solve_with({1.0, bad}, energies, weights), InvalidArgument);
    CHECK_THROWS_AS(solve_with({1.0, 0.8}, {0.0, bad, 1.0}, weights), InvalidArgument);
    CHECK_THROWS_AS(solve_with({1.0, 0.8}, energies, {1.0, bad, 1.0}), InvalidArgument);
  }
  for (const double bad : {0.0, -1.0}) {
    CHECK_THROWS_AS(solve_with({1.0, 0.8}, energies, {1.0, bad, 1.0}), InvalidArgument);
  }
  CHECK_THROWS_AS(solve_with({1.0, 0.8}, {-1e308, 0.0, 1e308}, weights), InvalidArgument);  // width overflows
  CHECK_THROWS_AS(solve_with({1.0, 0.8}, energies, {1e308, 1e308, 1e308}), InvalidArgument);
}
