// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/result_data.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/io/hdf5_file.hpp>
#include <nordheim/io/number_text.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <string_view>

namespace nordheim::program {

namespace {

/// Values that are not refused: figures leave those out that are not finite.
enum class Allowed {
  finite,
  infinite,  ///< finite and infinite ones
  missing    ///< NaN, too: an energy may have no result
};

[[nodiscard]] bool is_allowed(double value, Allowed allowed) {
  return std::isfinite(value) || allowed == Allowed::missing || (allowed == Allowed::infinite && !std::isnan(value));
}

/// A dataset and its dimensions: t output times, s snapshots, n nodes, d components; e energies, v van Hove energies, m
/// energies of displacements, u scaled times; l angular momenta, q points of a plane with p components (of transport: p
/// points of temperature and fugacity), r radii; of evolve: x positions in a box of b axes, i positions and j momenta
/// of an image.
struct KnownDataset {
  const char* name;
  std::string_view dimensions;
  Allowed allowed = Allowed::finite;
};

constexpr KnownDataset relax_datasets[] = {
    {"time", "t"},
    {"number", "t"},
    {"energy", "t"},
    {"entropy", "t"},
    {"min_W", "t"},
    {"entropy_production", "t", Allowed::infinite},
    {"max_W", "t"},
    {"distance_to_equilibrium", "t"},
    {"number_drift", "t"},
    {"energy_drift", "t"},
    {"correction", "t"},
    {"current", "td"},
    {"snapshot_time", "s"},
    {"W", "sn"},
    {"momenta", "nd"},
    {"energies", "n"},
    {"equilibrium", "n"},
    {"momentum_drift", "t"},
    {"angular_moments", "tl"},
    {"plane_momenta", "qp"},
    {"plane_W", "sq"},
    {"shell_k", "r"},
    {"shell_W", "sr"},
    {"shell_equilibrium", "r"},
};

constexpr KnownDataset collide_datasets[] = {
    {"momenta", "nd"}, {"energies", "n"}, {"W", "n"}, {"C", "n"}, {"plane_momenta", "qp"}, {"plane_C", "q"},
};

constexpr KnownDataset diffusion_datasets[] = {
    {"E", "e"},
    {"density_of_states", "e", Allowed::missing},
    {"rate", "e", Allowed::missing},
    {"D", "e", Allowed::missing},
    {"D_11", "e", Allowed::missing},
    {"D_22", "e", Allowed::missing},
    {"D_33", "e", Allowed::missing},
    {"super_burnett", "e", Allowed::missing},
    {"error", "e", Allowed::infinite},
    {"van_hove", "v"},
    {"displacement_E", "m"},
    {"displacement_D", "m"},
    {"velocity_squared", "m"},
    {"displacement_time", "mu"},
    {"displacement", "mu"},
};

constexpr KnownDataset transport_datasets[] = {
    {"temperature", "p"},
    {"fugacity", "p", Allowed::infinite},
    {"mu", "p"},
    {"diffusivity_slow", "p", Allowed::missing},
    {"diffusivity_slow_1", "p", Allowed::missing},
    {"diffusivity_fast", "p", Allowed::missing},
    {"diffusivity_fast_1", "p", Allowed::missing},
    {"heat_conductivity_1", "p", Allowed::missing},
    {"conductivity", "p", Allowed::missing},
    {"conductivity_1", "p", Allowed::missing},
    {"error", "p", Allowed::missing},
    {"viscosity", "p"},
    {"viscosity_first_order", "p"},
    {"viscosity_error", "p"},
    {"heat_conductivity", "p", Allowed::missing},
    {"heat_conductivity_first_order", "p"},
    {"heat_conductivity_error", "p", Allowed::missing},
    {"zero_number_current", "p"},
    {"rta", "p"},
    {"classical_limit", "p"},
    {"current_rate", "p"},
    {"spectral_gap", "p", Allowed::missing},
    {"continuum_edge", "p"},
    {"diffusion", "p"},
    {"mobility", "p"},
    {"diffusion_error", "p"},
    {"current_decay", "p"},
    {"ladder_epsilon", "m"},
    {"ladder_diffusion", "m"},
    {"ladder_gap", "m"},
};

constexpr KnownDataset evolve_datasets[] = {
    {"time", "t"},
    {"x", "xb"},
    {"box", "b"},
    {"box_points", "b"},
    {"density", "tx"},
    {"diffused_density", "tx"},
    {"energy_density", "tx"},
    {"temperature", "tx", Allowed::infinite},
    {"number", "t"},
    {"energy", "t"},
    {"variance", "tb"},
    {"exponent", "tb", Allowed::missing},
    {"distance_to_local_equilibrium", "t"},
    {"distance_to_equilibrium", "t"},
    {"distance_to_diffusion", "t"},
    {"number_law_defect", "t"},
    {"energy_law_defect", "t"},
    {"mean_diffusion", "b"},
    {"weights", "n"},
    {"velocities", "nd"},
    {"snapshot_time", "s"},
    {"image_position", "i"},
    {"image_momentum", "j"},
    {"image", "sij"},
};

std::string shape_text(const std::vector<std::size_t>& shape) {
  std::string text;
  for (const std::size_t length : shape) text += (text.empty() ? "" : " x ") + std::to_string(length);
  return text.empty() ? "a single number" : text;
}

/// Reads datasets and checks that a dimension has the same length wherever it occurs.
class DatasetReader {
 public:
  DatasetReader(const Hdf5Reader& file, std::string path) : file_(file), path_(std::move(path)) {}

