// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/transport/shell_evolution.hpp>

#include "core/parallel_for.hpp"
#include "momentum/box_transform.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace nordheim {

struct ShellEvolution::Impl {
  /// A shell and what it holds.
  struct Layer {
    WeightedShell shell;
    double gap = 0.0;              ///< roughly
    Tensor3 D{};                   ///< at Kn = 1
    std::vector<Complex> modes{};  ///< W_q(k), shape (modes, n_k)
    std::vector<Complex> start{};  ///< ρ_q at the start
    double start_time = 0.0;
    double largest = 0.0;  ///< norm of a mode at the start

    [[nodiscard]] const EnergyShell& space() const { return shell.scattering->space(); }
    [[nodiscard]] std::span<const Complex> mode(std::size_t m) const {
      return std::span(modes).subspan(m * space().size(), space().size());
    }
    [[nodiscard]] std::span<Complex> mode(std::size_t m) {
      return std::span(modes).subspan(m * space().size(), space().size());
    }
  };
  /// Fourier coefficients of density and current.
  struct Fields {
    std::vector<Complex> density;
    std::array<std::vector<Complex>, 3> current;
  };

  struct Survey;

  Impl(std::vector<WeightedShell> shells, PeriodicBox box_in, double knudsen_in, int threads_in);

  [[nodiscard]] const Layer& layer(std::size_t shell) const;
  [[nodiscard]] Layer& layer(std::size_t shell);
  /// The modes are those of a start.
  void started(Layer& layer) const;
  /// step(W, shell, wavevector) for all modes that are not zero, in place.
  template <class Step>
  void for_each_mode(const Step& step);
  /// visit(block, first, count, values) with the values at all nodes of the momenta first … first + count − 1, shape
  /// (n_r, lanes); several blocks at the same time.
  template <class Visit>
  void for_each_block(const Layer& layer, const Visit& visit) const;

  [[nodiscard]] Fields fields(const Layer& layer) const;
  /// The functions with the coefficients @p modes.
  [[nodiscard]] std::vector<double> in_space(std::span<const Complex> modes) const;
  [[nodiscard]] ShellProfiles profiles(const Fields& fields) const;
  /// ρ_q of the diffusion equation.
  [[nodiscard]] std::vector<Complex> diffused(const Layer& layer) const;
  /// Σ_a w_a of the right-hand side of the kinetic equation, the Fourier coefficients of ∂ρ/∂t.
  [[nodiscard]] std::vector<Complex> density_rate(const Layer& layer) const;

  [[nodiscard]] std::size_t blocks(const Layer& layer) const {
    return (layer.space().size() + detail::BoxTransform::lanes - 1) / detail::BoxTransform::lanes;
  }

  PeriodicBox box;
  detail::BoxTransform transform;
  double knudsen;
  int threads;
  double time = 0.0;
  std::vector<Layer> layers;
};

template <class Visit>
void ShellEvolution::Impl::for_each_block(const Layer& layer, const Visit& visit) const {
  constexpr std::size_t lanes = detail::BoxTransform::lanes;
  const std::size_t n = layer.space().size();
  detail::parallel_for(blocks(layer), threads, [&](std::size_t block) {
    const std::size_t first = block * lanes, count = std::min(lanes, n - first);
    auto buffer = transform.buffer();
    for (std::size_t m = 0; m < box.modes(); ++m) {
      Complex* const row = buffer.modes.data() + m * lanes;
      for (std::size_t a = 0; a < lanes; ++a) row[a] = a < count ? layer.modes[m * n + first + a] : Complex(0.0);
    }
    transform.to_space(buffer);
    visit(block, first, count, static_cast<const double*>(buffer.values.data()));
  });
}

}  // namespace nordheim
