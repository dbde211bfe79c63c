// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace nordheim::program {

/// One figure: what gnuplot needs to draw it, and what the page says about it.
struct Figure {
  std::string name;        ///< of its files, without extension
  std::string title;       ///< heading on the page
  std::string caption;     ///< what is seen and how to read it; plain text
  std::string commands{};  ///< gnuplot commands that draw it once
  std::string data{};      ///< text of the data file NAME.dat
  std::string missing{};   ///< why there is no such figure; empty if there is one
  int width = 760;         ///< of the drawing, in pixels of the page
  int height = 470;        ///< of the drawing, in pixels of the page
};

}  // namespace nordheim::program
