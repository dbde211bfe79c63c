// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/harmonic_operator.hpp"

#include "collision/contact_bracket.hpp"

namespace nordheim::detail {

ShellOrders shell_orders(int resolution, TrialFunctions kind) {
  // Polynomials of ω itself are large where there are no particles.
  const int n = kind == TrialFunctions::sonine ? 8 * resolution / 5 : resolution;
  return {16 + 7 * n / 4, 8 + 9 * n / 8, 10 + 9 * n / 8};
}

Eigen::MatrixXd HarmonicOperator::matrix(int functions) const {
  const Eigen::MatrixXd basis = space_.combine(degree_of(functions, space_.l()));
  const Eigen::Index rest = basis.cols() - invariants_of(space_.l());
  return (basis.transpose() * raw_ * basis).bottomRightCorner(rest, rest);
}

std::vector<HarmonicOperator> harmonic_operators(const ContactGas& gas, const ContactShells& shells,
                                                 TrialFunctions kind, const std::vector<int>& degrees, int functions) {
  std::vector<TrialSpace> spaces;
  spaces.reserve(degrees.size());
  for (const int l : degrees) spaces.emplace_back(gas, kind, l, degree_of(functions, l));
  std::vector<HarmonicFunctions> harmonics;
  harmonics.reserve(degrees.size());
  for (const TrialSpace& space : spaces) {
    harmonics.push_back({space.l(), space.raw_functions(),
                         [&space](const auto& omega, auto values) { space.evaluate(omega, values); }});
  }
  std::vector<Eigen::MatrixXd> brackets = contact_brackets(shells, harmonics);
  std::vector<HarmonicOperator> operators;
  operators.reserve(degrees.size());
  for (std::size_t i = 0; i < spaces.size(); ++i) {
    operators.emplace_back(std::move(spaces[i]), std::move(brackets[i]));
  }
  return operators;
}

}  // namespace nordheim::detail
