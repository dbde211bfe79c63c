// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/report.hpp"

#include <nordheim/core/error.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>

namespace nordheim::program {

std::string formatted(const char* format, double value) {
  char text[40];
  (void)std::snprintf(text, sizeof text, format, value);
  return text;
}

Json optional_number(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

Json number_or_null(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

void warn_unresolved(double share) {
  constexpr double resolved = 1e-6;
  if (share <= resolved) return;
  std::cerr << "nordheim: warning: space.points are too few: " << short_text(share)
            << " of W is in the last third of the modes in space, above " << short_text(resolved) << '\n';
}

namespace {

/// @throws Error if what was printed did not arrive, for example on a full disk
void finish_printing() {
  std::cout << std::flush;
  if (!std::cout) throw Error("the standard output cannot be written to");
}

}  // namespace

void print_report(const RunOptions& options, const Json& summary, const std::string& title,
                  const std::vector<TableLine>& lines) {
  if (options.json) {
    std::cout << summary.dump(2) << '\n';
    finish_printing();
    return;
  }
  if (options.quiet) return;
  std::size_t width = 0;
  for (const TableLine& line : lines) width = std::max(width, line.what.size());
  std::cout << title << "\n\n";
  for (const TableLine& line : lines) {
    std::cout << "  " << line.what << std::string(width - line.what.size() + 2, ' ') << line.value << '\n';
  }
  finish_printing();
}

}  // namespace nordheim::program
