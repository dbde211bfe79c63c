// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/collision/elastic_scattering.hpp>
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>

#include "collision/elastic_scattering_impl.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>

namespace nordheim {

namespace {

using Eigen::Index;
using Eigen::Map;
using Eigen::VectorXd;

double checked_tolerance(double tolerance) {
  if (tolerance >= 0.0 && tolerance < 1.0) return tolerance;
  throw InvalidArgument("kernel_tolerance = " + shortest_text(tolerance) + "; at least 0 and less than 1 is allowed");
}

}  // namespace

namespace detail {

bool vanishes(const double* f, std::size_t n) noexcept {
  return std::all_of(f, f + n, [](double value) { return value == 0.0; });
}

void check_size(const char* what, std::size_t found, const EnergyShell& shell) {
  if (found != shell.size()) throw DimensionMismatch(what, found, shell.size());
}

}  // namespace detail

ElasticScattering::Impl::Impl(EnergyShell shell_in, Correlator correlator_in, const ElasticScatteringOptions& options)
    : shell((detail::check_spaces(shell_in, correlator_in), std::move(shell_in))),
      correlator(std::move(correlator_in)),
      sectors(shell, detail::common_reflections(shell, correlator)),
      factory(correlator, sectors, checked_tolerance(options.kernel_tolerance), options.max_memory),
      cubic(detail::is_cubic(shell, correlator, sectors.count())),
      rates(shell.size()),
      made_(sectors.count()) {
  detail::DeflatedGain even = detail::deflated(factory(0), sectors);
  fundamental_rates = std::move(even.rates);
  std::call_once(made_[0].gain_made, [&] { made_[0].gain = std::move(even.gain); });
  rank_in_use += static_cast<std::size_t>(made_[0].gain.rank());
  // γ is the same at all images: γ(x) |H| is its part in sector 0.
  std::vector<double> parts(shell.size(), 0.0);
  Map<VectorXd>(parts.data(), fundamental_rates.size()) = static_cast<double>(sectors.count()) * fundamental_rates;
  sectors.join(parts.data(), rates.data());
}

const detail::SectorGain& ElasticScattering::Impl::gain(std::size_t sector) const {
  Sector& made = made_[sector];
  std::call_once(made.gain_made, [&] {
    made.gain = factory(sector);
    rank_in_use += static_cast<std::size_t>(made.gain.rank());
  });
  return made.gain;
}

void ElasticScattering::Impl::collide(ConstState W, State out) const {
  const std::size_t size = sectors.size();
  thread_local std::vector<double> parts;
  parts.resize(shell.size());
  sectors.split(W.data(), parts.data());
  for (std::size_t s = 0; s < sectors.count(); ++s) {
    if (!detail::vanishes(parts.data() + s * size, size)) collide_sector(s, parts.data() + s * size);
  }
  sectors.join(parts.data(), out.data());
}

void ElasticScattering::Impl::collide_sector(std::size_t sector, double* f) const {
  const detail::SectorGain& K = gain(sector);
  thread_local VectorXd weighted, moments;
  Map<VectorXd> values(f, fundamental_rates.size());
  weighted = values.cwiseProduct(Map<const VectorXd>(sectors.weights().data(), values.size()));
  moments.noalias() = K.P.transpose() * weighted;
  moments.array() *= K.sigma.array();
  values = -values.cwiseProduct(fundamental_rates);
  values.noalias() += K.P * moments;
}

ElasticScattering::ElasticScattering(EnergyShell shell, Correlator correlator, ElasticScatteringOptions options)
    : impl_(std::make_unique<Impl>(std::move(shell), std::move(correlator), options)) {}
ElasticScattering::ElasticScattering(ElasticScattering&&) noexcept = default;
ElasticScattering& ElasticScattering::operator=(ElasticScattering&&) noexcept = default;
ElasticScattering::~ElasticScattering() = default;

const EnergyShell& ElasticScattering::space() const noexcept { return impl_->shell; }
const Correlator& ElasticScattering::correlator() const noexcept { return impl_->correlator; }
bool ElasticScattering::has_cubic_symmetry() const noexcept { return impl_->cubic; }
ConstState ElasticScattering::rates() const noexcept { return impl_->rates; }

std::size_t ElasticScattering::rank() const {
  std::size_t sum = 0;
  for (std::size_t s = 0; s < impl_->sectors.count(); ++s) sum += static_cast<std::size_t>(impl_->gain(s).rank());
  return sum;
}

std::size_t ElasticScattering::rank_in_use() const noexcept { return impl_->rank_in_use; }

double ElasticScattering::kernel_error() const noexcept {
  if (impl_->correlator.is_constant()) return 0.0;
  const double rho = impl_->shell.density_of_states();
  const ConstState w = impl_->shell.weights();
  const double mean_rate = Map<const VectorXd>(w.data(), static_cast<Index>(w.size()))
                               .dot(Map<const VectorXd>(impl_->rates.data(), static_cast<Index>(w.size()))) /
                           rho;
  return impl_->factory.kernel_error() * 2.0 * std::numbers::pi * rho / mean_rate;
}

CollisionReport ElasticScattering::apply(ConstState W, State out) const {
  const EnergyShell& shell = impl_->shell;
  detail::check_size("W", W.size(), shell);
  detail::check_size("out", out.size(), shell);
  impl_->collide(W, out);

  const auto n = static_cast<Index>(out.size());
  const Map<const VectorXd> w(shell.weights().data(), n);
  Map<VectorXd> C(out.data(), n);
  const double defect = w.dot(C), size = w.dot(C.cwiseAbs());
  // Rounding would add up over millions of mean free times.
  const double residual = defect / shell.density_of_states();
  C.array() -= residual;
  CollisionReport report;
  report.number_defect = size > 0.0 ? defect / size : 0.0;
  report.energy_defect = std::copysign(report.number_defect, report.number_defect * shell.energy());
  report.largest_rate = C.cwiseAbs().maxCoeff();
  report.correction = std::abs(residual);
  if (!std::isfinite(size)) throw RecoverableError("elastic scattering: W is not finite");
  return report;
}

void ElasticScattering::apply_linearised(ConstState W, ConstState dW, State out) const {
  detail::check_size("W", W.size(), impl_->shell);
  apply(dW, out);
}

void ElasticScattering::loss_rate(ConstState W, State out) const {
  detail::check_size("W", W.size(), impl_->shell);
  detail::check_size("out", out.size(), impl_->shell);
  std::copy(impl_->rates.begin(), impl_->rates.end(), out.begin());
}

Invariants ElasticScattering::invariants() const { return {{"number", std::vector<double>(impl_->shell.size(), 1.0)}}; }

}  // namespace nordheim
