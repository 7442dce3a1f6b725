// SPDX-License-Identifier: Apache-2.0
//
// The three passes of a convolution of NHWC images and KRSC filters, in plain loops.
#pragma once

#include "tensors.hpp"

namespace standin {

/** Sizes, named as in cuDNN; padding is alike on both sides. */
struct ConvolutionShape {
  int n, h, w, c;     // x
  int k, r, s;        // filters [k,r,s,c/groups]
  int p, q;           // y [n,p,q,k]
  int padH, padW;
  int strideH, strideW;
  int dilationH, dilationW;
  int groups;

  int groupChannels() const { return c / groups; }
  size_t images() const { return static_cast<size_t>(n) * h * w * c; }
  size_t filters() const { return static_cast<size_t>(k) * r * s * groupChannels(); }
  size_t results() const { return static_cast<size_t>(n) * p * q * k; }

  static int out(int in, int pad, int window, int stride, int dilation) {
    return (in + 2 * pad - (window - 1) * dilation - 1) / stride + 1;
  }

  /** Whether the sizes fit together. */
  bool isValid() const {
    return groups > 0 && c % groups == 0 && k % groups == 0 &&
           p == out(h, padH, r, strideH, dilationH) && q == out(w, padW, s, strideW, dilationW);
  }
};

enum class Pass { FORWARD, BACKWARD_DATA, BACKWARD_FILTER };

/** Calls product(index in x, index in w, index in y) for all that is multiplied. */
template <class Product>
void forEachProduct(const ConvolutionShape& o, Product product) {
  size_t y = 0;
  int each = o.groupChannels();
  for (int n = 0; n < o.n; n++)
    for (int p = 0; p < o.p; p++)
      for (int q = 0; q < o.q; q++)
        for (int k = 0; k < o.k; k++, y++)
          for (int r = 0; r < o.r; r++)
            for (int s = 0; s < o.s; s++) {
              int row = p * o.strideH - o.padH + r * o.dilationH;
              int column = q * o.strideW - o.padW + s * o.dilationW;
              if (row < 0 || row >= o.h || column < 0 || column >= o.w) continue;
              size_t x = ((static_cast<size_t>(n) * o.h + row) * o.w + column) * o.c +
                         k / (o.k / o.groups) * each;
              size_t w = ((static_cast<size_t>(k) * o.r + r) * o.s + s) * each;
              for (int c = 0; c < each; c++) product(x + c, w + c, y);
            }
}

/** Which tensor a pass makes is overwritten, the other two are read. */
struct ConvolutionTensors {
  void* x;
  void* w;
  void* y;
};

/** y, not rounded yet. */
inline Doubles forward(const ConvolutionShape& shape, const ConvolutionTensors& on, Type type,
                       bool asTf32) {
  Doubles x = readFactor(on.x, shape.images(), type, asTf32);
  Doubles w = readFactor(on.w, shape.filters(), type, asTf32);
  Doubles y(shape.results());
  forEachProduct(shape, [&](size_t i, size_t j, size_t to) { y[to] += x[i] * w[j]; });
  return y;
}

inline void convolve(Pass pass, const ConvolutionShape& shape, const ConvolutionTensors& on, Type type,
                     bool asTf32) {
  if (pass == Pass::FORWARD) return writeTensor(on.y, forward(shape, on, type, asTf32), type);
  Doubles x(shape.images());
  Doubles w(shape.filters());
  Doubles y = readFactor(on.y, shape.results(), type, asTf32);
  if (pass == Pass::BACKWARD_DATA) {
    w = readFactor(on.w, w.size(), type, asTf32);
    forEachProduct(shape, [&](size_t to, size_t j, size_t i) { x[to] += y[i] * w[j]; });
    writeTensor(on.x, x, type);
  } else {
    x = readFactor(on.x, x.size(), type, asTf32);
    forEachProduct(shape, [&](size_t i, size_t to, size_t j) { w[to] += x[i] * y[j]; });
    writeTensor(on.w, w, type);
  }
}

}  // namespace standin
