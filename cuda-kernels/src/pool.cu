// SPDX-License-Identifier: Apache-2.0
//
// Pooling over windows, and its gradient, for what cuDNN does otherwise or not at all: the smallest
// element, SAME padding that differs from side to side, and ties that go to the first.
//   max_, min_, avg_pool_forward  y[n,p,q,c] = the largest, smallest, or mean of x[n,h,w,c] over the
//                                 window's elements inside the image; h begins at p strideH - top,
//                                 w at q strideW - left
//   extreme_pool_backward         dx[n,h,w,c] = sum of dy[n,p,q,c] over the windows that took
//                                 x[n,h,w,c], as largest or smallest
//   avg_pool_backward             dx[n,h,w,c] = sum of dy[n,p,q,c] / elements of the window, over the
//                                 windows that hold x[n,h,w,c]
// What is taken: pool.cuh. bias_pool.cu remembers it, for gradients that read less.
//
// Shapes: x, dx: [batch, height, width, channels]; y, dy: [batch, outHeight, outWidth, channels], all
// of the dtype, NHWC. Every window holds an element.
// Maths in fp32. Overwrites; not in place. Deterministic: each dx gathers from its windows.
// Launch: block 256; grid ceil(batch * outHeight * outWidth * channels / (256 * PACK)) forward,
// ceil(batch * height * width * channels / (256 * PACK)) backward, at least 1. Any grid is right.
// Packs of channels are used where PACK divides them.
#include "pool.cuh"

template <PoolKind KIND, class T>
__device__ void poolForward(const T* x, T* y, i64 batch, PoolShape s) {
  i64 n = batch * s.outHeight * s.outWidth * s.channels;
  bool vector = s.channels % PACK<T> == 0 && aligned(x, y);
  forEach<PACK<T>>(n, vector, [=](auto lanes, i64 i) {
    constexpr int N = decltype(lanes)::COUNT;
    Place at = placeOf(i, s.outHeight, s.outWidth, s.channels);
    const T* image = x + at.image * s.height * s.width * s.channels;
    auto element = [=](i64 offset, float(&v)[N]) { load(image + offset, v); };
    float result[N];
    Places<N> taken = {};
    poolWindow<KIND>(s, at, element, result, taken);
    store(y + i, result);
  });
}

template <class T>
__device__ void averagePoolBackward(const T* dy, T* dx, i64 batch, PoolShape s) {
  i64 n = batch * s.height * s.width * s.channels;
  bool vector = s.channels % PACK<T> == 0 && aligned(dy, dx);
  forEach<PACK<T>>(n, vector, [=](auto lanes, i64 i) {
    constexpr int N = decltype(lanes)::COUNT;
    Place at = placeOf(i, s.height, s.width, s.channels);
    Range rows = windowsOf(at.row, s.strideH, s.top, s.windowH, s.outHeight);
    Range columns = windowsOf(at.column, s.strideW, s.left, s.windowW, s.outWidth);
    const T* image = dy + at.image * s.outHeight * s.outWidth * s.channels + at.channel;
    float sum[N] = {};
    for (int p = rows.begin; p < rows.end; p++) {
      Range high = elementsOf(p, s.strideH, s.top, s.windowH, s.height);
      for (int q = columns.begin; q < columns.end; q++) {
        Range wide = elementsOf(q, s.strideW, s.left, s.windowW, s.width);
        float share = 1.0f / ((high.end - high.begin) * (wide.end - wide.begin));
        float v[N];
        load(image + ((i64)p * s.outWidth + q) * s.channels, v);
#pragma unroll
        for (int k = 0; k < N; k++) {
          sum[k] += v[k] * share;
        }
      }
    }
    store(dx + i, sum);
  });
}

/**
 * Which of N channels the window took at (h, w), a bit each; `own` are x's values there, `taken`
 * the window's. Only an element equal to the window's looks at the others.
 *
 * @param image x at its channel
 */
