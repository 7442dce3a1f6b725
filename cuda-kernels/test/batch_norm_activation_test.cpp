// SPDX-License-Identifier: Apache-2.0
#include "simt.hpp"

#include "../src/batch_norm.cu"
#include "../src/batch_norm_activation.cu"

#include "batch_norms.hpp"
#include "columns.hpp"
#include "functions.hpp"

/** Functions whose derivative is told from the argument, or from the value's sign. */
static const int TOLD_FROM_ARGUMENT[] = {RELU, LEAKY_RELU, GELU, SILU, RADIAL_BASIS, SQUARE, ABS};
static const int OTHERS[] = {ELU, SIGMOID, TANH};

/** Of a sum of `rows` roundings of values of up to 100 and their slopes. */
static double wider(int rows) { return 4 * slack(rows); }

template <class T>
struct Fixture {
  Data<T> d;
  int rows;
  Buffer<T> x, dy;
  Buffer<float> gamma, beta, mean, variance;

  /** @param shift of [rows, channels]; vectorShift of [channels] */
  Fixture(int rows, int channels, size_t shift, size_t vectorShift)
      : d(rows, channels), rows(rows), x("x", d.x, shift), dy("dy", d.dy, shift),
        gamma("gamma", d.gamma, vectorShift), beta("beta", d.beta, vectorShift),
        mean("mean", d.mean, vectorShift), variance("variance", d.variance, vectorShift) {}

  void forward(int kind, const T* residual, T* y, size_t grid) {
    launch(blocks(grid), {BLOCK}, SELECT(T, batch_norm_activation_forward), x, residual, gamma,
           beta, mean, variance, y, rows, d.channels, EPSILON, kind, ALPHA, BETA);
  }

  Doubles sums(const Doubles& dz, bool normalised) const {
    Doubles totals(d.channels);
    for (size_t i = 0; i < d.n; i++) totals[i % d.channels] += dz[i] * (normalised ? d.xhat(i) : 1);
    return totals;
  }

  /** dx of given dgamma and dbeta. */
  Doubles dx(const Doubles& dz, const Doubles& dgamma, const Doubles& dbeta) const {
    return d.map([&](size_t i) {
      size_t c = i % d.channels;
      return d.gamma[c] / d.root(i) * (dz[i] - (dbeta[c] + d.xhat(i) * dgamma[c]) / rows);
    });
  }
};

template <class T>
static void forward(int kind, int rows, int channels, size_t shift, size_t vectorShift,
                    size_t grid) {
  Fixture<T> f(rows, channels, shift, vectorShift);
  std::vector<T> added = normal<T>(f.d.n);
  Buffer<T> residual("residual", added, shift), y("y", f.d.n, shift), sum("y", f.d.n, shift);
  f.forward(kind, nullptr, y, grid);
  f.forward(kind, residual, sum, grid);
  near("y", y.values(), f.d.map([&](size_t i) { return value(kind, f.d.y(i)); }), 1e-4, 1e-5);
  Doubles want = f.d.map([&](size_t i) { return value(kind, f.d.y(i) + toFloat(added[i])); });
  near("y with residual", sum.values(), want, 1e-4, 1e-5);
}

template <class F>
static void forEachFunction(F f) {
  for (int kind : TOLD_FROM_ARGUMENT) f(kind);
  for (int kind : OTHERS) f(kind);
}

static void forwards() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    for (int channels : {1, 3, 8, 10, 100, 257}) {
      for (int rows : {1, 5, 37}) {
        forward<T>(RELU, rows, channels, 0, 0, 1);
        forward<T>(RELU, rows, channels, 1, 1, 2);
        forward<T>(RELU, rows, channels, 0, 1, 3);
        forward<T>(
            RELU, rows, channels, 0, 0, ceilDiv(size_t(rows) * channels, BLOCK * PACK<T>) + 1);
      }
    }
    forEachFunction([](int kind) { forward<T>(kind, 11, 10, 0, 0, 1); });
    forward<T>(LINEAR, 11, 10, 0, 0, 1);
  });
}

