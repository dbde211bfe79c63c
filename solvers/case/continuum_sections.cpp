// SPDX-License-Identifier: GPL-3.0-or-later
#include "case/continuum_sections.hpp"

#include <nordheim/momentum/spherical_grid.hpp>

#include <string>

namespace nordheim::program {

void refuse_keys_of_other_space(Section& section, std::initializer_list<const char*> keys,
                                const MomentumCase& momentum) {
  const char* const other = momentum.space == "continuum" ? "lattice" : "continuum";
  for (const char* key : keys) {
    if (!section.has(key)) continue;
    section.value(key);  // refused here, not unknown
    section.mistake(
        key, section.full(key) + " is for momentum.space = \"" + other + "\" (found \"" + momentum.space + "\")");
  }
}

SphericalCase read_spherical(Section& section) {
  constexpr long long least_degree = SphericalGrid::least_degree, most_degree = SphericalGrid::largest_degree;
  SphericalCase spherical;
  spherical.degree = static_cast<int>(section.integer("degree", {least_degree, most_degree}, spherical.degree));
  if (section.has("lmax")) {
    // A degree of 0 is one that has been refused already.
    const long long most_lmax = spherical.degree == 0 ? most_degree : spherical.degree;
    spherical.lmax = static_cast<int>(section.integer("lmax", {SphericalGrid::least_lmax, most_lmax}, 0));
  } else {
    section.value("lmax");
  }
  spherical.scale = section.number_or("auto", "scale", positive);
  spherical.centre = section.vector_or("auto", "centre");
  spherical.symmetry =
      section.word("symmetry", {{"none", "axial", "isotropic"}}, spherical.symmetry).value_or(spherical.symmetry);
  return spherical;
}

void read_potential(Section& section, const SphericalCase& spherical, CollisionCase& collision) {
  constexpr long long least_extra = 2, most_extra = 256;
  const toml::node* const potential = section.value("potential");
  if (potential != nullptr && potential->value<std::string_view>() != "contact") {
    collision.potential = section.formula("potential", {"q"});
  }
  collision.extra_degree =
      static_cast<int>(section.integer("extra_degree", {least_extra, most_extra}, collision.extra_degree));
  const bool given = section.has("exchange");
  const auto exchange = section.word("exchange", {{"full", "none"}}, collision.exchange);
  if (!exchange) return;
  collision.exchange = *exchange;
  if (collision.potential == "contact") {
    if (given) {
      section.mistake("exchange",
                      "collision.exchange is for a potential that is a formula of q (found potential = \"contact\")");
    }
    return;
  }
  if (collision.exchange == "full" && collision.statistics != Statistics::classical &&
      spherical.symmetry != "isotropic") {
    section.mistake("potential",
                    "collision.potential: with exchange = \"full\" the cross term 2 theta V(k3-k1) V(k3-k2) couples "
                    "four different momenta and is known for isotropic states only (found momentum.symmetry = \"" +
                        spherical.symmetry + "\" and " + name(collision.statistics) +
                        " statistics, allowed momentum.symmetry = \"isotropic\", or collision.exchange = \"none\" for "
                        "particles that are told apart, or statistics = \"classical\")");
  }
}

}  // namespace nordheim::program
