// SPDX-License-Identifier: Apache-2.0
//
// Cross-entropy of softmax(logits) with labels, its gradient and which answers are right, in one
// pass. With p = (1 - smoothing) labels + smoothing / classes, m = max z, s = sum of e^(z - m):
//   loss[r] = log s sum(p) - sum(p (z - m))          = -sum(p log softmax(z))
//   backprop[r,c] = scale f1[r] f2[r] (e^(z - m) / s sum(p) - p)
//   hits[r] = 1 if the label's logit is among the k largest, as in in_top_k.cu, else 0
//
// Shapes: logits z, backprop: [rows, classes] of the dtype; labels: [rows] i32 (_sparse) or
// [rows, classes] fp32 (_dense), where the largest share is the label; factors f1, f2: fp32, [rows]
// with step 1, [1] with step 0, or null for 1; loss, hits: [rows] fp32, hits null if nobody asks.
// Scale and factors save launches: 1 / rows is a mean's gradient, a factor weighs rows or is the
// scale of an fp16 loss, in device memory.
// A sparse label outside 0 .. classes-1 makes its row NaN and is no right answer.
// Overwrites; backprop may be the logits. Deterministic.
// Launch: block 256. Plain: a warp a row, for up to 128 classes: grid ceil(rows / 8), at least 1.
// _wide: a block a row: grid rows, at least 1. Any grid is right: rows are strided over.
// Source of the formulas: javadoc of io.convoy.ops.SoftmaxCrossEntropy and InTopK.
#include "labels.cuh"

/** A factor a row: its place for row r is r step. */
struct RowFactor {
  const float* values;
  int step;

  __device__ float of(i64 row) const { return values == nullptr ? 1.0f : values[row * step]; }
};

template <int THREADS, class T, class Labels>
__device__ void softmaxCrossEntropy(
    const T* logits, Labels labels, RowFactor first, RowFactor second, float* loss, T* backprop,
    float* hits, i64 rows, int classes, int k, float smoothing, float scale) {
  bool vector = classes % PACK<T> == 0 && aligned(logits, backprop);
  forEachRow<THREADS>(rows, [=](i64 row, int thread) {
    const T* z = logits + row * classes;
    int label = labels.template classOf<THREADS>(row, thread);
    if (hits != nullptr) {
      int rank = rankOf<THREADS>(z, classes, vector, thread, label);
      if (thread == 0) {
        hits[row] = rank < k && rank < classes ? 1 : 0;
      }
    }
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
    float rowScale = scale * first.of(row) * second.of(row);
    forEach<PACK<T>>(thread, THREADS, classes, vector, [=](auto lanes, i64 i) {
      constexpr int N = decltype(lanes)::COUNT;
      float v[N];
      load(z + i, v);
#pragma unroll
      for (int k = 0; k < N; k++) {
        v[k] = rowScale * (expf(v[k] - largest) * factor - target((int)i + k));
      }
      store(backprop + row * classes + i, v);
    });
    if (thread == 0) {
      loss[row] = logf(sum) * mass - cross;
    }
  });
}

#define VARIANT(SUFFIX, THREADS, T, LABEL, LABELS)                                    \
  KERNEL_4 softmax_cross_entropy_forward_##SUFFIX(                                    \
          const T* logits, const LABEL* labels, const float* first, int firstStep,    \
          const float* second, int secondStep, float* loss, T* backprop, float* hits, \
          i64 rows, int classes, int k, float smoothing, float scale) {               \
    softmaxCrossEntropy<THREADS>(                                                     \
        logits, LABELS{labels, classes}, RowFactor{first, firstStep},                 \
        RowFactor{second, secondStep}, loss, backprop, hits, rows, classes, k,        \
        smoothing, scale);                                                            \
  }
#define KERNELS(NAME, T)                                   \
  VARIANT(NAME##_sparse, WARP, T, i32, SparseLabels)       \
  VARIANT(NAME##_sparse_wide, BLOCK, T, i32, SparseLabels) \
  VARIANT(NAME##_dense, WARP, T, float, DenseLabels)       \
  VARIANT(NAME##_dense_wide, BLOCK, T, float, DenseLabels)
FOR_EACH_DTYPE(KERNELS)
#undef KERNELS
#undef VARIANT
