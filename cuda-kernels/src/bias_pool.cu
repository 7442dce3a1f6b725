// SPDX-License-Identifier: Apache-2.0
//
// Bias, activation f and pooling of what a convolution makes, in one pass:
//   bias_max_, bias_min_, bias_avg_pool_forward
//                             y[n,p,q,c] = the largest, smallest, or mean of f(z[n,h,w,c] + b[c])
//                             over the window's elements inside the image;
//                             taken[n,p,q,c] = which of them, as placeInWindow of pool.cuh counts
//   taken_pool_backward       dz[n,h,w,c] = sum of dy[n,p,q,c] f'(y[n,p,q,c]) over the windows that
//                             took z[n,h,w,c]
//   taken_pool_bias_backward  the same, and db[c] = sum of dz[n,h,w,c]
// f(z + b) is rounded to the dtype before it is compared or added, so that what is taken, and y, are
// what bias_activation_forward and pool.cu make one after the other.
//
// Shapes: z, dz: [batch, height, width, channels]; y, dy: [batch, outHeight, outWidth, channels], all
// of the dtype, NHWC; taken: of y's shape, u8, so windows have up to 256 elements, padding counted;
// b, db: [channels] fp32. No bias if b is null; taken is not written if it is null, and not for means;
// f' is 1 if y is null. kind, alpha, beta: as in activation.cu; f' is told from f's value, which the
// window's y is where it took one. Every window holds an element.
// Maths in fp32. Overwrites; not in place. Deterministic: each dz gathers from its windows, and db is
// summed in a fixed order for a given grid (columns.cuh).
// Launch, all but the last: block 256; grid ceil(batch * outHeight * outWidth * channels / (256 *
// PACK)) forward, ceil(batch * height * width * channels / (256 * PACK)) backward, at least 1. Any
// grid is right. Packs of channels are used where PACK divides them.
// Launch, taken_pool_bias_backward: as bias_backward of bias.cu, whose rows are batch * height *
// width here; partials and counters as there.
#include "activation.cuh"
#include "channels.cuh"
#include "columns.cuh"
#include "pool.cuh"

struct Function {
  int kind;
  float alpha, beta;
};

template <PoolKind KIND, class T>
__device__ void biasPoolForward(
    const T* z, const float* b, T* y, u8* taken, i64 batch, PoolShape s, Function f) {
  i64 n = batch * s.outHeight * s.outWidth * s.channels;
  bool vector = s.channels % PACK<T> == 0 && aligned(z, y, taken);
  forEach<PACK<T>>(n, vector, [=](auto lanes, i64 i) {
    constexpr int N = decltype(lanes)::COUNT;
    Place at = placeOf(i, s.outHeight, s.outWidth, s.channels);
    const T* image = z + at.image * s.height * s.width * s.channels;
    float bias[N] = {};
    if (b != nullptr) {
      loadChannels(b, at.channel, s.channels, bias);
    }
    auto element = [&](i64 offset, float(&v)[N]) {
      load(image + offset, v);
#pragma unroll
      for (int k = 0; k < N; k++) {
        v[k] += bias[k];
      }
      activate(f.kind, f.alpha, f.beta, v);
      each(v, [](float x) { return toFloat(fromFloat<T>(x)); });
    };
    float result[N];
    Places<N> places = {};
    poolWindow<KIND>(s, at, element, result, places);
    store(y + i, result);
    if constexpr (KIND != AVERAGE_POOL) {
      if (taken != nullptr) {
        store(taken + i, places);
      }
    }
  });
}

