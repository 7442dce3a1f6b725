// SPDX-License-Identifier: Apache-2.0
//
// Dropout: y[i] = 0 if lane(i) < threshold, else scale x[i]. lane(i) is 16 random bits: lane i mod 8
// of Philox block i / 8 in (stream, iterations); lane l is the low half of word l / 2 for even l,
// the high half for odd l. The gradient is the same kernel on dy: masks are drawn, not stored.
//
// Shapes: x, y: [n] of the dtype. iterations: [1] i32 in device memory, read at each launch, so that
// a replayed graph draws new masks. threshold, scale: as Dropout.threshold() and scale() say.
// Overwrites; y may be x. Deterministic, and bit-equal to other backends for fp32.
// Launch: grid ceil(n / (256 * 8)), at least 1; block 256. Any grid is right.
// Source: javadoc of io.convoy.ops.Dropout; JMLR 15, Srivastava et al. 2014.
#include "philox.cuh"
#include "vector.cuh"

/** Elements that share a Philox block. */
constexpr int DROPOUT_LANES = 8;

/** Lane 0 to 7 of a block; the word is selected, not indexed, so that it stays in a register. */
inline __device__ u32 dropoutLane(uint4 block, int lane) {
  u32 word = lane < 4 ? (lane < 2 ? block.x : block.y) : (lane < 6 ? block.z : block.w);
  return word >> lane % 2 * 16 & 0xffff;
}

template <class T>
__device__ void dropout(
    const T* x, T* y, i64 n, const i32* iterations, u64 seed, u32 stream, u32 threshold,
    float scale) {
  u32 step = (u32)*iterations;
  forEach<DROPOUT_LANES>(n, aligned(x, y), [=](auto lanes, i64 i) {
    constexpr int N = decltype(lanes)::COUNT;
    uint4 block = philox(seed, i / DROPOUT_LANES, stream, step);
    float v[N];
    load(x + i, v);
    int lane = (int)(i % DROPOUT_LANES);  // 0 for whole blocks
#pragma unroll
    for (int k = 0; k < N; k++) {
      v[k] = dropoutLane(block, N == 1 ? lane : k) < threshold ? 0 : v[k] * scale;
    }
    store(y + i, v);
  });
}

#define KERNELS(NAME, T)                                                    \
  KERNEL dropout_forward_##NAME(                                            \
      const T* x, T* y, i64 n, const i32* iterations, u64 seed, u32 stream, \
      u32 threshold, float scale) {                                         \
    dropout(x, y, n, iterations, seed, stream, threshold, scale);           \
  }
FOR_EACH_DTYPE(KERNELS)
#undef KERNELS