  Dataset read(const KnownDataset& known) {
    Dataset dataset{file_.shape(known.name), {}, attribute(known.name, "units"), attribute(known.name, "long_name")};
    check_shape(known, dataset.shape);
    dataset.values = file_.numbers(known.name);
    const auto bad = std::find_if_not(dataset.values.begin(), dataset.values.end(),
                                      [&](double x) { return is_allowed(x, known.allowed); });
    if (bad != dataset.values.end()) {
      throw InvalidArgument(path_ + ": value " + std::to_string(bad - dataset.values.begin()) + " of dataset '" +
                            known.name + "' is " + shortest_text(*bad) + ", of which no figure can be made");
    }
    return dataset;
  }

 private:
  struct Length {
    std::size_t value;
    std::string from;  ///< the dataset that it was first seen in
  };

  [[nodiscard]] std::string attribute(const char* dataset, const char* name) const {
    return file_.has_attribute(dataset, name) ? file_.text_attribute(dataset, name) : std::string();
  }

  void check_shape(const KnownDataset& known, const std::vector<std::size_t>& shape) {
    const std::string found = path_ + ": dataset '" + known.name + "' is " + shape_text(shape);
    if (shape.size() != known.dimensions.size()) {
      throw InvalidArgument(found + ", but should have " + std::to_string(known.dimensions.size()) +
                            (known.dimensions.size() == 1 ? " dimension" : " dimensions"));
    }
    for (std::size_t i = 0; i < shape.size(); ++i) {
      if (shape[i] == 0) throw InvalidArgument(found + ", so it holds no values");
      const auto [length, is_new] = lengths_.try_emplace(known.dimensions[i], Length{shape[i], known.name});
      if (!is_new && length->second.value != shape[i]) {
        throw InvalidArgument(found + ", which does not fit the " + std::to_string(length->second.value) +
                              " values along the same dimension of '" + length->second.from + "'");
      }
    }
  }

