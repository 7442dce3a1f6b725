// SPDX-License-Identifier: Apache-2.0
//
// Bias of the innermost axis, alone and fused with an activation f:
//   bias_forward               y[r,c] = x[r,c] + b[c]
//   bias_activation_forward    y[r,c] = f(x[r,c] + b[c])
//   bias_backward              db[c] = sum over r of dy[r,c]
//   activation_bias_backward   dx[r,c] = dy[r,c] f'(v[r,c]);  db[c] = sum over r of dx[r,c]
//
// Shapes: x, y, dy, v, dx: [rows, channels] of the dtype (NHWC, rows = N H W); b, db: [channels]
// fp32. v is f's value: functions whose derivative needs the argument (x + b) get that.
// kind, alpha, beta: as in activation.cu. Sums and maths in fp32.
// Overwrites; y may be x, dx may be dy or v. Deterministic for a given grid (columns.cuh).
// Launch, forward: grid ceil(rows * channels / (256 * PACK)), at least 1; block 256.
// Launch, backward: block 256, grid (tiles, parts); with N = PACK if PACK divides channels, else 1:
//   tiles = ceil(channels / (256 N)); passRows = floor(256 / min(256, channels / N));
//   parts = min(2 SMs / tiles, ceil(rows / (4 passRows))), at least 1.
// partials: [parts, channels] fp32 scratch, 16-byte aligned; counters: [tiles] u32, 0 before and
// after. Static shared memory only.
// cuDNN's convolution-bias gradient can cost more than the rest of an NHWC step; this one reads dy
// once.
#include "activation.cuh"
#include "channels.cuh"
#include "columns.cuh"

/** y = f(x + b); f works on the values of a pack. */
template <class T, class F>
__device__ void biasForward(const T* x, const float* b, T* y, i64 rows, int channels, F f) {
  auto body = [=](auto lanes, i64 i, u32 channel) {
    constexpr int N = decltype(lanes)::COUNT;
    float v[N];
    float bias[N];
    load(x + i, v);
    loadChannels(b, channel, channels, bias);
#pragma unroll
    for (int k = 0; k < N; k++) {
      v[k] += bias[k];
    }
    f(v);
    store(y + i, v);
  };
  forEachChannel<PACK<T>>(rows * channels, channels, aligned(x, y), body);
}

template <class T>
__device__ void biasBackward(
    const T* dy, float* db, float* partials, u32* counters, i64 rows, int channels) {
  auto source = [=](i64 i, int, auto& v) { load(dy + i, v[0]); };
  auto sink = [=](int c, auto& sum) { store(db + c, sum[0]); };
  if (channels % PACK<T> == 0 && aligned(dy, db)) {
    sumColumns<PACK<T>, 4, 1>(rows, channels, partials, counters, source, sink);
  } else {
    sumColumns<1, 4, 1>(rows, channels, partials, counters, source, sink);
  }
}

template <class T>
__device__ void activationBiasBackward(
    const T* dy, const T* v, T* dx, float* db, float* partials, u32* counters, i64 rows,
    int channels, int kind, float alpha, float beta) {
  auto source = [=](i64 i, int, auto& gradient) {
    constexpr int N = sizeof(gradient[0]) / sizeof(float);
    float slope[N];
    load(v + i, slope);
    load(dy + i, gradient[0]);
    differentiate(kind, alpha, beta, slope);
#pragma unroll
    for (int k = 0; k < N; k++) {
      gradient[0][k] *= slope[k];
    }
    store(dx + i, gradient[0]);
  };
  auto sink = [=](int c, auto& sum) { store(db + c, sum[0]); };
  if (channels % PACK<T> == 0 && aligned(dy, v, dx, db)) {
    sumColumns<PACK<T>, 1, 1>(rows, channels, partials, counters, source, sink);
  } else {
    sumColumns<1, 1, 1>(rows, channels, partials, counters, source, sink);
  }
}

#define KERNELS(NAME, T)                                                                   \
  KERNEL bias_forward_##NAME(                                                              \
      const T* x, const float* b, T* y, i64 rows, int channels) {                          \
    biasForward(x, b, y, rows, channels, [](auto&) {});                                    \
  }                                                                                        \
  KERNEL bias_activation_forward_##NAME(                                                   \
      const T* x, const float* b, T* y, i64 rows, int channels, int kind, float alpha,     \
      float beta) {                                                                        \
    biasForward(                                                                           \
        x, b, y, rows, channels, [=](auto& v) { activate(kind, alpha, beta, v); });        \
  }                                                                                        \
  KERNEL bias_backward_##NAME(                                                             \
      const T* dy, float* db, float* partials, u32* counters, i64 rows, int channels) {    \
    biasBackward(dy, db, partials, counters, rows, channels);                              \
  }                                                                                        \
  KERNEL activation_bias_backward_##NAME(                                                  \
      const T* dy, const T* v, T* dx, float* db, float* partials, u32* counters, i64 rows, \
      int channels, int kind, float alpha, float beta) {                                   \
    activationBiasBackward(                                                                \
        dy, v, dx, db, partials, counters, rows, channels, kind, alpha, beta);             \
  }
FOR_EACH_DTYPE(KERNELS)
#undef KERNELS
