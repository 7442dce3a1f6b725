// SPDX-License-Identifier: Apache-2.0
//
// Local response normalisation across channels, and its gradient. With
//   s[p,c] = bias + alpha (sum of x[p,k]^2 over |k - c| <= radius)
//   lrn_forward    y[p,c] = x[p,c] / s[p,c]^beta
//   lrn_backward   dx[p,c] = dy[p,c] / s[p,c]^beta
//                            - 2 alpha beta x[p,c] (sum of dy[p,k] x[p,k] / s[p,k]^(beta + 1)
//                                                   over |k - c| <= radius)
// Channels beyond the ends count as 0. A thread adds up its sums anew, (2 radius + 1)^2 loads backward
// that the L1 cache answers: a sum that moves along with the channel would keep the rounding error of
// every large element it has left behind.
//
// Shapes: x, y, dy, dx: [pixels, channels] of the dtype, row-major, n elements. radius is 0 to
// channels - 1. Maths and sums in fp32.
// Overwrites; not in place. Deterministic.
// Launch: block 256; grid ceil(n / 256), at least 1. Any grid is right.
// Source of the formulas: javadoc of io.convoy.ops.LocalResponseNormalization and its gradient.
#include "layout.cuh"

struct Response {
  int channels, radius;
  float bias, alpha, beta;
};

/** Calls body(k) for a channel and its neighbours. */
template <class Body>
__device__ void forEachNeighbour(int channel, const Response& s, Body body) {
  int begin = channel < s.radius ? 0 : channel - s.radius;
  int last = s.channels - 1 - channel < s.radius ? s.channels - 1 : channel + s.radius;
#pragma unroll 1
  for (int k = begin; k <= last; k++) {
    body(k);
  }
}

/** s of a channel. */
template <class T>
__device__ float baseOf(const T* pixel, int channel, const Response& s) {
  float sum = 0;
  forEachNeighbour(channel, s, [&](int k) {
    float v = toFloat(pixel[k]);
    sum += v * v;
  });
  return s.bias + s.alpha * sum;
}

/** Calls body(pixel's first element, channel) for all elements. */
template <class Body>
__device__ void forEachElement(i64 n, int channels, Body body) {
  for (i64 i = globalThread(); i < n; i += globalThreads()) {
    i64 pixel, channel;
    divide(i, channels, pixel, channel);
    body(i - channel, (int)channel);
  }
}

template <class T>
__device__ void lrnForward(const T* x, T* y, i64 n, Response s) {
  forEachElement(n, s.channels, [=](i64 pixel, int c) {
    const T* from = x + pixel;
    float scale = powf(baseOf(from, c, s), -s.beta);
    y[pixel + c] = fromFloat<T>(toFloat(from[c]) * scale);
  });
}

template <class T>
__device__ void lrnBackward(const T* x, const T* dy, T* dx, i64 n, Response s) {
  forEachElement(n, s.channels, [=](i64 pixel, int c) {
    const T* from = x + pixel;
    const T* gradient = dy + pixel;
    float sum = 0;
    forEachNeighbour(c, s, [&](int k) {
      float power = powf(baseOf(from, k, s), -s.beta - 1);
      sum += toFloat(gradient[k]) * toFloat(from[k]) * power;
    });
    float own = toFloat(gradient[c]) * powf(baseOf(from, c, s), -s.beta);
    dx[pixel + c] = fromFloat<T>(own - 2 * s.alpha * s.beta * toFloat(from[c]) * sum);
  });
}

#define KERNELS(NAME, T)                                                                 \
  KERNEL lrn_forward_##NAME(                                                             \
      const T* x, T* y, i64 n, int channels, int radius, float bias, float alpha,        \
      float beta) {                                                                      \
    lrnForward(x, y, n, Response{channels, radius, bias, alpha, beta});                  \
  }                                                                                      \
  KERNEL lrn_backward_##NAME(                                                            \
      const T* x, const T* dy, T* dx, i64 n, int channels, int radius, float bias,       \
      float alpha, float beta) {                                                         \
    lrnBackward(x, dy, dx, n, Response{channels, radius, bias, alpha, beta});            \
  }
FOR_EACH_DTYPE(KERNELS)
#undef KERNELS
