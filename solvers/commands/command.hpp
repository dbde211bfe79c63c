// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/ranks.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace nordheim::program {

/// What the command line gives to every command that runs a case.
struct RunOptions {
  std::filesystem::path case_file;
  std::vector<std::string> overrides;            ///< --set
  std::optional<std::filesystem::path> output;   ///< --output
  bool json = false;                             ///< one JSON object on the standard output, nothing else
  bool quiet = false;                            ///< no progress, no table
  int threads = 0;                               ///< 0: all
  Ranks ranks;                                   ///< processes that share the work; for evolve only
  std::vector<std::vector<double>> at;           ///< collide --at: components of momenta
  std::optional<std::filesystem::path> restart;  ///< relax, evolve --restart: directory of a checkpoint
};

// Each runs one command; what goes wrong is thrown: InvalidArgument for bad input, another Error for a computation that
// failed.

/// C(W) of the initial state.
void collide(const RunOptions& options);
/// Homogeneous evolution to a time or to equilibrium.
void relax(const RunOptions& options);
/// Evolution of W(r, k, t) in a periodic box.
void evolve(const RunOptions& options);
/// D_kin(E) of elastic scattering.
void diffusion(const RunOptions& options);
/// Viscosity, heat conductivity and relaxation rates of a gas.
void transport(const RunOptions& options);
/// Memory and time of a case before it is run.
void estimate(const RunOptions& options);
/// Figures of the results in a directory.
void plot(const std::filesystem::path& directory, bool quiet);

}  // namespace nordheim::program
