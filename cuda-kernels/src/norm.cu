// SPDX-License-Identifier: Apache-2.0
//
// The Euclidean norm of all elements of many tensors together, and what clips them to a norm:
//   norm = sqrt(sum of x^2);  scale = limit / max(norm, limit)
//
// Tensors of a segment (segments.cuh): x: [length] of the dtype. norm, scale: [1] fp32; a NaN among
// the elements makes both NaN. limit: above 0; any, where scale is not wanted.
// A thread adds up to 8 squares in fp32, which overflows from |x| = 6e18 on and then gives infinity;
// all else is added in fp64.
// Overwrites. Deterministic for a given grid.
// Launch: grid min(chunks, 2 SMs), at least 1; block 256.
// partials: [grid] fp64; counter: [1] u32, 0 before and after.
// Source of the formulas: javadoc of io.convoy.ops.GlobalNorm; io.convoy.optimizers.Optimizer.
#include "segments.cuh"

/** The block's threads together: each the squares of some elements. */
template <class T>
__device__ float squaresOf(const T* x, i64 length) {
  float squares = 0;
  forEach<PACK<T>>(threadIdx.x, BLOCK, length, aligned(x), [&](auto lanes, i64 i) {
    constexpr int N = decltype(lanes)::COUNT;
    float v[N];
    load(x + i, v);
#pragma unroll
    for (int k = 0; k < N; k++) {
      squares += v[k] * v[k];
    }
  });
  return squares;
}

template <class T>
__device__ void globalNorm(
    const Segment* segments, int count, i64 chunks, double* partials, u32* counter,
    float limit, float* norm, float* scale) {
  double sum = 0;
  forEachChunk(segments, count, chunks, [&](const Segment& segment, i64 begin, i64 length) {
    withTensor<T>(segment, 0, [&](auto* x) { sum += squaresOf(x + begin, length); });
  });
  sum = reduceThreads<BLOCK>(sum, Sum());
  if (threadIdx.x == 0) {
    partials[blockIdx.x] = sum;
  }
  if (!lastBlock(counter, gridDim.x)) {
    return;
  }
  sum = 0;
  for (u32 i = threadIdx.x; i < gridDim.x; i += BLOCK) {
    sum += partials[i];
  }
  sum = reduceThreads<BLOCK>(sum, Sum());
  if (threadIdx.x == 0) {
    float result = (float)sqrt(sum);
    *norm = result;
    *scale = limit / (result < limit ? limit : result);  // NaN stays NaN
  }
}

#define KERNELS(NAME, T)                                                              \
  KERNEL global_norm_forward_##NAME(                                                  \
      const Segment* segments, int count, i64 chunks, double* partials, u32* counter, \
      float limit, float* norm, float* scale) {                                       \
    globalNorm<T>(segments, count, chunks, partials, counter, limit, norm, scale);    \
  }
FOR_EACH_DTYPE(KERNELS)
#undef KERNELS
