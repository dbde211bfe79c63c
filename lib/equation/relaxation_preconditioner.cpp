// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/equation/relaxation_preconditioner.hpp>

#include "equation/box_flight.hpp"

#include <Eigen/Dense>

#include <cmath>
#include <string>
#include <utility>

namespace nordheim {

using detail::BoxFlight;
using detail::Complex;

namespace {

void require_not_negative(const std::vector<double>& values, const char* what) {
  for (const double x : values) {
    if (x >= 0.0 && std::isfinite(x)) continue;
    throw InvalidArgument(std::string(what) + " of a momentum is " + std::to_string(x) +
                          "; it must be finite and not negative");
  }
}

RelaxationModel checked(RelaxationModel model, std::size_t momenta) {
  if (model.weights.size() != momenta) throw DimensionMismatch("the weights", model.weights.size(), momenta);
  if (model.rates.size() != momenta) throw DimensionMismatch("the rates", model.rates.size(), momenta);
  if (model.fluctuation.size() != momenta) {
    throw DimensionMismatch("the fluctuation", model.fluctuation.size(), momenta);
  }
  for (const Invariant& phi : model.invariants) {
    if (phi.values.size() != momenta) throw DimensionMismatch("an invariant", phi.values.size(), momenta);
  }
  require_not_negative(model.rates, "the rate");
  require_not_negative(model.fluctuation, "the fluctuation");
  return model;
}

/// The invariants orthonormal in the weight w ν g, shape (n_k, as many as are independent).
Eigen::MatrixXd orthonormal(const RelaxationModel& model) {
  const auto n = static_cast<Eigen::Index>(model.weights.size());
  const auto count = static_cast<Eigen::Index>(model.invariants.size());
  const Eigen::ArrayXd root = (Eigen::Map<const Eigen::ArrayXd>(model.weights.data(), n) *
                               Eigen::Map<const Eigen::ArrayXd>(model.rates.data(), n) *
                               Eigen::Map<const Eigen::ArrayXd>(model.fluctuation.data(), n))
                                  .sqrt();
  Eigen::MatrixXd columns(n, count);
  for (Eigen::Index a = 0; a < count; ++a) {
    columns.col(a) = Eigen::Map<const Eigen::VectorXd>(model.invariants[static_cast<std::size_t>(a)].values.data(), n);
  }
  Eigen::MatrixXd result = columns;
  Eigen::Index kept = 0;
  for (Eigen::Index a = 0; a < count; ++a) {
    Eigen::VectorXd e = columns.col(a);
    const double before = (root * e.array()).matrix().norm();
    for (int twice = 0; twice < 2; ++twice) {
      for (Eigen::Index b = 0; b < kept; ++b) {
        e -= result.col(b) * (root * result.col(b).array()).matrix().dot((root * e.array()).matrix());
      }
    }
    const double norm = (root * e.array()).matrix().norm();
    constexpr double independent = 1e-10;  // of the others, beyond rounding
    if (norm > independent * before) result.col(kept++) = e / norm;
  }
  return result.leftCols(kept);
}

}  // namespace

struct RelaxationPreconditioner::Impl {
  Impl(BoxFlight flight_in, RelaxationModel model_in)
      : flight(std::move(flight_in)),
        model(checked(std::move(model_in), flight.slabs_of_momenta().nodes())),
        e(orthonormal(model)),
        count(static_cast<std::size_t>(e.cols())),
        modes(flight.box().modes()),
        first(flight.slabs_of_momenta().first()),
        matrices(modes * count * count),
        fields(flight.blocks() * modes * BoxFlight::lanes),
        sums(flight.blocks() * modes * std::max<std::size_t>(count, 1)),
        sources(modes * std::max<std::size_t>(count, 1)) {}

