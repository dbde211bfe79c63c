// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/wigner/husimi_transform.hpp>

#include "wigner/gaussian.hpp"
#include "wigner/phase_transform.hpp"

#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

namespace nordheim {

using detail::Complex;
using detail::Extents;

namespace {

int checked_divisor(const LatticeBox& box, int nodes) {
  const int positions = detail::checked_nodes(box, nodes);
  if (box.points() % positions != 0) {
    throw InvalidArgument("nodes = " + std::to_string(positions) + " positions per axis of a Husimi function; allowed" +
                          " are the divisors of the " + std::to_string(box.points()) + " sites of the box");
  }
  return positions;
}

/// g along one axis.
std::vector<double> window(const LatticeBox& box, double width) {
  std::vector<double> g;
  for (const Complex& value : detail::gaussian_line(box.points(), 0.0, 0.0, width)) g.push_back(value.real());
  return g;
}

/// H(r,·) += p |Σ_x e^{−i2πk·x} g(x−r) ψ(x)|².
class WindowedTransform {
 public:
  WindowedTransform(const LatticeBox& box, double width)
      : n_(detail::extents(box.dimension(), box.points())),
        g_(window(box, width)),
        plan_(box.dimension(), box.points(), 1, {}, detail::FftSign::forward),
        work_(box.size()) {}

  void add(const OccupiedWave& state, const Extents& centre, double* H) {
    std::size_t x = 0;
    for (std::size_t a = 0; a < n_[0]; ++a) {
      for (std::size_t b = 0; b < n_[1]; ++b) {
        const double across = g(0, a, centre) * g(1, b, centre);
        for (std::size_t c = 0; c < n_[2]; ++c, ++x) work_[x] = across * g(2, c, centre) * state.wave[x];
      }
    }
    plan_.execute(work_.data());
    for (std::size_t k = 0; k < work_.size(); ++k) H[k] += state.occupation * std::norm(work_[k]);
  }

 private:
  [[nodiscard]] double g(std::size_t axis, std::size_t i, const Extents& centre) const noexcept {
    return n_[axis] == 1 ? 1.0 : g_[i >= centre[axis] ? i - centre[axis] : i + n_[axis] - centre[axis]];
  }
  Extents n_;
  std::vector<double> g_;
  detail::FftPlan plan_;
  detail::AlignedArray<Complex> work_;
};

}  // namespace

double balanced_width(const LatticeBox& box) { return std::sqrt(box.points() / (2.0 * std::numbers::pi)); }

PhaseSpaceFunction husimi_transform(const WaveMixture& mixture, double width, int nodes) {
  const LatticeBox& box = mixture.box();
  const int positions = checked_divisor(box, nodes);
  WindowedTransform transform(box, width);
  const Extents coarse = detail::extents(box.dimension(), positions);
  const auto step = static_cast<std::size_t>(box.points() / positions);
  std::vector<double> H(coarse[0] * coarse[1] * coarse[2] * box.size());
  for (std::size_t r = 0; r < H.size() / box.size(); ++r) {
    Extents centre = detail::indices(r, coarse);
    for (std::size_t& index : centre) index *= step;
    for (const OccupiedWave& state : mixture.waves()) transform.add(state, centre, H.data() + r * box.size());
  }
  return {box, positions, std::move(H)};
}

PhaseSpaceFunction husimi_transform(const DensityMatrix& R, double width, int nodes) {
  const LatticeBox& box = R.box();
  const int positions = checked_divisor(box, nodes);
  const auto fine = static_cast<std::size_t>(box.points());
  const auto coarse = static_cast<std::size_t>(positions);
  detail::ModeProduct modes(box.dimension(), detail::folded_modes(fine, coarse),
                            detail::window_factors(window(box, width)), fine, coarse);
  return detail::phase_transform(box, positions, modes, detail::diagonal_of(R));
}

}  // namespace nordheim
