// SPDX-License-Identifier: GPL-3.0-or-later
// What a command says at its end: JSON for programs, a table for people.
#pragma once

#include "commands/command.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace nordheim::program {

using Json = nlohmann::ordered_json;

/// One line of the table.
struct TableLine {
  std::string what, value;
};

/// A number with six digits for a table.
[[nodiscard]] std::string short_text(double value);

/// Prints the JSON object, or the title and the lines, or nothing, as the options say.
void print_report(const RunOptions& options, const Json& summary, const std::string& title,
                  const std::vector<TableLine>& lines);

}  // namespace nordheim::program
