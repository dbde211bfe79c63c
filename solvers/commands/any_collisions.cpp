// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/any_collisions.hpp"

#include <nordheim/momentum/fourier_series.hpp>
#include <nordheim/momentum/spherical_series.hpp>

#include <vector>

namespace nordheim::program {

namespace {

RateAt interpolated(const LatticeGrid& grid, ConstState C) {
  return [series = FourierSeries(grid, C)](const Vector3& k, double /*W*/) { return series(k); };
}

template <class Operator>
Json horizon_of(const Operator& op) {
  return {{"horizon", op.horizon()}, {"time_nodes", op.time_nodes()}};
}

}  // namespace

RateAt rate_at(const LatticeTwoBody& op, ConstState C) { return interpolated(op.space(), C); }
RateAt rate_at(const FourPhonon& op, ConstState C) { return interpolated(op.space(), C); }
RateAt rate_at(const ThreePhonon& op, ConstState C) { return interpolated(op.space(), C); }

RateAt rate_at(const SphericalTwoBody& op, ConstState /*C*/) {
  return [&op](const Vector3& k, double W) { return op.value_at(k, W); };
}

RateAt rate_at(const IsotropicTwoBody& op, ConstState C) {
  return [series = SphericalSeries(op.space(), C)](const Vector3& k, double /*W*/) { return series(k); };
}

RateAt rate_at(const PhononBath& op, ConstState C) {
  return [grid = op.space(), values = std::vector<double>(C.begin(), C.end())](const Vector3& k, double /*W*/) {
    return grid.interpolate(values, k);
  };
}

RateAt rate_at(const LatticePhononBath& op, ConstState C) { return interpolated(op.space(), C); }

Json resolution(const LatticeTwoBody& op) { return horizon_of(op); }
Json resolution(const FourPhonon& op) { return horizon_of(op); }
Json resolution(const ThreePhonon& op) { return horizon_of(op); }

Json resolution(const SphericalTwoBody& op) {
  return {{"degree", op.space().degree()},
          {"lmax", op.space().lmax()},
          {"scale", op.space().scale()},
          {"centre", op.space().centre()},
          {"angles", op.angles()}};
}

Json resolution(const PhononBath& op) {
  return {{"elements", op.space().element_count()},
          {"order", op.space().order()},
          {"lmax", op.space().lmax()},
          {"largest_momentum", op.space().boundaries().back()}};
}

Json resolution(const LatticePhononBath& op) { return {{"horizon", op.horizon()}, {"time_nodes", op.time_nodes()}}; }

Json resolution(const IsotropicTwoBody& op) { return {{"degree", op.space().degree()}, {"scale", op.space().scale()}}; }

}  // namespace nordheim::program
