// SPDX-License-Identifier: Apache-2.0
//
// Sums and maxima over warps and blocks. Every thread gets the result, and it is the same bits in
// every run: the order of the additions depends on nothing but the shapes of block and grid.
#pragma once

#include "vector.cuh"

constexpr int WARP = 32;
constexpr u32 ALL_LANES = 0xffffffffu;

struct Sum {
  template <class A>
  __device__ A operator()(A a, A b) const {
    return a + b;
  }
};

/** The larger one; a number rather than a NaN. */
struct Max {
  __device__ float operator()(float a, float b) const { return fmaxf(a, b); }
};

/** This thread's share of a sum; the first of `threads` threads takes the first pack, and so on. */
template <class T>
__device__ float sumOf(const T* x, i64 n, bool vector, i64 thread, i64 threads) {
  float sum = 0;
  forEach<PACK<T>>(thread, threads, n, vector, [&](auto lanes, i64 i) {
    constexpr int N = decltype(lanes)::COUNT;
    float v[N];
    load(x + i, v);
#pragma unroll
    for (int k = 0; k < N; k++) {
      sum += v[k];
    }
  });
  return sum;
}

template <class A, class Combine>
__device__ A reduceWarp(A value, Combine combine) {
#pragma unroll
  for (int distance = WARP / 2; distance > 0; distance /= 2) {
    value = combine(value, __shfl_xor_sync(ALL_LANES, value, distance));
  }
  return value;
}

/** Over THREADS threads: a warp, or a whole block, all of whose threads must come here. */
template <int THREADS, class A, class Combine>
__device__ A reduceThreads(A value, Combine combine) {
  static_assert(THREADS == WARP || THREADS == BLOCK, "a warp or a block");
  value = reduceWarp(value, combine);
  if constexpr (THREADS == WARP) {
    return value;
  } else {
    __shared__ A warps[BLOCK / WARP];
    if (threadIdx.x % WARP == 0) {
      warps[threadIdx.x / WARP] = value;
    }
    __syncthreads();
    value = warps[0];
#pragma unroll
    for (int w = 1; w < BLOCK / WARP; w++) {
      value = combine(value, warps[w]);
    }
    __syncthreads();  // the next reduction may write
    return value;
  }
}

/**
 * Tells all threads of a block whether theirs is the last of `blocks` blocks to come here. What the
 * others wrote before they came is then visible. For sums over the whole grid in one launch: each
 * block writes its part, the last adds the parts in their fixed order.
 *
 * @param counter 0 at the start of the launch, and 0 again when the last block has come
 */
inline __device__ bool lastBlock(u32* counter, u32 blocks) {
  __shared__ bool last;
  __threadfence();
  __syncthreads();
  if (threadIdx.x == 0) {
    last = atomicInc(counter, blocks - 1) == blocks - 1;
  }
  __syncthreads();
  if (last) {
    __threadfence();
  }
  return last;
}
