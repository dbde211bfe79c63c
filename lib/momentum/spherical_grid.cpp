// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/momentum/spherical_grid.hpp>
#include <nordheim/momentum/spherical_series.hpp>

#include "core/words.hpp"
#include "momentum/oscillator_functions.hpp"
#include "momentum/spherical_grid_tables.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <sstream>
#include <utility>

namespace nordheim {

namespace {

constexpr detail::Words<MomentumSymmetry, 3> words{
    {{"none", MomentumSymmetry::none}, {"axial", MomentumSymmetry::axial}, {"isotropic", MomentumSymmetry::isotropic}}};

/// More radii would lie where functions of degree K are no longer accurate.
int radial_nodes(const detail::SphericalBasis& basis) { return basis.degree / 2 + 2; }
/// One more angular momentum than the basis has, for its products with k.
int polar_nodes(const detail::SphericalBasis& basis) { return basis.lmax == 0 ? 1 : basis.lmax + 2; }
int azimuthal_nodes(const detail::SphericalBasis& basis) { return basis.mmax == 0 ? 1 : 2 * basis.mmax + 3; }

}  // namespace

std::string name(MomentumSymmetry symmetry) { return detail::word_for(words, symmetry, "symmetry"); }

MomentumSymmetry momentum_symmetry_from_name(std::string_view word) {
  return detail::value_of(words, word, "symmetry");
}

namespace detail {

SphericalBasis basis_of(const SphericalGridOptions& options) {
  const int lmax = options.symmetry == MomentumSymmetry::isotropic ? 0 : options.lmax.value_or(options.degree);
  return {options.degree, lmax, options.symmetry == MomentumSymmetry::none ? lmax : 0};
}

SphericalPoints points_of(const SphericalBasis& basis) {
  const auto radial = radial_gauss(radial_nodes(basis), 1.0);
  const auto polar = gauss_legendre(polar_nodes(basis), -1.0, 1.0);
  return {radial.nodes, radial.weights, polar.nodes, polar.weights, azimuthal_nodes(basis)};
}

void check(const SphericalGridOptions& options) {
  std::ostringstream text;
  text.precision(12);
  const auto refuse = [&text] { throw InvalidArgument(text.str()); };
  if (options.degree < SphericalGrid::least_degree || options.degree > SphericalGrid::largest_degree) {
    text << "degree = " << options.degree << ", allowed are " << SphericalGrid::least_degree << " to "
         << SphericalGrid::largest_degree;
    refuse();
  }
  if (options.lmax && (*options.lmax < SphericalGrid::least_lmax || *options.lmax > options.degree)) {
    text << "lmax = " << *options.lmax << ", allowed are " << SphericalGrid::least_lmax << " to the degree, "
         << options.degree;
    refuse();
  }
  if (!(options.scale > 0.0) || !std::isfinite(options.scale)) {
    text << "scale = " << options.scale << ", it must be positive and finite";
    refuse();
  }
  const Vector3& c = options.centre;
  const bool off_axis = c[0] != 0.0 || c[1] != 0.0;
  const bool finite = std::isfinite(c[0]) && std::isfinite(c[1]) && std::isfinite(c[2]);
  const bool fits = options.symmetry == MomentumSymmetry::none ||
                    (options.symmetry == MomentumSymmetry::axial ? !off_axis : !off_axis && c[2] == 0.0);
  if (!finite || !fits) {
    text << "centre = (" << c[0] << ", " << c[1] << ", " << c[2] << "), it must be "
         << (!finite                                           ? "finite"
             : options.symmetry == MomentumSymmetry::isotropic ? "the origin for isotropic states"
                                                               : "on the third axis for axial symmetry");
    refuse();
  }
}

SphericalGridTables::SphericalGridTables(const SphericalGridOptions& options_in)
    : options(options_in), basis(basis_of(options)), points(points_of(basis)), transform(basis, points) {
  const double a = options.scale;
  const Vector3& c = options.centre;
  const double step = 2.0 * std::numbers::pi / points.azimuths;
  for (std::size_t t = 0; t < points.cosines.size(); ++t) {
    // One direction stands for all where states are isotropic.
    const double cosine = basis.lmax == 0 ? 1.0 : points.cosines[t];
    const double sine = std::sqrt((1.0 - cosine) * (1.0 + cosine));
    for (int i = 0; i < points.azimuths; ++i) {
      const double phi = step * i;
      for (std::size_t r = 0; r < points.radii.size(); ++r) {
        const double k = a * points.radii[r];
        const Vector3 q{k * sine * std::cos(phi), k * sine * std::sin(phi), k * cosine};
        const std::array<bool, 3> carried{basis.mmax > 0, basis.mmax > 0, basis.lmax > 0};
        Vector3 p{};
        for (std::size_t j = 0; j < 3; ++j) {
          p[j] = c[j] + q[j];
          velocities.push_back(carried[j] ? p[j] : 0.0);
          centred_velocities.push_back(carried[j] ? q[j] : 0.0);
        }
        momenta.insert(momenta.end(), p.begin(), p.end());
        centred_energies.push_back(0.5 * k * k);
        weights.push_back(a * a * a * step * points.polar_weights[t] * points.radial_weights[r]);
        energies.push_back(0.5 * (p[0] * p[0] + p[1] * p[1] + p[2] * p[2]));
      }
    }
  }
}

void SphericalGridTables::analyse(const SphericalTransform& to, const double* f, double* coefficients,
                                  NodalScratch& scratch) const {
  const SphericalTransform::Block all = to.all();
  const std::size_t distance = to.ring_size(1, all);
  for (std::size_t t = 0; t < to.polar(); ++t) {
    to.values_to_ring(1, all, f + t * to.ring_values(1, all), scratch.rings.data() + t * distance, scratch.transform);
  }
  to.rings_to_degrees(1, all, scratch.rings.data(), distance, scratch.transform.by_degree.data(), scratch.transform);
  to.degrees_to_coefficients(1, scratch.transform.by_degree.data(), coefficients);
}

void SphericalGridTables::synthesise(const SphericalTransform& from, const double* coefficients, double* f,
                                     NodalScratch& scratch) const {
  const SphericalTransform::Block all = from.all();
  const std::size_t distance = from.ring_size(1, all);
  from.coefficients_to_rings(1, all, coefficients, scratch.rings.data(), distance, scratch.transform);
  for (std::size_t t = 0; t < from.polar(); ++t) {
    from.ring_to_values(1, all, scratch.rings.data() + t * distance, f + t * from.ring_values(1, all),
                        scratch.transform);
  }
}

NodalScratch::NodalScratch(const SphericalTransform& of)
    : transform(of.make_scratch(1, of.all().radii)), rings(of.ring_size(1, of.all()) * of.polar()) {}

}  // namespace detail

std::size_t SphericalGrid::node_count(const SphericalGridOptions& options) {
  detail::check(options);
  const detail::SphericalBasis basis = detail::basis_of(options);
  return static_cast<std::size_t>(radial_nodes(basis)) * static_cast<std::size_t>(polar_nodes(basis)) *
         static_cast<std::size_t>(azimuthal_nodes(basis));
}

SphericalGrid::SphericalGrid(const SphericalGridOptions& options) {
  detail::check(options);
  tables_ = std::make_shared<const detail::SphericalGridTables>(options);
}

std::size_t SphericalGrid::size() const noexcept { return tables_->size(); }
int SphericalGrid::degree() const noexcept { return tables_->basis.degree; }
int SphericalGrid::lmax() const noexcept { return tables_->basis.lmax; }
double SphericalGrid::scale() const noexcept { return tables_->options.scale; }
const Vector3& SphericalGrid::centre() const noexcept { return tables_->options.centre; }
MomentumSymmetry SphericalGrid::symmetry() const noexcept { return tables_->options.symmetry; }
int SphericalGrid::radial_points() const noexcept { return static_cast<int>(tables_->points.radii.size()); }
int SphericalGrid::polar_points() const noexcept { return static_cast<int>(tables_->points.cosines.size()); }
int SphericalGrid::azimuthal_points() const noexcept { return tables_->points.azimuths; }
ConstState SphericalGrid::momenta() const noexcept { return tables_->momenta; }
ConstState SphericalGrid::weights() const noexcept { return tables_->weights; }
ConstState SphericalGrid::energies() const noexcept { return tables_->energies; }
ConstState SphericalGrid::velocities() const noexcept { return tables_->velocities; }
SphericalGridOptions SphericalGrid::options() const { return tables_->options; }

Vector3 SphericalGrid::momentum(std::size_t node) const {
  const ConstState k = momenta();
  return {k[3 * node], k[3 * node + 1], k[3 * node + 2]};
}

double SphericalGrid::interpolate(ConstState W, const Vector3& k) const { return SphericalSeries(*this, W)(k); }

}  // namespace nordheim
