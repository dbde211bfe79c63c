// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plot/figure.hpp"
#include "plot/result_data.hpp"
#include "plot/script_text.hpp"

#include <string>
#include <vector>

namespace nordheim::program {

/// A dataset over the energies as a line.
struct EnergyCurve {
  const char* dataset;
  std::string key{};               ///< name in the key; empty where the curve is alone
  const char* rgb = colour::blue;  ///< its colour, "#rrggbb"
};

/// @brief Draws curves against the energy, with the van Hove energies marked.
///
/// The axis begins at zero, or goes below where there are negative values. Where the largest magnitude is more than 50
/// times the median over the energy axis, as at band edges of one dimension, it is logarithmic, twelve decades at most,
/// with negative values as open circles.
/// @param figure  name, title and caption; remarks on what is drawn are added to the caption
/// @param axis    of the values, with units
[[nodiscard]] Figure energy_figure(const ResultData& result, Figure figure, const std::string& axis,
                                   const std::vector<EnergyCurve>& curves);

/// @brief Draws an error against the energy as points on a logarithmic axis, with the tolerance; zeros at 10⁻¹⁷.
[[nodiscard]] Figure energy_error_figure(const ResultData& result, Figure figure, const std::string& axis,
                                         const char* dataset);

}  // namespace nordheim::program
