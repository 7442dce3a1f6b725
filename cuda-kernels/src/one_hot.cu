// SPDX-License-Identifier: Apache-2.0
//
// The class of each row as a row: y[r,c] = 1 where c is the class of row r, else 0; all 0 where it
// has none.
//
// Shapes: labels: [rows] i32 (_sparse) or [rows, classes] fp32 (_dense), whose largest element, the
// first of equals, is meant; y: [rows, classes] fp32.
// Overwrites. Deterministic.
// Launch: a warp a row: grid ceil(rows / 8), at least 1; block 256. Any grid is right.
// Source of the formula: javadoc of io.convoy.ops.OneHot.
#include "labels.cuh"

template <class Labels>
__device__ void oneHot(Labels labels, float* y, i64 rows, int classes) {
  forEachRow<WARP>(rows, [=](i64 row, int thread) {
    int label = labels.template classOf<WARP>(row, thread);
    for (int c = thread; c < classes; c += WARP) {
      y[row * classes + c] = c == label ? 1.0f : 0.0f;
    }
  });
}

KERNEL one_hot_forward_f32_sparse(const i32* labels, float* y, i64 rows, int classes) {
  oneHot(SparseLabels{labels, classes}, y, rows, classes);
}

KERNEL one_hot_forward_f32_dense(const float* labels, float* y, i64 rows, int classes) {
  oneHot(DenseLabels{labels, classes}, y, rows, classes);
}
