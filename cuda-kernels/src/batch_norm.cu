// SPDX-License-Identifier: Apache-2.0
//
// Batch normalisation over all axes but the innermost, with s[c] = 1 / sqrt(variance[c] + epsilon)
// and xhat[r,c] = (x[r,c] - mean[c]) s[c]:
//   batch_norm_statistics           mean[c] = sum over r of x[r,c] / rows
//                                   variance[c] = sum over r of (x[r,c] - mean[c])^2 / rows
//   batch_norm_moments              the same of sum[c] = sum over r of x[r,c] and squares[c] = sum
//                                   over r of x[r,c]^2, which whoever made x has made
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
// What moments makes is off by as many roundings of mean^2 as its sums have; it is at least 0.
// Overwrites; y may be x, dx may be x or dy. Deterministic for a given grid (columns.cuh).
// Launch, forward and backward: grid ceil(rows * channels / (256 * PACK)), at least 1; block 256.
// Any grid is right.
// Launch, moments: grid ceil(channels / 256); block 256. Any grid is right.
// Launch, statistics and parameters_backward: grid and counters as bias_backward in bias.cu;
// partials: [2, parts, channels].
// Source of the formulas: javadoc of io.convoy.ops.BatchNorm and BatchNormGrad; Ioffe, Szegedy,
// arXiv 1502.03167.
#include "batch_norm.cuh"
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

/** dy as what reaches the normalised x. */
template <class T>
__device__ auto loaded(const T* dy) {
  return [=](i64 i, u32, auto& gradient) { load(dy + i, gradient); };
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
    Normalizer normalizer{gamma, beta, mean, variance, channels, epsilon};                     \
    batchNormForward(x, normalizer, y, rows, aligned(x, y), [](i64, auto&) {});                \
  }                                                                                            \
  KERNEL_4 batch_norm_parameters_backward_##NAME(                                              \
      const T* x, const T* dy, const float* mean, const float* variance, float* dgamma,        \
      float* dbeta, float* partials, u32* counters, i64 rows, int channels, float epsilon) {   \
    batchNormParametersBackward<4>(                                                            \
        x, mean, variance, dgamma, dbeta, partials, counters, rows, channels, epsilon,         \
        aligned(x, dy), loaded(dy));                                                           \
  }                                                                                            \
  KERNEL batch_norm_backward_##NAME(                                                           \
      const T* x, const T* dy, const float* gamma, const float* mean, const float* variance,   \
      const float* dgamma, const float* dbeta, T* dx, i64 rows, int channels, float epsilon,   \
      float correction) {                                                                      \
    batchNormBackward(                                                                         \
        x, gamma, mean, variance, dgamma, dbeta, dx, rows, channels, epsilon, correction,      \
        aligned(x, dy, dx), loaded(dy));                                                       \
  }
FOR_EACH_DTYPE(KERNELS)
#undef KERNELS

KERNEL batch_norm_moments_f32(
    const float* sum, const float* squares, float* mean, float* variance, i64 rows,
    int channels) {
  for (i64 c = globalThread(); c < channels; c += globalThreads()) {
    float m = sum[c] / rows;
    float v = (squares[c] - sum[c] * m) / rows;
    mean[c] = m;
    variance[c] = v < 0 ? 0 : v;  // NaN stays NaN
  }
}
