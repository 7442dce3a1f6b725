// SPDX-License-Identifier: Apache-2.0
#include "simt.hpp"

#include "../src/batch_norm.cu"

#include "batch_norms.hpp"
#include "columns.hpp"

/** @param shift of [rows, channels]; vectorShift of [channels] */
template <class T>
static void elements(int rows, int channels, size_t shift, size_t vectorShift, size_t grid) {
  Data<T> d(rows, channels);
  Buffer<T> x("x", d.x, shift), dy("dy", d.dy, shift);
  Buffer<T> y("y", d.n, shift), dx("dx", d.n, shift), givenDx("dx", d.n, shift);
  Buffer<float> gamma("gamma", d.gamma, vectorShift), beta("beta", d.beta, vectorShift);
  Buffer<float> mean("mean", d.mean, vectorShift), variance("variance", d.variance, vectorShift);
  Buffer<float> dgamma("dgamma", d.dgamma, vectorShift), dbeta("dbeta", d.dbeta, vectorShift);
  launch(blocks(grid), {BLOCK}, SELECT(T, batch_norm_forward), x, gamma, beta, mean, variance, y,
         rows, channels, EPSILON);
  near("y", y.values(), d.map([&](size_t i) { return d.y(i); }), 1e-5, 1e-6);
  launch(blocks(grid), {BLOCK}, SELECT(T, batch_norm_backward), x, dy, gamma, mean, variance,
         dgamma, dbeta, dx, rows, channels, EPSILON, 1.0f / rows);
  near("dx", dx.values(), d.map([&](size_t i) { return d.dx(i, 1.0 / rows); }), 1e-4, 1e-6);
  Buffer<T> noX("x", d.n, shift);
  Buffer<float> none("none", channels, vectorShift);  // never written, so never to be read
  launch(blocks(grid), {BLOCK}, SELECT(T, batch_norm_backward), noX, dy, gamma, none, variance,
         none, none, givenDx, rows, channels, EPSILON, 0);
  near("dx with given statistics", givenDx.values(), d.map([&](size_t i) { return d.dx(i, 0); }), 0,
       1e-6);
}

static void forwardAndDx() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    // Channels below, at, above and beside the width of a pack; grids that stride or are too large.
    for (int channels : {1, 3, 4, 7, 8, 10, 32, 100, 257}) {
      for (int rows : {1, 5, 37}) {
        elements<T>(rows, channels, 0, 0, 1);
        elements<T>(rows, channels, 1, 1, 2);
        elements<T>(rows, channels, 0, 1, 3);
        elements<T>(
            rows, channels, 0, 0, ceilDiv(size_t(rows) * channels, BLOCK * PACK<T>) + 1);
      }
    }
  });
}

template <class T>
static void sums(int rows, int channels, int parts, size_t shift, size_t vectorShift) {
  Data<T> d(rows, channels);
  Buffer<T> x("x", d.x, shift), dy("dy", d.dy, shift);
  Buffer<float> mean("mean", d.mean, vectorShift), given("variance", d.variance, vectorShift);
  Buffer<float> variance("variance", channels, vectorShift), average("mean", channels, vectorShift);
  Buffer<float> dgamma("dgamma", channels, vectorShift), dbeta("dbeta", channels, vectorShift);
  ColumnLaunch<T> shape(channels, parts, shift == 0 && vectorShift == 0, 2);
  launch(shape.grid, {BLOCK}, SELECT(T, batch_norm_statistics), x, average, variance,
         shape.partials, shape.counters, rows, channels);
  near("mean", average.values(), toDoubles(d.mean), slack(rows) / rows, 1e-6);
  double roundings = (rows + 4) * 0x1p-24;  // of a sum of positive numbers: each at most once
  near("variance", variance.values(), toDoubles(d.variance), 0, roundings);
  launch(shape.grid, {BLOCK}, SELECT(T, batch_norm_parameters_backward), x, dy, mean, given, dgamma,
         dbeta, shape.partials, shape.counters, rows, channels, EPSILON);
  near("dgamma", dgamma.values(), toDoubles(d.dgamma), slack(rows), 1e-6);
  near("dbeta", dbeta.values(), toDoubles(d.dbeta), slack(rows), 1e-6);
  check(shape.countersAreZero(), "counters are 0 again");
}

