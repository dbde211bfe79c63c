// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/lens_evaluation.hpp"

#include "collision/two_body_products.hpp"

#include <algorithm>

namespace nordheim::detail {

namespace {

/// The part of a basis up to a lower degree.
SphericalBasis lowered(const SphericalBasis& basis, int degree) {
  return {degree, std::min(basis.lmax, degree), std::min(basis.mmax, degree)};
}

}  // namespace

SphericalBasis raised(const SphericalBasis& basis, int extra_degree) noexcept {
  return {basis.degree + extra_degree, basis.lmax == 0 ? 0 : basis.lmax + 1, basis.mmax == 0 ? 0 : basis.mmax + 1};
}

LensEvaluation::LensEvaluation(const SphericalGridTables& grid, int degree, int extra_degree,
                               const std::function<double(double)>& square, int threads)
    : grid_(grid),
      engine_(lowered(grid.basis, degree), raised(lowered(grid.basis, degree), extra_degree), grid.options.scale,
              square, threads),
      in_(lowered(grid.basis, degree), grid.points),
      out_(engine_.output(), grid.points),
      in_scratch_(in_.make_scratch(1)),
      out_scratch_(out_.make_scratch(1)),
      rings_(out_.ring_size(1) * out_.polar()) {
  for (auto* const input : {&p_, &r_, &dp_, &dr_}) input->resize(in_.basis().size());
  for (auto* const output : {&g1_, &g2_, &dg1_, &dg2_}) output->resize(out_.basis().size());
}

void LensEvaluation::analyse(const double* f, std::vector<double>& coefficients) {
  grid_.analyse(in_, f, coefficients.data(), in_scratch_, rings_);
}

void LensEvaluation::synthesise(const std::vector<double>& coefficients, double* f) {
  grid_.synthesise(out_, coefficients.data(), f, out_scratch_, rings_);
}

void LensEvaluation::evaluate(const double* P, const double* R, double* G1, double* G2) {
  analyse(P, p_);
  analyse(R, r_);
  engine_.integrate<TwoBodyProduct>({r_.data(), p_.data()}, {g1_.data(), g2_.data()});
  synthesise(g1_, G1);
  synthesise(g2_, G2);
}

void LensEvaluation::linearise(const double* dP, const double* dR, double* dG1, double* dG2) {
  analyse(dP, dp_);
  analyse(dR, dr_);
  engine_.integrate<TwoBodyDerivative>({r_.data(), p_.data(), dr_.data(), dp_.data()}, {dg1_.data(), dg2_.data()});
  synthesise(dg1_, dG1);
  synthesise(dg2_, dG2);
}

std::array<double, 2> LensEvaluation::at(const Vector3& x) const {
  return {detail::evaluate(engine_.output(), g1_, x), detail::evaluate(engine_.output(), g2_, x)};
}

}  // namespace nordheim::detail
