// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/spring_products.hpp"

#include "collision/wave_products.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace nordheim::detail {

namespace {

/// Q0 = AB, Q1 = T(A)B + A T(B), Q2 = T²(A)B + 2 T(A)T(B) + A T²(B).
template <class T>
struct SpringProduct {
  T Q0, Q1, Q2;
};

/// With B = A + 2C̄.
template <class T>
inline SpringProduct<T> spring_product(T A, T TA, T TTA, T C, T TC, T TTC) noexcept {
  const T B = A + 2.0 * conj(C), TB = TA + 2.0 * conj(TC), TTB = TTA + 2.0 * conj(TTC);
  return {A * B, TA * B + A * TB, TTA * B + 2.0 * (TA * TB) + A * TTB};
}

inline Wave wave_at(const double* field, std::size_t a) noexcept { return {field[2 * a], field[2 * a + 1]}; }

/// Number a of field i; of four fields the last two are changes of the first.
template <class Value, std::size_t inputs>
inline Value value_at(const std::array<double*, inputs>& fields, std::size_t i, std::size_t a) noexcept {
  if constexpr (inputs == 2) {
    return wave_at(fields[i], a);
  } else {
    return {wave_at(fields[i], a), wave_at(fields[i + 2], a)};
  }
}

inline void store(double* to, std::size_t a, Wave value) noexcept {
  to[2 * a] = value.re;
  to[2 * a + 1] = value.im;
}
/// Of a product that varies, its change.
inline void store(double* to, std::size_t a, const VariedWave& value) noexcept { store(to, a, value.d); }

inline double* numbers(Complex* field) noexcept { return reinterpret_cast<double*>(field); }

}  // namespace

SpringProducts::SpringProducts(SpaceTimeEngine engine, int dimension, int points, const std::vector<CubicBond>& bonds)
    : engine_(std::move(engine)),
      points_(static_cast<std::size_t>(points)),
      rows_(dimension == 3 ? points_ : 1),
      row_(dimension == 1 ? 1 : points_),
      size_(std::pow(points, dimension)) {
  double sum = 0.0;
  for (const CubicBond& bond : bonds) {
    const auto wrapped = [points](int x) { return static_cast<std::size_t>(((x % points) + points) % points); };
    // The last axis runs fastest; in one dimension it is the axis of the slabs.
    const std::array<std::size_t, 3> x{wrapped(bond.x[0]), dimension == 3 ? wrapped(bond.x[1]) : 0,
                                       dimension == 1 ? 0 : wrapped(bond.x[static_cast<std::size_t>(dimension - 1)])};
    shifts_.push_back({x, bond.alpha});
    reach_ = std::max(reach_, std::min(x[0], points_ - x[0]));
    sum += std::abs(bond.alpha);
  }
  largest_vertex_ = 36.0 * sum * sum;  // three legs, |T| ≤ 2 Σ |α|
  work_.resize(static_cast<std::size_t>(engine_.threads()));
  for (Work& work : work_) {
    for (auto* const fields : {&work.zeroth, &work.first}) {
      for (AlignedArray<Complex>& field : *fields) field = AlignedArray<Complex>(points_ * engine_.distance());
    }
  }
  reserve(2);
}

void SpringProducts::reserve(std::size_t fields) {
  for (Work& work : work_) {
    for (std::size_t i = 0; i < fields; ++i) {
      if (work.once[i].size() > 0) continue;
      work.once[i] = AlignedArray<Complex>(points_ * engine_.distance());
      work.twice[i] = AlignedArray<Complex>(engine_.distance());
    }
  }
}

std::size_t SpringProducts::memory(int dimension, int points, int threads) {
  const double field = std::pow(points, dimension) * 1.1 * sizeof(Complex);
  return static_cast<std::size_t>(6.2 * field * thread_count(threads));
}

double SpringProducts::largest_product(double P, double R) const {
  return size_ * size_ * largest_vertex_ * 2.0 * P * R * (P + R);
}

void SpringProducts::add_row(const Complex* forward, const Complex* backward, std::size_t row, std::size_t shift,
                             double a, double b, Complex* out) noexcept {
  // Where forward[j + shift] and backward[j − shift] wrap around.
  const std::array<std::size_t, 4> ends{0, std::min(shift, row - shift), std::max(shift, row - shift), row};
  for (std::size_t part = 0; part < 3; ++part) {
    const std::size_t begin = ends[part], end = ends[part + 1];
    if (begin == end) continue;
    const std::size_t from = begin + shift < row ? begin + shift : begin + shift - row;
    const std::size_t to = begin >= shift ? begin - shift : begin + row - shift;
    const double* __restrict up = reinterpret_cast<const double*>(forward + from);
    const double* __restrict down = reinterpret_cast<const double*>(backward + to);
    double* __restrict o = reinterpret_cast<double*>(out + begin);
    if (a == 0.0) {  // what is there need not be a number
#pragma omp simd
      for (std::size_t i = 0; i < 2 * (end - begin); ++i) o[i] = b * (up[i] - down[i]);
    } else {
#pragma omp simd
      for (std::size_t i = 0; i < 2 * (end - begin); ++i) o[i] = a * o[i] + b * (up[i] - down[i]);
    }
  }
}