/** What element i of dz and its N - 1 neighbours get from the windows that took them. */
template <int N, class T>
__device__ void gatherTaken(
    const T* dy, const T* y, const u8* taken, i64 i, const PoolShape& s, Function f,
    float (&sum)[N]) {
  Place at = placeOf(i, s.height, s.width, s.channels);
  Range rows = windowsOf(at.row, s.strideH, s.top, s.windowH, s.outHeight);
  Range columns = windowsOf(at.column, s.strideW, s.left, s.windowW, s.outWidth);
  i64 image = at.image * s.outHeight * s.outWidth * s.channels + at.channel;
#pragma unroll
  for (int k = 0; k < N; k++) {
    sum[k] = 0;
  }
  for (int p = rows.begin; p < rows.end; p++) {
    for (int q = columns.begin; q < columns.end; q++) {
      i64 window = image + ((i64)p * s.outWidth + q) * s.channels;
      u32 here = placeInWindow(s, p, q, at.row, at.column);
      Places<N> places;
      float gradient[N];
      load(taken + window, places);
      load(dy + window, gradient);
      if (y != nullptr) {
        float slope[N];
        load(y + window, slope);
        differentiateByValue(f.kind, f.alpha, slope);
#pragma unroll
        for (int k = 0; k < N; k++) {
          gradient[k] *= slope[k];
        }
      }
#pragma unroll
      for (int k = 0; k < N; k++) {
        sum[k] += places.of(k) == here ? gradient[k] : 0;
      }
    }
  }
}

template <class T>
__device__ void takenPoolBackward(
    const T* dy, const T* y, const u8* taken, T* dz, i64 batch, PoolShape s, Function f) {
  bool vector = s.channels % PACK<T> == 0 && aligned(dy, y, taken, dz);
  i64 n = batch * s.height * s.width * s.channels;
  forEach<PACK<T>>(n, vector, [=](auto lanes, i64 i) {
    float sum[decltype(lanes)::COUNT];
    gatherTaken(dy, y, taken, i, s, f, sum);
    store(dz + i, sum);
  });
}

template <class T>
__device__ void takenPoolBiasBackward(
    const T* dy, const T* y, const u8* taken, T* dz, float* db, float* partials, u32* counters,
    i64 batch, PoolShape s, Function f) {
  auto source = [=](i64 i, int, auto& sum) {
    gatherTaken(dy, y, taken, i, s, f, sum[0]);
    store(dz + i, sum[0]);
  };
  auto sink = [=](int c, auto& sum) { store(db + c, sum[0]); };
  i64 rows = batch * s.height * s.width;
  if (s.channels % PACK<T> == 0 && aligned(dy, y, taken, dz, db)) {
    sumColumns<PACK<T>, 1, 1>(rows, s.channels, partials, counters, source, sink);
  } else {
    sumColumns<1, 1, 1>(rows, s.channels, partials, counters, source, sink);
  }
}

#define FUNCTION int kind, float alpha, float beta
#define FUNCTION_VALUES \
  Function { kind, alpha, beta }
#define FORWARD(WHAT, KIND, NAME, T)                                                       \
  KERNEL_3 bias_##WHAT##_pool_forward_##NAME(                                                \
      const T* z, const float* b, T* y, u8* taken, i64 batch, POOL_SHAPE, FUNCTION) {      \
    biasPoolForward<KIND>(z, b, y, taken, batch, POOL_SHAPE_VALUES, FUNCTION_VALUES);      \
  }
#define KERNELS(NAME, T)                                                                   \
  FORWARD(max, MAX_POOL, NAME, T)                                                          \
  FORWARD(min, MIN_POOL, NAME, T)                                                          \
  FORWARD(avg, AVERAGE_POOL, NAME, T)                                                      \
  KERNEL_4 taken_pool_backward_##NAME(                                                       \
      const T* dy, const T* y, const u8* taken, T* dz, i64 batch, POOL_SHAPE, FUNCTION) {  \
    takenPoolBackward(dy, y, taken, dz, batch, POOL_SHAPE_VALUES, FUNCTION_VALUES);        \
  }                                                                                        \
  KERNEL_3 taken_pool_bias_backward_##NAME(                                                  \
      const T* dy, const T* y, const u8* taken, T* dz, float* db, float* partials,         \
      u32* counters, i64 batch, POOL_SHAPE, FUNCTION) {                                    \
    takenPoolBiasBackward(                                                                 \
        dy, y, taken, dz, db, partials, counters, batch, POOL_SHAPE_VALUES,                \
        FUNCTION_VALUES);                                                                  \
  }
FOR_EACH_DTYPE(KERNELS)
#undef KERNELS
#undef FORWARD
#undef FUNCTION_VALUES
#undef FUNCTION
