// SPDX-License-Identifier: Apache-2.0
//
// variable = keep variable + add value, on many variables in one launch: (0, 1) assigns, (1, 1)
// adds, (m, 1 - m) is a moving average, (0, 0) clears. What would be multiplied by 0 is not read, so
// that a NaN in it is forgotten.
// assign_sums: the same of variables of one element, with sums of values.
// moving_average: average = momentum average + (1 - momentum) parameter; in the first step, *iterations
// == 0, average = parameter. Where *scale, the gradients', is 0, the step is skipped.
//
// Tensors of a segment (segments.cuh), all [length]: variable fp32, value of the dtype, or both i32;
// average, parameter: fp32. assign_sums: variable [1], value [length], both fp32 in a wide segment,
// i32 in others. iterations: [1] i32, scale: [1] fp32. Writes the first in place. Sums in fp32.
// Deterministic.
// Launch: grid min(chunks, 8 SMs), at least 1; block 256. Any grid is right.
// assign_sums: a block a segment: grid count. Any grid is right.
// Source of the formulas: javadoc of io.convoy.ops.Assign and UpdateRule.Averaged.
#include "segments.cuh"

/** variable = keep variable + add value. */
template <class T>
__device__ void assign(const Segment* segments, int count, i64 chunks, float keep, float add) {
  forEachChunk(segments, count, chunks, [=](const Segment& segment, i64 begin, i64 length) {
    float* variable = segment.tensor<float>(0) + begin;
    withTensor<T>(segment, 1, [=](auto* values) {
      auto* value = values + begin;
      bool vector = aligned(variable, value);
      forEach<PACK<float>>(threadIdx.x, BLOCK, length, vector, [=](auto lanes, i64 i) {
        constexpr int N = decltype(lanes)::COUNT;
        float kept[N] = {};
        float added[N] = {};
        if (keep != 0) load(variable + i, kept);
        if (add != 0) load(value + i, added);
#pragma unroll
        for (int k = 0; k < N; k++) {
          kept[k] = keep * kept[k] + add * added[k];
        }
        store(variable + i, kept);
      });
    });
  });
}

#define KERNELS(NAME, T)                                                       \
  KERNEL assign_forward_##NAME(                                                \
      const Segment* segments, int count, i64 chunks, float keep, float add) { \
    assign<T>(segments, count, chunks, keep, add);                             \
  }
FOR_EACH_DTYPE(KERNELS)
#undef KERNELS

/** This thread's share of a sum of integers. */
inline __device__ i32 sumOf(const i32* x, i64 n, bool, i64 thread, i64 threads) {
  i32 sum = 0;
  for (i64 i = thread; i < n; i += threads) {
    sum += x[i];
  }
  return sum;
}

/** variable = keep variable + add (sum of value), by a block. */
template <class A>
__device__ void assignSum(const Segment& segment, A keep, A add) {
  const A* values = segment.tensor<const A>(1);
  A sum = 0;
  if (add != 0) sum = sumOf(values, segment.length, aligned(values), threadIdx.x, BLOCK);
  sum = reduceThreads<BLOCK>(sum, Sum());
  if (threadIdx.x == 0) {
    A* variable = segment.tensor<A>(0);
    A kept = keep != 0 ? keep * *variable : 0;
    *variable = kept + add * sum;
  }
}

KERNEL assign_sums_forward(const Segment* segments, int count, float keep, float add) {
  for (int s = blockIdx.x; s < count; s += gridDim.x) {
    if (segments[s].wide != 0) {
      assignSum<float>(segments[s], keep, add);
    } else {
      assignSum<i32>(segments[s], (i32)keep, (i32)add);
    }
  }
}

KERNEL moving_average_forward_f32(
    const Segment* segments, int count, i64 chunks, const i32* iterations, const float* scale,
    float momentum) {
  if (*scale == 0) {
    return;
  }
  bool first = *iterations == 0;
  assign<float>(segments, count, chunks, first ? 0 : momentum, first ? 1 : 1 - momentum);
}

KERNEL assign_forward_i32(
    const Segment* segments, int count, i64 chunks, i32 keep, i32 add) {
  forEachChunk(segments, count, chunks, [=](const Segment& segment, i64 begin, i64 length) {
    // Counters and labels, a few elements: no packs.
    i32* variable = segment.tensor<i32>(0) + begin;
    const i32* value = segment.tensor<const i32>(1) + begin;
    for (i64 i = threadIdx.x; i < length; i += BLOCK) {
      variable[i] = keep * variable[i] + add * value[i];
    }
  });
}
