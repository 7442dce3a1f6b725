// SPDX-License-Identifier: Apache-2.0
//
// What is true of a row, given as a class or as a distribution, and how far up the predictions put
// it.
#pragma once

#include "rows.cuh"

/** labels: [rows], the row's class. */
struct SparseLabels {
  const i32* labels;
  int classes;

  /** The true class of a row, -1 if its label is none. */
  template <int THREADS>
  __device__ int classOf(i64 row, int) const {
    int label = labels[row];
    return label >= 0 && label < classes ? label : -1;
  }

  /** The share of class c in a row of class `label`; NaN if there is no such class. */
  __device__ float share(i64, int c, int label) const {
    return label < 0 ? quietNan() : c == label ? 1.0f : 0.0f;
  }
};

/** labels: [rows, classes], the row's distribution; its largest share, the first of equals, counts
 * as the row's class. */
struct DenseLabels {
  const float* labels;
  int classes;

  template <int THREADS>
  __device__ int classOf(i64 row, int thread) const {
    const float* shares = labels + row * classes;
    float largest = maxOfRow<THREADS>(shares, classes, false, thread);
    auto place = [=](float share, int c) { return share == largest ? c : classes; };
    auto first = [](int a, int b) { return a < b ? a : b; };
    int c = reduceRow<THREADS>(shares, classes, false, thread, classes, place, first);
    return c < classes ? c : 0;  // all NaN
  }

  __device__ float share(i64 row, int c, int) const { return labels[row * classes + c]; }
};

/**
 * How many of a row's predictions count as larger than that of its class; of equals the first does.
 * All of them if the row has no class or its prediction is NaN.
 */
template <int THREADS, class T>
__device__ int rankOf(const T* predictions, int classes, bool vector, int thread, int label) {
  float own = label < 0 ? quietNan() : toFloat(predictions[label]);
  auto ahead = [=](float p, int c) {
    return p > own || (p == own && c < label) ? 1 : 0;
  };
  int count = reduceRow<THREADS>(predictions, classes, vector, thread, 0, ahead, Sum());
  return own == own ? count : classes;
}