template <int N, class T>
__device__ u32 takenHere(
    const T* image, const PoolShape& s, Range rows, Range columns, int h, int w,
    const float (&own)[N], const float (&taken)[N]) {
  u32 here = 0;
#pragma unroll
  for (int k = 0; k < N; k++) {
    bool equal = own[k] == taken[k] || (own[k] != own[k] && taken[k] != taken[k]);
    here |= equal ? 1u << k : 0;
  }
  for (int i = rows.begin; i < rows.end && here != 0; i++) {
    for (int j = columns.begin; j < columns.end; j++) {
      bool before = i < h || (i == h && j < w);
      bool after = i > h || (i == h && j > w);
      float v[N];
      load(image + ((i64)i * s.width + j) * s.channels, v);
#pragma unroll
      for (int k = 0; k < N; k++) {
        bool other = (before && v[k] == taken[k]) || (after && v[k] != v[k]);
        here &= other ? ~(1u << k) : ~0u;
      }
    }
  }
  return here;
}

/** For the largest and the smallest alike: y says which it was. */
template <class T>
__device__ void extremePoolBackward(
    const T* x, const T* y, const T* dy, T* dx, i64 batch, PoolShape s) {
  i64 n = batch * s.height * s.width * s.channels;
  bool vector = s.channels % PACK<T> == 0 && aligned(x, y, dy, dx);
  forEach<PACK<T>>(n, vector, [=](auto lanes, i64 i) {
    constexpr int N = decltype(lanes)::COUNT;
    Place at = placeOf(i, s.height, s.width, s.channels);
    Range rows = windowsOf(at.row, s.strideH, s.top, s.windowH, s.outHeight);
    Range columns = windowsOf(at.column, s.strideW, s.left, s.windowW, s.outWidth);
    const T* image = x + at.image * s.height * s.width * s.channels + at.channel;
    i64 out = at.image * s.outHeight * s.outWidth * s.channels + at.channel;
    float own[N];
    float sum[N] = {};
    load(x + i, own);
    for (int p = rows.begin; p < rows.end; p++) {
      Range high = elementsOf(p, s.strideH, s.top, s.windowH, s.height);
      for (int q = columns.begin; q < columns.end; q++) {
        Range wide = elementsOf(q, s.strideW, s.left, s.windowW, s.width);
        i64 window = out + ((i64)p * s.outWidth + q) * s.channels;
        float v[N];
        load(y + window, v);
        u32 here = takenHere(image, s, high, wide, at.row, at.column, own, v);
        load(dy + window, v);
#pragma unroll
        for (int k = 0; k < N; k++) {
          sum[k] += (here >> k & 1) != 0 ? v[k] : 0;
        }
      }
    }
    store(dx + i, sum);
  });
}

#define KERNELS(NAME, T)                                                       \
  KERNEL_4 max_pool_forward_##NAME(const T* x, T* y, i64 batch, POOL_SHAPE) {  \
    poolForward<MAX_POOL>(x, y, batch, POOL_SHAPE_VALUES);                     \
  }                                                                            \
  KERNEL_4 min_pool_forward_##NAME(const T* x, T* y, i64 batch, POOL_SHAPE) {  \
    poolForward<MIN_POOL>(x, y, batch, POOL_SHAPE_VALUES);                     \
  }                                                                            \
  KERNEL_4 avg_pool_forward_##NAME(const T* x, T* y, i64 batch, POOL_SHAPE) {  \
    poolForward<AVERAGE_POOL>(x, y, batch, POOL_SHAPE_VALUES);                 \
  }                                                                            \
  KERNEL_4 extreme_pool_backward_##NAME(                                       \
      const T* x, const T* y, const T* dy, T* dx, i64 batch, POOL_SHAPE) {     \
    extremePoolBackward(x, y, dy, dx, batch, POOL_SHAPE_VALUES);               \
  }                                                                            \
  KERNEL avg_pool_backward_##NAME(const T* dy, T* dx, i64 batch, POOL_SHAPE) { \
    averagePoolBackward(dy, dx, batch, POOL_SHAPE_VALUES);                     \
  }
FOR_EACH_DTYPE(KERNELS)
#undef KERNELS
