// SPDX-License-Identifier: Apache-2.0
//
// Sums and means over one run of neighbouring axes, and their gradient. factor: 1 for sums, 1
// over the number of summed elements for means. Several runs are reduced one after the other, the
// innermost first; reduce_backward does all at once.
//   reduce_forward_*_rows     y[o] = sum over r of x[o,r] * factor; a warp a row
//   reduce_forward_*_split    the same; `parts` blocks a row, for few and long rows
//   reduce_forward_*_columns  y[o,i] = sum over r of x[o,r,i] * factor
//   reduce_backward_*         dx = dy, repeated by the layout (layout.cuh), * factor
//
// Shapes: x: [outer, reduced] or [outer, reduced, inner] of the dtype, y: [outer] or [outer, inner];
// dx: [n] of the dtype, walked by the layout with tensor dy, innermost stride 0 or 1.
// Sums in fp32. Overwrites; not in place. Deterministic for a given grid.
// Launch: block 256, SMs the number of multiprocessors.
//   rows: grid ceil(outer / 8), at least 1.
//   split: grid (parts, min(outer, 65535)), at least 1, with
//     parts = min(ceil(2 SMs / outer), ceil(reduced / (256 * 4 * PACK))), at least 1;
//     partials: [outer, parts] fp32, counters: [outer] u32, 0 before and after.
//   columns: grid (tiles, parts, min(outer, 65535)), at least 1, tiles and passRows as in bias.cu
//     with channels = inner, and parts = min(2 SMs / (tiles outer), ceil(reduced / (4 passRows))), at
//     least 1; partials: [outer, parts, inner] fp32, 16-byte aligned, counters:
//     [outer, tiles] u32, 0 before and after. One part touches neither.
//   backward: grid ceil(n / (256 * PACK)), at least 1. Any grid is right.
// Source of the formulas: javadoc of io.convoy.ops.Reduce and ReduceGrad.
#include "columns.cuh"
#include "layout.cuh"
#include "rows.cuh"

template <class T>
__device__ void reduceRows(const T* x, T* y, i64 outer, i64 reduced, float factor) {
  bool vector = reduced % PACK<T> == 0 && aligned(x);
  forEachRow<WARP>(outer, [=](i64 o, int thread) {
    float sum = sumOf<T>(x + o * reduced, reduced, vector, thread, WARP);
    sum = reduceThreads<WARP>(sum, Sum());
    if (thread == 0) {
      y[o] = fromFloat<T>(sum * factor);
    }
  });
}

template <class T>
__device__ void reduceSplit(
    const T* x, T* y, float* partials, u32* counters, i64 outer, i64 reduced, float factor) {
  bool vector = reduced % PACK<T> == 0 && aligned(x);
  int parts = gridDim.x;
  for (i64 o = blockIdx.y; o < outer; o += gridDim.y) {
    float sum = sumOf<T>(
        x + o * reduced, reduced, vector, globalThread(), globalThreads());
    sum = reduceThreads<BLOCK>(sum, Sum());
    if (parts > 1) {
      if (threadIdx.x == 0) {
        partials[o * parts + blockIdx.x] = sum;
      }
      if (!lastBlock(counters + o, parts)) {
        continue;
      }
      sum = sumOf<float>(partials + o * parts, parts, false, threadIdx.x, BLOCK);
      sum = reduceThreads<BLOCK>(sum, Sum());
    }
    if (threadIdx.x == 0) {
      y[o] = fromFloat<T>(sum * factor);
    }
  }
}

template <int N, class T>
__device__ void reduceColumns(
    const T* x, T* y, float* partials, u32* counters, i64 outer, i64 reduced, int inner,
    float factor) {
  for (i64 o = blockIdx.z; o < outer; o += gridDim.z) {
    const T* from = x + o * reduced * inner;
    T* to = y + o * inner;
    auto source = [=](i64 i, int, auto& v) { load(from + i, v[0]); };
    auto sink = [=](int column, auto& sum) {
#pragma unroll
      for (int k = 0; k < N; k++) {
        sum[0][k] *= factor;
      }
      store(to + column, sum[0]);
    };
    sumColumns<N, 4, 1>(
        reduced, inner, partials + o * gridDim.y * inner, counters + o * gridDim.x, source, sink);
  }
}

template <class T>
__device__ void reduceBackward(const T* dy, T* dx, i64 n, Layout layout, float factor) {
  i64 stride = layout.innerStride(0);
  bool vector = layout.holdsPacks(PACK<T>) && aligned(dx) && (stride == 0 || aligned(dy));
  forEach<PACK<T>>(n, vector, [=](auto lanes, i64 i) {
    constexpr int N = decltype(lanes)::COUNT;
    i64 at[1];
    offsetsOf(layout, i, at);
    float v[N];
    loadRepeated(dy + at[0], stride, v);
#pragma unroll
    for (int k = 0; k < N; k++) {
      v[k] *= factor;
    }
    store(dx + i, v);
  });
}

#define KERNELS(NAME, T)                                                                   \
  KERNEL reduce_forward_##NAME##_rows(                                                     \
      const T* x, T* y, i64 outer, i64 reduced, float factor) {                            \
    reduceRows(x, y, outer, reduced, factor);                                              \
  }                                                                                        \
  KERNEL reduce_forward_##NAME##_split(                                                    \
      const T* x, T* y, float* partials, u32* counters, i64 outer, i64 reduced,            \
      float factor) {                                                                      \
    reduceSplit(x, y, partials, counters, outer, reduced, factor);                         \
  }                                                                                        \
  KERNEL_4 reduce_forward_##NAME##_columns(                                                \
      const T* x, T* y, float* partials, u32* counters, i64 outer, i64 reduced, int inner, \
      float factor) {                                                                      \
    if (inner % PACK<T> == 0 && aligned(x, y)) {                                           \
      reduceColumns<PACK<T>>(x, y, partials, counters, outer, reduced, inner, factor);     \
    } else {                                                                               \
      reduceColumns<1>(x, y, partials, counters, outer, reduced, inner, factor);           \
    }                                                                                      \
  }                                                                                        \
  KERNEL_4 reduce_backward_##NAME(                                                         \
      const T* dy, T* dx, i64 n, const i64* layout, int rank, float factor) {              \
    reduceBackward(dy, dx, n, Layout{layout, rank}, factor);                               \
  }
FOR_EACH_DTYPE(KERNELS)
#undef KERNELS
