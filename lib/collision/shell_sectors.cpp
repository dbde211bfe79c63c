// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/shell_sectors.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <numeric>

namespace nordheim::detail {

namespace {

/// All elements of the group that some of its members generate, h_e h_f = h_(e XOR f).
std::vector<AxisFlip> ordered_by_generators(const std::vector<AxisFlip>& group) {
  std::vector<AxisFlip> elements{0};
  for (const AxisFlip g : group) {
    if (std::find(elements.begin(), elements.end(), g) != elements.end()) continue;
    const std::size_t known = elements.size();
    for (std::size_t e = 0; e < known; ++e) elements.push_back(elements[e] ^ g);
  }
  assert(elements.size() == std::max<std::size_t>(group.size(), 1));
  return elements;
}

}  // namespace

ShellSectors::ShellSectors(const EnergyShell& shell, const std::vector<AxisFlip>& group)
    : elements_(ordered_by_generators(group)), block_size_(shell.fundamental_size()) {
  const std::vector<AxisFlip>& all = shell.reflections();
  const auto place = [&](AxisFlip flip) {
    const auto found = std::find(all.begin(), all.end(), flip);
    assert(found != all.end());
    return static_cast<std::size_t>(found - all.begin());
  };
  std::vector<AxisFlip> representatives, covered;
  for (const AxisFlip g : all) {
    if (std::find(covered.begin(), covered.end(), g) != covered.end()) continue;
    representatives.push_back(g);
    for (const AxisFlip h : elements_) covered.push_back(h ^ g);
  }
  cosets_ = representatives.size();
  for (const AxisFlip h : elements_) {
    for (const AxisFlip c : representatives) blocks_.push_back(place(h ^ c));
  }
  for (std::size_t j = 0; j < cosets_; ++j) {
    for (std::size_t i = 0; i < block_size_; ++i) {
      const std::size_t node = blocks_[j] * block_size_ + i;
      momenta_.push_back(shell.momentum(node));
      weights_.push_back(shell.weights()[node]);
    }
  }
  // Eigen's sum() would add in an order that depends on where the weights lie in memory.
  total_weight_ = static_cast<double>(std::accumulate(weights_.begin(), weights_.end(), 0.0L));
}

double ShellSectors::sign(std::size_t sector, std::size_t element) noexcept {
  return std::popcount(sector & element) % 2 == 0 ? 1.0 : -1.0;
}

void ShellSectors::split(const double* nodes, double* sectors, std::size_t width) const {
  const std::size_t length = block_size_ * width;
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    std::copy_n(nodes + blocks_[b] * length, length, sectors + b * length);
  }
  transform(sectors, width);
}

void ShellSectors::join(double* sectors, double* nodes, std::size_t width) const {
  transform(sectors, width);
  const std::size_t length = block_size_ * width;
  const double scale = 1.0 / static_cast<double>(count());
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    const double* const from = sectors + b * length;
    double* const to = nodes + blocks_[b] * length;
    for (std::size_t i = 0; i < length; ++i) to[i] = scale * from[i];
  }
}

void ShellSectors::transform(double* values, std::size_t width) const {
  const std::size_t length = size() * width;
  for (std::size_t bit = 1; bit < count(); bit *= 2) {
    for (std::size_t e = 0; e < count(); ++e) {
      if ((e & bit) != 0) continue;
      double* const even = values + e * length;
      double* const odd = values + (e | bit) * length;
      for (std::size_t i = 0; i < length; ++i) {
        const double a = even[i], b = odd[i];
        even[i] = a + b;
        odd[i] = a - b;
      }
    }
  }
}

std::vector<std::vector<std::size_t>> ShellSectors::coupled(AxisFlip axes) const {
  const auto agree = [&](std::size_t s, std::size_t t) {
    for (std::size_t e = 0; e < count(); ++e) {
      if ((elements_[e] & axes) == 0 && sign(s ^ t, e) < 0.0) return false;
    }
    return true;
  };
  std::vector<std::vector<std::size_t>> classes;
  for (std::size_t s = 0; s < count(); ++s) {
    const auto same = std::find_if(classes.begin(), classes.end(), [&](const auto& c) { return agree(c.front(), s); });
    if (same != classes.end()) {
      same->push_back(s);
    } else {
      classes.push_back({s});
    }
  }
  return classes;
}

}  // namespace nordheim::detail
