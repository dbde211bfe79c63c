// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/three_phonon.hpp>
#include <nordheim/core/error.hpp>
#include <nordheim/core/vector3.hpp>
#include <nordheim/model/correlator.hpp>
#include <nordheim/model/dispersion.hpp>
#include <nordheim/model/statistics.hpp>

#include "case/bath_case.hpp"
#include "case/microscopic_case.hpp"
#include "case/transport_case.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// @file
/// A case file as plain values; docs/case_file.md gives the meaning of every key. Everything here has been checked for
/// what a file can be checked for: types, ranges, words, syntax of formulas. An empty optional is the word in the
/// comment.
namespace nordheim::program {

/// The nodes of R³.
struct SphericalCase {
  int degree = 16;
  std::optional<int> lmax{};        ///< the degree
  std::optional<double> scale{};    ///< "auto"
  std::optional<Vector3> centre{};  ///< "auto"
  std::string symmetry = "none";    ///< | "axial" | "isotropic"
  bool operator==(const SphericalCase&) const = default;
};

struct MomentumCase {
  std::string space = "lattice";  ///< | "continuum"
  int dimension = 0;              ///< 1, 2, 3; continuum 3
  int points = 0;                 ///< nodes per direction, at least 2; 0: not given, elastic scattering needs none
  SphericalCase spherical{};      ///< of two-body collisions in the continuum
  bool operator==(const MomentumCase&) const = default;
};

struct DispersionCase {
  /// | "hopping" | "optical" | "acoustic" | "bending" | "expression", in the continuum "free" | "expression"
  std::string kind = "nearest-neighbour";
  double omega0 = 0.0;               ///< optical, bending
  double kappa = 1.0;                ///< optical, acoustic, bending
  std::vector<HoppingTerm> terms{};  ///< hopping
  std::string formula{};             ///< expression: of kx, ky, kz, in the continuum of k
  bool operator==(const DispersionCase& other) const;
};

struct CollisionCase {
  std::string kind = "two-body";  ///< | "four-phonon" | "three-phonon"
  Statistics statistics = Statistics::classical;
  double strength = 1.0;
  std::string potential = "contact";          ///< | a formula of q (continuum)
  std::string window = "flat";                ///< | "bohman" | "parzen"
  std::optional<double> horizon{};            ///< "auto"
  std::optional<double> time_step{};          ///< "auto"
  std::string energy = "projection";          ///< | "reference"
  std::string rectangle_correction = "auto";  ///< | "on" | "off"
  std::optional<int> engine_points{};         ///< "same"
  bool error_estimate = true;
  std::string exchange = "full";       ///< | "none": of a potential (continuum)
  int extra_degree = 6;                ///< continuum
  double lambda = 1.0;                 ///< four-phonon
  std::string processes = "resonant";  ///< four-phonon | "scattering"
  std::vector<CubicBond> bonds{};      ///< three-phonon
  bool operator==(const CollisionCase&) const = default;
};

/// Scattering by a random potential: its correlator ϑ.
struct ImpurityCase {
  std::string correlator = "delta";      ///< | "product" | "gaussian" | "screened" | "table" | "expression"
  double variance = 1.0;                 ///< factor of delta, and on the lattice of product and gaussian
  double strength = 1.0;                 ///< in the continuum factor of gaussian and screened
  double c = 0.0;                        ///< product
  double length = 0.0;                   ///< gaussian
  double kappa = 0.0;                    ///< screened
  std::vector<CorrelatorEntry> table{};  ///< ϑ(x)
  std::string formula{};                 ///< expression: ϑ̂ of qx, qy, qz, in the continuum of q
  bool operator==(const ImpurityCase& other) const;
};

/// Harmonic lattice with random masses.
struct MassDisorderCase {
  double variance = 0.0;  ///< E[ξ²]
  bool operator==(const MassDisorderCase&) const = default;
};

/// Few strong scatterers.
struct ScatterersCase {
  double density = 0.0;
  std::string scatterer;  ///< "scattering_length" | "radius" (continuum), "potential" (lattice): the key that is given
  double value = 0.0;     ///< of that key
  bool operator==(const ScatterersCase&) const = default;
};

/// The collision kinds that keep the energy: "impurity", "mass-disorder", "scatterers".
using ElasticCase = std::variant<ImpurityCase, MassDisorderCase, ScatterersCase>;

/// About @p count energies between two, placed to resolve van Hove singularities.
struct EnergyGridCase {
  double from = 0.0;
  double to = 0.0;
  int count = 0;  ///< at least 2
  bool operator==(const EnergyGridCase&) const = default;
};

/// momentum.space = "shell": electrons keep their energy, and live on surfaces ω(k) = E.
struct ShellsCase {
  /// A list, each with the weight 1; or @p count Gauss points of the integral over energies between two.
  std::variant<std::vector<double>, EnergyGridCase> energies{};
  int order = 6;  ///< Gauss points per dimension and cell of the surface rule
  bool operator==(const ShellsCase&) const = default;
};

/// [space]: a periodic box.
struct SpaceCase {
  std::vector<double> box{};           ///< lengths, one for each of 1 to 3 axes
  std::vector<int> points{};           ///< nodes along each axis
  double knudsen = 1.0;                ///< collisions are C/Kn
  std::string density = "1";           ///< factor n(r) of the collisions, a formula of x, y, z
  std::vector<double> force{};         ///< on lattice particles, of as many components as k has; empty: none
  std::string potential{};             ///< U(r), a formula of x, y, z; empty: none
  std::string streaming = "spectral";  ///< | "bounded"
  bool operator==(const SpaceCase&) const = default;
};

/// When a run leaves what it needs to go on: after so many steps, or so much time of the wall clock.
struct CheckpointCase {
  std::optional<long> steps{};      ///< exactly one of
  std::optional<double> seconds{};  ///< the two is there
  bool operator==(const CheckpointCase&) const = default;
};

/// What `diffusion` computes.
struct DiffusionCase {
  std::variant<std::vector<double>, EnergyGridCase> energies{};
  double tolerance = 1e-10;   ///< relative, of D
  int max_order = 40;         ///< of the quadrature
  bool super_burnett = true;  ///< compute B
  bool spectral_gap = false;  ///< compute the gap
  int displacements = 3;      ///< energies whose mean-square displacement is kept, 0 to 4
  bool operator==(const DiffusionCase&) const = default;
};

/// W(k) as a formula of kx, ky, kz, k = |k| and omega = ω(k); in a box also of x, y, z.
struct OccupationFormula {
  std::string formula;
  bool operator==(const OccupationFormula&) const = default;
};

/// Equilibrium by temperature T and fugacity z = e^{βμ}.
struct EquilibriumOfTemperature {
  double temperature = 0.0;  ///< not zero, in the continuum positive
  double fugacity = 0.0;     ///< positive
  Vector3 velocity{};        ///< continuum
  bool operator==(const EquilibriumOfTemperature&) const = default;
};

/// Equilibrium by inverse temperature β and chemical potential μ.
struct EquilibriumOfBeta {
  double beta = 0.0;  ///< in the continuum positive
  double mu = 0.0;
  Vector3 velocity{};  ///< continuum
  bool operator==(const EquilibriumOfBeta&) const = default;
};

/// The dataset W of an earlier result.
struct StateFile {
  std::filesystem::path path;  ///< absolute
  bool operator==(const StateFile&) const = default;
};

using InitialCase =
    std::variant<OccupationFormula, EquilibriumOfTemperature, EquilibriumOfBeta, StateFile, MicroscopicCase>;

struct TimeCase {
  std::optional<double> end{};                ///< no end
  std::optional<double> until_equilibrium{};  ///< not asked for; at least one of the two is there
  double rtol = 1e-10;
  double atol = 1e-12;
  /// | "bdf" | "explicit"; in a box "auto" | "lawson" | "bdf" | "adams" | "explicit" | "strang" | "imex"
  std::string method = "adams";
  long max_steps = 1'000'000;
  std::optional<double> step{};  ///< of strang; "auto"
  bool operator==(const TimeCase&) const = default;
};

struct OutputCase {
  /// Number of output times (at least 1), or the times themselves (increasing, not negative).
  std::variant<int, std::vector<double>> times = 50;
  int snapshots = 9;                           ///< states kept in the result, at least 2
  std::optional<CheckpointCase> checkpoint{};  ///< none
  bool operator==(const OutputCase&) const = default;
};

/// Where the keys stand, "FILE:LINE:COLUMN" by "section.key": for mistakes that show only when a model is made. No part
/// of the value of a case, so all are equal.
struct KeyPlaces {
  std::map<std::string, std::string, std::less<>> of{};
  bool operator==(const KeyPlaces&) const noexcept { return true; }
};

/// One case file with all defaults filled in.
struct Case {
  std::string title{};
  MomentumCase momentum{};
  DispersionCase dispersion{};
  CollisionCase collision{};
  InitialCase initial{};
  TimeCase time{};
  OutputCase output{};
  /// Elastic scattering; collision, initial, time and output then mean nothing. Empty: two-body collisions.
  std::optional<ElasticCase> elastic{};
  DiffusionCase diffusion{};  ///< of elastic scattering only
  /// Where electrons live that scatter elastically in a box; initial, time and output mean something then, diffusion
  /// does not.
  std::optional<ShellsCase> shells{};
  std::optional<SpaceCase> space{};  ///< Empty: homogeneous
  /// Transport coefficients of a gas in R³; initial, time and output then mean nothing. Empty: not asked for.
  std::optional<TransportCase> transport{};
  /// The same of a lattice gas; initial, time and output mean nothing. Of one grid if momentum.points is given, else
  /// the limit of fine ones.
  std::optional<LatticeTransportCase> lattice_transport{};
  /// The same for phonons with collisions of kind "four-phonon"; collision then means nothing, either.
  std::optional<PhononTransportCase> phonons{};
  /// An electron in a phonon bath; of collision only the kind and error_estimate mean anything, and an initial formula
  /// may be empty: `transport` needs none.
  std::optional<BathCase> bath{};
  KeyPlaces places{};

