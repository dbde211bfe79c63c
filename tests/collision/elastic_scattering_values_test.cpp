// SPDX-License-Identifier: GPL-3.0-or-later
// Elastic scattering against the double sum over the nodes that defines it: the operator and its inverses.
#include <nordheim/collision/elastic_scattering.hpp>

#include "support/catch.hpp"
#include "support/elastic_operator.hpp"

#include <complex>

using namespace nordheim;
using namespace nordheim::test;

TEST_CASE("the operator is the double sum over the nodes") {
  for (const auto& [name, shell, correlator] : elastic_cases()) {
    const ElasticScattering op(shell, correlator);
    const MatrixXd C = dense_operator(shell, correlator);
    const VectorXd gamma = dense_rates(shell, correlator), W = skew(shell);
    CAPTURE(name, shell.size(), shell.reflections().size(), op.rank());
    VectorXd out(W.size()), nu(W.size());
    op.apply(as_state(W), as_state(out));
    op.loss_rate(as_state(W), as_state(nu));
    // The kernel is represented to 2e-15 of its largest value, which exceeds its mean by at most about 10 here.
    CHECK((out - C * W).cwiseAbs().maxCoeff() < 1e-14 * gamma.maxCoeff() * W.maxCoeff());
    CHECK((nu - gamma).cwiseAbs().maxCoeff() < 1e-14 * gamma.maxCoeff());
    CHECK(nu == as_vector(op.rates()));
    op.apply_linearised(as_state(nu), as_state(W), as_state(nu));
    CHECK(nu == out);
  }
}

TEST_CASE("the linear solver inverts the double sum") {
  for (const auto& [name, shell, correlator] : elastic_cases()) {
    const ElasticScattering op(shell, correlator);
    const VectorXd w = as_vector(shell.weights());
    // −C plus a projector on the constants is regular.
    const MatrixXd C = dense_operator(shell, correlator);
    const MatrixXd regular = VectorXd::Ones(w.size()) * w.transpose() / w.sum() - C;
    const Eigen::PartialPivLU<MatrixXd> dense(regular);
    CAPTURE(name, shell.size(), shell.reflections().size(), op.rank());
    for (const VectorXd& f : {skew(shell), velocity(shell, 0), velocity(shell, shell.dimension() - 1)}) {
      const VectorXd centred = f.array() - w.dot(f) / w.sum();
      VectorXd h(f.size());
      op.solve(as_state(f), as_state(h));
      const VectorXd expected = dense.solve(centred);
      // Both carry the rounding of the kernel over the gap, γ/gap < 100 in these cases.
      CHECK((h - expected).cwiseAbs().maxCoeff() < 1e-12 * expected.cwiseAbs().maxCoeff());
      CHECK(std::abs(w.dot(h)) < 1e-15 * w.dot(h.cwiseAbs()) + 1e-300);
    }
  }
}

TEST_CASE("the resolvent inverts z plus streaming minus collisions") {
  using Complex = std::complex<double>;
  const std::vector<std::pair<Complex, Vector3>> points{
      {{0.5, 0.0}, {0.0, 0.0, 0.0}},  {{0.3, 0.2}, {0.4, 0.0, 0.0}},  {{0.0, 0.0}, {0.0, 0.0, 0.9}},
      {{2.0, -1.0}, {0.1, 0.6, 0.0}}, {{0.1, 0.4}, {-0.3, 0.2, 0.8}}, {{-0.05, 3.0}, {0.3, 0.0, 0.7}}};
  for (const auto& [name, shell, correlator] : elastic_cases()) {
    const ElasticScattering op(shell, correlator);
    const MatrixXd C = dense_operator(shell, correlator);
    CAPTURE(name, shell.size(), shell.reflections().size(), op.rank());
    for (std::size_t p = 0; p < points.size(); ++p) {
      if (shell.size() > 120 && p % 3 != 1) continue;  // the dense solver takes its time
      auto [z, q] = points[p];
      for (std::size_t j = 2; j >= static_cast<std::size_t>(shell.dimension()); --j) {
        q[j - 1] += q[j];
        q[j] = 0.0;
      }
      CAPTURE(z, q[0], q[1], q[2]);
      MatrixXcd A = -C;
      A.diagonal() += (VectorXcd::Constant(A.rows(), z) + Complex(0.0, 1.0) * frequencies(shell, q));
      const Eigen::PartialPivLU<MatrixXcd> dense(A);
      const VectorXd W = skew(shell);
      VectorXcd b(W.size());
      b.real() = W;
      b.imag() = W.cwiseProduct(velocity(shell, 0));
      for (const VectorXcd& right : {b, VectorXcd(VectorXcd::Ones(W.size())), VectorXcd(velocity(shell, 0))}) {
        const VectorXcd expected = dense.solve(right);
        VectorXcd u = right;
        op.resolve(z, q, {u.data(), shell.size()}, {u.data(), shell.size()});
        CHECK((u - expected).cwiseAbs().maxCoeff() < 1e-12 * expected.cwiseAbs().maxCoeff());
      }
    }
  }
}