  const Hdf5Reader& file_;
  std::string path_;
  std::map<char, Length> lengths_;
};

std::string optional_text(const Hdf5Reader& file, const char* name) {
  return file.has_attribute("/", name) ? file.text_attribute("/", name) : std::string();
}

template <std::size_t Count>
void read_datasets(const Hdf5Reader& file, const std::string& path, const KnownDataset (&known)[Count],
                   ResultData& result) {
  DatasetReader reader(file, path);
  for (const KnownDataset& dataset : known) {
    if (file.has(dataset.name)) result.datasets.emplace(dataset.name, reader.read(dataset));
  }
}

void check_times(const ResultData& result, const std::string& path, const std::string& name) {
  if (!result.has(name)) return;
  const std::vector<double>& times = result[name].values;
  if (std::adjacent_find(times.begin(), times.end(), [](double a, double b) { return a >= b; }) != times.end()) {
    throw InvalidArgument(path + ": dataset '" + name + "' does not increase from each value to the next");
  }
}

/// The positions of a box are a grid, and an image has those along its first axis.
void check_box(const ResultData& result, const std::string& path) {
  if (const std::string missing = result.missing({"time", "x", "box", "box_points", "density"}); !missing.empty()) {
    throw InvalidArgument(path + ": holds no evolution in a box, " + missing);
  }
  const std::vector<double>& points = result["box_points"].values;
  const double positions = std::accumulate(points.begin(), points.end(), 1.0, std::multiplies<>());
  if (points.size() > 3 || std::any_of(points.begin(), points.end(), [](double n) { return n < 1.0; }) ||
      positions != static_cast<double>(result["x"].shape[0])) {
    throw InvalidArgument(path + ": dataset 'box_points' does not fit the " + std::to_string(result["x"].shape[0]) +
                          " positions of dataset 'x'");
  }
  if (result.has("image") && static_cast<double>(result["image"].shape[1]) != points.front()) {
    throw InvalidArgument(path + ": dataset 'image' has " + std::to_string(result["image"].shape[1]) +
                          " positions, but the box has " + shortest_text(points.front()) + " along its first axis");
  }
}

ResultData read_open_file(const Hdf5Reader& file, const std::string& path) {
  ResultData result;
  result.command = file.text_attribute("/", "command");
  result.title = optional_text(file, "title");
  result.version = optional_text(file, "nordheim_version");
  if (result.command == "relax") {
    read_datasets(file, path, relax_datasets, result);
  } else if (result.command == "collide") {
    read_datasets(file, path, collide_datasets, result);
  } else if (result.command == "diffusion") {
    read_datasets(file, path, diffusion_datasets, result);
    result.space = file.text_attribute("/", "space");
    result.tolerance = file.number_attribute("/", "tolerance");
    return result;
  } else if (result.command == "transport") {
    read_datasets(file, path, transport_datasets, result);
    result.space = optional_text(file, "space");
    // An electron in a bath on a lattice may have none.
    if (file.has_attribute("/", "tolerance")) result.tolerance = file.number_attribute("/", "tolerance");
    if (result.space == "lattice") return result;  // of phonons, or a lattice gas
  } else if (result.command == "evolve") {
    read_datasets(file, path, evolve_datasets, result);
    check_box(result, path);
  } else {
    throw InvalidArgument(path + ": holds results of the command '" + result.command +
                          "', but figures can be made of 'relax', 'collide', 'diffusion', 'transport' and 'evolve'");
  }
  if (result.has("momenta") && result["momenta"].shape[1] > 3) {
    throw InvalidArgument(path + ": dataset 'momenta' has " + std::to_string(result["momenta"].shape[1]) +
                          " components, but at most 3 are possible");
  }
  result.space = optional_text(file, "space");
  if (result.space != "shell") result.statistics = statistics_from_name(file.text_attribute("/", "statistics"));
  check_times(result, path, "time");
  check_times(result, path, "snapshot_time");
  return result;
}

}  // namespace

std::string ResultData::missing(std::initializer_list<const char*> names) const {
  std::vector<std::string> absent;
  for (const char* name : names) {
    if (!has(name)) absent.emplace_back(name);
  }
  if (absent.empty()) return {};
  std::string text = absent.size() == 1 ? "result.h5 has no dataset " : "result.h5 has no datasets ";
  for (std::size_t i = 0; i < absent.size(); ++i) {
    const bool last = i + 1 == absent.size();
    if (i > 0) text += last ? " and " : ", ";
    text += absent[i];
  }
  return text + ".";
}

ResultData read_result(const std::filesystem::path& directory) {
  const std::filesystem::path path = directory / "result.h5";
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    throw InvalidArgument(directory.string() + ": there is no result.h5, so this is not the output directory of a run");
  }
  try {
    return read_open_file(Hdf5Reader(path), path.string());
  } catch (const LibraryError& error) {  // to the user a damaged file is bad input, whatever call stumbled over it
    throw InvalidArgument(error.what());
  }
}

}  // namespace nordheim::program
