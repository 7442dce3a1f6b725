// SPDX-License-Identifier: Apache-2.0
#include "simt.hpp"

#include "../src/lrn.cu"

#include "tensors.hpp"

/** Calls visit(k) for the elements of i's pixel that its sums take. */
static void eachNeighbour(int i, const Response& s, const std::function<void(int)>& visit) {
  int first = i - i % s.channels;
  for (int k = first; k < first + s.channels; k++) {
    if (std::abs(k - i) <= s.radius) visit(k);
  }
}

static double base(const Doubles& x, int i, const Response& s) {
  double sum = 0;
  eachNeighbour(i, s, [&](int k) { sum += x[k] * x[k]; });
  return s.bias + s.alpha * sum;
}

template <class T>
static void normalize(int pixels, const Response& s, size_t grid) {
  size_t n = size_t(pixels) * s.channels;
  std::vector<T> x = normal<T>(n), dy = normal<T>(n);
  Buffer<T> in("x", x), gradient("dy", dy), y("y", n), dx("dx", n);
  launch(blocks(grid), {BLOCK}, SELECT(T, lrn_forward), in, y, n, s.channels, s.radius, s.bias,
         s.alpha, s.beta);
  launch(blocks(grid), {BLOCK}, SELECT(T, lrn_backward), in, gradient, dx, n, s.channels,
         s.radius, s.bias, s.alpha, s.beta);
  Doubles v = toDoubles(x), g = toDoubles(dy), wantY(n), wantDx(n);
  double magnitude = 1;
  for (size_t i = 0; i < n; i++) {
    wantY[i] = v[i] * std::pow(base(v, i, s), -s.beta);
    double sum = 0;
    eachNeighbour(i, s,
                  [&](int k) { sum += g[k] * v[k] * std::pow(base(v, k, s), -s.beta - 1); });
    double own = g[i] * std::pow(base(v, i, s), -s.beta);
    wantDx[i] = own - 2 * s.alpha * s.beta * v[i] * sum;
    magnitude = std::max({magnitude, std::abs(own), std::abs(own - wantDx[i])});
  }
  near("y", y.values(), wantY, 0, 4e-6);
  near("dx", dx.values(), wantDx, 4e-6 * magnitude, 4e-6);
}

static void shapes() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    normalize<T>(0, {8, 2, 1, 1, 0.5f}, 1);
    for (int channels : {1, 5, 16, 33}) {
      for (int radius : {0, 1, 2, 5, 32}) {
        if (radius < channels) {
          normalize<T>(19, {channels, radius, 1, 0.5f, 0.75f}, 1);
          normalize<T>(19, {channels, radius, 1, 0.5f, 0.75f}, 3);
        }
      }
    }
  });
}

static void constants() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    normalize<T>(40, {13, 2, 2, 1e-4f, 0.75f}, 3);  // AlexNet's
    normalize<T>(40, {13, 5, 1, 1, 0.5f}, 3);       // TensorFlow's defaults
    normalize<T>(40, {13, 3, 0.5f, 0, 1}, 3);
    normalize<T>(40, {13, 3, 0.1f, 2, 1.5f}, 3);
  });
}

int main() { return runCases({{"shapes", shapes}, {"constants", constants}}); }