  /// "FILE:LINE:COLUMN: section.key: ", without the place if the key is not there: how to begin a sentence about it.
  [[nodiscard]] std::string at(std::string_view key) const;
  bool operator==(const Case&) const = default;
};

/// All mistakes of one case, in the order of the file; what() has one line for each, "FILE:LINE:COLUMN: sentence", or
/// "--set KEY=VALUE: sentence" for those of an override.
class CaseErrors : public InvalidArgument {
 public:
  explicit CaseErrors(std::vector<std::string> mistakes);
  [[nodiscard]] const std::vector<std::string>& mistakes() const noexcept { return mistakes_; }

 private:
  std::vector<std::string> mistakes_;
};

/// @brief Reads and checks a case file.
/// @param overrides  "section.key=value" each, as given to --set; the value in TOML, or a bare word or formula, which
/// is
///                   taken as a text. They replace keys or add them, later ones win; another kind of initial state
///                   replaces that of the file.
/// @throws CaseErrors      with every mistake found
/// @throws InvalidArgument if the file cannot be read
[[nodiscard]] Case read_case(const std::filesystem::path& file, const std::vector<std::string>& overrides = {});

/// The same for a text; @p source_name is the name in messages, and paths in the text are relative to its directory.
[[nodiscard]] Case parse_case(std::string_view text, std::string_view source_name,
                              const std::vector<std::string>& overrides = {});

/// The case file that spells out every default; reading it gives an equal Case.
[[nodiscard]] std::string resolved_toml(const Case& input);

}  // namespace nordheim::program
