// SPDX-License-Identifier: Apache-2.0
//
// Activations: y = f(x), and dx = dy f'(v) where v is x or y, as Activation.Kind says.
//
// Shapes: x, y, dy, v, dx: [n] of the dtype, any layout. Maths in fp32.
// kind: ordinal of Activation.Kind; alpha, beta: its parameters. The backward kernel knows no
// LINEAR, whose gradient is a LINEAR forward.
// Overwrites y or dx, which may be one of the inputs. Deterministic.
// Launch: grid ceil(n / (256 * PACK)) with PACK = 16 bytes / element, at least 1; block 256; no
// shared memory. Any grid is right: threads stride.
// Source of the formulas: javadoc of io.convoy.ops.Activation.
#include "activation.cuh"
#include "vector.cuh"

template <class T>
__device__ void activationForward(const T* x, T* y, i64 n, int kind, float alpha, float beta) {
  forEach<PACK<T>>(n, aligned(x, y), [=](auto lanes, i64 i) {
    float v[decltype(lanes)::COUNT];
    load(x + i, v);
    activate(kind, alpha, beta, v);
    store(y + i, v);
  });
}

template <class T>
__device__ void activationBackward(
    const T* dy, const T* v, T* dx, i64 n, int kind, float alpha, float beta) {
  forEach<PACK<T>>(n, aligned(dy, v, dx), [=](auto lanes, i64 i) {
    constexpr int N = decltype(lanes)::COUNT;
    float slope[N];
    float gradient[N];
    load(v + i, slope);
    load(dy + i, gradient);
    differentiate(kind, alpha, beta, slope);
#pragma unroll
    for (int k = 0; k < N; k++) {
      gradient[k] *= slope[k];
    }
    store(dx + i, gradient);
  });
}

#define KERNELS(NAME, T)                                                          \
  KERNEL activation_forward_##NAME(                                               \
      const T* x, T* y, i64 n, int kind, float alpha, float beta) {               \
    activationForward(x, y, n, kind, alpha, beta);                                \
  }                                                                               \
  KERNEL activation_backward_##NAME(                                              \
      const T* dy, const T* v, T* dx, i64 n, int kind, float alpha, float beta) { \
    activationBackward(dy, v, dx, n, kind, alpha, beta);                          \
  }
FOR_EACH_DTYPE(KERNELS)
#undef KERNELS
