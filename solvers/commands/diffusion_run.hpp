// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/transport/diffusion_curve.hpp>

#include "case/case.hpp"
#include "commands/displacement.hpp"
#include "commands/report.hpp"

#include <filesystem>
#include <vector>

namespace nordheim::program {

/// What `diffusion` has found.
struct DiffusionRun {
  Case input;
  ElasticModel model;
  std::vector<DiffusionPoint> curve;
  std::vector<Displacement> displacements;
  bool isotropic = true;  ///< see is_isotropic()
  double wall_seconds = 0.0;

  /// Tr D/d.
  [[nodiscard]] double mean(const DiffusionPoint& point) const;
};

/// Whether by symmetry D is a multiple of the unit matrix at every energy with a result.
[[nodiscard]] bool is_isotropic(const std::vector<DiffusionPoint>& curve);

/// The object that `--json` prints.
[[nodiscard]] Json diffusion_summary(const DiffusionRun& run);

/// Writes result.h5, diffusion.csv and displacement.csv.
void write_diffusion_files(const std::filesystem::path& directory, const DiffusionRun& run);

}  // namespace nordheim::program
