// SPDX-License-Identifier: Apache-2.0
// Windows over images in plain loops, and shapes that show their corners.
#pragma once

#include <functional>

#include "pool.cuh"
#include "tensors.hpp"

struct Pooling {
  i64 batch;
  PoolShape s;
};

inline i64 index(i64 n, int row, int column, int c, int rows, int columns, int channels) {
  return ((n * rows + row) * columns + column) * channels + c;
}

/** Calls visit(index into y, indices into x) for each window, rows first. */
inline void eachWindow(const Pooling& p, const std::function<void(i64, std::vector<i64>)>& visit) {
  const PoolShape& s = p.s;
  for (i64 n = 0; n < p.batch; n++) {
    for (int i = 0; i < s.outHeight * s.outWidth * s.channels; i++) {
      int c = i % s.channels, q = i / s.channels % s.outWidth, r = i / s.channels / s.outWidth;
      std::vector<i64> taps;
      for (int a = 0; a < s.windowH; a++) {
        for (int b = 0; b < s.windowW; b++) {
          int h = r * s.strideH - s.top + a, w = q * s.strideW - s.left + b;
          if (h >= 0 && h < s.height && w >= 0 && w < s.width) {
            taps.push_back(index(n, h, w, c, s.height, s.width, s.channels));
          }
        }
      }
      visit(index(n, r, q, c, s.outHeight, s.outWidth, s.channels), taps);
    }
  }
}

inline i64 taken(PoolKind kind, const Doubles& x, const std::vector<i64>& taps) {
  i64 best = taps[0];
  for (i64 tap : taps) {
    bool better = kind == MAX_POOL ? x[tap] > x[best] : x[tap] < x[best];
    if (better || std::isnan(x[tap])) best = tap;
  }
  return best;
}

#define SHAPE_OF(s)                                                                           \
  s.height, s.width, s.channels, s.outHeight, s.outWidth, s.windowH, s.windowW, s.strideH,     \
      s.strideW, s.top, s.left

inline std::vector<Pooling> poolings() {
  // batch, {height, width, channels, outHeight, outWidth, window, stride, top, left}
  return {
      {3, {6, 6, 8, 3, 3, 2, 2, 2, 2, 0, 0}},       // the usual halving, in packs
      {2, {7, 5, 3, 3, 2, 2, 2, 2, 2, 0, 0}},       // no packs; a row and a column are left over
      {2, {5, 5, 8, 3, 3, 2, 2, 2, 2, 0, 0}},       // SAME: the odd row goes to the bottom
      {2, {8, 9, 16, 4, 5, 3, 3, 2, 2, 0, 1}},      // overlapping, padding differs by side
      {1, {6, 7, 5, 6, 7, 3, 3, 1, 1, 1, 1}},       // stride 1, every element in 9 windows
      {2, {7, 7, 8, 1, 1, 7, 7, 7, 7, 0, 0}},       // global
      {2, {9, 6, 4, 3, 2, 2, 1, 4, 3, 0, 0}},       // windows that skip elements
      {2, {5, 8, 1, 5, 3, 1, 4, 1, 2, 0, 0}},       // flat windows, one channel
      {0, {4, 4, 8, 2, 2, 2, 2, 2, 2, 0, 0}}};
}