void SpringProducts::add_differences(const Complex* in, std::size_t s, double a, double b,
                                     Complex* out) const noexcept {
  const auto up = [this](std::size_t i, std::size_t x) { return i + x < points_ ? i + x : i + x - points_; };
  const auto down = [this](std::size_t i, std::size_t x) { return i >= x ? i - x : i + points_ - x; };
  for (const Shift& shift : shifts_) {
    const Complex* const forward = in + up(s, shift.x[0]) * engine_.distance();
    const Complex* const backward = in + down(s, shift.x[0]) * engine_.distance();
    if (shift.x[2] == 0) {  // rows as a whole move, and are together one long row
      add_row(forward, backward, rows_ * row_, shift.x[1] * row_, a, b * shift.alpha, out);
    } else {
      for (std::size_t r = 0; r < rows_; ++r) {
        const std::size_t next = rows_ > 1 ? up(r, shift.x[1]) : 0, last = rows_ > 1 ? down(r, shift.x[1]) : 0;
        add_row(forward + next * row_, backward + last * row_, row_, shift.x[2], a, b * shift.alpha, out + r * row_);
      }
    }
    a = 1.0;  // the next bond adds to this one
  }
}

template <class Value, std::size_t inputs>
void SpringProducts::multiply_slab(Work& work, const std::array<Complex*, inputs>& fields,
                                   std::size_t s) const noexcept {
  const std::size_t start = s * engine_.distance();
  std::array<double*, inputs> f, once, twice;
  for (std::size_t i = 0; i < inputs; ++i) {
    add_differences(work.once[i].data(), s, 0.0, 1.0, work.twice[i].data());
    f[i] = numbers(fields[i] + start);
    once[i] = numbers(work.once[i].data() + start);
    twice[i] = numbers(work.twice[i].data());
  }
  const std::array<double*, 2> zeroth{numbers(work.zeroth[0].data() + start), numbers(work.zeroth[1].data() + start)};
  const std::array<double*, 2> first{numbers(work.first[0].data() + start), numbers(work.first[1].data() + start)};
#pragma omp simd
  for (std::size_t a = 0; a < rows_ * row_; ++a) {
    const Value R = value_at<Value>(f, 0, a), TR = value_at<Value>(once, 0, a), TTR = value_at<Value>(twice, 0, a);
    const Value P = value_at<Value>(f, 1, a), TP = value_at<Value>(once, 1, a), TTP = value_at<Value>(twice, 1, a);
    const SpringProduct<Value> X = spring_product(R, TR, TTR, P, TP, TTP);
    const SpringProduct<Value> Y = spring_product(P, TP, TTP, R, TR, TTR);
    store(zeroth[0], a, X.Q0);
    store(first[0], a, X.Q1);
    store(f[0], a, X.Q2);
    store(zeroth[1], a, Y.Q0);
    store(first[1], a, Y.Q1);
    store(f[1], a, Y.Q2);
  }
}

/// −[Q2 + T(T Q0 − 2 Q1)] in one sweep over the slabs, each step as far behind the one before as bonds reach: what it
/// needs is still in the cache then. The first slabs of a step need the last of the one before, and come last.
template <class Value, std::size_t inputs>
void SpringProducts::multiply(Work& work, const std::array<Complex*, inputs>& fields) const noexcept {
  const std::size_t distance = engine_.distance();
  for (std::size_t i = 0; i < points_ + 6 * reach_; ++i) {
    const auto slab_of_step = [&](std::size_t step) { return (i - step * reach_) % points_; };
    const auto has_step = [&](std::size_t step) { return i >= 2 * step * reach_ && i < points_ + 2 * step * reach_; };
    if (has_step(0)) {
      for (std::size_t j = 0; j < inputs; ++j) {
        add_differences(fields[j], i, 0.0, 1.0, work.once[j].data() + i * distance);
      }
    }
    if (has_step(1)) multiply_slab<Value, inputs>(work, fields, slab_of_step(1));
    for (std::size_t j = 0; j < 2; ++j) {
      const std::size_t s = slab_of_step(2);
      if (has_step(2)) add_differences(work.zeroth[j].data(), s, -2.0, 1.0, work.first[j].data() + s * distance);
    }
    for (std::size_t j = 0; j < 2; ++j) {
      const std::size_t s = slab_of_step(3);
      if (has_step(3)) add_differences(work.first[j].data(), s, -1.0, -1.0, fields[j] + s * distance);
    }
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
