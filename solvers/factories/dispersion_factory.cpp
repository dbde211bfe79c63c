// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/io/expression.hpp>

#include "factories/factories.hpp"

namespace nordheim::program {

Dispersion make_dispersion(const Case& input) {
  const DispersionCase& dispersion = input.dispersion;
  const int d = input.momentum.dimension;
  if (dispersion.kind == "nearest-neighbour") return Dispersion::nearest_neighbour(d);
  if (dispersion.kind == "hopping") return Dispersion::hopping(d, dispersion.terms);
  if (dispersion.kind == "optical") return Dispersion::optical(d, dispersion.omega0, dispersion.kappa);
  if (dispersion.kind == "acoustic") return Dispersion::acoustic(d, dispersion.kappa);
  if (dispersion.kind == "bending") return Dispersion::bending(d, dispersion.omega0, dispersion.kappa);
  const Expression formula(dispersion.formula, {"kx", "ky", "kz"});
  return Dispersion::from_function(
      d, [formula](const Vector3& k) { return formula(k); }, {}, dispersion.formula);
}

LatticeGrid make_grid(const Case& input, const Dispersion& dispersion) { return {input.momentum.points, dispersion}; }

}  // namespace nordheim::program
