// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plot/figure.hpp"
#include "plot/result_data.hpp"
#include "plot/summary.hpp"

#include <string>
#include <vector>

namespace nordheim::program {

/// A figure and its drawing as SVG text.
struct DrawnFigure {
  Figure figure;
  std::string svg;  ///< empty if the figure is missing
};

/// One HTML page with all there is to see: key numbers, figures with captions, the case file. It refers to nothing
/// outside itself.
/// @param case_text  the resolved case file; may be empty
[[nodiscard]] std::string html_page(const ResultData& result, const Summary& summary,
                                    const std::vector<DrawnFigure>& figures, const std::string& case_text);

}  // namespace nordheim::program
