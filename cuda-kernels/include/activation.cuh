// SPDX-License-Identifier: Apache-2.0
//
// Functions of one number and their derivatives: io.convoy.ops.Activation, whose javadoc has the
// formulas and says whether a derivative is computed from the argument or the value.
#pragma once

#include "types.cuh"

/** In the order of Activation.Kind, so that a kernel takes its ordinal. */
enum ActivationKind {
  RELU,
  RELU6,
  LEAKY_RELU,
  ELU,
  SIGMOID,
  TANH,
  GELU,
  SILU,
  RADIAL_BASIS,
  LINEAR,
  EXP,
  LOG,
  SQRT,
  SQUARE,
  ABS
};

/** Never overflows; e^-|x| keeps full precision on both sides. */
inline __device__ float sigmoid(float x) {
  float e = expf(-fabsf(x));
  return (x < 0 ? e : 1.0f) / (1.0f + e);
}

/** The normal distribution's Phi; by erfc, which keeps the lower tail's digits. */
inline __device__ float normalCdf(float x) { return 0.5f * erfcf(-0.70710678f * x); }

inline __device__ float normalDensity(float x) { return 0.39894228f * expf(-0.5f * x * x); }

inline __device__ float radialBasis(float x, float alpha, float beta) {
  float distance = alpha * (x - beta);
  return expf(-distance * distance);
}

/** v[k] = f(v[k]). */
template <int N, class F>
__device__ void each(float (&v)[N], F f) {
#pragma unroll
  for (int k = 0; k < N; k++) {
    v[k] = f(v[k]);
  }
}

/** v[k] = f(v[k]); one branch for the whole pack, the same in all threads. */
template <int N>
__device__ void activate(int kind, float a, float b, float (&v)[N]) {
  switch (kind) {
    case RELU:
      return each(v, [](float x) { return x <= 0 ? 0.0f : x; });  // NaN stays NaN
    case RELU6:
      return each(v, [](float x) { return x <= 0 ? 0.0f : x >= 6 ? 6.0f : x; });
    case LEAKY_RELU:
      return each(v, [=](float x) { return x > 0 ? x : a * x; });
    case ELU:
      return each(v, [=](float x) { return x > 0 ? x : a * expm1f(x); });
    case SIGMOID:
      return each(v, [](float x) { return sigmoid(x); });
    case TANH:
      return each(v, [](float x) { return tanhf(x); });
    case GELU:
      return each(v, [](float x) { return x * normalCdf(x); });
    case SILU:
      return each(v, [](float x) { return x * sigmoid(x); });
    case RADIAL_BASIS:
      return each(v, [=](float x) { return radialBasis(x, a, b); });
    case LINEAR:
      return each(v, [=](float x) { return a * x + b; });
    case EXP:
      return each(v, [](float x) { return expf(x); });
    case LOG:
      return each(v, [](float x) { return logf(x); });
    case SQRT:
      return each(v, [](float x) { return sqrtf(x); });
    case SQUARE:
      return each(v, [](float x) { return x * x; });
    case ABS:
      return each(v, [](float x) { return fabsf(x); });
    default:
      return each(v, [](float) { return quietNan(); });
  }
}

/** v[k] = f'(x[k]), where v is f(x): for the functions of which that is enough. */
template <int N>
__device__ void differentiateByValue(int kind, float a, float (&v)[N]) {
  switch (kind) {
    case RELU:
      return each(v, [](float y) { return y > 0 ? 1.0f : 0.0f; });
    case RELU6:
      return each(v, [](float y) { return y > 0 && y < 6 ? 1.0f : 0.0f; });
    case LEAKY_RELU:
      return each(v, [=](float y) { return y > 0 ? 1.0f : a; });
    case ELU:
      return each(v, [=](float y) { return y > 0 ? 1.0f : y + a; });
    case SIGMOID:
      return each(v, [](float y) { return y * (1 - y); });
    case TANH:
      return each(v, [](float y) { return 1 - y * y; });
    case EXP:
      return each(v, [](float y) { return y; });
    case SQRT:
      return each(v, [](float y) { return 1 / (2 * y); });
    default:  // LINEAR's is constant and has no kernel
      return each(v, [](float) { return quietNan(); });
  }
}

/** v[k] = f'(x[k]), where v is x or f(x), as Activation.Kind says. */
template <int N>
__device__ void differentiate(int kind, float a, float b, float (&v)[N]) {
  switch (kind) {
    case GELU:
      return each(v, [](float x) { return normalCdf(x) + x * normalDensity(x); });
    case SILU:
      return each(v, [](float x) { return sigmoid(x) * (1 + x * (1 - sigmoid(x))); });
    case RADIAL_BASIS:
      return each(
          v, [=](float x) { return -2 * a * a * (x - b) * radialBasis(x, a, b); });
    case LOG:
      return each(v, [](float x) { return 1 / x; });
    case SQUARE:
      return each(v, [](float x) { return 2 * x; });
    case ABS:
      return each(v, [](float x) { return x > 0 ? 1.0f : x < 0 ? -1.0f : x; });  // NaN stays NaN
    default:
      return differentiateByValue(kind, a, v);
  }
}
