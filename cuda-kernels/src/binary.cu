// SPDX-License-Identifier: Apache-2.0
//
// Functions of two tensors, y = f(a, b), broadcast as in NumPy.
//
// kind: ordinal of Binary.Kind. Shapes: y: [n] of the dtype, row-major; a, b: of the dtype, read by
// the layout (layout.cuh) with tensors a and b, whose innermost strides are 0 or 1.
// MAXIMUM and MINIMUM are NaN if a or b is; GREATER_EQUAL is 1 or 0. Maths in fp32.
// Overwrites; y may be a or b if that one is not repeated. Deterministic.
// Launch: grid ceil(n / (256 * PACK)), at least 1; block 256. Any grid is right.
// Packs are used for rank 1 and where the innermost length is a multiple of PACK.
#include "layout.cuh"

/** In the order of Binary.Kind, so that a kernel takes its ordinal. */
enum BinaryKind { ADD, SUBTRACT, MULTIPLY, DIVIDE, MAXIMUM, MINIMUM, GREATER_EQUAL };

/** a[k] = f(a[k], b[k]). */
template <int N, class F>
__device__ void eachPair(float (&a)[N], const float (&b)[N], F f) {
#pragma unroll
  for (int k = 0; k < N; k++) {
    a[k] = f(a[k], b[k]);
  }
}

template <int N>
__device__ void combine(int kind, float (&a)[N], const float (&b)[N]) {
  switch (kind) {
    case ADD:
      return eachPair(a, b, [](float x, float y) { return x + y; });
    case SUBTRACT:
      return eachPair(a, b, [](float x, float y) { return x - y; });
    case MULTIPLY:
      return eachPair(a, b, [](float x, float y) { return x * y; });
    case DIVIDE:
      return eachPair(a, b, [](float x, float y) { return x / y; });
    case MAXIMUM:  // a comparison with NaN is false, so the second is checked by it, the first apart
      return eachPair(a, b, [](float x, float y) { return x > y || x != x ? x : y; });
    case MINIMUM:
      return eachPair(a, b, [](float x, float y) { return x < y || x != x ? x : y; });
    case GREATER_EQUAL:
      return eachPair(a, b, [](float x, float y) { return x >= y ? 1.0f : 0.0f; });
    default:
      return eachPair(a, b, [](float, float) { return quietNan(); });
  }
}

template <class T>
__device__ void binaryForward(
    const T* a, const T* b, T* y, i64 n, Layout layout, int kind) {
  i64 strideA = layout.innerStride(0);
  i64 strideB = layout.innerStride(1);
  bool vector = layout.holdsPacks(PACK<T>) && aligned(y) && (strideA == 0 || aligned(a)) &&
                (strideB == 0 || aligned(b));
  forEach<PACK<T>>(n, vector, [=](auto lanes, i64 i) {
    constexpr int N = decltype(lanes)::COUNT;
    i64 at[2];
    offsetsOf(layout, i, at);
    float left[N];
    float right[N];
    loadRepeated(a + at[0], strideA, left);
    loadRepeated(b + at[1], strideB, right);
    combine(kind, left, right);
    store(y + i, left);
  });
}

#define KERNELS(NAME, T)                                                            \
  KERNEL_4 binary_forward_##NAME(                                                   \
      const T* a, const T* b, T* y, i64 n, const i64* layout, int rank, int kind) { \
    binaryForward(a, b, y, n, Layout{layout, rank}, kind);                          \
  }
FOR_EACH_DTYPE(KERNELS)
#undef KERNELS
