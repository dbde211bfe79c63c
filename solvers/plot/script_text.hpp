// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plot/figure.hpp"

#include <array>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nordheim::program {

/// Replaces every @key@ in @p text by its value.
[[nodiscard]] std::string fill(std::string text,
                               std::initializer_list<std::pair<std::string_view, std::string>> values);

/// A number with four digits, for labels in a figure.
[[nodiscard]] std::string label_text(double value);

/// Numbers of a data file for gnuplot: blocks of rows, separated so that `index i` selects block i.
class DataText {
 public:
  /// @param comment  first line of the file
  explicit DataText(const std::string& comment) : text_("# " + comment + "\n") {}
  /// Starts block number 0, 1, …; @p columns is a comment with the names of the columns.
  void block(const std::string& columns);
  /// Numbers with as many digits as read back exactly.
  void row(std::initializer_list<double> values);
  /// An empty line, which ends one line of a grid.
  void end_of_grid_line() { text_ += '\n'; }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  std::string text_;
  bool first_ = true;
};

/// Colour number @p x in [0, 1] of the scale viridis, which is ordered in lightness and safe for the colour-blind;
/// "#rrggbb". The lightest tenth, unreadable on white, is left out.
[[nodiscard]] std::string viridis(double x);

/// Colours for lines of one plot, by S. Wong, Nature Methods 8, 441 (2011); safe for the colour-blind.
namespace colour {
inline constexpr const char* blue = "#0072b2";
inline constexpr const char* vermilion = "#d55e00";
inline constexpr const char* green = "#009e73";
inline constexpr const char* purple = "#cc79a7";
inline constexpr const char* ink = "#333333";
}  // namespace colour

/// Red, green and blue, 0 to 255.
using Colour = std::array<int, 3>;
/// Colours at even distances of a scale from low to high values: viridis of matplotlib.
[[nodiscard]] std::vector<Colour> viridis_colours();
/// From blue over white to red, for quantities with a sign.
[[nodiscard]] std::vector<Colour> diverging_colours();
/// The colour scale for gnuplot: `set palette …`.
[[nodiscard]] std::string palette(const std::vector<Colour>& colours);

/// The whole script NAME.gp: style, then the commands of the figure once for NAME.svg and once for NAME.png.
[[nodiscard]] std::string gnuplot_script(const Figure& figure);

}  // namespace nordheim::program
