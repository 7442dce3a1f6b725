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
// Of equal elements the first in row-major order is taken; a NaN is taken, the last of several.
//
// Shapes: x, dx: [batch, height, width, channels]; y, dy: [batch, outHeight, outWidth, channels], all
// of the dtype, NHWC. Every window holds an element.
// Maths in fp32. Overwrites; not in place. Deterministic: each dx gathers from its windows.
// Launch: block 256; grid ceil(batch * outHeight * outWidth * channels / (256 * PACK)) forward,
// ceil(batch * height * width * channels / (256 * PACK)) backward, at least 1. Any grid is right.
// Packs of channels are used where PACK divides them.
// Source of the rules: javadoc of io.convoy.ops.PoolSpec and Padding.
#include "layout.cuh"

struct PoolShape {
  int height, width, channels, outHeight, outWidth;
  int windowH, windowW, strideH, strideW, top, left;
};

/** Indices from `begin` to before `end`. */
struct Range {
  int begin, end;
};

/** The elements of window p that lie inside an axis of `length`. */
inline __device__ Range elementsOf(int p, int stride, int before, int window, int length) {
  int begin = p * stride - before;
  int end = begin + window;
  return Range{begin < 0 ? 0 : begin, end > length ? length : end};
}

/** The windows, of `count`, that hold element h of an axis. */
inline __device__ Range windowsOf(int h, int stride, int before, int window, int count) {
  int begin = h + before < window ? 0 : (h + before - window) / stride + 1;
  int end = (h + before) / stride + 1;
  return Range{begin, end > count ? count : end};
}

enum PoolKind { MAX_POOL, MIN_POOL, AVERAGE_POOL };

/** Whether v is taken rather than the best of those before it. */
template <PoolKind KIND>
__device__ bool isBetter(float v, float best) {
  return (KIND == MAX_POOL ? v > best : v < best) || v != v;
}

template <PoolKind KIND, class T>
__device__ void poolForward(const T* x, T* y, i64 batch, PoolShape s) {
  i64 n = batch * s.outHeight * s.outWidth * s.channels;
  bool vector = s.channels % PACK<T> == 0 && aligned(x, y);
  forEach<PACK<T>>(n, vector, [=](auto lanes, i64 i) {
    constexpr int N = decltype(lanes)::COUNT;
    Place at = placeOf(i, s.outHeight, s.outWidth, s.channels);
    Range rows = elementsOf(at.row, s.strideH, s.top, s.windowH, s.height);
    Range columns = elementsOf(at.column, s.strideW, s.left, s.windowW, s.width);
    const T* image = x + at.image * s.height * s.width * s.channels + at.channel;
    float result[N];
    load(image + ((i64)rows.begin * s.width + columns.begin) * s.channels, result);
    for (int h = rows.begin; h < rows.end; h++) {
      for (int w = columns.begin; w < columns.end; w++) {
        if (h == rows.begin && w == columns.begin) {
          continue;
        }
        float v[N];
        load(image + ((i64)h * s.width + w) * s.channels, v);
#pragma unroll
        for (int k = 0; k < N; k++) {
          if constexpr (KIND == AVERAGE_POOL) {
            result[k] += v[k];
          } else {
            result[k] = isBetter<KIND>(v[k], result[k]) ? v[k] : result[k];
          }
        }
      }
    }
    if constexpr (KIND == AVERAGE_POOL) {
      float share = 1.0f / ((rows.end - rows.begin) * (columns.end - columns.begin));
#pragma unroll
      for (int k = 0; k < N; k++) {
        result[k] *= share;
      }
    }
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

#define SHAPE                                                                                 \
  int height, int width, int channels, int outHeight, int outWidth, int windowH, int windowW, \
      int strideH, int strideW, int top, int left
#define SHAPE_VALUES                                                                            \
  PoolShape {                                                                                   \
    height, width, channels, outHeight, outWidth, windowH, windowW, strideH, strideW, top, left \
  }
#define KERNELS(NAME, T)                                                  \
  KERNEL max_pool_forward_##NAME(const T* x, T* y, i64 batch, SHAPE) {    \
    poolForward<MAX_POOL>(x, y, batch, SHAPE_VALUES);                     \
  }                                                                       \
  KERNEL min_pool_forward_##NAME(const T* x, T* y, i64 batch, SHAPE) {    \
    poolForward<MIN_POOL>(x, y, batch, SHAPE_VALUES);                     \
  }                                                                       \
  KERNEL avg_pool_forward_##NAME(const T* x, T* y, i64 batch, SHAPE) {    \
    poolForward<AVERAGE_POOL>(x, y, batch, SHAPE_VALUES);                 \
  }                                                                       \
  KERNEL_4 extreme_pool_backward_##NAME(                                  \
      const T* x, const T* y, const T* dy, T* dx, i64 batch, SHAPE) {     \
    extremePoolBackward(x, y, dy, dx, batch, SHAPE_VALUES);               \
  }                                                                       \
  KERNEL avg_pool_backward_##NAME(const T* dy, T* dx, i64 batch, SHAPE) { \
    averagePoolBackward(dy, dx, batch, SHAPE_VALUES);                     \
  }
FOR_EACH_DTYPE(KERNELS)
#undef KERNELS
#undef SHAPE_VALUES
#undef SHAPE
