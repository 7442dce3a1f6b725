// SPDX-License-Identifier: Apache-2.0
//
// One step of an optimizer on all parameters, in one launch. With g = scale * gradient, r = *rate,
// t = *iterations + 1, and p -= r weightDecay p always first:
//   update_sgd      p -= r g; with momentum m = momentum m - r g, p += m, or if nesterov p +=
//                   momentum m - r g
//   update_adam     m += (1 - beta1)(g - m); v += (1 - beta2)(g^2 - v);
//                   p -= r sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon)
//   update_rmsprop  v = rho v + (1 - rho) g^2; s = r g / sqrt(v + epsilon); p -= s, or with momentum
//                   m = momentum m + s; p -= m
//
// Tensors of a segment (segments.cuh), all [length]: parameter fp32, gradient of the dtype, slots
// fp32 (sgd: m if momentum; adam: m, v; rmsprop: v, then m if momentum), then, of a dtype of 16 bits
// whatever the gradient is of, a copy of the parameter or null.
// rate, scale: [1] fp32; iterations: [1] i32; in device memory, for they change every step.
// Maths in fp32. Writes parameter and slots in place and overwrites the copy, rounded as cast.cu
// does, but writes nothing for scale 0. Deterministic.
// Launch: grid min(chunks, 8 SMs), at least 1; block 256. Any grid is right.
// Packs are used where all addresses of the segment are aligned to 16 bytes.
// Source of the formulas: javadoc of io.convoy.ops.UpdateRule (Keras 3).
#include "segments.cuh"

/** 1 - beta^t with all its digits: in fp32, 1 - 0.999 alone has lost 10 of 24 bits. */
inline __device__ float oneMinusPower(float beta, float t) {
  return -expm1f(t * log1pf(beta - 1));
}

/**
 * Applies step(p, g, s0, s1) to all elements.
 *
 * @param SLOTS how many of s0 and s1 exist
 */
template <int SLOTS, class T, class Step>
__device__ void update(
    const Segment* segments, int count, i64 chunks, const float* scale, Step step) {
  float gradientScale = *scale;
  if (gradientScale == 0) {
    return;
  }
  forEachChunk(segments, count, chunks, [=](const Segment& segment, i64 begin, i64 length) {
    float* parameter = segment.tensor<float>(0);
    float* slot0 = SLOTS > 0 ? segment.tensor<float>(2) : nullptr;
    float* slot1 = SLOTS > 1 ? segment.tensor<float>(3) : nullptr;
    T* copy = sizeof(T) < sizeof(float) ? segment.tensor<T>(2 + SLOTS) : nullptr;
    withTensor<T>(segment, 1, [=](auto* gradient) {
      bool vector = aligned(parameter, gradient, slot0, slot1, copy);
      // 4 elements even of 16 bits: most of the traffic is fp32, and 8 would take too many registers.
      // As addresses of elements, rather than an offset, five tensors would spill some.
      forEach<PACK<float>>(threadIdx.x, BLOCK, length, vector, [=](auto lanes, i64 inChunk) {
        constexpr int N = decltype(lanes)::COUNT;
        i64 i = begin + inChunk;
        float p[N];
        float g[N];
        float s0[N] = {};
        float s1[N] = {};
        load(parameter + i, p);
        load(gradient + i, g);
        if constexpr (SLOTS > 0) load(slot0 + i, s0);
        if constexpr (SLOTS > 1) load(slot1 + i, s1);
#pragma unroll
        for (int k = 0; k < N; k++) {
          step(p[k], g[k] * gradientScale, s0[k], s1[k]);
        }
        store(parameter + i, p);
        if constexpr (SLOTS > 0) store(slot0 + i, s0);
        if constexpr (SLOTS > 1) store(slot1 + i, s1);
        if constexpr (sizeof(T) < sizeof(float)) {
          if (copy != nullptr) store(copy + i, p);
        }
      });
    });
  });
}

template <class T>
__device__ void updateSgd(
    const Segment* segments, int count, i64 chunks, const float* rate, const float* scale,
    float momentum, int nesterov, float weightDecay) {
  float r = *rate;
  if (momentum == 0) {
    update<0, T>(segments, count, chunks, scale, [=](float& p, float g, float&, float&) {
      p -= r * weightDecay * p;
      p -= r * g;
    });
  } else {
    update<1, T>(segments, count, chunks, scale, [=](float& p, float g, float& m, float&) {
      p -= r * weightDecay * p;
      m = momentum * m - r * g;
      p += nesterov ? momentum * m - r * g : m;
    });
  }
}

template <class T>
__device__ void updateAdam(
    const Segment* segments, int count, i64 chunks, const float* rate, const i32* iterations,
    const float* scale, float beta1, float beta2, float epsilon, float weightDecay) {
  float r = *rate;
  float t = (float)*iterations + 1;
  float corrected = r * sqrtf(oneMinusPower(beta2, t)) / oneMinusPower(beta1, t);
  update<2, T>(segments, count, chunks, scale, [=](float& p, float g, float& m, float& v) {
    m += (1 - beta1) * (g - m);
    v += (1 - beta2) * (g * g - v);
    p -= r * weightDecay * p;
    p -= corrected * m / (sqrtf(v) + epsilon);
  });
}

template <class T>
__device__ void updateRmsProp(
    const Segment* segments, int count, i64 chunks, const float* rate, const float* scale,
    float rho, float momentum, float epsilon, float weightDecay) {
  float r = *rate;
  auto stepOf = [=](float g, float& v) {
    v = rho * v + (1 - rho) * g * g;
    return r * g / sqrtf(v + epsilon);
  };
  if (momentum == 0) {
    update<1, T>(segments, count, chunks, scale, [=](float& p, float g, float& v, float&) {
      p -= r * weightDecay * p;
      p -= stepOf(g, v);
    });
  } else {
    update<2, T>(segments, count, chunks, scale, [=](float& p, float g, float& v, float& m) {
      p -= r * weightDecay * p;
      m = momentum * m + stepOf(g, v);
      p -= m;
    });
  }
}

#define KERNELS(NAME, T)                                                                       \
  KERNEL update_sgd_##NAME(                                                                    \
      const Segment* segments, int count, i64 chunks, const float* rate, const float* scale,   \
      float momentum, int nesterov, float weightDecay) {                                       \
    updateSgd<T>(                                                                              \
        segments, count, chunks, rate, scale, momentum, nesterov, weightDecay);                \
  }                                                                                            \
  KERNEL_4 update_adam_##NAME(                                                                 \
      const Segment* segments, int count, i64 chunks, const float* rate,                       \
      const i32* iterations, const float* scale, float beta1, float beta2, float epsilon,      \
      float weightDecay) {                                                                     \
    updateAdam<T>(                                                                             \
        segments, count, chunks, rate, iterations, scale, beta1, beta2, epsilon, weightDecay); \
  }                                                                                            \
  KERNEL update_rmsprop_##NAME(                                                                \
      const Segment* segments, int count, i64 chunks, const float* rate, const float* scale,   \
      float rho, float momentum, float epsilon, float weightDecay) {                           \
    updateRmsProp<T>(                                                                          \
        segments, count, chunks, rate, scale, rho, momentum, epsilon, weightDecay);            \
  }
FOR_EACH_DTYPE(KERNELS)
#undef KERNELS
