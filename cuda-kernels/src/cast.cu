// SPDX-License-Identifier: Apache-2.0
//
// Conversion between storage types, to the nearest, ties to even; NaN stays NaN, what is too large
// for fp16 becomes infinite.
//
//   cast_forward            one tensor; x: [n] of the first dtype in the name, y: [n] of the second
//   cast_segments_forward   many in one launch; tensors of a segment (segments.cuh): x, y [length]
//
// Overwrites; not in place. Deterministic.
// Launch: block 256. One: grid ceil(n / (256 * 8)), at least 1. Many: grid min(chunks, 8 SMs), at
// least 1. Any grid is right.
#include "segments.cuh"

template <class From, class To>
__device__ void cast(const From* x, To* y, i64 thread, i64 threads, i64 n) {
  forEach<8>(thread, threads, n, aligned(x, y), [=](auto lanes, i64 i) {
    float v[decltype(lanes)::COUNT];
    load(x + i, v);
    store(y + i, v);
  });
}

template <class From, class To>
__device__ void castSegments(const Segment* segments, int count, i64 chunks) {
  forEachChunk(segments, count, chunks, [](const Segment& segment, i64 begin, i64 length) {
    const From* x = segment.tensor<const From>(0) + begin;
    cast(x, segment.tensor<To>(1) + begin, threadIdx.x, BLOCK, length);
  });
}

#define CAST(FROM_NAME, FROM, TO_NAME, TO)              \
  KERNEL cast_forward_##FROM_NAME##_##TO_NAME(          \
      const FROM* x, TO* y, i64 n) {                    \
    cast(x, y, globalThread(), globalThreads(), n);     \
  }                                                     \
  KERNEL cast_segments_forward_##FROM_NAME##_##TO_NAME( \
      const Segment* segments, int count, i64 chunks) { \
    castSegments<FROM, TO>(segments, count, chunks);    \
  }
CAST(f32, float, bf16, bf16)
CAST(bf16, bf16, f32, float)
CAST(f32, float, f16, f16)
CAST(f16, f16, f32, float)
#undef CAST
