// SPDX-License-Identifier: Apache-2.0
// Activations in double, and arguments that show their corners.
#pragma once

#include "activation.cuh"
#include "tensors.hpp"

static const char* const NAMES[] = {"RELU", "RELU6", "LEAKY_RELU",   "ELU",    "SIGMOID",
                                    "TANH", "GELU",  "SILU",         "RADIAL_BASIS", "LINEAR",
                                    "EXP",  "LOG",   "SQRT",         "SQUARE", "ABS"};

constexpr float ALPHA = 0.75f;
constexpr float BETA = -0.25f;

inline double logistic(double x) { return 1 / (1 + std::exp(-x)); }
inline double phi(double x) { return std::erfc(-x / std::sqrt(2)) / 2; }

inline double value(int kind, double x) {
  switch (kind) {
    case RELU:
      return std::isnan(x) ? x : std::max(x, 0.0);
    case RELU6:
      return std::isnan(x) ? x : std::min(std::max(x, 0.0), 6.0);
    case LEAKY_RELU:
      return x > 0 ? x : ALPHA * x;
    case ELU:
      return x > 0 ? x : ALPHA * std::expm1(x);
    case SIGMOID:
      return logistic(x);
    case TANH:
      return std::tanh(x);
    case GELU:
      return x * phi(x);
    case SILU:
      return x * logistic(x);
    case RADIAL_BASIS:
      return std::exp(-std::pow(ALPHA * std::abs(x - BETA), 2));
    case LINEAR:
      return ALPHA * x + BETA;
    case EXP:
      return std::exp(x);
    case LOG:
      return std::log(x);
    case SQRT:
      return std::sqrt(x);
    case SQUARE:
      return x * x;
    case ABS:
      return std::abs(x);
  }
  throw Failure("no function");
}

/** f' from the argument or the value, as Activation.Kind says. */
inline double slope(int kind, double v) {
  switch (kind) {
    case RELU:
      return v > 0 ? 1 : 0;
    case RELU6:
      return v > 0 && v < 6 ? 1 : 0;
    case LEAKY_RELU:
      return v > 0 ? 1 : ALPHA;
    case ELU:
      return v > 0 ? 1 : v + ALPHA;
    case SIGMOID:
      return v * (1 - v);
    case TANH:
      return 1 - v * v;
    case GELU:
      return phi(v) + v * std::exp(-v * v / 2) / std::sqrt(2 * M_PI);
    case SILU:
      return logistic(v) * (1 + v * (1 - logistic(v)));
    case RADIAL_BASIS:
      return -2 * ALPHA * ALPHA * (v - BETA) * value(RADIAL_BASIS, v);
    case EXP:
      return v;
    case LOG:
      return 1 / v;
    case SQRT:
      return 1 / (2 * v);
    case SQUARE:
      return 2 * v;
    case ABS:
      return v > 0 ? 1 : v < 0 ? -1 : 0;
  }
  throw Failure("no derivative");
}

/** Random numbers where f is defined: both signs with zeros and 6, or positive ones. */
template <class T>
std::vector<T> arguments(int kind, size_t n) {
  Doubles x = toDoubles(normal<T>(n, 2));
  for (double& v : x) {
    if (kind == LOG || kind == SQRT) v = std::abs(v) + 0.01;
    if (kind == EXP) v = std::min(v, 10.0);  // fp16 ends at 65504
    if (generator() % 20 == 0 && kind == RELU6) v = 6;
    if (generator() % 20 == 0 && kind != LOG && kind != SQRT) v = 0;
  }
  return rounded<T>(x);
}
