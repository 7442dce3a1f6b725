// SPDX-License-Identifier: Apache-2.0
//
// Batch normalisation as in batch_norm.cu, with an activation f behind it, and a sum between them:
//   batch_norm_activation_forward              y = f(z), z = gamma xhat + beta + residual
//   batch_norm_activation_parameters_backward  dgamma, dbeta of dz = dy f'(z), without a residual
//   batch_norm_activation_backward             dx of dz = dy f'(z), without a residual
//   batch_norm_residual_parameters_backward    dz = dy f'(v), and dgamma, dbeta of it
// dx of that last dz is batch_norm_backward's. The two without a residual make z again, of x, by the
// operations of the forward pass: z is never stored, and y is not read. There f' is told from z, as
// it may be for functions whose derivative uses the argument, or only the value's sign; elsewhere
// from v, which is f's value or argument, as Activation.Kind says.
//
// Shapes: x, residual (null for none), y, v, dy, dz, dx: [rows, channels] of the dtype, rows >= 1;
// all else [channels] fp32. kind, a, b: as in activation.cu. Sums and maths in fp32.
// Overwrites; y may be x or residual, dz may be dy or v, dx may be x or dy. Deterministic for a given
// grid (columns.cuh).
// Launch: as the kernels of batch_norm.cu.
// Source of the formulas: javadoc of io.convoy.ops.FusedBatchNorm and FusedBatchNormGrad.
#include "activation.cuh"
#include "batch_norm.cuh"

template <class T>
__device__ void batchNormActivationForward(
    const T* x, const T* residual, Normalizer normalizer, T* y, i64 rows, int kind, float a,
    float b) {
  batchNormForward(x, normalizer, y, rows, aligned(x, residual, y), [=](i64 i, auto& v) {
    constexpr int N = sizeof(v) / sizeof(float);
    if (residual != nullptr) {
      float added[N];
      load(residual + i, added);
#pragma unroll
      for (int k = 0; k < N; k++) {
        v[k] += added[k];
      }
    }
    activate(kind, a, b, v);
  });
}

/** gradient = dy f'(z), with z made of x. */
template <class T>
__device__ auto remade(const T* x, const T* dy, Normalizer normalizer, int kind, float a, float b) {
  return [=](i64 i, u32 channel, auto& gradient) {
    constexpr int N = sizeof(gradient) / sizeof(float);
    float slope[N];
    load(x + i, slope);
    normalizer.normalise(channel, slope);
    differentiate(kind, a, b, slope);
    load(dy + i, gradient);
#pragma unroll
    for (int k = 0; k < N; k++) {
      gradient[k] *= slope[k];
    }
  };
}

template <class T>
__device__ void batchNormActivationParametersBackward(
    const T* x, const T* dy, Normalizer n, float* dgamma, float* dbeta, float* partials,
    u32* counters, i64 rows, int kind, float a, float b) {
  batchNormParametersBackward<1>(
      x, n.mean, n.variance, dgamma, dbeta, partials, counters, rows, n.channels, n.epsilon,
      aligned(x, dy), remade(x, dy, n, kind, a, b));
}

template <class T>
__device__ void batchNormActivationBackward(
    const T* x, const T* dy, Normalizer n, const float* dgamma, const float* dbeta, T* dx, i64 rows,
    float correction, int kind, float a, float b) {
  batchNormBackward(
      x, n.gamma, n.mean, n.variance, dgamma, dbeta, dx, rows, n.channels, n.epsilon, correction,
      aligned(x, dy, dx), remade(x, dy, n, kind, a, b));
}

template <class T>
__device__ void batchNormResidualParametersBackward(
    const T* x, const T* dy, const T* v, const float* mean, const float* variance, T* dz,
    float* dgamma, float* dbeta, float* partials, u32* counters, i64 rows, int channels,
    float epsilon, int kind, float a, float b) {
  auto gradient = [=](i64 i, u32, auto& values) {
    constexpr int N = sizeof(values) / sizeof(float);
    float slope[N];
    load(v + i, slope);
    load(dy + i, values);
    differentiate(kind, a, b, slope);
#pragma unroll
    for (int k = 0; k < N; k++) {
      values[k] *= slope[k];
    }
    store(dz + i, values);
  };
  batchNormParametersBackward<1>(
      x, mean, variance, dgamma, dbeta, partials, counters, rows, channels, epsilon,
      aligned(x, dy, v, dz), gradient);
}

#define KERNELS(NAME, T)                                                                        \
  KERNEL batch_norm_activation_forward_##NAME(                                                  \
      const T* x, const T* residual, const float* gamma, const float* beta, const float* mean,  \
      const float* variance, T* y, i64 rows, int channels, float epsilon, int kind, float a,    \
      float b) {                                                                                \
    Normalizer normalizer{gamma, beta, mean, variance, channels, epsilon};                      \
    batchNormActivationForward(x, residual, normalizer, y, rows, kind, a, b);                   \
  }                                                                                             \
  KERNEL batch_norm_activation_parameters_backward_##NAME(                                      \
      const T* x, const T* dy, const float* gamma, const float* beta, const float* mean,        \
      const float* variance, float* dgamma, float* dbeta, float* partials, u32* counters,       \
      i64 rows, int channels, float epsilon, int kind, float a, float b) {                      \
    Normalizer normalizer{gamma, beta, mean, variance, channels, epsilon};                      \
    batchNormActivationParametersBackward(                                                      \
        x, dy, normalizer, dgamma, dbeta, partials, counters, rows, kind, a, b);                \
  }                                                                                             \
  KERNEL batch_norm_activation_backward_##NAME(                                                 \
      const T* x, const T* dy, const float* gamma, const float* beta, const float* mean,        \
      const float* variance, const float* dgamma, const float* dbeta, T* dx, i64 rows,          \
      int channels, float epsilon, float correction, int kind, float a, float b) {              \
    Normalizer normalizer{gamma, beta, mean, variance, channels, epsilon};                      \
    batchNormActivationBackward(                                                                \
        x, dy, normalizer, dgamma, dbeta, dx, rows, correction, kind, a, b);                    \
  }                                                                                             \
  KERNEL batch_norm_residual_parameters_backward_##NAME(                                        \
      const T* x, const T* dy, const T* v, const float* mean, const float* variance, T* dz,     \
      float* dgamma, float* dbeta, float* partials, u32* counters, i64 rows, int channels,      \
      float epsilon, int kind, float a, float b) {                                              \
    batchNormResidualParametersBackward(                                                        \
        x, dy, v, mean, variance, dz, dgamma, dbeta, partials, counters, rows, channels,        \
        epsilon, kind, a, b);                                                                   \
  }
FOR_EACH_DTYPE(KERNELS)
#undef KERNELS
