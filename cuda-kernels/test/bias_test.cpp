// SPDX-License-Identifier: Apache-2.0
#include "simt.hpp"

#include "../src/bias.cu"

#include "columns.hpp"
#include "functions.hpp"
#include "tensors.hpp"

template <class T>
static void forward(int rows, int channels, size_t shift, size_t grid) {
  size_t n = size_t(rows) * channels;
  std::vector<T> x = normal<T>(n);
  std::vector<float> b = normal<float>(channels);
  Buffer<T> in("x", x, shift), y("y", n, shift), z("z", n, shift);
  Buffer<float> bias("b", b);
  launch(blocks(grid), {BLOCK}, SELECT(T, bias_forward), in, bias, y, rows, channels);
  launch(blocks(grid), {BLOCK}, SELECT(T, bias_activation_forward), in, bias, z, rows, channels,
         TANH, 0, 0);
  Doubles sum, tanh;
  for (size_t i = 0; i < n; i++) {
    sum.push_back(toFloat(x[i]) + static_cast<double>(b[i % channels]));
    tanh.push_back(std::tanh(sum.back()));
  }
  near("x + b", y.values(), sum, 0, 1e-6);
  near("tanh(x + b)", z.values(), tanh, 1e-6, 1e-6);
}

static void forwards() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    // Channels below, at, above and beside the width of a pack; grids that stride or are too large.
    for (int channels : {1, 3, 4, 7, 8, 10, 32, 100, 257}) {
      for (int rows : {0, 1, 5, 37}) {
        forward<T>(rows, channels, 0, 1);
        forward<T>(rows, channels, 1, 2);
        forward<T>(rows, channels, 0, ceilDiv(size_t(rows) * channels, BLOCK * PACK<T>) + 1);
      }
    }
  });
}

/** Roundings of partial sums of up to 20 sqrt(rows), of which at most 10 follow each other. */
static double slack(int rows) { return 10 * 0x1p-24 * 20 * std::sqrt(rows + 1.0); }

template <class T>
static void backward(int rows, int channels, int parts, size_t shift) {
  size_t n = size_t(rows) * channels;
  std::vector<T> dy = normal<T>(n);
  Doubles sigmoids;
  for (double x : toDoubles(normal<T>(n))) sigmoids.push_back(logistic(x));
  std::vector<T> v = rounded<T>(sigmoids);
  Buffer<T> gradient("dy", dy, shift), value("v", v, shift), dx("dx", n, shift);
  Buffer<float> db("db", channels), fusedDb("db", channels);
  ColumnLaunch<T> shape(channels, parts, shift == 0);
  launch(shape.grid, {BLOCK}, SELECT(T, bias_backward), gradient, db, shape.partials,
         shape.counters, rows, channels);
  launch(shape.grid, {BLOCK}, SELECT(T, activation_bias_backward), gradient, value, dx, fusedDb,
         shape.partials, shape.counters, rows, channels, SIGMOID, 0, 0);
  Doubles wantDx, wantDb(channels), wantFused(channels);
  for (size_t i = 0; i < n; i++) {
    wantDx.push_back(toFloat(dy[i]) * slope(SIGMOID, toFloat(v[i])));
    wantDb[i % channels] += toFloat(dy[i]);
    wantFused[i % channels] += wantDx[i];
  }
  near("db", db.values(), wantDb, slack(rows), 1e-6);
  near("dx", dx.values(), wantDx, 1e-6, 1e-6);
  near("fused db", fusedDb.values(), wantFused, slack(rows), 1e-6);
  check(shape.countersAreZero(), "counters are 0 again");
}

static void backwards() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    for (int channels : {1, 3, 8, 10, 24, 64, 200}) {
      for (int rows : {0, 1, 300}) {
        backward<T>(rows, channels, 1, 0);
        backward<T>(rows, channels, 3, 0);
        backward<T>(rows, channels, 2, 1);
      }
    }
    backward<T>(9, 256 * PACK<T> + 8, 2, 0);  // two tiles, the second one narrow
    backward<T>(9, 521, 2, 0);                // three tiles of single columns
  });
}

static void dxMayBeDy() {
  std::vector<float> dy = normal<float>(70), v = normal<float>(70);
  Buffer<float> both("dy and dx", dy), value("v", v), db("db", 7);
  ColumnLaunch<float> shape(7, 2, true);
  launch(shape.grid, {BLOCK}, activation_bias_backward_f32, both, value, both, db, shape.partials,
         shape.counters, 10, 7, RELU, 0, 0);
  Doubles want;
  for (int i = 0; i < 70; i++) want.push_back(v[i] > 0 ? dy[i] : 0);
  near("dx", both.values(), want, 0, 0);
}

int main() {
  return runCases({{"forward", forwards}, {"backward", backwards}, {"in place", dxMayBeDy}});
}
