// SPDX-License-Identifier: Apache-2.0
//
// Whether the label's class is among the k largest predictions: y[r] = 1 if fewer than k
// predictions count as larger than the label's, else 0. Of equal predictions the one with the
// smaller index counts as larger. 0 where the label is no class or its prediction NaN.
//
// Shapes: predictions: [rows, classes] fp32; labels: [rows] i32 (_sparse) or [rows, classes] fp32
// (_dense), whose largest element is meant; y: [rows] fp32.
// Overwrites. Deterministic.
// Launch: a warp a row: grid ceil(rows / 8), at least 1; block 256. Any grid is right.
// Source of the formula: javadoc of io.convoy.ops.InTopK.
#include "labels.cuh"

template <class Labels>
__device__ void inTopK(
    const float* predictions, Labels labels, float* y, i64 rows, int classes, int k) {
  bool vector = classes % PACK<float> == 0 && aligned(predictions);
  forEachRow<WARP>(rows, [=](i64 row, int thread) {
    const float* p = predictions + row * classes;
    int label = labels.template classOf<WARP>(row, thread);
    int rank = rankOf<WARP>(p, classes, vector, thread, label);
    if (thread == 0) {
      y[row] = rank < k && rank < classes ? 1 : 0;
    }
  });
}

KERNEL in_top_k_forward_f32_sparse(
    const float* predictions, const i32* labels, float* y, i64 rows, int classes, int k) {
  inTopK(predictions, SparseLabels{labels, classes}, y, rows, classes, k);
}

KERNEL in_top_k_forward_f32_dense(
    const float* predictions, const float* labels, float* y, i64 rows, int classes, int k) {
  inTopK(predictions, DenseLabels{labels, classes}, y, rows, classes, k);
}
