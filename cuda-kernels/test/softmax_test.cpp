// SPDX-License-Identifier: Apache-2.0
#include "simt.hpp"

#include "../src/softmax.cu"

#include "tensors.hpp"

template <class T>
static void softmax(int rows, int classes, int log, bool wide, size_t shift, size_t grid) {
  size_t n = size_t(rows) * classes;
  std::vector<T> x = normal<T>(n, 3), dy = normal<T>(n);
  Buffer<T> in("x", x, shift), out("y", n, shift);
  auto forward = SELECT(T, softmax_forward);
  auto backward = SELECT(T, softmax_backward);
  if (wide) {
    forward = pick<T>(softmax_forward_f32_wide, softmax_forward_bf16_wide,
                      softmax_forward_f16_wide);
    backward = pick<T>(softmax_backward_f32_wide, softmax_backward_bf16_wide,
                       softmax_backward_f16_wide);
  }
  launch(blocks(grid), {BLOCK}, forward, in, out, rows, classes, log);
  Doubles wantY(n), wantDx(n);
  for (int r = 0; r < rows; r++) {
    double sum = 0;
    for (int c = 0; c < classes; c++) sum += std::exp(double(toFloat(x[r * classes + c])));
    for (int c = 0; c < classes; c++) {
      double v = toFloat(x[r * classes + c]) - std::log(sum);
      wantY[r * classes + c] = log ? v : std::exp(v);
    }
  }
  near("y", out.values(), wantY, log ? 2e-6 : 1e-7, 4e-6);

  std::vector<T> y = out.values();  // the gradient is judged from the value that is stored
  Buffer<T> gradient("dy", dy, shift), dx("dx", n, shift);
  launch(blocks(grid), {BLOCK}, backward, out, gradient, dx, rows, classes, log);
  double magnitude = 1;
  for (int r = 0; r < rows; r++) {
    double sum = 0;
    for (int i = r * classes; i < (r + 1) * classes; i++) {
      sum += toFloat(dy[i]) * (log ? 1.0 : double(toFloat(y[i])));
    }
    magnitude = std::max(magnitude, std::abs(sum));
    for (int i = r * classes; i < (r + 1) * classes; i++) {
      double v = toFloat(y[i]), g = toFloat(dy[i]);
      wantDx[i] = log ? g - std::exp(v) * sum : (g - sum) * v;
    }
  }
  near("dx", dx.values(), wantDx, 2e-6 * magnitude, 2e-6);
}

static void narrow() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    for (int log : {0, 1}) {
      for (int classes : {1, 2, 10, 16, 33, 128}) {
        softmax<T>(0, classes, log, false, 0, 1);
        softmax<T>(9, classes, log, false, 0, 2);  // the second block has one row
        softmax<T>(19, classes, log, false, 1, 1);
      }
    }
  });
}

static void wide() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    for (int log : {0, 1}) {
      for (int classes : {1, 255, 1000, 2304}) {
        softmax<T>(3, classes, log, true, 0, 3);
        softmax<T>(3, classes, log, true, 1, 2);
      }
    }
  });
}

/** Large logits must not overflow, and what can't be normalised is NaN in its row alone. */
static void corners() {
  float inf = INFINITY;
  std::vector<float> x = {1000, 0, -1000, -inf, -inf, -inf, inf, 1, 2, NAN, 1, 2, -inf, 3, 3};
  Doubles want = {1, 0, 0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, 0, 0.5, 0.5};
  Buffer<float> in("x", x), narrowY("y", 15), wideY("y", 15);
  launch({1}, {BLOCK}, softmax_forward_f32, in, narrowY, 5, 3, 0);
  launch({5}, {BLOCK}, softmax_forward_f32_wide, in, wideY, 5, 3, 0);
  near("a warp a row", narrowY.values(), want, 1e-7, 1e-6);
  near("a block a row", wideY.values(), want, 1e-7, 1e-6);
}

int main() { return runCases({{"narrow", narrow}, {"wide", wide}, {"corners", corners}}); }
