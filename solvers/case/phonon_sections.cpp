// SPDX-License-Identifier: GPL-3.0-or-later
#include "case/phonon_sections.hpp"

#include "case/toml_text.hpp"

#include <algorithm>

namespace nordheim::program {

std::vector<CubicBond> read_bonds(Section& section, int dimension) {
  constexpr long long farthest = 1'000'000;
  std::vector<CubicBond> bonds;
  for (Section& entry : section.tables("bonds")) {
    const auto min = static_cast<std::size_t>(dimension == 0 ? 1 : dimension);
    const auto max = static_cast<std::size_t>(dimension == 0 ? 3 : dimension);
    const auto x = entry.integers("x", min, max, {-farthest, farthest});
    CubicBond bond{.alpha = entry.number("alpha", not_zero)};
    std::transform(x.begin(), x.end(), bond.x.begin(), [](long long component) { return static_cast<int>(component); });
    bonds.push_back(bond);
    entry.close();
  }
  return bonds;
}

const std::vector<std::string>& phonon_kinds() {
  static const std::vector<std::string> kinds{"four-phonon", "three-phonon"};
  return kinds;
}

bool is_phonon_kind(const std::string& kind) {
  return std::find(phonon_kinds().begin(), phonon_kinds().end(), kind) != phonon_kinds().end();
}

void read_phonon_collision(Section& section, const MomentumCase& momentum, CollisionCase& collision) {
  if (momentum.space == "continuum") {
    section.mistake("kind", "collision.kind = \"" + collision.kind +
                                "\" is for momentum.space = \"lattice\" (found \"continuum\")");
  }
  const bool four = collision.kind == "four-phonon";
  const WordRule statistics = four ? WordRule{{"boson", "classical-wave"}} : WordRule{{"boson"}};
  collision.statistics = statistics_from_name(section.word("statistics", statistics, "boson").value_or("boson"));
  if (four) {
    collision.lambda = section.number("lambda", positive);
    collision.processes =
        section.word("processes", {{"resonant", "scattering"}}, collision.processes).value_or(collision.processes);
  } else {
    collision.bonds = read_bonds(section, momentum.dimension);
  }
}

std::string bonds_toml(const std::vector<CubicBond>& bonds, int dimension) {
  std::string text;
  for (const auto& [x, alpha] : bonds) {
    std::string vector;
    for (std::size_t j = 0; j < static_cast<std::size_t>(dimension); ++j) {
      vector.append(j == 0 ? "" : ", ").append(std::to_string(x[j]));
    }
    text.append("  { x = [").append(vector).append("], alpha = ").append(toml_number(alpha)).append(" },\n");
  }
  return "[\n" + text + "]";
}

}  // namespace nordheim::program
