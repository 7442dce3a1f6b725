// SPDX-License-Identifier: Apache-2.0
//
// Batch normalisation of x [rows, channels], for batch_norm.cu, whose head has the formulas, and for
// batch_norm_activation.cu, where more happens in the same pass.
#pragma once

#include "channels.cuh"
#include "columns.cuh"

/** v[k] = 1 / sqrt(v[k] + epsilon). */
template <int N>
__device__ void inverseRoots(float epsilon, float (&v)[N]) {
#pragma unroll
  for (int k = 0; k < N; k++) {
    v[k] = rsqrtf(v[k] + epsilon);
  }
}

/** What all elements of a channel share; each vector is [channels]. */
struct Normalizer {
  const float* gamma;
  const float* beta;
  const float* mean;
  const float* variance;
  int channels;
  float epsilon;

  /** v[k] = gamma xhat + beta of v[k]; with the same roundings wherever it is called. */
  template <int N>
  __device__ void normalise(u32 channel, float (&v)[N]) const {
    float vector[N];  // one after the other, which saves registers
    loadChannels(mean, channel, channels, vector);
#pragma unroll
    for (int k = 0; k < N; k++) {
      v[k] -= vector[k];
    }
    loadChannels(variance, channel, channels, vector);
    inverseRoots(epsilon, vector);
#pragma unroll
    for (int k = 0; k < N; k++) {
      v[k] *= vector[k];
    }
    float shift[N];
    loadChannels(gamma, channel, channels, vector);
    loadChannels(beta, channel, channels, shift);
#pragma unroll
    for (int k = 0; k < N; k++) {
      v[k] = fmaf(vector[k], v[k], shift[k]);
    }
  }
};

/**
 * y = the normalised x, on which `then` works before it is stored.
 *
 * @param vector whether all that is read and written is aligned
 * @param then called as then(index of the first element, values)
 */
template <class T, class Then>
__device__ void batchNormForward(
    const T* x, Normalizer normalizer, T* y, i64 rows, bool vector, Then then) {
  auto body = [=](auto lanes, i64 i, u32 channel) {
    float v[decltype(lanes)::COUNT];
    load(x + i, v);
    normalizer.normalise(channel, v);
    then(i, v);
    store(y + i, v);
  };
  forEachChannel<PACK<T>>(rows * normalizer.channels, normalizer.channels, vector, body);
}

/**
 * dgamma and dbeta.
 *
 * @param vector whether all that is read and written is aligned
 * @param gradient called as gradient(index of the first element, its channel, values to be filled
 *     with what reaches the normalised x)
 */
template <int UNROLL, class T, class Gradient>
__device__ void batchNormParametersBackward(
    const T* x, const float* mean, const float* variance, float* dgamma, float* dbeta,
    float* partials, u32* counters, i64 rows, int channels, float epsilon, bool vector,
    Gradient gradient) {
  auto source = [=](i64 i, int c, auto& v) {
    constexpr int N = sizeof(v[0]) / sizeof(float);
    float centre[N];
    gradient(i, c, v[1]);
    load(x + i, v[0]);
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
  if (channels % PACK<T> == 0 && vector && aligned(mean, variance, dgamma, dbeta)) {
    sumColumns<PACK<T>, UNROLL, 2>(rows, channels, partials, counters, source, sink);
  } else {
    sumColumns<1, UNROLL, 2>(rows, channels, partials, counters, source, sink);
  }
}

/**
 * dx, by `gradient` as in batchNormParametersBackward.
 *
 * @param vector whether all that is read and written is aligned
 * @param correction 1 / rows; if 0, x, mean, dgamma and dbeta are not read here
 */
template <class T, class Gradient>
__device__ void batchNormBackward(
    const T* x, const float* gamma, const float* mean, const float* variance, const float* dgamma,
    const float* dbeta, T* dx, i64 rows, int channels, float epsilon, float correction, bool vector,
    Gradient gradient) {
  auto body = [=](auto lanes, i64 i, u32 channel) {
    constexpr int N = decltype(lanes)::COUNT;
    float values[N];
    float scale[N];
    float shared[N];  // one after the other, which saves registers
    gradient(i, channel, values);
    loadChannels(variance, channel, channels, scale);
    inverseRoots(epsilon, scale);
    if (correction != 0) {
      float v[N];
      load(x + i, v);
      loadChannels(mean, channel, channels, shared);
#pragma unroll
      for (int k = 0; k < N; k++) {
        v[k] = (v[k] - shared[k]) * scale[k];
      }
      loadChannels(dgamma, channel, channels, shared);
#pragma unroll
      for (int k = 0; k < N; k++) {
        v[k] *= shared[k];
      }
      loadChannels(dbeta, channel, channels, shared);
#pragma unroll
      for (int k = 0; k < N; k++) {
        values[k] -= correction * (shared[k] + v[k]);
      }
    }
    loadChannels(gamma, channel, channels, shared);
#pragma unroll
    for (int k = 0; k < N; k++) {
      values[k] *= shared[k] * scale[k];
    }
    store(dx + i, values);
  };
  forEachChannel<PACK<T>>(rows * channels, channels, vector, body);
}
