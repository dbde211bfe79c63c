// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/spring_products.hpp"

#include "collision/wave_products.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace nordheim::detail {

namespace {

/// Q0 = AB, Q1 = T(A)B + A T(B), Q2 = T²(A)B + 2 T(A)T(B) + A T²(B), with B = A + 2C̄; where A, T A, T²A were.
template <class T>
void spring_product(T& A, T& TA, T& TTA, const T& C, const T& TC, const T& TTC) noexcept {
  const T B = A + 2.0 * conj(C), TB = TA + 2.0 * conj(TC), TTB = TTA + 2.0 * conj(TTC);
  const T Q2 = TTA * B + 2.0 * (TA * TB) + A * TTB;
  const T Q1 = TA * B + A * TB;
  const T Q0 = A * B;
  A = Q0;
  TA = Q1;
  TTA = Q2;
}

inline Wave wave_at(const double* field, std::size_t a) noexcept { return {field[2 * a], field[2 * a + 1]}; }

inline double* numbers(Complex* field) noexcept { return reinterpret_cast<double*>(field); }

}  // namespace

SpringProducts::SpringProducts(SpaceTimeEngine engine, int dimension, int points, const std::vector<CubicBond>& bonds)
    : engine_(std::move(engine)),
      points_(static_cast<std::size_t>(points)),
      rows_(dimension == 3 ? points_ : 1),
      field_(points_ * engine_.distance()),
      size_(std::pow(points, dimension)) {
  double sum = 0.0;
  for (const CubicBond& bond : bonds) {
    const auto wrapped = [points](int x) { return static_cast<std::size_t>(((x % points) + points) % points); };
    // The last axis runs fastest; in one dimension it is the axis of the slabs.
    const std::array<std::size_t, 3> x{wrapped(bond.x[0]), dimension == 3 ? wrapped(bond.x[1]) : 0,
                                       dimension == 1 ? 0 : wrapped(bond.x[static_cast<std::size_t>(dimension - 1)])};
    shifts_.push_back({x, bond.alpha});
    sum += std::abs(bond.alpha);
  }
  largest_vertex_ = 36.0 * sum * sum;  // three legs, |T| ≤ 2 Σ |α|
  work_.resize(static_cast<std::size_t>(engine_.threads()));
  reserve(2);
}

void SpringProducts::reserve(std::size_t fields) {
  for (Work& work : work_) {
    for (std::size_t i = 0; i < fields; ++i) {
      if (work.once[i].size() > 0) continue;
      work.once[i] = AlignedArray<Complex>(field_);
      work.twice[i] = AlignedArray<Complex>(field_);
    }
  }
}

std::size_t SpringProducts::memory(int dimension, int points, int threads) {
  const double field = std::pow(points, dimension) * 1.1 * sizeof(Complex);
  return static_cast<std::size_t>(4.0 * field * thread_count(threads));
}

double SpringProducts::largest_product(double P, double R) const {
  return size_ * size_ * largest_vertex_ * 2.0 * P * R * (P + R);
}

void SpringProducts::add_row(const Complex* forward, const Complex* backward, std::size_t shift, double factor,
                             Complex* out) const noexcept {
  const std::size_t row = engine_.distance() > 1 ? points_ : 1;
  // Where forward[j + shift] and backward[j − shift] wrap around.
  const std::array<std::size_t, 4> ends{0, std::min(shift, row - shift), std::max(shift, row - shift), row};
  for (std::size_t part = 0; part < 3; ++part) {
    const std::size_t begin = ends[part], end = ends[part + 1];
    if (begin == end) continue;
    const std::size_t from = begin + shift < row ? begin + shift : begin + shift - row;
    const std::size_t to = begin >= shift ? begin - shift : begin + row - shift;
    const double* __restrict f = reinterpret_cast<const double*>(forward + from);
    const double* __restrict b = reinterpret_cast<const double*>(backward + to);
    double* __restrict o = reinterpret_cast<double*>(out + begin);
#pragma omp simd
    for (std::size_t i = 0; i < 2 * (end - begin); ++i) o[i] += factor * (f[i] - b[i]);
  }
}

