// SPDX-License-Identifier: GPL-3.0-or-later
#include "factories/wave_file.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/io/hdf5_file.hpp>

#include <algorithm>
#include <complex>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace nordheim::program {

namespace {

using Complex = std::complex<double>;

/// As many complex numbers of a dataset as are wanted: it has them as pairs, or it is real.
std::vector<Complex> complex_numbers(const Hdf5Reader& file, const std::string& name, std::size_t wanted,
                                     const std::string& place) {
  const std::vector<double> parts = file.complex_parts(name);
  std::vector<Complex> values;
  values.reserve(wanted);
  if (parts.size() == 2 * wanted) {
    for (std::size_t i = 0; i < wanted; ++i) values.emplace_back(parts[2 * i], parts[2 * i + 1]);
  } else if (parts.size() == wanted) {
    values.assign(parts.begin(), parts.end());
  } else {
    throw InvalidArgument(place + "its dataset " + name + " has " + std::to_string(parts.size()) + " numbers, " +
                          std::to_string(wanted) + " real or as many complex ones are needed");
  }
  return values;
}

WaveMixture mixture_of(const Hdf5Reader& file, const LatticeBox& sites, const std::string& place) {
  const std::vector<double> occupations =
      file.has("occupations") ? file.numbers("occupations") : std::vector<double>{1.0};
  const std::size_t n = sites.size();
  const std::vector<Complex> all = complex_numbers(file, "psi", n * occupations.size(), place);
  std::vector<OccupiedWave> waves;
  for (std::size_t i = 0; i < occupations.size(); ++i) {
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(i * n);
    waves.push_back({occupations[i], {begin, begin + static_cast<std::ptrdiff_t>(n)}});
  }
  return {sites, std::move(waves)};
}

}  // namespace

OneParticleState read_waves(const std::filesystem::path& path, const LatticeBox& sites) {
  const Hdf5Reader file(path);
  const std::string place = "file = \"" + path.string() + "\": ";
  const bool matrix = file.has("R"), waves = file.has("psi");
  if (matrix == waves) {
    throw InvalidArgument(place + "it must have exactly one of the datasets R and psi (found " +
                          (matrix ? "both" : "none") + ")");
  }
  if (waves) return mixture_of(file, sites, place);
  if (sites.size() > largest_spectrum) {
    throw InvalidArgument(place + "a density matrix of " + std::to_string(sites.size()) + " sites; allowed are " +
                          std::to_string(largest_spectrum) + ", or waves");
  }
  return DensityMatrix(sites, complex_numbers(file, "R", sites.size() * sites.size(), place));
}

}  // namespace nordheim::program
