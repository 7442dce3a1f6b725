// SPDX-License-Identifier: Apache-2.0
//
// Softmax over the innermost axis, or with log != 0 its logarithm, and their gradients:
//   softmax_forward    y[r,c] = e^(x[r,c] - m) / s,  log: x[r,c] - m - log s
//                      with m = max over c of x[r,c], s = sum over c of e^(x[r,c] - m)
//   softmax_backward   dx = (dy - sum(dy y)) y,  log: dx = dy - e^y sum(dy)
//
// Shapes: x, y, dy, dx: [rows, classes] of the dtype, row-major. Maths and sums in fp32.
// A NaN or +infinity makes its whole row NaN.
// Overwrites; y may be x, dx may be y or dy. Deterministic.
// Launch: block 256. Plain: a warp a row, for up to 128 classes: grid ceil(rows / 8), at least 1.
// _wide: a block a row: grid rows, at least 1. Any grid is right: rows are strided over.
// Source of the formulas: javadoc of io.convoy.ops.Softmax and SoftmaxGrad.
#include "rows.cuh"

template <int THREADS, class T>
__device__ void softmaxForward(const T* x, T* y, i64 rows, int classes, int log) {
  bool vector = classes % PACK<T> == 0 && aligned(x, y);
  forEachRow<THREADS>(rows, [=](i64 row, int thread) {
    const T* from = x + row * classes;
    T* to = y + row * classes;
    float largest = maxOfRow<THREADS>(from, classes, vector, thread);
    auto power = [=](float v, int) { return expf(v - largest); };
    float sum = reduceRow<THREADS>(from, classes, vector, thread, 0.0f, power, Sum());
    float factor = 1 / sum;
    float shift = logf(sum);
    forEach<PACK<T>>(thread, THREADS, classes, vector, [=](auto lanes, i64 i) {
      constexpr int N = decltype(lanes)::COUNT;
      float v[N];
      load(from + i, v);
#pragma unroll
      for (int k = 0; k < N; k++) {
        v[k] -= largest;
        v[k] = log ? v[k] - shift : expf(v[k]) * factor;
      }
      store(to + i, v);
    });
  });
}

template <int THREADS, class T>
__device__ void softmaxBackward(
    const T* y, const T* dy, T* dx, i64 rows, int classes, int log) {
  bool vector = classes % PACK<T> == 0 && aligned(y, dy, dx);
  forEachRow<THREADS>(rows, [=](i64 row, int thread) {
    i64 begin = row * classes;
    float sum = 0;
    forEach<PACK<T>>(thread, THREADS, classes, vector, [&](auto lanes, i64 i) {
      constexpr int N = decltype(lanes)::COUNT;
      float value[N];
      float gradient[N];
      load(y + begin + i, value);
      load(dy + begin + i, gradient);
#pragma unroll
      for (int k = 0; k < N; k++) {
        sum += log ? gradient[k] : gradient[k] * value[k];
      }
    });
    sum = reduceThreads<THREADS>(sum, Sum());
    forEach<PACK<T>>(thread, THREADS, classes, vector, [=](auto lanes, i64 i) {
      constexpr int N = decltype(lanes)::COUNT;
      float value[N];
      float gradient[N];
      load(y + begin + i, value);
      load(dy + begin + i, gradient);
#pragma unroll
      for (int k = 0; k < N; k++) {
        gradient[k] =
            log ? gradient[k] - expf(value[k]) * sum : (gradient[k] - sum) * value[k];
      }
      store(dx + begin + i, gradient);
    });
  });
}

#define VARIANT(SUFFIX, THREADS, T)                                     \
  KERNEL softmax_forward_##SUFFIX(                                      \
      const T* x, T* y, i64 rows, int classes, int log) {               \
    softmaxForward<THREADS>(x, y, rows, classes, log);                  \
  }                                                                     \
  KERNEL softmax_backward_##SUFFIX(                                     \
      const T* y, const T* dy, T* dx, i64 rows, int classes, int log) { \
    softmaxBackward<THREADS>(y, dy, dx, rows, classes, log);            \
  }
#define KERNELS(NAME, T) VARIANT(NAME, WARP, T) VARIANT(NAME##_wide, BLOCK, T)
FOR_EACH_DTYPE(KERNELS)
#undef KERNELS
#undef VARIANT
