// SPDX-License-Identifier: Apache-2.0
//
// Many tensors in one launch. A table in device memory, made when a plan is prepared, has a Segment
// for each group of tensors of one length (a parameter, its gradient, its slots, its copy); the work
// is cut into chunks that never cross segments, so that blocks have equal shares whatever the sizes.
#pragma once

#include "reduce.cuh"

/** Elements in a chunk: 8 for each thread. */
constexpr int CHUNK = 8 * BLOCK;

/** 64 bytes, 8-byte aligned. */
struct Segment {
  u64 tensors[5];  // addresses; each kernel says which
  i64 wide;        // 1 where what the kernel calls "of the dtype" is of fp32 in this segment, else 0
  i64 length;      // elements in each of the tensors
  i64 firstChunk;  // chunks in all segments before: the sum of ceil(length / CHUNK)

  template <class T>
  __device__ T* tensor(int i) const {
    return reinterpret_cast<T*>(tensors[i]);
  }
};

/** Calls body(x) with a tensor of the dtype T, or of fp32 where the segment is wide. */
template <class T, class Body>
__device__ void withTensor(const Segment& segment, int i, Body body) {
  if constexpr (sizeof(T) < sizeof(float)) {
    if (segment.wide != 0) {
      body(segment.tensor<const float>(i));
      return;
    }
  }
  body(segment.tensor<const T>(i));
}

/** The segment of a chunk: the last whose first chunk is not behind it. */
inline __device__ int segmentOf(const Segment* segments, int count, i64 chunk) {
  int low = 0;
  int high = count;
  while (high - low > 1) {
    int middle = (low + high) / 2;
    if (segments[middle].firstChunk <= chunk) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

/**
 * Calls body(segment, begin, length) for each of the block's chunks: elements begin .. begin +
 * length - 1 of the segment. All threads of a block come with the same chunk at a time.
 *
 * @param chunks in all segments together
 */
template <class Body>
__device__ void forEachChunk(const Segment* segments, int count, i64 chunks, Body body) {
  for (i64 chunk = blockIdx.x; chunk < chunks; chunk += gridDim.x) {
    const Segment& segment = segments[segmentOf(segments, count, chunk)];
    i64 begin = (chunk - segment.firstChunk) * CHUNK;
    i64 rest = segment.length - begin;
    body(segment, begin, rest < CHUNK ? rest : (i64)CHUNK);
  }
}
