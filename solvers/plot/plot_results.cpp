// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/plot_results.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/io/atomic_file.hpp>
#include <nordheim/io/output_directory.hpp>

#include "plot/animation.hpp"
#include "plot/figures.hpp"
#include "plot/gnuplot.hpp"
#include "plot/page.hpp"
#include "plot/script_text.hpp"
#include "run/temporary_directory.hpp"

#include <fstream>
#include <iterator>
#include <system_error>

namespace nordheim::program {

namespace {

namespace fs = std::filesystem;

constexpr const char* extensions[] = {".gp", ".dat", ".svg", ".png"};

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string draw(const Figure& figure, const fs::path& workshop) {
  write_text_file(workshop / (figure.name + ".dat"), figure.data);
  write_text_file(workshop / (figure.name + ".gp"), gnuplot_script(figure));
  run_gnuplot(workshop, figure.name + ".gp");
  for (const char* extension : extensions) {
    if (!fs::exists(workshop / (figure.name + extension))) {
      throw Error("gnuplot wrote no " + figure.name + extension + ", though it reported success");
    }
  }
  return text_of(workshop / (figure.name + ".svg"));
}

void publish(const std::vector<DrawnFigure>& figures, const fs::path& workshop, const fs::path& target) {
  for (const DrawnFigure& drawn : figures) {
    for (const char* extension : extensions) {
      const std::string file = drawn.figure.name + extension;
      std::error_code failure;
      if (drawn.figure.missing.empty()) {
        fs::rename(workshop / file, target / file, failure);
      } else {
        fs::remove(target / file, failure);
      }
      if (failure) throw Error("cannot write " + (target / file).string() + ": " + failure.message());
    }
  }
}

}  // namespace

namespace {

std::vector<Figure> box_figures(const ResultData& result, const Summary& summary) {
  std::vector<Figure> figures{density_figure(result), density_in_time_figure(result)};
  if (result.space != "shell") figures.push_back(energy_density_figure(result));
  if (result.has("temperature")) {
    figures.push_back(temperature_figure(result));
    figures.push_back(temperature_in_time_figure(result));
  }
  if (result["box_points"].values.size() > 1) figures.push_back(density_map_figure(result));
  figures.push_back(phase_space_figure(result));
  if (result.space == "shell") figures.push_back(spreading_figure(result));
  figures.push_back(distances_figure(result));
  figures.push_back(conservation_figure(result, summary));
  return figures;
}

}  // namespace

std::vector<Figure> all_figures(const ResultData& result, const Summary& summary) {
  if (result.command == "evolve") return box_figures(result, summary);
  if (result.command == "collide") return {collision_figure(result), collision_plane_figure(result)};
  if (result.command == "diffusion") {
    return {diffusion_figure(result), density_of_states_figure(result),
            rate_figure(result),      super_burnett_figure(result),
            error_figure(result),     displacement_figure(result)};
  }
  if (result.command == "transport" && result.has("mobility")) {
    std::vector<Figure> figures{mobility_figure(result), bath_rates_figure(result)};
    if (result.has("ladder_epsilon")) figures.push_back(ladder_figure(result));
    return figures;
  }
  if (result.command == "transport" && (result.has("diffusivity_slow") || result.has("diffusivity_slow_1"))) {
    return {diffusivities_figure(result), lattice_heat_figure(result), lattice_conductivity_figure(result),
            lattice_error_figure(result)};
  }
  if (result.command == "transport" && result.space == "lattice") {
    return {phonon_conductivity_figure(result), phonon_rate_figure(result), phonon_error_figure(result)};
  }
  if (result.command == "transport") {
    return {viscosity_figure(result), heat_conductivity_figure(result), relaxation_rate_figure(result),
            transport_error_figure(result)};
  }
  std::vector<Figure> figures{occupation_figure(result, summary), entropy_figure(result), distance_figure(result),
                              invariants_figure(result), moments_figure(result)};
  if (result.space != "radial") figures.push_back(momentum_plane_figure(result));
  if (result.space == "continuum") {
    figures.insert(figures.begin() + 1, {shell_figure(result), angular_moments_figure(result)});
  }
  return figures;
}

void plot_results(const fs::path& directory) {
  const ResultData result = read_result(directory);
  const Summary summary = read_summary(directory);
  // A hidden one for unfinished files.
  const TemporaryDirectory workshop(directory / ".figures-");
  std::vector<DrawnFigure> figures;
  for (Figure& figure : all_figures(result, summary)) {
    std::string svg = figure.missing.empty() ? draw(figure, workshop.path()) : std::string();
    figures.push_back({std::move(figure), std::move(svg)});
  }
  const std::string page = html_page(result, summary, text_of(directory / "case.toml"), figures, animation(result));
  make_output_directory(directory / "figures");
  publish(figures, workshop.path(), directory / "figures");
  write_text_file(directory / "index.html", page);
}

}  // namespace nordheim::program
