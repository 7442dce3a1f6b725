// SPDX-License-Identifier: Apache-2.0
//
// Packs: a thread moves 16 bytes at once wherever addresses allow it, and what is left over at the
// end, or everything if a tensor is not aligned, element by element.
#pragma once

#include "types.cuh"

/** Threads of a block in every kernel. */
constexpr int BLOCK = 256;

/**
 * Begins a kernel. ptxas weighs registers against blocks that fit an SM; where ptxas 13.0 thereby
 * spills 4 to 20 bytes, KERNEL_4 asks for 4 blocks, that is up to 64 registers, or KERNEL_3 for 3,
 * up to 80.
 */
#define KERNEL extern "C" __global__ void __launch_bounds__(BLOCK)
#define KERNEL_4 extern "C" __global__ void __launch_bounds__(BLOCK, 4)
#define KERNEL_3 extern "C" __global__ void __launch_bounds__(BLOCK, 3)

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

/** Moves 1 or 2 words by one access, or 4, 8, ... by accesses of 16 bytes. */
template <int WORDS>
__device__ void loadWords(const void* p, u32 (&words)[WORDS]) {
  if constexpr (WORDS == 1) {
    words[0] = *reinterpret_cast<const u32*>(p);
  } else if constexpr (WORDS == 2) {
    uint2 raw = *reinterpret_cast<const uint2*>(p);
    words[0] = raw.x;
    words[1] = raw.y;
  } else {
    static_assert(WORDS % 4 == 0, "4 or 8 bytes or a multiple of 16");
#pragma unroll
    for (int w = 0; w < WORDS; w += 4) {
      uint4 raw = reinterpret_cast<const uint4*>(p)[w / 4];
      words[w] = raw.x;
      words[w + 1] = raw.y;
      words[w + 2] = raw.z;
      words[w + 3] = raw.w;
    }
  }
}

template <int WORDS>
__device__ void storeWords(void* p, const u32 (&words)[WORDS]) {
  if constexpr (WORDS == 1) {
    *reinterpret_cast<u32*>(p) = words[0];
  } else if constexpr (WORDS == 2) {
    *reinterpret_cast<uint2*>(p) = make_uint2(words[0], words[1]);
  } else {
#pragma unroll
    for (int w = 0; w < WORDS; w += 4) {
      reinterpret_cast<uint4*>(p)[w / 4] =
          make_uint4(words[w], words[w + 1], words[w + 2], words[w + 3]);
    }
  }
}

/** v = p[0 .. N-1]; if N > 1, these are 8 or a multiple of 16 bytes, and p is aligned to them. */
template <int N, class T>
__device__ void load(const T* p, float (&v)[N]) {
  if constexpr (N == 1) {
    v[0] = toFloat(*p);
  } else {
    u32 words[N * sizeof(T) / 4];
    loadWords(p, words);
#pragma unroll
    for (int i = 0; i < N; i++) {
      if constexpr (sizeof(T) == 4) {
        v[i] = __uint_as_float(words[i]);
      } else {
        v[i] = toFloat(T{(u16)(words[i / 2] >> i % 2 * 16)});
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
    u32 words[N * sizeof(T) / 4] = {};
#pragma unroll
    for (int i = 0; i < N; i++) {
      if constexpr (sizeof(T) == 4) {
        words[i] = __float_as_uint(v[i]);
      } else {
        words[i / 2] |= (u32)fromFloat<T>(v[i]).bits << i % 2 * 16;
      }
    }
    storeWords(p, words);
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