static void statisticsAndParameters() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    for (int channels : {1, 3, 8, 10, 24, 64, 200}) {
      for (int rows : {1, 5, 300}) {
        sums<T>(rows, channels, 1, 0, 0);
        sums<T>(rows, channels, 3, 0, 0);
        sums<T>(rows, channels, 2, 1, 0);
        sums<T>(rows, channels, 2, 0, 1);
      }
    }
    sums<T>(9, 256 * PACK<T> + 8, 2, 0, 0);  // two tiles, the second one narrow
    sums<T>(9, 521, 2, 0, 0);                // three tiles of single columns
    sums<T>(100, 3, 40, 0, 0);               // more parts than passes over the rows
    sums<T>(300, 64, 19, 0, 0);              // more parts than rows of a pass
  });
}

/** Statistics of x beside those in double: off by a few roundings of the deviation. */
static void statistics(const std::string& what, int channels, const Doubles& values) {
  size_t rows = values.size() / channels;
  std::vector<float> x = rounded<float>(values);
  Doubles mean(channels), variance(channels);
  double widest = 0;
  for (size_t i = 0; i < x.size(); i++) mean[i % channels] += double(x[i]) / rows;
  for (size_t i = 0; i < x.size(); i++) {
    variance[i % channels] += std::pow(x[i] - mean[i % channels], 2) / rows;
  }
  for (double v : variance) widest = std::max(widest, std::sqrt(v));
  for (int parts : {1, 5}) {
    Buffer<float> in("x", x), average("mean", channels), spread("variance", channels);
    ColumnLaunch<float> shape(channels, parts, true, 2);
    launch(shape.grid, {BLOCK}, batch_norm_statistics_f32, in, average, spread, shape.partials,
           shape.counters, rows, channels);
    near(what + ", mean", average.values(), mean, 8 * 0x1p-24 * widest, 0);
    near(what + ", variance", spread.values(), variance, 1e-12, 2e-6);
  }
}

/** Sums of squares about 0, or about the first row, would be off by far more. */
static void robustStatistics() {
  const int channels = 8, rows = 700;
  const size_t n = size_t(rows) * channels;
  Doubles unit = toDoubles(normal<float>(n));
  Doubles largeMean(unit);
  for (double& v : largeMean) v += 3e4;
  statistics("large mean", channels, largeMean);
  for (size_t outlier : {0, 17, rows - 1}) {
    Doubles values(unit);
    for (int c = 0; c < channels; c++) values[outlier * channels + c] = 1e6;
    statistics("outlier in row " + std::to_string(outlier), channels, values);
  }
  Doubles constant(n, 7.25);
  statistics("constant", channels, constant);
  Doubles slope(n);
  for (size_t i = 0; i < n; i++) slope[i] = 1e4 + double(i / channels);
  statistics("slope", channels, slope);
}

/** Sums of squares cost digits: as many as the mean is large beside the deviation. */
static void moments() {
  const int rows = 700;
  for (int channels : {1, 5, 300}) {
    std::vector<float> x = normal<float>(size_t(rows) * channels);
    std::vector<float> sum(channels), squares(channels);
    Doubles mean(channels), variance(channels);
    for (int c = 0; c < channels; c++) {
      double s = 0, q = 0;
      for (int r = 0; r < rows; r++) {
        double v = x[size_t(r) * channels + c] + c % 7;
        s += v;
        q += v * v;
      }
      sum[c] = float(s);
      squares[c] = float(q);
      mean[c] = s / rows;
      variance[c] = q / rows - mean[c] * mean[c];
    }
    Buffer<float> in("sum", sum), in2("squares", squares);
    Buffer<float> average("mean", channels), spread("variance", channels);
    launch(blocks(channels > 256 ? 1 : 2), {BLOCK}, batch_norm_moments_f32, in, in2, average, spread,
           rows, channels);
    near("mean", average.values(), mean, 0, 2e-7);
    near("variance", spread.values(), variance, 4 * 0x1p-24 * 50, 2e-7);  // 50: most of mean^2
  }
  float nan = std::numeric_limits<float>::quiet_NaN();
  Buffer<float> sum("sum", std::vector<float>{1000 * 0.1f, nan});
  Buffer<float> squares("squares", std::vector<float>{9.99999f, 1});
  Buffer<float> mean("mean", 2), variance("variance", 2);
  launch({1}, {BLOCK}, batch_norm_moments_f32, sum, squares, mean, variance, 1000, 2);
  check(variance.values()[0] == 0, "a variance below 0 is 0");
  check(std::isnan(variance.values()[1]) && std::isnan(mean.values()[1]), "NaN stays NaN");
}

