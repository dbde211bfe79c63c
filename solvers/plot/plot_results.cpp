// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/plot_results.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/io/atomic_file.hpp>
#include <nordheim/io/output_directory.hpp>

#include "plot/figures.hpp"
#include "plot/gnuplot.hpp"
#include "plot/page.hpp"
#include "plot/script_text.hpp"

#include <unistd.h>

#include <fstream>
#include <iterator>
#include <system_error>

namespace nordheim::program {

namespace {

/// A hidden directory beside the figures, gone with the object.
class Workshop {
 public:
  explicit Workshop(const std::filesystem::path& parent)
      : path_(parent / (".figures." + std::to_string(getpid()) + ".tmp")) {
    make_output_directory(path_);
  }
  ~Workshop() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

/// The text of a file; empty if there is none.
std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void move_files(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(from)) {
    std::filesystem::rename(entry.path(), to / entry.path().filename(), error);
    if (error) throw Error("cannot write " + (to / entry.path().filename()).string() + ": " + error.message());
  }
}

}  // namespace

PlotReport plot_results(const std::filesystem::path& directory) {
  const ResultData result = read_result(directory);
  const Summary summary = read_summary(directory);
  const Workshop workshop(directory);
  PlotReport report;
  std::vector<DrawnFigure> drawn;
  for (Figure& figure : all_figures(result, summary)) {
    std::string svg;
    if (figure.missing.empty()) {
      write_text_file(workshop.path() / (figure.name + ".dat"), figure.data);
      write_text_file(workshop.path() / (figure.name + ".gp"), gnuplot_script(figure));
      run_gnuplot(workshop.path(), figure.name + ".gp");
      svg = text_of(workshop.path() / (figure.name + ".svg"));
      report.figures.push_back(figure.name);
    } else {
      report.missing.push_back(figure.title + ": " + figure.missing);
    }
    drawn.push_back({std::move(figure), std::move(svg)});
  }
  const std::filesystem::path figures = directory / "figures";
  make_output_directory(figures);
  move_files(workshop.path(), figures);
  report.page = directory / "index.html";
  write_text_file(report.page, html_page(result, summary, drawn, text_of(directory / "case.toml")));
  return report;
}

}  // namespace nordheim::program
