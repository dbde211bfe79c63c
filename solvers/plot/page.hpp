// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plot/figure.hpp"
#include "plot/result_data.hpp"
#include "plot/summary.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace nordheim::program {

/// A figure of the page and its drawing.
struct DrawnFigure {
  Figure figure;
  std::string svg;  ///< text of NAME.svg; empty where the figure is missing
};

/// @p svg as a part of a page: without its XML head, its identifiers made unique by the prefix @p name.
[[nodiscard]] std::string inline_svg(std::string svg, std::string_view name);

/// The whole page: nothing that is loaded from elsewhere, and no script but that of the animation.
/// @param case_text  the resolved case file; may be empty
/// @param animation  a section of the page, see animation.hpp; empty if there is none
[[nodiscard]] std::string html_page(const ResultData& result, const Summary& summary, const std::string& case_text,
                                    const std::vector<DrawnFigure>& figures, const std::string& animation = {});

/// @p text with the characters replaced that mean something in HTML.
[[nodiscard]] std::string escaped(std::string_view text);

}  // namespace nordheim::program
