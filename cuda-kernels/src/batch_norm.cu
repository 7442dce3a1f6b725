// SPDX-License-Identifier: Apache-2.0
//
// Batch normalisation over all axes but the innermost, with s[c] = 1 / sqrt(variance[c] + epsilon)
// and xhat[r,c] = (x[r,c] - mean[c]) s[c]:
//   batch_norm_statistics           mean[c] = sum over r of x[r,c] / rows
//                                   variance[c] = sum over r of (x[r,c] - mean[c])^2 / rows
//   batch_norm_forward              y[r,c] = gamma[c] xhat[r,c] + beta[c]
//   batch_norm_parameters_backward  dgamma[c] = sum over r of dy[r,c] xhat[r,c]
//                                   dbeta[c] = sum over r of dy[r,c]
//   batch_norm_backward             dx[r,c] = gamma[c] s[c] (dy[r,c] - correction (dbeta[c] +
//                                   xhat[r,c] dgamma[c]))
// correction: 1 / rows, or 0 where mean and variance were given, not made of x; then x, mean,
// dgamma and dbeta are not read, so that a NaN in them is no matter.
//
// Shapes: x, y, dy, dx: [rows, channels] of the dtype (NHWC, rows = N H W), rows >= 1; all else
// [channels] fp32. Sums and maths in fp32; one pass makes the statistics (moments.cuh), in which
// neither a large mean nor an outlier costs digits.
// Overwrites; y may be x, dx may be x or dy. Deterministic for a given grid (columns.cuh).
// Launch, forward and backward: grid ceil(rows * channels / (256 * PACK)), at least 1; block 256.
// Any grid is right.
// Launch, statistics and parameters_backward: grid and counters as bias_backward in bias.cu;
// partials: [2, parts, channels].
// Source of the formulas: javadoc of io.convoy.ops.BatchNorm and BatchNormGrad; Ioffe, Szegedy,
// arXiv 1502.03167.
#include "channels.cuh"
#include "columns.cuh"
#include "moments.cuh"

template <class T>
__device__ void batchNormStatistics(
    const T* x, float* mean, float* variance, float* partials, u32* counters, i64 rows,
    int channels) {
  auto sink = [=](int c, auto& means, auto& variances) {
    store(mean + c, means);
    store(variance + c, variances);
  };
  if (channels % PACK<T> == 0 && aligned(x, mean, variance)) {
    momentsOfColumns<PACK<T>, 4>(x, rows, channels, partials, counters, sink);
  } else {
    momentsOfColumns<1, 4>(x, rows, channels, partials, counters, sink);
  }
}

/** v[k] = 1 / sqrt(v[k] + epsilon). */
template <int N>
__device__ void inverseRoots(float epsilon, float (&v)[N]) {
#pragma unroll
  for (int k = 0; k < N; k++) {
    v[k] = rsqrtf(v[k] + epsilon);
  }
}

template <class T>
__device__ void batchNormForward(
    const T* x, const float* gamma, const float* beta, const float* mean, const float* variance,
    T* y, i64 rows, int channels, float epsilon) {
  auto body = [=](auto lanes, i64 i, u32 channel) {
    constexpr int N = decltype(lanes)::COUNT;
    float v[N];
    float centre[N];
    float scale[N];
    float factor[N];
    float shift[N];
    load(x + i, v);
    loadChannels(mean, channel, channels, centre);
    loadChannels(variance, channel, channels, scale);
    loadChannels(gamma, channel, channels, factor);
    loadChannels(beta, channel, channels, shift);
    inverseRoots(epsilon, scale);
#pragma unroll
    for (int k = 0; k < N; k++) {
      v[k] = factor[k] * ((v[k] - centre[k]) * scale[k]) + shift[k];
    }
    store(y + i, v);
  };
  forEachChannel<PACK<T>>(rows * channels, channels, aligned(x, y), body);
}

