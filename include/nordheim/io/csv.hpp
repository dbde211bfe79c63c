// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nordheim {

/// One column of a table.
struct CsvColumn {
  std::string name;                ///< without commas, quotes and line ends
  std::span<const double> values;  ///< shape (rows)
};

/// @brief Writes a table that spreadsheets and gnuplot read: comment lines "# …", one line of column names, one line
/// a row; 17 digits, so that every number reads back exactly; "nan" and "inf" where a number is not finite.
///
/// Written as a whole or not at all (write_text_file()).
/// @param comment  any number of lines, may be empty
/// @throws InvalidArgument if the columns differ in length or a name cannot stand in a header
/// @throws Error if the file cannot be written
void write_csv(const std::filesystem::path& path, const std::vector<CsvColumn>& columns, std::string_view comment = {});

}  // namespace nordheim
