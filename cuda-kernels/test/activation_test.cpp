// SPDX-License-Identifier: Apache-2.0
#include "simt.hpp"

#include "../src/activation.cu"

#include "functions.hpp"
#include "tensors.hpp"

template <class T>
static void forward(int kind, size_t n, size_t shift, size_t grid) {
  std::vector<T> x = arguments<T>(kind, n);
  Buffer<T> in("x", x, shift), out("y", n, shift);
  launch(blocks(grid), {BLOCK}, SELECT(T, activation_forward), in, out, n, kind, ALPHA, BETA);
  Doubles want;
  for (double v : toDoubles(x)) want.push_back(value(kind, v));
  near(NAMES[kind], out.values(), want, 1e-7, 1e-6);
}

template <class T>
static void backward(int kind, size_t n, size_t shift, size_t grid) {
  std::vector<T> v = arguments<T>(kind, n), dy = normal<T>(n);
  Buffer<T> at("v", v, shift), in("dy", dy, shift), out("dx", n, shift);
  launch(blocks(grid), {BLOCK}, SELECT(T, activation_backward), in, at, out, n, kind, ALPHA, BETA);
  Doubles want;
  for (size_t i = 0; i < n; i++) want.push_back(toFloat(dy[i]) * slope(kind, toFloat(v[i])));
  near(NAMES[kind], out.values(), want, 2e-6, 2e-6);
}

/** Every kind and dtype; 777 is no whole number of packs, 2 blocks make the threads stride. */
static void kinds() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    for (int kind = RELU; kind <= ABS; kind++) {
      forward<T>(kind, 777, 0, 1);
      if (kind != LINEAR) backward<T>(kind, 777, 0, 1);
    }
  });
}

static void sizes() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    for (size_t n : {0, 1, 3, 4, 7, 8, 9, 255, 1024, 2049, 5000}) {
      for (size_t shift : {0, 1}) {
        size_t grid = ceilDiv(n, BLOCK * PACK<T>);
        forward<T>(GELU, n, shift, grid);
        backward<T>(TANH, n, shift, grid + 1);
      }
    }
  });
}

static void inPlace() {
  std::vector<float> x = normal<float>(1001);
  Buffer<float> both("x and y", x);
  launch({1}, {BLOCK}, activation_forward_f32, both, both, 1001, SILU, 0, 0);
  Doubles want;
  for (float v : x) want.push_back(value(SILU, v));
  near("in place", both.values(), want, 1e-7, 1e-6);
}

static void corners() {
  double inf = INFINITY, nan = NAN;
  std::vector<float> x = rounded<float>({nan, inf, -inf, 0, -0.0, 1e-42, 88, -104, 1e30, -1e30});
  for (int kind : {RELU, RELU6, LEAKY_RELU, ELU, SIGMOID, TANH, EXP, LOG, SQRT, SQUARE, ABS}) {
    Buffer<float> in("x", x), out("y", x.size());
    launch({1}, {BLOCK}, activation_forward_f32, in, out, x.size(), kind, ALPHA, BETA);
    Doubles want;
    for (double v : x) want.push_back(value(kind, v));
    near(NAMES[kind], out.values(), want, 1e-7, 1e-6);
  }
  Buffer<float> in("x", x), out("y", x.size());
  launch({1}, {BLOCK}, activation_forward_f32, in, out, x.size(), ABS + 1, 0, 0);
  near("unknown kind", out.values(), Doubles(x.size(), NAN), 0, 0);
}

int main() {
  return runCases(
      {{"kinds", kinds}, {"sizes", sizes}, {"in place", inPlace}, {"corners", corners}});
}
