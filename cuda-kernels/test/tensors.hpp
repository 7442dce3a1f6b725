// SPDX-License-Identifier: Apache-2.0
// What kernels' tests share: random tensors of each dtype, and comparison with double references.
#pragma once

#include "check.hpp"
#include "types.cuh"

using simt::Buffer;
using simt::launch;

using Doubles = std::vector<double>;

/** Half the distance of neighbouring numbers near 1: the least error that storing makes. */
template <class T>
constexpr double ROUNDING = 0x1p-24;
template <>
constexpr double ROUNDING<bf16> = 0x1p-8;
template <>
constexpr double ROUNDING<f16> = 0x1p-11;

/** Half of fp16's smallest step, 0 for the types with fp32's exponents. */
template <class T>
constexpr double UNDERFLOW_STEP = 0;
template <>
constexpr double UNDERFLOW_STEP<f16> = 0x1p-25;

/** Of three kernels that differ in dtype, the one for T. */
template <class T, class F32, class BF16, class F16>
auto pick(F32 f32Kernel, BF16 bf16Kernel, F16 f16Kernel) {
  if constexpr (std::is_same<T, float>::value) {
    return f32Kernel;
  } else if constexpr (std::is_same<T, bf16>::value) {
    return bf16Kernel;
  } else {
    return f16Kernel;
  }
}

#define SELECT(T, kernel) pick<T>(kernel##_f32, kernel##_bf16, kernel##_f16)

/** Calls body(T()) for each storage type. */
template <class Body>
void forEachDtype(Body body) {
  body(float());
  body(bf16());
  body(f16());
}

template <class T>
std::vector<T> rounded(const Doubles& values) {
  std::vector<T> out;
  for (double v : values) out.push_back(fromFloat<T>(static_cast<float>(v)));
  return out;
}

template <class T>
Doubles toDoubles(const std::vector<T>& values) {
  Doubles out;
  for (T v : values) out.push_back(toFloat(v));
  return out;
}

/** Normally distributed numbers, some of them 20 times as large. */
template <class T>
std::vector<T> normal(size_t count, double scale = 1) {
  std::normal_distribution<double> distribution(0, scale);
  Doubles values(count);
  for (double& v : values) {
    v = distribution(generator) * (generator() % 50 == 0 ? 20 : 1);
  }
  return rounded<T>(values);
}

inline int below(int bound) { return static_cast<int>(generator() % bound); }

/**
 * Checks |got - want| <= absolute + (relative + rounding of T) |want|, element by element; NaN
 * must meet NaN, infinities must be equal.
 */
template <class T>
void near(const std::string& what, const std::vector<T>& got, const Doubles& want,
          double absolute, double relative) {
  check(got.size() == want.size(), what + ": sizes");
  std::ostringstream text;
  int bad = 0;
  for (size_t i = 0; i < got.size(); i++) {
    double a = toFloat(got[i]);
    double b = toFloat(fromFloat<T>(static_cast<float>(want[i])));  // what could be stored at best
    double slack =
        absolute + UNDERFLOW_STEP<T> + (relative + ROUNDING<T>) * std::abs(want[i]);
    bool same = a == b || (std::isnan(a) && std::isnan(b)) || std::abs(a - want[i]) <= slack;
    if (!same && ++bad <= 5) {
      text << "\n  " << what << "[" << i << "] is " << a << ", should be " << want[i];
    }
  }
  check(bad == 0, std::to_string(bad) + " of " + std::to_string(got.size()) + " differ" +
                      text.str());
}

inline simt::Dim blocks(size_t count) { return {static_cast<unsigned>(count)}; }

/** The least number of `size` that hold `count`, at least 1. */
inline size_t ceilDiv(size_t count, size_t size) {
  return count == 0 ? 1 : (count + size - 1) / size;
}
