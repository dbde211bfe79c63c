// SPDX-License-Identifier: GPL-3.0-or-later
#include "momentum/axis_flips.hpp"

#include <nordheim/core/error.hpp>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <random>
#include <string>

namespace nordheim::detail {

namespace {

/// Whether ω(map k) = ω(k), at points that no other symmetry singles out.
class InvarianceTest {
 public:
  explicit InvarianceTest(const Dispersion& dispersion) : dispersion_(dispersion) {
    std::minstd_rand random(20150623);  // always the same points: the outcome must not vary
    for (Vector3& k : points_) {
      for (std::size_t j = 0; j < static_cast<std::size_t>(dispersion.dimension()); ++j) {
        k[j] = static_cast<double>(random()) / static_cast<double>(std::minstd_rand::max()) - 0.5;
      }
      scale_ = std::max(scale_, std::abs(dispersion(k)));
    }
  }
  template <class Map>
  [[nodiscard]] bool operator()(const Map& map) const {
    constexpr double rounding = 1e-13;  // of a formula with some hundred operations
    return std::all_of(points_.begin(), points_.end(), [&](const Vector3& k) {
      return std::abs(dispersion_(map(k)) - dispersion_(k)) <= rounding * scale_;
    });
  }

 private:
  const Dispersion& dispersion_;
  std::array<Vector3, 24> points_{};
  double scale_ = 0.0;
};

auto reflection(AxisFlip flip) {
  return [flip](const Vector3& k) { return reflected(k, flip); };
}

/// Makes a group the one that it generates together with one more flip.
void adjoin(std::vector<AxisFlip>& group, AxisFlip flip) {
  if (std::find(group.begin(), group.end(), flip) != group.end()) return;
  const std::size_t count = group.size();
  for (std::size_t i = 0; i < count; ++i) group.push_back(group[i] ^ flip);
  std::sort(group.begin(), group.end());
}

std::string axes_of(AxisFlip flip) {
  std::string text;
  for (unsigned j = 0; j < 3; ++j) {
    if ((flip >> j & 1U) != 0) text += (text.empty() ? "" : ", ") + std::to_string(j + 1);
  }
  return text;
}

}  // namespace

std::vector<AxisFlip> symmetric_flips(const Dispersion& dispersion) {
  const InvarianceTest unchanged(dispersion);
  std::vector<AxisFlip> group{0};
  for (AxisFlip flip = 1; flip < 1U << static_cast<unsigned>(dispersion.dimension()); ++flip) {
    if (unchanged(reflection(flip))) adjoin(group, flip);
  }
  return group;
}

bool equivalent_axes(const Dispersion& dispersion) {
  const InvarianceTest unchanged(dispersion);
  for (std::size_t j = 1; j < static_cast<std::size_t>(dispersion.dimension()); ++j) {
    if (!unchanged([j](const Vector3& k) { return exchanged(k, j); })) return false;
  }
  return true;
}

std::vector<AxisFlip> generated_flips(const Dispersion& dispersion, const std::vector<AxisFlip>& declared) {
  const InvarianceTest unchanged(dispersion);
  const AxisFlip all = (1U << static_cast<unsigned>(dispersion.dimension())) - 1U;
  std::vector<AxisFlip> group{0};
  for (const AxisFlip flip : declared) {
    if (flip > all) {
      throw InvalidArgument("reflections: " + std::to_string(flip) +
                            " reverses an axis that does not exist; allowed are 0 to " + std::to_string(all) +
                            " in dimension " + std::to_string(dispersion.dimension()));
    }
    if (!unchanged(reflection(flip))) {
      throw InvalidArgument("reflections: the band (" + dispersion.description() + ") changes when the axes " +
                            axes_of(flip) + " are reversed; declare only what leaves it unchanged");
    }
    adjoin(group, flip);
  }
  return group;
}

std::vector<int> halved_axes(int dimension, std::vector<AxisFlip> group) {
  std::vector<int> axes;
  for (int axis = 0; axis < dimension; ++axis) {
    const auto kept = std::stable_partition(
        group.begin(), group.end(), [axis](AxisFlip flip) { return (flip >> static_cast<unsigned>(axis) & 1U) == 0; });
    if (kept == group.end()) continue;
    axes.push_back(axis);
    group.erase(kept, group.end());
  }
  assert(group.size() == 1);
  return axes;
}

}  // namespace nordheim::detail
