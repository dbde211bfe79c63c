// SPDX-License-Identifier: GPL-3.0-or-later
// What a command says at its end: JSON for programs, a table for people.
#pragma once

#include <nordheim/io/number_text.hpp>

#include "commands/command.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace nordheim::program {

using Json = nlohmann::ordered_json;

/// One line of the table.
struct TableLine {
  std::string what, value;
};

/// A number in a format of printf for one double, such as "%.0e".
[[nodiscard]] std::string formatted(const char* format, double value);

/// null where there is none.
[[nodiscard]] Json optional_number(const std::optional<double>& value);
/// null where it is not finite.
[[nodiscard]] Json number_or_null(double value);

/// Warns of a state in a box that its positions do not resolve, on the standard error stream.
void warn_unresolved(double share);

/// Prints the JSON object, or the title and the lines, or nothing, as the options say.
void print_report(const RunOptions& options, const Json& summary, const std::string& title,
                  const std::vector<TableLine>& lines);

}  // namespace nordheim::program
