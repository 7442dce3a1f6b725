// SPDX-License-Identifier: Apache-2.0
//
// Cross-entropy of sigmoid(logits) with labels, element by element, and its gradient in one pass:
//   loss = max(z, 0) - z p + log(1 + e^-|z|);  backprop = sigmoid(z) - p
//
// Shapes: logits z, backprop: [n] of the dtype, labels p in [0, 1] and loss: [n] fp32.
// Overwrites loss and backprop, which may be the logits. Deterministic.
// Launch: grid ceil(n / (256 * PACK)), at least 1; block 256. Any grid is right.
// Source of the formulas: javadoc of io.convoy.ops.SigmoidCrossEntropy.
#include "activation.cuh"
#include "vector.cuh"

template <class T>
__device__ void sigmoidCrossEntropy(
    const T* logits, const float* labels, float* loss, T* backprop, i64 n) {
  forEach<PACK<T>>(n, aligned(logits, labels, loss, backprop), [=](auto lanes, i64 i) {
    constexpr int N = decltype(lanes)::COUNT;
    float z[N];
    float p[N];
    float l[N];
    load(logits + i, z);
    load(labels + i, p);
#pragma unroll
    for (int k = 0; k < N; k++) {
      l[k] = (z[k] < 0 ? 0 : z[k]) - z[k] * p[k] + log1pf(expf(-fabsf(z[k])));
      z[k] = sigmoid(z[k]) - p[k];
    }
    store(loss + i, l);
    store(backprop + i, z);
  });
}

#define KERNELS(NAME, T)                                                       \
  KERNEL sigmoid_cross_entropy_forward_##NAME(                                 \
      const T* logits, const float* labels, float* loss, T* backprop, i64 n) { \
    sigmoidCrossEntropy(logits, labels, loss, backprop, n);                    \
  }
FOR_EACH_DTYPE(KERNELS)
#undef KERNELS