void SpringProducts::add_differences(const Complex* in, double a, double b, Complex* out) const noexcept {
  const std::size_t row = engine_.distance() > 1 ? points_ : 1;
  const auto up = [this](std::size_t i, std::size_t x) { return i + x < points_ ? i + x : i + x - points_; };
  const auto down = [this](std::size_t i, std::size_t x) { return i >= x ? i - x : i + points_ - x; };
  for (std::size_t s = 0; s < points_; ++s) {
    for (std::size_t r = 0; r < rows_; ++r) {
      Complex* const target = out + s * engine_.distance() + r * row;
      double* const o = numbers(target);
      for (std::size_t i = 0; i < 2 * row; ++i) o[i] = a == 0.0 ? 0.0 : a * o[i];
      for (const Shift& shift : shifts_) {
        const std::size_t next = rows_ > 1 ? up(r, shift.x[1]) : 0, last = rows_ > 1 ? down(r, shift.x[1]) : 0;
        add_row(in + up(s, shift.x[0]) * engine_.distance() + next * row,
                in + down(s, shift.x[0]) * engine_.distance() + last * row, shift.x[2], b * shift.alpha, target);
      }
    }
  }
}

template <class Value, std::size_t inputs>
void SpringProducts::multiply(Work& work, const std::array<Complex*, inputs>& fields) const noexcept {
  for (std::size_t i = 0; i < inputs; ++i) {
    add_differences(fields[i], 0.0, 1.0, work.once[i].data());
    add_differences(work.once[i].data(), 0.0, 1.0, work.twice[i].data());
  }
  std::array<double*, inputs> f, once, twice;
  for (std::size_t i = 0; i < inputs; ++i) {
    f[i] = numbers(fields[i]);
    once[i] = numbers(work.once[i].data());
    twice[i] = numbers(work.twice[i].data());
  }
  const auto load = [](const std::array<double*, inputs>& of, std::size_t which, std::size_t a) {
    if constexpr (inputs == 2) {
      return wave_at(of[which], a);
    } else {
      return VariedWave{wave_at(of[which], a), wave_at(of[which + 2], a)};
    }
  };
  const auto store = [](const std::array<double*, inputs>& of, std::size_t which, std::size_t a, const Value& value) {
    Wave result;
    if constexpr (inputs == 2) {
      result = value;
    } else {
      result = value.d;
    }
    of[which][2 * a] = result.re;
    of[which][2 * a + 1] = result.im;
  };
#pragma omp simd
  for (std::size_t a = 0; a < field_; ++a) {
    Value R = load(f, 0, a), TR = load(once, 0, a), TTR = load(twice, 0, a);
    Value P = load(f, 1, a), TP = load(once, 1, a), TTP = load(twice, 1, a);
    const Value R0 = R, R1 = TR, R2 = TTR;
    spring_product(R, TR, TTR, P, TP, TTP);
    spring_product(P, TP, TTP, R0, R1, R2);
    // Q0 where T² was: it is the innermost of −[Q2 + T(TQ0 − 2 Q1)].
    store(twice, 0, a, R);
    store(once, 0, a, TR);
    store(f, 0, a, TTR);
    store(twice, 1, a, P);
    store(once, 1, a, TP);
    store(f, 1, a, TTP);
  }
  for (std::size_t j = 0; j < 2; ++j) {
    add_differences(work.twice[j].data(), -2.0, 1.0, work.once[j].data());
    add_differences(work.once[j].data(), -1.0, -1.0, fields[j]);
  }
}

void SpringProducts::integrate(const double* R, const double* P, const std::vector<double>& weights, double* S_X,
                               double* S_Y) {
  engine_.integrate_fields<2, 2>(
      {R, P}, weights, {S_X, S_Y},
      [this](std::size_t block, const std::array<Complex*, 2>& fields) { multiply<Wave>(work_[block], fields); });
}

void SpringProducts::differentiate(const double* R, const double* P, const double* dR, const double* dP,
                                   const std::vector<double>& weights, double* dS_X, double* dS_Y) {
  reserve(4);
  engine_.integrate_fields<4, 2>(
      {R, P, dR, dP}, weights, {dS_X, dS_Y},
      [this](std::size_t block, const std::array<Complex*, 4>& fields) { multiply<VariedWave>(work_[block], fields); });
}

}  // namespace nordheim::detail
