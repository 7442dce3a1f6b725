// SPDX-License-Identifier: Apache-2.0
//
// Windows of an image [batch, height, width, channels], and what pooling takes of one.
// Of equal elements the first in row-major order is taken; a NaN is taken, the last of several.
// Source of the rules: javadoc of io.convoy.ops.PoolSpec and Padding.
#pragma once

#include "layout.cuh"

struct PoolShape {
  int height, width, channels, outHeight, outWidth;
  int windowH, windowW, strideH, strideW, top, left;
};

/** A kernel's parameters for a shape, and the shape of these. */
#define POOL_SHAPE                                                                            \
  int height, int width, int channels, int outHeight, int outWidth, int windowH, int windowW, \
      int strideH, int strideW, int top, int left
#define POOL_SHAPE_VALUES                                                                       \
  PoolShape {                                                                                   \
    height, width, channels, outHeight, outWidth, windowH, windowW, strideH, strideW, top, left \
  }

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

/** Which element of window (p, q) is (h, w): row-major, padding counted. */
inline __device__ u32 placeInWindow(const PoolShape& s, int p, int q, int h, int w) {
  return (h + s.top - p * s.strideH) * s.windowW + (w + s.left - q * s.strideW);
}

/** A place in a window for each of N channels, a byte each: registers are scarce. */
template <int N>
struct Places {
  u32 words[(N + 3) / 4];

  __device__ u32 of(int k) const { return words[k / 4] >> k % 4 * 8 & 0xff; }

  __device__ void replace(int k, bool replaced, u32 place) {
    u32 mask = replaced ? 0xffu << k % 4 * 8 : 0;
    words[k / 4] = (words[k / 4] & ~mask) | (place * 0x01010101u & mask);
  }
};

/** p[0 .. N-1], aligned to 4 or, for N = 8, 8 bytes if N > 1. */
template <int N>
__device__ void load(const u8* p, Places<N>& places) {
  if constexpr (N == 1) {
    places.words[0] = *p;
  } else {
    loadWords(p, places.words);
  }
}

template <int N>
__device__ void store(u8* p, const Places<N>& places) {
  if constexpr (N == 1) {
    *p = (u8)places.words[0];
  } else {
    storeWords(p, places.words);
  }
}

enum PoolKind { MAX_POOL, MIN_POOL, AVERAGE_POOL };

/** Whether v is taken rather than the best of those before it. */
template <PoolKind KIND>
__device__ bool isBetter(float v, float best) {
  return (KIND == MAX_POOL ? v > best : v < best) || v != v;
}

/**
 * Pools the window that N channels at `at` of y stand for.
 *
 * @param element called as element(offset in an image, its values [N] to be filled)
 * @param taken becomes the place in the window of what was taken; not written for a mean
 */
template <PoolKind KIND, int N, class Element>
__device__ void poolWindow(
    const PoolShape& s, const Place& at, Element element, float (&result)[N],
    Places<N>& taken) {
  Range rows = elementsOf(at.row, s.strideH, s.top, s.windowH, s.height);
  Range columns = elementsOf(at.column, s.strideW, s.left, s.windowW, s.width);
  u32 begin = placeInWindow(s, at.row, at.column, rows.begin, columns.begin);
#pragma unroll
  for (int k = 0; k < N; k++) {
    result[k] = KIND == MAX_POOL ? -infinity() : KIND == MIN_POOL ? infinity() : 0;
    taken.replace(k, true, begin);
  }
  for (int h = rows.begin; h < rows.end; h++) {
    for (int w = columns.begin; w < columns.end; w++) {
      float v[N];
      element(((i64)h * s.width + w) * s.channels + at.channel, v);
      u32 place = placeInWindow(s, at.row, at.column, h, w);
#pragma unroll
      for (int k = 0; k < N; k++) {
        if constexpr (KIND == AVERAGE_POOL) {
          result[k] += v[k];
        } else {
          bool better = isBetter<KIND>(v[k], result[k]);
          result[k] = better ? v[k] : result[k];
          taken.replace(k, better, place);
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
}
