// SPDX-License-Identifier: Apache-2.0
//
// Conversion between storage types, to the nearest, ties to even; NaN stays NaN, what is too large
// for fp16 becomes infinite.
//
// Shapes: x: [n] of the first dtype in the name, y: [n] of the second. Overwrites; not in place.
// Deterministic.
// Launch: grid ceil(n / (256 * 8)), at least 1; block 256. Any grid is right.
#include "vector.cuh"

template <class From, class To>
__device__ void cast(const From* x, To* y, i64 n) {
  forEach<8>(n, aligned(x, y), [=](auto lanes, i64 i) {
    float v[decltype(lanes)::COUNT];
    load(x + i, v);
    store(y + i, v);
  });
}

#define CAST(FROM_NAME, FROM, TO_NAME, TO)     \
  KERNEL cast_forward_##FROM_NAME##_##TO_NAME( \
      const FROM* x, TO* y, i64 n) {           \
    cast(x, y, n);                             \
  }
CAST(f32, float, bf16, bf16)
CAST(bf16, bf16, f32, float)
CAST(f32, float, f16, f16)
CAST(f16, f16, f32, float)
#undef CAST
