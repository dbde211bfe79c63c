// SPDX-License-Identifier: GPL-3.0-or-later
// Linear systems with −C and with z + i q·v − C.
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>

#include "collision/elastic_scattering_impl.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

namespace nordheim {

namespace {

using Eigen::Index;
using Eigen::Map;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// The functions of a sector without the one that carries the constants.
auto without_constants(const detail::SectorGain& gain, std::size_t sector) {
  return gain.P.rightCols(gain.rank() - (sector == 0 && gain.rank() > 0 ? 1 : 0));
}

}  // namespace

const Eigen::PartialPivLU<MatrixXd>& ElasticScattering::Impl::static_factor(std::size_t sector) const {
  Sector& made = made_[sector];
  std::call_once(made.static_made, [&] {
    if (!(fundamental_rates.minCoeff() > 0.0)) {
      throw InvalidArgument("elastic scattering: the loss rate vanishes on part of the energy shell E = " +
                            shortest_text(shell.energy()) + " with the correlator (" + correlator.description() +
                            "), so that what is there stays there; D is infinite or undefined");
    }
    const detail::SectorGain& K = gain(sector);
    const auto P = without_constants(K, sector);
    const VectorXd factors =
        Map<const VectorXd>(sectors.weights().data(), fundamental_rates.size()).cwiseQuotient(fundamental_rates);
    MatrixXd M = -P.transpose() * (factors.asDiagonal() * P);
    M.diagonal() += K.sigma.tail(P.cols());
    made.static_factor.compute(M);
    if (P.cols() == 0) return;
    // 1/‖M⁻¹‖, which is small if and only if an eigenvalue of −C is small against the loss rate.
    const double smallest = made.static_factor.rcond() * M.cwiseAbs().colwise().sum().maxCoeff();
    if (!(smallest > 1e-13)) {
      throw InvalidArgument("elastic scattering: more than the number is conserved on the energy shell E = " +
                            shortest_text(shell.energy()) + " with the correlator (" + correlator.description() +
                            "): the shell is in parts that no scattering connects");
    }
  });
  return made.static_factor;
}

void ElasticScattering::Impl::solve_sector(std::size_t sector, double* f) const {
  const auto& M = static_factor(sector);
  const auto P = without_constants(gain(sector), sector);
  Map<VectorXd> values(f, fundamental_rates.size());
  const Map<const VectorXd> w(sectors.weights().data(), values.size());
  const auto subtract_mean = [&] {
    if (sector == 0) values.array() -= w.dot(values) / sectors.total_weight();
  };
  subtract_mean();
  if (P.cols() > 0) {
    const VectorXd moments = P.transpose() * w.cwiseProduct(values).cwiseQuotient(fundamental_rates);
    values += P * M.solve(moments);
  }
  values.array() /= fundamental_rates.array();
  subtract_mean();
}

void ElasticScattering::solve(ConstState f, State h) const {
  detail::check_size("f", f.size(), impl_->shell);
  detail::check_size("h", h.size(), impl_->shell);
  const detail::ShellSectors& sectors = impl_->sectors;
  std::vector<double> parts(f.size());
  sectors.split(f.data(), parts.data());
  for (std::size_t s = 0; s < sectors.count(); ++s) {
    double* const part = parts.data() + s * sectors.size();
    if (!detail::vanishes(part, sectors.size())) impl_->solve_sector(s, part);
  }
  sectors.join(parts.data(), h.data());
}

struct ElasticScattering::Resolvent::Impl {
  const EnergyShell& shell;
  detail::DeflatedResolvent inverse;
};

ElasticScattering::Resolvent::Resolvent(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ElasticScattering::Resolvent::Resolvent(Resolvent&&) noexcept = default;
ElasticScattering::Resolvent& ElasticScattering::Resolvent::operator=(Resolvent&&) noexcept = default;
ElasticScattering::Resolvent::~Resolvent() = default;

void ElasticScattering::Resolvent::apply(std::span<const Complex> b, std::span<Complex> u) const {
  detail::check_size("b", b.size(), impl_->shell);
  detail::check_size("u", u.size(), impl_->shell);
  impl_->inverse.apply(b, u);
}

ElasticScattering::Resolvent ElasticScattering::resolvent(Complex z, const Vector3& q) const {
  const Impl& impl = *impl_;
  detail::ElasticParts parts{impl.shell, impl.sectors, impl.rates,
                             [&impl](std::size_t s) -> const detail::SectorGain& { return impl.gain(s); }};
  return Resolvent(std::unique_ptr<Resolvent::Impl>(new Resolvent::Impl{impl.shell, {std::move(parts), z, q}}));
}

void ElasticScattering::resolve(Complex z, const Vector3& q, std::span<const Complex> b, std::span<Complex> u) const {
  resolvent(z, q).apply(b, u);
}

}  // namespace nordheim
