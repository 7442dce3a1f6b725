// SPDX-License-Identifier: Apache-2.0
#include "simt.hpp"

#include "../src/pool.cu"

#include "pools.hpp"

template <class T>
static void pool(PoolKind kind, const Pooling& p, size_t shift, size_t grid) {
  const PoolShape& s = p.s;
  size_t inputs = p.batch * s.height * s.width * s.channels;
  size_t outputs = p.batch * s.outHeight * s.outWidth * s.channels;
  Doubles values;
  for (size_t i = 0; i < inputs; i++) {
    values.push_back(below(40) == 0 ? NAN : below(5) - 2);  // many ties
  }
  std::vector<T> x = rounded<T>(values), dy = normal<T>(outputs);
  Buffer<T> in("x", x, shift), y("y", outputs, shift), gradient("dy", dy, shift);
  Buffer<T> dx("dx", inputs, shift);
  auto forward = kind == MAX_POOL   ? SELECT(T, max_pool_forward)
                 : kind == MIN_POOL ? SELECT(T, min_pool_forward)
                                    : SELECT(T, avg_pool_forward);
  launch(blocks(grid), {BLOCK}, forward, in, y, p.batch, SHAPE_OF(s));
  if (kind == AVERAGE_POOL) {
    launch(blocks(grid), {BLOCK}, SELECT(T, avg_pool_backward), gradient, dx, p.batch, SHAPE_OF(s));
  } else {
    launch(blocks(grid), {BLOCK}, SELECT(T, extreme_pool_backward), in, y, gradient, dx, p.batch,
           SHAPE_OF(s));
  }
  Doubles wantY(outputs), wantDx(inputs);
  eachWindow(p, [&](i64 out, std::vector<i64> taps) {
    if (kind == AVERAGE_POOL) {
      for (i64 tap : taps) {
        wantY[out] += values[tap] / taps.size();
        wantDx[tap] += toFloat(dy[out]) / double(taps.size());
      }
    } else {
      i64 best = taken(kind, values, taps);
      wantY[out] = values[best];
      wantDx[best] += toFloat(dy[out]);
    }
  });
  near("y", y.values(), wantY, 1e-6, 0);
  near("dx", dx.values(), wantDx, 2e-5, 0);
}

static void kinds() {
  forEachDtype([&](auto t) {
    using T = decltype(t);
    for (const Pooling& p : poolings()) {
      for (PoolKind kind : {MAX_POOL, MIN_POOL, AVERAGE_POOL}) {
        pool<T>(kind, p, 0, 1);
        pool<T>(kind, p, 1, 3);
      }
    }
  });
}

int main() { return runCases({{"kinds", kinds}}); }