/** Without a residual: z is made again. */
template <class T>
static void remakes(int kind, int rows, int channels, int parts, size_t shift, size_t vectorShift) {
  Fixture<T> f(rows, channels, shift, vectorShift);
  Doubles dz = f.d.map([&](size_t i) { return toFloat(f.d.dy[i]) * slope(kind, f.d.y(i)); });
  Buffer<float> dgamma("dgamma", channels, vectorShift), dbeta("dbeta", channels, vectorShift);
  Buffer<T> dx("dx", f.d.n, shift);
  ColumnLaunch<T> shape(channels, parts, shift == 0 && vectorShift == 0, 2);
  launch(shape.grid, {BLOCK}, SELECT(T, batch_norm_activation_parameters_backward), f.x, f.dy,
         f.gamma, f.beta, f.mean, f.variance, dgamma, dbeta, shape.partials, shape.counters, rows,
         channels, EPSILON, kind, ALPHA, BETA);
  near("dgamma", dgamma.values(), f.sums(dz, true), wider(rows), 1e-5);
  near("dbeta", dbeta.values(), f.sums(dz, false), wider(rows), 1e-5);
  check(shape.countersAreZero(), "counters are 0 again");
  launch(blocks(2), {BLOCK}, SELECT(T, batch_norm_activation_backward), f.x, f.dy, f.gamma, f.beta,
         f.mean, f.variance, dgamma, dbeta, dx, rows, channels, EPSILON, 1.0f / rows, kind, ALPHA,
         BETA);
  Doubles want = f.dx(dz, toDoubles(dgamma.values()), toDoubles(dbeta.values()));
  near("dx", dx.values(), want, 1e-3, 1e-5);
}

/** With one: the derivative is told from v, and dz is stored. */
template <class T>
static void stores(int kind, int rows, int channels, int parts, size_t shift, size_t vectorShift) {
  Fixture<T> f(rows, channels, shift, vectorShift);
  std::vector<T> toldFrom = arguments<T>(kind, f.d.n);
  Doubles wanted =
      f.d.map([&](size_t i) { return toFloat(f.d.dy[i]) * slope(kind, toFloat(toldFrom[i])); });
  Buffer<T> v("v", toldFrom, shift), dz("dz", f.d.n, shift);
  Buffer<float> dgamma("dgamma", channels, vectorShift), dbeta("dbeta", channels, vectorShift);
  ColumnLaunch<T> shape(channels, parts, shift == 0 && vectorShift == 0, 2);
  launch(shape.grid, {BLOCK}, SELECT(T, batch_norm_residual_parameters_backward), f.x, f.dy, v,
         f.mean, f.variance, dz, dgamma, dbeta, shape.partials, shape.counters, rows, channels,
         EPSILON, kind, ALPHA, BETA);
  near("dz", dz.values(), wanted, 1e-5, 1e-5);
  near("dgamma", dgamma.values(), f.sums(wanted, true), 5 * wider(rows), 1e-5);
  near("dbeta", dbeta.values(), f.sums(wanted, false), 5 * wider(rows), 1e-5);
  check(shape.countersAreZero(), "counters are 0 again");
}

template <class F>
static void forEachShape(F f) {
  for (int channels : {1, 3, 8, 10, 64, 200}) {
    for (int rows : {1, 5, 100}) {
      f(rows, channels, 1, 0, 0);
      f(rows, channels, 3, 0, 0);
      f(rows, channels, 2, 1, 0);
      f(rows, channels, 2, 0, 1);
    }
  }
  f(100, 3, 40, 0, 0);  // more parts than passes over the rows
  f(9, 521, 2, 0, 0);   // several tiles
}

static void backwards() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    forEachShape([](auto... s) {
      remakes<T>(RELU, s...);
      stores<T>(RELU, s...);
    });
    for (int kind : TOLD_FROM_ARGUMENT) remakes<T>(kind, 40, 10, 2, 0, 0);
    forEachFunction([](int kind) { stores<T>(kind, 40, 10, 2, 0, 0); });
  });
}

