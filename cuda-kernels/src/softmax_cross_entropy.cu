// SPDX-License-Identifier: Apache-2.0
//
// Cross-entropy of softmax(logits) with labels, its gradient and the count of right answers, in one
// pass. With p = (1 - smoothing) labels + smoothing / classes, m = max z, s = sum of e^(z - m):
//   loss[r] = log s sum(p) - sum(p (z - m))          = -sum(p log softmax(z))
//   backprop[r,c] = scale (e^(z - m) / s sum(p) - p)
//   correct += the number of rows whose largest logit, the first of equals, is the label's
//
// Shapes: logits z, backprop: [rows, classes] of the dtype; labels: [rows] i32 (_sparse) or
// [rows, classes] fp32 (_dense), where the largest share is the label; loss: [rows] fp32;
// correct: [1] u32. scale: 1 for the op itself; 1 / rows saves the mean's gradient a launch.
// A sparse label outside 0 .. classes-1 makes its row NaN and is no right answer.
// Overwrites loss and backprop, which may be the logits; adds to correct. Deterministic: the only
// atomic is on an integer.
// Launch: block 256. Plain: a warp a row, for up to 128 classes: grid ceil(rows / 8), at least 1.
// _wide: a block a row: grid rows, at least 1. Any grid is right: rows are strided over.
// Source of the formulas: javadoc of io.convoy.ops.SoftmaxCrossEntropy and InTopK.
#include "labels.cuh"

template <int THREADS, class T, class Labels>
__device__ void softmaxCrossEntropy(
    const T* logits, Labels labels, float* loss, T* backprop, u32* correct, i64 rows,
    int classes, float smoothing, float scale) {
  bool vector = classes % PACK<T> == 0 && aligned(logits, backprop);
  forEachRow<THREADS>(rows, [=](i64 row, int thread) {
    const T* z = logits + row * classes;
    int label = labels.template classOf<THREADS>(row, thread);
    int rank = rankOf<THREADS>(z, classes, vector, thread, label);
    float largest = maxOfRow<THREADS>(z, classes, vector, thread);
    float floor = smoothing / classes;
    auto target = [=](int c) { return (1 - smoothing) * labels.share(row, c, label) + floor; };
    float sum = 0;    // of e^(z - m)
    float mass = 0;   // of p
    float cross = 0;  // of p (z - m)
    forEach<PACK<T>>(thread, THREADS, classes, vector, [&](auto lanes, i64 i) {
      constexpr int N = decltype(lanes)::COUNT;
      float v[N];
      load(z + i, v);
#pragma unroll
      for (int k = 0; k < N; k++) {
        float p = target((int)i + k);
        sum += expf(v[k] - largest);
        mass += p;
        cross += p * (v[k] - largest);
      }
    });
    sum = reduceThreads<THREADS>(sum, Sum());
    mass = reduceThreads<THREADS>(mass, Sum());
    cross = reduceThreads<THREADS>(cross, Sum());
    float factor = mass * (1 / sum);
    forEach<PACK<T>>(thread, THREADS, classes, vector, [=](auto lanes, i64 i) {
      constexpr int N = decltype(lanes)::COUNT;
      float v[N];
      load(z + i, v);
#pragma unroll
      for (int k = 0; k < N; k++) {
        v[k] = scale * (expf(v[k] - largest) * factor - target((int)i + k));
      }
      store(backprop + row * classes + i, v);
    });
    if (thread == 0) {
      loss[row] = logf(sum) * mass - cross;
      if (rank == 0) {
        atomicAdd(correct, 1u);
      }
    }
  });
}

#define VARIANT(SUFFIX, THREADS, T, LABEL, LABELS)                                          \
  KERNEL_4 softmax_cross_entropy_forward_##SUFFIX(                                          \
          const T* logits, const LABEL* labels, float* loss, T* backprop, u32* correct,     \
          i64 rows, int classes, float smoothing, float scale) {                            \
    softmaxCrossEntropy<THREADS>(                                                           \
        logits, LABELS{labels, classes}, loss, backprop, correct, rows, classes, smoothing, \
        scale);                                                                             \
  }
#define KERNELS(NAME, T)                                   \
  VARIANT(NAME##_sparse, WARP, T, i32, SparseLabels)       \
  VARIANT(NAME##_sparse_wide, BLOCK, T, i32, SparseLabels) \
  VARIANT(NAME##_dense, WARP, T, float, DenseLabels)       \
  VARIANT(NAME##_dense_wide, BLOCK, T, float, DenseLabels)
FOR_EACH_DTYPE(KERNELS)
#undef KERNELS
#undef VARIANT