  BoxFlight flight;
  RelaxationModel model;
  Eigen::MatrixXd e;
  std::size_t count, modes;
  std::size_t first;  // momentum of this rank
  double c = 1.0;
  std::vector<Complex> matrices;  // the inverses of the small ones, shape (modes, count, count)
  std::vector<Complex> fields;    // D⁻¹ c r, shape (blocks, modes, lanes)
  std::vector<Complex> sums;      // of the blocks, shape (blocks, modes, count)
  std::vector<Complex> sources;   // s, shape (modes, count)

  [[nodiscard]] double invariant(std::size_t momentum, std::size_t a) const {
    return e(static_cast<Eigen::Index>(momentum), static_cast<Eigen::Index>(a));
  }
  [[nodiscard]] Eigen::Map<Eigen::MatrixXcd> matrix(std::size_t mode) {
    return {matrices.data() + mode * count * count, e.cols(), e.cols()};
  }
  /// Sums over the momenta of this rank to sums over all.
  void sum_over_ranks(std::vector<Complex>& values) const {
    // A complex number is an array of two real ones (C++ standard, [complex.numbers]).
    flight.ranks().sum({reinterpret_cast<double*>(values.data()), 2 * values.size()});
  }
  void add_matrix(std::size_t mode);
  void divide(const BoxFlight::Block& block, ConstState r);
  void find_sources();
  void add_sources(const BoxFlight::Block& block, State z);
};

void RelaxationPreconditioner::Impl::add_matrix(std::size_t mode) {
  Eigen::MatrixXcd M = Eigen::MatrixXcd::Zero(e.cols(), e.cols());
  for (std::size_t block = 0; block < flight.blocks(); ++block) {
    const auto frequencies = flight.frequencies(mode, block);
    const std::size_t begin = block * BoxFlight::lanes;
    for (std::size_t lane = 0; lane < BoxFlight::lanes && begin + lane < flight.momenta(); ++lane) {
      const std::size_t k = first + begin + lane;
      const Complex x(c, frequencies[lane]);
      const Complex factor = model.weights[k] * model.rates[k] * model.fluctuation[k] * x / (x + model.rates[k]);
      const auto row = e.row(static_cast<Eigen::Index>(k));
      M += factor * (row.transpose() * row);
    }
  }
  matrix(mode) = M;
}

void RelaxationPreconditioner::Impl::divide(const BoxFlight::Block& block, ConstState r) {
  const auto& transform = flight.transform();
  transform.gather(r.data(), flight.momenta(), block.first, block.count, block.buffer);
  transform.to_modes(block.buffer);
  for (std::size_t mode = 0; mode < modes; ++mode) {
    const auto frequencies = flight.frequencies(mode, block.index);
    const Complex* const from = block.buffer.modes.data() + mode * BoxFlight::lanes;
    Complex* const field = fields.data() + (block.index * modes + mode) * BoxFlight::lanes;
    Complex* const sum = sums.data() + (block.index * modes + mode) * count;
    std::fill(sum, sum + count, Complex{});
    for (std::size_t lane = 0; lane < block.count; ++lane) {
      const std::size_t k = first + block.first + lane;
      const double re = c + model.rates[k], im = frequencies[lane], scale = c / (re * re + im * im);
      field[lane] = {scale * (re * from[lane].real() + im * from[lane].imag()),
                     scale * (re * from[lane].imag() - im * from[lane].real())};
      const double factor = model.weights[k] * model.rates[k];
      for (std::size_t a = 0; a < count; ++a) sum[a] += factor * invariant(k, a) * field[lane];
    }
  }
}

void RelaxationPreconditioner::Impl::find_sources() {
  std::fill(sources.begin(), sources.end(), Complex{});
  for (std::size_t block = 0; block < flight.blocks(); ++block) {
    const Complex* const sum = sums.data() + block * modes * count;
    for (std::size_t i = 0; i < modes * count; ++i) sources[i] += sum[i];
  }
  sum_over_ranks(sources);
  for (std::size_t mode = 0; mode < modes; ++mode) {
    Eigen::Map<Eigen::VectorXcd> source(sources.data() + mode * count, e.cols());
    source = (matrix(mode) * source).eval();
  }
}

void RelaxationPreconditioner::Impl::add_sources(const BoxFlight::Block& block, State z) {
  for (std::size_t mode = 0; mode < modes; ++mode) {
    const auto frequencies = flight.frequencies(mode, block.index);
    const Complex* const field = fields.data() + (block.index * modes + mode) * BoxFlight::lanes;
    const Complex* const s = sources.data() + mode * count;
    Complex* const to = block.buffer.modes.data() + mode * BoxFlight::lanes;
    for (std::size_t lane = 0; lane < block.count; ++lane) {
      const std::size_t k = first + block.first + lane;
      Complex gain = 0.0;
      for (std::size_t a = 0; a < count; ++a) gain += invariant(k, a) * s[a];
      const double re = c + model.rates[k], im = frequencies[lane];
      const double scale = model.rates[k] * model.fluctuation[k] / (re * re + im * im);
      to[lane] = field[lane] +
                 Complex(scale * (re * gain.real() + im * gain.imag()), scale * (re * gain.imag() - im * gain.real()));
    }
    std::fill(to + block.count, to + BoxFlight::lanes, Complex{});
  }
  const auto& transform = flight.transform();
  transform.to_space(block.buffer);
  transform.scatter(block.buffer, z.data(), flight.momenta(), block.first, block.count,
                    [](double, double value) { return value; });
}

RelaxationPreconditioner::RelaxationPreconditioner(PeriodicBox box, ConstState velocities, int dimension,
                                                   RelaxationModel model, std::vector<int> axes, int threads,
                                                   Ranks ranks)
    : impl_(std::make_unique<Impl>(
          BoxFlight(std::move(box), velocities, dimension, std::move(axes), threads, std::move(ranks)),
          std::move(model))) {}
RelaxationPreconditioner::RelaxationPreconditioner(RelaxationPreconditioner&&) noexcept = default;
RelaxationPreconditioner& RelaxationPreconditioner::operator=(RelaxationPreconditioner&&) noexcept = default;
RelaxationPreconditioner::~RelaxationPreconditioner() = default;

void RelaxationPreconditioner::set_up(double gamma) {
  if (!(gamma > 0.0) || !std::isfinite(1.0 / gamma)) {
    throw InvalidArgument("gamma = " + std::to_string(gamma) + "; it must be positive");
  }
  Impl& self = *impl_;
  self.c = 1.0 / gamma;
  const auto modes = static_cast<std::ptrdiff_t>(self.modes);
  const int threads = self.flight.threads();
#pragma omp parallel for schedule(static) num_threads(threads) if (threads > 1)
  for (std::ptrdiff_t mode = 0; mode < modes; ++mode) self.add_matrix(static_cast<std::size_t>(mode));
  self.sum_over_ranks(self.matrices);
#pragma omp parallel for schedule(static) num_threads(threads) if (threads > 1)
  for (std::ptrdiff_t mode = 0; mode < modes; ++mode) {
    auto matrix = self.matrix(static_cast<std::size_t>(mode));
    matrix = matrix.partialPivLu().inverse().eval();
  }
}

void RelaxationPreconditioner::solve(ConstState r, State z) {
  Impl& self = *impl_;
  self.flight.require_state(r, "the right side");
  self.flight.require_state(z, "the solution");
  const ConstState turned = self.flight.turn(r);
  self.flight.for_each_block([&](const BoxFlight::Block& block) { self.divide(block, turned); });
  self.find_sources();
  const State result = self.flight.turned(z);
  self.flight.for_each_block([&](const BoxFlight::Block& block) { self.add_sources(block, result); });
  self.flight.turn_back(z);
}

OdeSystem::Preconditioner RelaxationPreconditioner::for_ode() {
  return {[this](double /*t*/, ConstState /*y*/, double gamma) { set_up(gamma); },
          [this](ConstState r, State z) { solve(r, z); }};
}

}  // namespace nordheim
