// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/elastic_scattering.hpp>
#include <nordheim/core/state.hpp>
#include <nordheim/core/vector3.hpp>
#include <nordheim/momentum/periodic_box.hpp>
#include <nordheim/transport/elastic_transport.hpp>

#include <array>
#include <complex>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace nordheim {

/// One shell of a stack.
struct WeightedShell {
  std::shared_ptr<const ElasticScattering> scattering;
  double weight = 1.0;  ///< of the quadrature in energy, ∫dE g(E) ≈ Σ_s weight_s g(E_s); > 0
};

/// What a state looks like in space, at the nodes of the box.
struct ShellProfiles {
  std::vector<double> density;  ///< ρ(r) = Σ_a w_a W(r, k_a), shape (n_r)
  std::array<std::vector<double>, 3>
      current;  ///< J_j(r) = Σ_a w_a v_j W(r, k_a), shape (n_r) each; axes of the box only
};

/// Number, centre and spreading of a packet, and how far it is from equilibrium. Components belong to the box's axes.
struct ShellObservables {
  double time = 0.0;
  double number = 0.0;  ///< N = ∫dr ρ
  Vector3 mean{};       ///< ∫dr r ρ/N, r in [0, L): of a packet that stays away from the faces of the box
  Vector3 variance{};   ///< ∫dr (r_j − mean_j)² ρ/N
  /// @brief ½ d(variance)/dt = ∫dr (r_j − mean_j) J_j/N, at this very time; it becomes the diffusion.
  Vector3 spreading{};
  Vector3 diffusion{};  ///< what it tends to: Kn D_jj, the mean over the shells' numbers
  /// d log(variance − variance at the start)/d log(t): 2 while ballistic (of an even start), 1 when diffusive; empty
  /// where nothing has spread.
  std::array<std::optional<double>, 3> exponent{};
  /// −d log|ρ_q|/dt for q = 2π/L_j along the axis, Kn D_jj q² − Kn³ B q⁴ at last; empty if |ρ_q| is not above 10⁻¹² of
  /// the mean density, where rounding rules.
  std::array<std::optional<double>, 3> decay{};
  double smallest = 0.0;  ///< min W(r, k): negative by what streaming undershoots
  /// √(Σ|W_q|²) of the modes in the last third of those that the nodes resolve, over that of all: above 10⁻⁶ or so the
  /// nodes are too few for this state.
  double unresolved = 0.0;
  double from_local = 0.0;      ///< ∫dr Σ w |W − ρ(r)/Σw| /N, from the local equilibrium ρ(r, t) δ(E − ω)
  double from_global = 0.0;     ///< ∫dr Σ w |W − N/(V Σw)| /N
  double from_diffusion = 0.0;  ///< ∫dr |ρ − ρ_D| /N, ρ_D = e^{Kn t ∇·D∇} ρ(0)
  double continuity_error = 0.0;  ///< max |∂ρ/∂t + ∇·J| with ∂ρ/∂t of the kinetic equation and the spectral derivative
};

/// A shell as it is, to continue from with the same digits.
struct ShellCheckpoint {
  double time = 0.0;
  std::vector<std::complex<double>> modes{};  ///< W_q(k), shape (modes, n_k)
  double start_time = 0.0;
  std::vector<std::complex<double>> start{};  ///< ρ_q at the start, shape (modes)
  double largest = 0.0;                       ///< √(Σ w |W_q|²) of the largest mode of the start
};

/// @brief Electrons among random impurities in a periodic box, on an energy shell or a stack of shells,
///
///     ∂W/∂t + v·∇_r W = C(W)/Kn,      W(r, k, t) with ω(k) = E_s.
///
/// Shells do not interact. Each Fourier mode in r evolves on its own and exactly, by SpatialMode: from ballistic flight
/// to diffusion with D_kin(E), over any time in one call, with the same accuracy for every Kn: there W(t) is
/// e^{(t/Kn)(−i Kn q·v + C)} W(0). Axis j of the box is axis j of the momenta. Modes at the limit of the box's nodes do
/// not stream (see PeriodicBox).
///
/// A mode whose norm √(Σ w |W|²) is below 10⁻¹⁷ of the largest mode of the start, which rounding of W(r, k) does not
/// tell from zero, becomes zero: Σ of all modes changes by less than rounding.
///
/// A state has shape (n_r, n_k), the momentum fastest. Results do not depend on the number of threads.
class ShellEvolution {
 public:
  using Complex = std::complex<double>;

  /// @param shells    of one dimension, not less than the box's
  /// @param knudsen   Kn > 0, mean free path over the unit of length
  /// @param threads   over modes and momenta; 0: all that OpenMP has
  /// @throws InvalidArgument if a number is out of range, or as ElasticScattering::solve()
  ShellEvolution(std::vector<WeightedShell> shells, PeriodicBox box, double knudsen = 1.0, int threads = 0);
  ShellEvolution(ShellEvolution&&) noexcept;
  ShellEvolution& operator=(ShellEvolution&&) noexcept;
  ~ShellEvolution();

  /// @brief W(r, k) on a shell becomes @p W, shape (n_r, n_k); this is the start of that shell.
  /// @throws DimensionMismatch; InvalidArgument if a value is not finite
  void set_state(std::size_t shell, ConstState W);
  /// W = f(r) g(k), shapes (n_r) and (n_k).
  void set_packet(std::size_t shell, ConstState f, ConstState g);

  /// @brief Evolves all shells to time @p t ≥ time() by the contour exponential, whatever the distance.
  void advance(double t);
  /// @brief One step of Radau IIA of order 5, L-stable: three resolvents a mode.
  void radau_step(double h);

  [[nodiscard]] ShellCheckpoint checkpoint(std::size_t shell) const;
  /// @brief The reverse; the time of all shells becomes that of the checkpoint.
  ///
  /// On the same machine advance() then gives the digits of a run that was not interrupted.
  /// @throws DimensionMismatch
  void restore(std::size_t shell, ShellCheckpoint checkpoint);

  [[nodiscard]] double time() const noexcept;
  [[nodiscard]] double knudsen() const noexcept;
  [[nodiscard]] const PeriodicBox& box() const noexcept;
  [[nodiscard]] std::size_t shells() const noexcept;
  [[nodiscard]] const WeightedShell& shell(std::size_t shell) const;
  /// D_ij of a shell at Kn = 1: the density obeys ∂ρ/∂t = Kn ∇·D∇ρ at last.
  [[nodiscard]] const Tensor3& diffusion(std::size_t shell) const;

  /// W(r, k) on a shell, shape (n_r, n_k).
  [[nodiscard]] std::vector<double> state(std::size_t shell) const;
  /// The Fourier coefficients of W in the box's order, shape (modes, n_k).
  [[nodiscard]] std::span<const Complex> modes(std::size_t shell) const;
  [[nodiscard]] ShellProfiles profiles(std::size_t shell) const;
  /// Σ weight_s of the same of all shells.
  [[nodiscard]] ShellProfiles profiles() const;
  /// e^{Kn t ∇·D∇} of the density with which a shell started: what the diffusion equation says.
  [[nodiscard]] std::vector<double> diffused_density(std::size_t shell) const;
  [[nodiscard]] std::vector<double> diffused_density() const;

  /// @throws InvalidArgument if the number of particles is not positive
  [[nodiscard]] ShellObservables observe(std::size_t shell) const;
  /// The same of all shells, with their weights.
  [[nodiscard]] ShellObservables observe() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nordheim
