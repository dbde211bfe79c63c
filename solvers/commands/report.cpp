// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/report.hpp"

#include <nordheim/core/error.hpp>

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <sstream>

namespace nordheim::program {

std::string short_text(double value) {
  std::ostringstream text;
  text << std::setprecision(6) << value;
  return text.str();
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