static void inPlace() {
  Fixture<float> f(10, 7, 0, 0);
  const size_t n = f.d.n;
  Buffer<float> y("y", n), residualAndY("residual and y", f.d.dy);
  f.forward(RELU, f.dy, y, 1);
  f.forward(RELU, residualAndY, residualAndY, 1);
  check(y.values() == residualAndY.values(), "y may be the residual");
  ColumnLaunch<float> shape(7, 2, true, 2);
  Buffer<float> v("v", f.d.x), dz("dz", n), dyAndDz("dy and dz", f.d.dy);
  Buffer<float> dgamma("dgamma", 7), dbeta("dbeta", 7);
  auto stored = [&](float* dy, float* into) {
    launch(shape.grid, {BLOCK}, batch_norm_residual_parameters_backward_f32, f.x, dy, v, f.mean,
           f.variance, into, dgamma, dbeta, shape.partials, shape.counters, 10, 7, EPSILON, RELU, 0,
           0);
  };
  stored(f.dy, dz);
  stored(dyAndDz, dyAndDz);
  check(dz.values() == dyAndDz.values(), "dz may be dy");
  Buffer<float> dx("dx", n), dyAndDx("dy and dx", f.d.dy);
  auto gradient = [&](float* dy, float* into) {
    launch({1}, {BLOCK}, batch_norm_activation_backward_f32, f.x, dy, f.gamma, f.beta, f.mean,
           f.variance, dgamma, dbeta, into, 10, 7, EPSILON, 0.1f, RELU, 0, 0);
  };
  gradient(f.dy, dx);
  gradient(dyAndDx, dyAndDx);
  check(dx.values() == dyAndDx.values(), "dx may be dy");
}

static void oneMisaligned() {
  for (int odd = 0; odd < 7; odd++) {
    Fixture<float> f(6, 8, 0, 0);
    const size_t n = f.d.n;
    Buffer<float> x("x", f.d.x, odd == 0), dy("dy", f.d.dy, odd == 1), v("v", f.d.x, odd == 2);
    Buffer<float> residual("residual", f.d.dy, odd == 3), y("y", n, odd == 4);
    Buffer<float> dz("dz", n, odd == 5), dx("dx", n, odd == 6), dgamma("dgamma", 8), dbeta("dbeta", 8);
    ColumnLaunch<float> shape(8, 1, false, 2);
    launch({1}, {BLOCK}, batch_norm_activation_forward_f32, x, residual, f.gamma, f.beta, f.mean,
           f.variance, y, 6, 8, EPSILON, RELU, 0, 0);
    launch(shape.grid, {BLOCK}, batch_norm_residual_parameters_backward_f32, x, dy, v, f.mean,
           f.variance, dz, dgamma, dbeta, shape.partials, shape.counters, 6, 8, EPSILON, RELU, 0, 0);
    launch(shape.grid, {BLOCK}, batch_norm_activation_parameters_backward_f32, x, dy, f.gamma,
           f.beta, f.mean, f.variance, dgamma, dbeta, shape.partials, shape.counters, 6, 8, EPSILON,
           RELU, 0, 0);
    launch({1}, {BLOCK}, batch_norm_activation_backward_f32, x, dy, f.gamma, f.beta, f.mean,
           f.variance, dgamma, dbeta, dx, 6, 8, EPSILON, 1.0f / 6, RELU, 0, 0);
    y.values();
    dz.values();
    dx.values();
  }
}

/** What the forward pass cut off to 0, the backward pass must take for cut off. */
static void theMaskIsTheForwardPasss() {
  const int channels = 16, rows = 64;
  Fixture<float> f(rows, channels, 0, 0);
  std::vector<float> shift(channels);
  for (int c = 0; c < channels; c++) {  // z of some row is 0, but for roundings
    size_t i = size_t(c * 3 % rows) * channels + c;
    shift[c] = float(f.d.beta[c] - f.d.y(i));
  }
  Buffer<float> beta("beta", shift), y("y", f.d.n), dx("dx", f.d.n);
  Buffer<float> zeros("zeros", std::vector<float>(channels, 0)), dy("dy", std::vector<float>(f.d.n, 1));
  launch({2}, {BLOCK}, batch_norm_activation_forward_f32, f.x, nullptr, f.gamma, beta, f.mean,
         f.variance, y, rows, channels, EPSILON, RELU, 0, 0);
  launch({3}, {BLOCK}, batch_norm_activation_backward_f32, f.x, dy, f.gamma, beta, f.mean,
         f.variance, zeros, zeros, dx, rows, channels, EPSILON, 1.0f / rows, RELU, 0, 0);
  for (size_t i = 0; i < f.d.n; i++) {
    check((y.values()[i] > 0) == (dx.values()[i] != 0), "mask of " + std::to_string(i));
  }
}

int main() {
  return runCases({{"forward", forwards},
                   {"backward", backwards},
                   {"in place", inPlace},
                   {"one misaligned", oneMisaligned},
                   {"the mask", theMaskIsTheForwardPasss}});
}
