// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/lens_evaluation.hpp"

#include "collision/two_body_products.hpp"
#include "core/shared_loop.hpp"

#include <algorithm>

namespace nordheim::detail {

namespace {

/// The part of a basis up to a lower degree and angular momentum.
SphericalBasis lowered(const SphericalBasis& basis, int degree, int lmax) {
  return {degree, std::min({basis.lmax, degree, lmax}), std::min({basis.mmax, degree, lmax})};
}

}  // namespace

SphericalBasis raised(const SphericalBasis& basis, int extra_degree) noexcept {
  return {basis.degree + extra_degree, basis.lmax == 0 ? 0 : basis.lmax + 1, basis.mmax == 0 ? 0 : basis.mmax + 1};
}

LensEvaluation::LensEvaluation(const SphericalGridTables& grid, int degree, int extra_degree,
                               const std::function<double(double)>& square, int threads, int lmax)
    : grid_(grid),
      engine_(lowered(grid.basis, degree, lmax), raised(lowered(grid.basis, degree, lmax), extra_degree),
              grid.options.scale, square, threads),
      in_(lowered(grid.basis, degree, lmax), grid.points),
      out_(engine_.output(), grid.points),
      in_scratch_{NodalScratch(in_), NodalScratch(in_)},
      out_scratch_{NodalScratch(out_), NodalScratch(out_)} {
  for (auto* const input : {&p_, &r_, &dp_, &dr_}) input->resize(in_.basis().size());
  for (auto* const output : {&g1_, &g2_, &dg1_, &dg2_}) output->resize(out_.basis().size());
}

void LensEvaluation::analyse(const std::array<const double*, 2>& f, const std::array<double*, 2>& coefficients) {
  shared_loop(2, engine_.threads() > 1 ? 2 : 1,
              [&](std::size_t i) { grid_.analyse(in_, f[i], coefficients[i], in_scratch_[i]); });
}

void LensEvaluation::synthesise(const std::array<const double*, 2>& coefficients, const std::array<double*, 2>& f) {
  shared_loop(2, engine_.threads() > 1 ? 2 : 1,
              [&](std::size_t i) { grid_.synthesise(out_, coefficients[i], f[i], out_scratch_[i]); });
}

void LensEvaluation::evaluate(const double* P, const double* R, double* G1, double* G2) {
  analyse({P, R}, {p_.data(), r_.data()});
  engine_.integrate<TwoBodyProduct>({r_.data(), p_.data()}, {g1_.data(), g2_.data()});
  synthesise({g1_.data(), g2_.data()}, {G1, G2});
}

void LensEvaluation::linearise(const double* dP, const double* dR, double* dG1, double* dG2) {
  analyse({dP, dR}, {dp_.data(), dr_.data()});
  engine_.integrate<TwoBodyDerivative>({r_.data(), p_.data(), dr_.data(), dp_.data()}, {dg1_.data(), dg2_.data()});
  synthesise({dg1_.data(), dg2_.data()}, {dG1, dG2});
}

std::size_t LensEvaluation::memory(const SphericalBasis& input, int extra_degree, bool potential, int threads) {
  const SphericalBasis output = raised(input, extra_degree);
  // The tables of four transforms, with weights and without, on grids of at most 2K radii and polar angles.
  const auto tables = [](const SphericalBasis& basis) {
    const auto degree = static_cast<std::size_t>(basis.degree), lmax = static_cast<std::size_t>(basis.lmax) + 1,
               mmax = static_cast<std::size_t>(basis.mmax) + 1;
    return degree * degree * lmax / 2 + 2 * lmax * lmax * mmax + 16 * mmax * mmax;
  };
  constexpr std::size_t inputs = 4, sets = 4;
  const std::size_t doubles = 2 * (tables(input) + tables(output)) + sets * (input.size() + output.size());
  return sizeof(double) * doubles + LensEngine::memory(input, output, potential, threads, inputs);
}

}  // namespace nordheim::detail
