// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/script_text.hpp"

#include <nordheim/io/number_text.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>

namespace nordheim::program {

namespace {

/// viridis of matplotlib at 0, 1/10, …, 9/10.
constexpr std::array<Colour, 10> viridis_stops{{{68, 1, 84},
                                                {72, 36, 117},
                                                {65, 68, 135},
                                                {53, 95, 141},
                                                {42, 120, 142},
                                                {33, 145, 140},
                                                {34, 168, 132},
                                                {68, 191, 112},
                                                {122, 209, 81},
                                                {189, 223, 38}}};

std::string hexadecimal(const Colour& colour) {
  constexpr const char* digits = "0123456789abcdef";
  std::string text = "#";
  for (const int part : colour) {
    text += digits[part / 16];
    text += digits[part % 16];
  }
  return text;
}

constexpr const char* script_template = R"(# @title@
# Draws @name@.svg and @name@.png from @name@.dat:  gnuplot @name@.gp
set encoding utf8
set minussign
set border 3 linewidth 0.8 linecolor rgb '#333333'
set tics nomirror scale 0.6 textcolor rgb '#333333'
set grid linetype 1 linewidth 0.5 linecolor rgb '#e3e3e3'
set key reverse Left samplen 2 spacing 1.15 textcolor rgb '#333333'
do for [format in "svg png"] {
  if (format eq "svg") {
    set terminal svg size @width@,@height@ enhanced font 'sans-serif,13' linewidth 1.3 background '#ffffff' name '@name@'
  } else {
    set terminal pngcairo size 2*@width@,2*@height@ enhanced font 'sans-serif,13' fontscale 1.9 linewidth 2.6 pointscale 2 background '#ffffff'
  }
  set output '@name@.'.format
@commands@  unset output
}
)";

}  // namespace

std::string fill(std::string text, std::initializer_list<std::pair<std::string_view, std::string>> values) {
  for (const auto& [key, value] : values) {
    std::string mark(key);
    mark.insert(mark.begin(), '@');
    mark.push_back('@');
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size())) {
      text.replace(at, mark.size(), value);
    }
  }
  return text;
}

std::string label_text(double value) {
  char text[32];
  (void)std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

void DataText::block(const std::string& columns) {
  if (!first_) text_ += "\n\n";
  first_ = false;
  text_.append("# ").append(columns).append("\n");
}

void DataText::row(std::initializer_list<double> values) {
  const char* separator = "";
  for (const double value : values) {
    text_.append(separator).append(shortest_text(value));
    separator = " ";
  }
  text_ += '\n';
}

std::string viridis(double x) {
  const double position = std::clamp(x, 0.0, 1.0) * static_cast<double>(viridis_stops.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(position), viridis_stops.size() - 2);
  const double part = position - static_cast<double>(below);
  Colour mixed{};
  for (std::size_t i = 0; i < 3; ++i) {
    mixed[i] =
        static_cast<int>(std::lround((1.0 - part) * viridis_stops[below][i] + part * viridis_stops[below + 1][i]));
  }
  return hexadecimal(mixed);
}

std::vector<Colour> viridis_colours() {
  std::vector<Colour> colours(viridis_stops.begin(), viridis_stops.end());
  colours.push_back({253, 231, 37});  // an area, unlike a thin line, may be yellow
  return colours;
}

std::vector<Colour> diverging_colours() {
  return {{5, 48, 97},     {33, 102, 172}, {67, 147, 195}, {177, 213, 231}, {247, 247, 247},
          {251, 201, 174}, {214, 96, 77},  {178, 24, 43},  {103, 0, 31}};
}

std::string palette(const std::vector<Colour>& colours) {
  std::string text = "set palette defined (";
  for (std::size_t i = 0; i < colours.size(); ++i) {
    if (i > 0) text += ", ";
    text.append(std::to_string(i)).append(" '").append(hexadecimal(colours[i])).append("'");
  }
  return text + ")";
}

std::string gnuplot_script(const Figure& figure) {
  return fill(script_template, {{"title", figure.title},
                                {"width", std::to_string(figure.width)},
                                {"height", std::to_string(figure.height)},
                                {"commands", figure.commands},
                                {"name", figure.name}});
}

}  // namespace nordheim::program