template <class T>
__device__ void batchNormParametersBackward(
    const T* x, const T* dy, const float* mean, const float* variance, float* dgamma, float* dbeta,
    float* partials, u32* counters, i64 rows, int channels, float epsilon) {
  auto source = [=](i64 i, int c, auto& v) {
    constexpr int N = sizeof(v[0]) / sizeof(float);
    float centre[N];
    load(x + i, v[0]);
    load(dy + i, v[1]);
    load(mean + c, centre);
#pragma unroll
    for (int k = 0; k < N; k++) {
      v[0][k] = v[1][k] * (v[0][k] - centre[k]);
    }
  };
  auto sink = [=](int c, auto& sum) {
    constexpr int N = sizeof(sum[0]) / sizeof(float);
    float scale[N];
    load(variance + c, scale);
    inverseRoots(epsilon, scale);
#pragma unroll
    for (int k = 0; k < N; k++) {
      sum[0][k] *= scale[k];
    }
    store(dgamma + c, sum[0]);
    store(dbeta + c, sum[1]);
  };
  if (channels % PACK<T> == 0 && aligned(x, dy, mean, variance, dgamma, dbeta)) {
    sumColumns<PACK<T>, 4, 2>(rows, channels, partials, counters, source, sink);
  } else {
    sumColumns<1, 4, 2>(rows, channels, partials, counters, source, sink);
  }
}

template <class T>
__device__ void batchNormBackward(
    const T* x, const T* dy, const float* gamma, const float* mean, const float* variance,
    const float* dgamma, const float* dbeta, T* dx, i64 rows, int channels, float epsilon,
    float correction) {
  auto body = [=](auto lanes, i64 i, u32 channel) {
    constexpr int N = decltype(lanes)::COUNT;
    float gradient[N];
    float scale[N];
    float vector[N];  // one after the other, which saves registers
    load(dy + i, gradient);
    loadChannels(variance, channel, channels, scale);
    inverseRoots(epsilon, scale);
    if (correction != 0) {
      float v[N];
      load(x + i, v);
      loadChannels(mean, channel, channels, vector);
#pragma unroll
      for (int k = 0; k < N; k++) {
        v[k] = (v[k] - vector[k]) * scale[k];
      }
      loadChannels(dgamma, channel, channels, vector);
#pragma unroll
      for (int k = 0; k < N; k++) {
        v[k] *= vector[k];
      }
      loadChannels(dbeta, channel, channels, vector);
#pragma unroll
      for (int k = 0; k < N; k++) {
        gradient[k] -= correction * (vector[k] + v[k]);
      }
    }
    loadChannels(gamma, channel, channels, vector);
#pragma unroll
    for (int k = 0; k < N; k++) {
      gradient[k] *= vector[k] * scale[k];
    }
    store(dx + i, gradient);
  };
  forEachChannel<PACK<T>>(rows * channels, channels, aligned(x, dy, dx), body);
}

#define KERNELS(NAME, T)                                                                       \
  KERNEL batch_norm_statistics_##NAME(                                                         \
      const T* x, float* mean, float* variance, float* partials, u32* counters, i64 rows,      \
      int channels) {                                                                          \
    batchNormStatistics(x, mean, variance, partials, counters, rows, channels);                \
  }                                                                                            \
  KERNEL batch_norm_forward_##NAME(                                                            \
      const T* x, const float* gamma, const float* beta, const float* mean,                    \
      const float* variance, T* y, i64 rows, int channels, float epsilon) {                    \
    batchNormForward(x, gamma, beta, mean, variance, y, rows, channels, epsilon);              \
  }                                                                                            \
  KERNEL_4 batch_norm_parameters_backward_##NAME(                                              \
      const T* x, const T* dy, const float* mean, const float* variance, float* dgamma,        \
      float* dbeta, float* partials, u32* counters, i64 rows, int channels, float epsilon) {   \
    batchNormParametersBackward(                                                               \
        x, dy, mean, variance, dgamma, dbeta, partials, counters, rows, channels, epsilon);    \
  }                                                                                            \
  KERNEL batch_norm_backward_##NAME(                                                           \
      const T* x, const T* dy, const float* gamma, const float* mean, const float* variance,   \
      const float* dgamma, const float* dbeta, T* dx, i64 rows, int channels, float epsilon,   \
      float correction) {                                                                      \
    batchNormBackward(                                                                         \
        x, dy, gamma, mean, variance, dgamma, dbeta, dx, rows, channels, epsilon, correction); \
  }
FOR_EACH_DTYPE(KERNELS)
#undef KERNELS
