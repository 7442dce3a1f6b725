// SPDX-License-Identifier: Apache-2.0
#include "simt.hpp"

#include "../src/bias.cu"
#include "../src/bias_pool.cu"
#include "../src/pool.cu"

#include "columns.hpp"
#include "functions.hpp"
#include "pools.hpp"

/** How a case is launched. */
struct Launch {
  size_t shift, grid;
  int parts;
};

/** What is pooled: many ties, some NaN, and windows of nothing but what is never better. */
template <class T>
static std::vector<T> convolved(PoolKind kind, size_t count) {
  double worst = kind == MAX_POOL ? -INFINITY : INFINITY;
  Doubles values;
  for (size_t i = 0; i < count; i++) {
    int draw = below(40);
    values.push_back(draw == 0 ? NAN : draw < 20 && i % 3 != 0 ? worst : below(5) - 2);
  }
  return rounded<T>(values);
}

template <class T>
static std::vector<u32> bits(const Buffer<T>& buffer) {
  std::vector<u32> all;
  for (T v : buffer.values()) all.push_back(__float_as_uint(toFloat(v)));
  return all;
}

/** Which element of the window of y's element `out` x's element `tap` is. */
static u8 placeOfTap(const PoolShape& s, i64 out, i64 tap) {
  i64 window = out / s.channels, pixel = tap / s.channels;
  return placeInWindow(s, window / s.outWidth % s.outHeight, window % s.outWidth,
                       pixel / s.width % s.height, pixel % s.width);
}

/** Forward beside the kernels one by one, whose bits are wanted, and backward in double. */
template <class T>
static void pool(PoolKind kind, int f, bool biased, const Pooling& p, const Launch& how) {
  const PoolShape& s = p.s;
  size_t inputs = p.batch * s.height * s.width * s.channels;
  size_t outputs = p.batch * s.outHeight * s.outWidth * s.channels;
  std::vector<float> bias;
  for (int c = 0; c < s.channels; c++) bias.push_back(biased ? c % 3 - 1 + 0.001f : 0);
  Buffer<T> z("z", convolved<T>(kind, inputs), how.shift), between("f(z + b)", inputs);
  Buffer<T> apart("pooled apart", outputs), y("y", outputs, how.shift);
  Buffer<float> b("b", bias);
  Buffer<u8> places("taken", outputs, how.shift);
  const float* added = biased ? static_cast<float*>(b) : nullptr;
  u8* asked = kind == AVERAGE_POOL ? nullptr : static_cast<u8*>(places), *none = nullptr;
  auto unfused = kind == MAX_POOL   ? SELECT(T, max_pool_forward)
                 : kind == MIN_POOL ? SELECT(T, min_pool_forward)
                                    : SELECT(T, avg_pool_forward);
  auto fused = kind == MAX_POOL   ? SELECT(T, bias_max_pool_forward)
               : kind == MIN_POOL ? SELECT(T, bias_min_pool_forward)
                                  : SELECT(T, bias_avg_pool_forward);
  launch(blocks(how.grid), {BLOCK}, SELECT(T, bias_activation_forward), z, b, between,
         inputs / s.channels, s.channels, f, ALPHA, BETA);
  launch(blocks(how.grid), {BLOCK}, unfused, between, apart, p.batch, SHAPE_OF(s));
  launch(blocks(how.grid), {BLOCK}, fused, z, added, y, asked, p.batch, SHAPE_OF(s), f, ALPHA,
         BETA);
  check(bits(y) == bits(apart), "y has the bits of bias, activation and pooling apart");
  if (kind == AVERAGE_POOL) return;

  Buffer<T> unasked("y alone", outputs, how.shift);
  launch(blocks(how.grid), {BLOCK}, fused, z, added, unasked, none, p.batch, SHAPE_OF(s), f,
         ALPHA, BETA);
  check(bits(unasked) == bits(y), "y is the same where nobody asks what was taken");

  bool differentiated = f != LINEAR;
  std::vector<T> dy = normal<T>(outputs);
  Doubles values = toDoubles(between.values()), pooled = toDoubles(y.values());
  Doubles wantDz(inputs), wantDb(s.channels);
  std::vector<u8> wantPlaces(outputs);
  eachWindow(p, [&](i64 out, std::vector<i64> taps) {
    i64 best = taken(kind, values, taps);
    double gradient = toFloat(dy[out]) * (differentiated ? slope(f, pooled[out]) : 1);
    wantPlaces[out] = placeOfTap(s, out, best);
    wantDz[best] += gradient;
    wantDb[out % s.channels] += gradient;
  });
  check(places.values() == wantPlaces, "what was taken");

  Buffer<T> gradient("dy", dy, how.shift), dz("dz", inputs, how.shift), alone("dz", inputs);
  Buffer<float> db("db", s.channels);
  const T* value = differentiated ? static_cast<T*>(y) : nullptr;
  launch(blocks(how.grid), {BLOCK}, SELECT(T, taken_pool_backward), gradient, value, places, alone,
         p.batch, SHAPE_OF(s), f, ALPHA, BETA);
  ColumnLaunch<T> columns(s.channels, how.parts, how.shift == 0);
  launch(columns.grid, {BLOCK}, SELECT(T, taken_pool_bias_backward), gradient, value, places, dz,
         db, columns.partials, columns.counters, p.batch, SHAPE_OF(s), f, ALPHA, BETA);
  near("dz", dz.values(), wantDz, 2e-5, 0);
  near("db", db.values(), wantDb, 2e-4, 1e-6);
  check(bits(alone) == bits(dz), "dz is the same without db");
  check(columns.countersAreZero(), "counters are 0 again");
}

static void kinds() {
  forEachDtype([&](auto t) {
    using T = decltype(t);
    for (const Pooling& p : poolings()) {
      for (PoolKind kind : {MAX_POOL, MIN_POOL, AVERAGE_POOL}) {
        pool<T>(kind, RELU, true, p, {0, 1, 1});
        pool<T>(kind, TANH, true, p, {1, 3, 2});
        pool<T>(kind, LINEAR, false, p, {0, 2, 3});
      }
    }
  });
}

/** A byte holds each place of a window of 256 elements. */
static void largestWindow() {
  pool<float>(MAX_POOL, ELU, true, {2, {16, 16, 4, 1, 1, 16, 16, 16, 16, 0, 0}}, {0, 1, 2});
  pool<bf16>(MIN_POOL, RELU6, true, {1, {20, 40, 8, 3, 5, 8, 32, 7, 9, 2, 16}}, {0, 1, 2});
}

int main() { return runCases({{"kinds", kinds}, {"largest window", largestWindow}}); }