/** The vectors of some data in device memory. */
struct Vectors {
  Buffer<float> gamma, beta, mean, variance, dgamma, dbeta;

  explicit Vectors(const Data<float>& d)
      : gamma("gamma", d.gamma), beta("beta", d.beta), mean("mean", d.mean),
        variance("variance", d.variance), dgamma("dgamma", d.dgamma), dbeta("dbeta", d.dbeta) {}
};

static void oneMisaligned() {
  Data<float> d(6, 8);
  Vectors v(d);
  for (int odd : {0, 1, 2}) {
    Buffer<float> x("x", d.x, odd == 0), dy("dy", d.dy, odd == 1);
    Buffer<float> y("y", d.n, odd == 2), dx("dx", d.n, odd == 2);
    Buffer<float> dgamma("dgamma", 8, odd == 2), dbeta("dbeta", 8, odd == 0);
    ColumnLaunch<float> shape(8, 1, false, 2);
    launch({1}, {BLOCK}, batch_norm_forward_f32, x, v.gamma, v.beta, v.mean, v.variance, y, 6, 8,
           EPSILON);
    launch({1}, {BLOCK}, batch_norm_backward_f32, x, dy, v.gamma, v.mean, v.variance, v.dgamma,
           v.dbeta, dx, 6, 8, EPSILON, 1.0f / 6);
    launch(shape.grid, {BLOCK}, batch_norm_parameters_backward_f32, x, dy, v.mean, v.variance,
           dgamma, dbeta, shape.partials, shape.counters, 6, 8, EPSILON);
    near("y", y.values(), d.map([&](size_t i) { return d.y(i); }), 1e-5, 1e-6);
    near("dx", dx.values(), d.map([&](size_t i) { return d.dx(i, 1.0 / 6); }), 1e-4, 1e-6);
    near("dgamma", dgamma.values(), toDoubles(d.dgamma), slack(6), 1e-6);
    near("dbeta", dbeta.values(), toDoubles(d.dbeta), slack(6), 1e-6);
  }
}

static void inPlace() {
  Data<float> d(10, 7);
  Vectors v(d);
  Buffer<float> x("x", d.x), dy("dy", d.dy);
  Buffer<float> xAndY("x and y", d.x), xAndDx("x and dx", d.x), dyAndDx("dy and dx", d.dy);
  launch({1}, {BLOCK}, batch_norm_forward_f32, xAndY, v.gamma, v.beta, v.mean, v.variance, xAndY,
         10, 7, EPSILON);
  near("y", xAndY.values(), d.map([&](size_t i) { return d.y(i); }), 1e-5, 1e-6);
  launch({1}, {BLOCK}, batch_norm_backward_f32, xAndDx, dy, v.gamma, v.mean, v.variance, v.dgamma,
         v.dbeta, xAndDx, 10, 7, EPSILON, 0.1f);
  launch({1}, {BLOCK}, batch_norm_backward_f32, x, dyAndDx, v.gamma, v.mean, v.variance, v.dgamma,
         v.dbeta, dyAndDx, 10, 7, EPSILON, 0.1f);
  Doubles want = d.map([&](size_t i) { return d.dx(i, 0.1); });
  near("dx", xAndDx.values(), want, 1e-4, 1e-6);
  near("dx", dyAndDx.values(), want, 1e-4, 1e-6);
}

int main() {
  return runCases({{"forward and dx", forwardAndDx},
                   {"statistics, dgamma and dbeta", statisticsAndParameters},
                   {"robust statistics", robustStatistics},
                   {"moments", moments},
                   {"one misaligned", oneMisaligned},
                   {"in place", inPlace}});
}
