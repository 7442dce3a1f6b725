// SPDX-License-Identifier: Apache-2.0
//
// Batch normalisation over all axes but the innermost, with s[c] = 1 / sqrt(variance[c] + epsilon)
// and xhat[r,c] = (x[r,c] - mean[c]) s[c]:
//   batch_norm_mean             mean[c] = sum over r of x[r,c] / rows
//   batch_norm_variance         variance[c] = sum over r of (x[r,c] - mean[c])^2 / rows
//   batch_norm_forward          y[r,c] = gamma[c] xhat[r,c] + beta[c]
//   batch_norm_gamma_backward   dgamma[c] = sum over r of dy[r,c] xhat[r,c]
//   batch_norm_backward         dx[r,c] = gamma[c] s[c] (dy[r,c] - correction (dbeta[c] +
//                               xhat[r,c] dgamma[c]))
// dbeta is bias_backward of dy.
// correction: 1 / rows, or 0 where mean and variance were given, not made of x; then x, mean,
// dgamma and dbeta are not read, so that a NaN in them is no matter.
//
// Shapes: x, y, dy, dx: [rows, channels] of the dtype (NHWC, rows = N H W), rows >= 1; all else
// [channels] fp32. Sums and maths in fp32; the squares are of distances from the mean, so that a
// large mean costs no digits.
// Overwrites; y may be x, dx may be x or dy. Deterministic for a given grid (columns.cuh).
// Launch, forward and backward: grid ceil(rows * channels / (256 * PACK)), at least 1; block 256.
// Any grid is right.
// Launch, mean, variance and gamma_backward: grid, partials and counters as bias_backward in bias.cu.
// Source of the formulas: javadoc of io.convoy.ops.BatchNorm and BatchNormGrad; Ioffe, Szegedy,
// arXiv 1502.03167.
#include "channels.cuh"
#include "columns.cuh"

/** The sums of columns, divided by their number of rows, into a vector. */
inline __device__ auto meanInto(float* vector, i64 rows) {
  return [=](int c, auto& sum) {
    constexpr int N = sizeof(sum) / sizeof(float);
#pragma unroll
    for (int k = 0; k < N; k++) {
      sum[k] /= rows;
    }
    store(vector + c, sum);
  };
}

template <class T>
__device__ void batchNormMean(
    const T* x, float* mean, float* partials, u32* counters, i64 rows, int channels) {
  auto source = [=](i64 i, int, auto& v) { load(x + i, v); };
  auto sink = meanInto(mean, rows);
  if (channels % PACK<T> == 0 && aligned(x, mean)) {
    sumColumns<PACK<T>, 4>(rows, channels, partials, counters, source, sink);
  } else {
    sumColumns<1, 4>(rows, channels, partials, counters, source, sink);
  }
}

template <class T>
__device__ void batchNormVariance(
    const T* x, const float* mean, float* variance, float* partials, u32* counters, i64 rows,
    int channels) {
  auto source = [=](i64 i, int c, auto& v) {
    constexpr int N = sizeof(v) / sizeof(float);
    float centre[N];
    load(x + i, v);
    load(mean + c, centre);
#pragma unroll
    for (int k = 0; k < N; k++) {
      float distance = v[k] - centre[k];
      v[k] = distance * distance;
    }
  };
  auto sink = meanInto(variance, rows);
  if (channels % PACK<T> == 0 && aligned(x, mean, variance)) {
    sumColumns<PACK<T>, 4>(rows, channels, partials, counters, source, sink);
  } else {
    sumColumns<1, 4>(rows, channels, partials, counters, source, sink);
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
__device__ void batchNormGammaBackward(
    const T* x, const T* dy, const float* mean, const float* variance, float* dgamma,
    float* partials, u32* counters, i64 rows, int channels, float epsilon) {
  auto source = [=](i64 i, int c, auto& v) {
    constexpr int N = sizeof(v) / sizeof(float);
    float gradient[N];
    float centre[N];
    load(x + i, v);
    load(dy + i, gradient);
    load(mean + c, centre);
#pragma unroll
    for (int k = 0; k < N; k++) {
      v[k] = gradient[k] * (v[k] - centre[k]);
    }
  };
  auto sink = [=](int c, auto& sum) {
    constexpr int N = sizeof(sum) / sizeof(float);
    float scale[N];
    load(variance + c, scale);
    inverseRoots(epsilon, scale);
#pragma unroll
    for (int k = 0; k < N; k++) {
      sum[k] *= scale[k];
    }
    store(dgamma + c, sum);
  };
  if (channels % PACK<T> == 0 && aligned(x, dy, mean, variance, dgamma)) {
    sumColumns<PACK<T>, 4>(rows, channels, partials, counters, source, sink);
  } else {
    sumColumns<1, 4>(rows, channels, partials, counters, source, sink);
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
  KERNEL_4 batch_norm_mean_##NAME(                                                             \
      const T* x, float* mean, float* partials, u32* counters, i64 rows, int channels) {       \
    batchNormMean(x, mean, partials, counters, rows, channels);                                \
  }                                                                                            \
  KERNEL_4 batch_norm_variance_##NAME(                                                         \
      const T* x, const float* mean, float* variance, float* partials, u32* counters,          \
      i64 rows, int channels) {                                                                \
    batchNormVariance(x, mean, variance, partials, counters, rows, channels);                  \
  }                                                                                            \
  KERNEL batch_norm_forward_##NAME(                                                            \
      const T* x, const float* gamma, const float* beta, const float* mean,                    \
      const float* variance, T* y, i64 rows, int channels, float epsilon) {                    \
    batchNormForward(x, gamma, beta, mean, variance, y, rows, channels, epsilon);              \
  }                                                                                            \
  KERNEL_4 batch_norm_gamma_backward_##NAME(                                                   \
      const T* x, const T* dy, const float* mean, const float* variance, float* dgamma,        \
      float* partials, u32* counters, i64 rows, int channels, float epsilon) {                 \
    batchNormGammaBackward(                                                                    \
        x, dy, mean, variance, dgamma, partials, counters, rows, channels, epsilon);           \
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
