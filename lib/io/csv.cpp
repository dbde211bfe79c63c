// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/atomic_file.hpp>
#include <nordheim/io/csv.hpp>
#include <nordheim/io/number_text.hpp>

namespace nordheim {

namespace {

void check(const std::filesystem::path& path, const std::vector<CsvColumn>& columns) {
  for (const auto& [name, values] : columns) {
    if (name.empty() || name.find_first_of(",\"\r\n") != std::string::npos) {
      throw InvalidArgument(path.string() + ": the column name \"" + name +
                            "\" must not be empty nor contain commas, quotes or line ends");
    }
    const std::size_t rows = columns.front().values.size();
    if (values.size() != rows) {
      throw InvalidArgument(path.string() + ": the column " + name + " has " + std::to_string(values.size()) +
                            " values, the first column has " + std::to_string(rows));
    }
  }
}

std::string comment_lines(std::string_view comment) {
  std::string text;
  while (!comment.empty()) {
    const auto end = comment.find('\n');
    text.append("# ").append(comment.substr(0, end)).append("\n");
    if (end == std::string_view::npos) break;
    comment.remove_prefix(end + 1);
  }
  return text;
}

}  // namespace

void write_csv(const std::filesystem::path& path, const std::vector<CsvColumn>& columns, std::string_view comment) {
  if (columns.empty()) throw InvalidArgument(path.string() + ": a table needs at least one column");
  check(path, columns);
  std::string text = comment_lines(comment);
  for (std::size_t j = 0; j < columns.size(); ++j) text.append(j == 0 ? "" : ",").append(columns[j].name);
  text += '\n';
  for (std::size_t i = 0; i < columns.front().values.size(); ++i) {
    for (std::size_t j = 0; j < columns.size(); ++j)
      text.append(j == 0 ? "" : ",").append(full_text(columns[j].values[i]));
    text += '\n';
  }
  write_text_file(path, text);
}

}  // namespace nordheim
