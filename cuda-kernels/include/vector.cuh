// SPDX-License-Identifier: Apache-2.0
//
// Packs: a thread moves 16 bytes at once wherever addresses allow it, and what is left over at the
// end, or everything if a tensor is not aligned, element by element.
#pragma once

#include "types.cuh"

/** Threads of a block in every kernel. */
constexpr int BLOCK = 256;

/**
 * Begins a kernel; 4 blocks fit an SM, so that a thread has up to 64 registers. ptxas 13.0 spills 4
 * to 20 bytes in some kernels if it may choose the number of blocks, and in others, which begin with
 * KERNEL_ANY, if it may not.
 */
#define KERNEL extern "C" __global__ void __launch_bounds__(BLOCK, 4)
#define KERNEL_ANY extern "C" __global__ void __launch_bounds__(BLOCK)

/** Elements in a 16-byte pack: 4 of fp32, 8 of bf16 or fp16. */
template <class T>
constexpr int PACK = 16 / sizeof(T);

/** How many elements a loop's body takes; a type, so that the body can make arrays of it. */
template <int N>
struct Lanes {
  static constexpr int COUNT = N;
};

inline __device__ i64 globalThread() { return (i64)blockIdx.x * blockDim.x + threadIdx.x; }
inline __device__ i64 globalThreads() { return (i64)gridDim.x * blockDim.x; }

inline __device__ bool aligned(const void* p) { return (u64)p % 16 == 0; }

template <class... P>
__device__ bool aligned(const void* p, const P*... more) {
  return aligned(p) && aligned(more...);
}

/** v = p[0 .. N-1]; N elements are one, or whole packs, and then p is aligned to 16 bytes. */
template <int N, class T>
__device__ void load(const T* p, float (&v)[N]) {
  if constexpr (N == 1) {
    v[0] = toFloat(*p);
  } else {
    static_assert(N % PACK<T> == 0, "whole packs");
#pragma unroll
    for (int k = 0; k < N; k += PACK<T>) {
      uint4 raw = *reinterpret_cast<const uint4*>(p + k);
      u32 words[4] = {raw.x, raw.y, raw.z, raw.w};
#pragma unroll
      for (int i = 0; i < PACK<T>; i++) {
        if constexpr (sizeof(T) == 4) {
          v[k + i] = __uint_as_float(words[i]);
        } else {
          v[k + i] = toFloat(T{(u16)(words[i / 2] >> i % 2 * 16)});
        }
      }
    }
  }
}

/** p[0 .. N-1] = v, under the conditions of load. */
template <int N, class T>
__device__ void store(T* p, const float (&v)[N]) {
  if constexpr (N == 1) {
    *p = fromFloat<T>(v[0]);
  } else {
    static_assert(N % PACK<T> == 0, "whole packs");
#pragma unroll
    for (int k = 0; k < N; k += PACK<T>) {
      u32 words[4] = {0, 0, 0, 0};
#pragma unroll
      for (int i = 0; i < PACK<T>; i++) {
        if constexpr (sizeof(T) == 4) {
          words[i] = __float_as_uint(v[k + i]);
        } else {
          words[i / 2] |= (u32)fromFloat<T>(v[k + i]).bits << i % 2 * 16;
        }
      }
      *reinterpret_cast<uint4*>(p + k) = make_uint4(words[0], words[1], words[2], words[3]);
    }
  }
}

/**
 * Calls body(lanes, i) for elements i .. i + lanes.COUNT - 1 until all n are done: packs of N if
 * `vector` (i is then a multiple of N), the rest one by one. The loops are not unrolled: that would
 * cost the registers, and so the threads, that hide memory's latency.
 *
 * @param thread which of `threads` threads this one is; they share the work
 */
template <int N, class Body>
__device__ void forEach(i64 thread, i64 threads, i64 n, bool vector, Body body) {
  i64 packs = vector ? n / N : 0;
#pragma unroll 1
  for (i64 p = thread; p < packs; p += threads) {
    body(Lanes<N>(), p * N);
  }
#pragma unroll 1
  for (i64 i = packs * N + thread; i < n; i += threads) {
    body(Lanes<1>(), i);
  }
}

/** forEach over all threads of the grid. */
template <int N, class Body>
__device__ void forEach(i64 n, bool vector, Body body) {
  forEach<N>(globalThread(), globalThreads(), n, vector, body);
}
