// SPDX-License-Identifier: Apache-2.0
// Data for batch normalisation, beside what is to come of it.
#pragma once

#include "tensors.hpp"

constexpr float EPSILON = 1e-3f;

inline std::vector<float> uniform(size_t count) {
  std::uniform_real_distribution<double> distribution(0.5, 1.5);
  Doubles values(count);
  for (double& v : values) v = distribution(generator);
  return rounded<float>(values);
}

/** Data with its statistics and gradients, by the formulas in double. */
template <class T>
struct Data {
  int channels;
  size_t n;
  std::vector<T> x, dy;
  std::vector<float> gamma, beta, mean, variance, dgamma, dbeta;

  Data(int rows, int channels)
      : channels(channels), n(size_t(rows) * channels), x(rounded<T>(features())), dy(normal<T>(n)),
        gamma(uniform(channels)), beta(normal<float>(channels)) {
    mean = rounded<float>(sums([&](size_t i) { return toFloat(x[i]) / double(rows); }));
    variance = rounded<float>(sums([&](size_t i) { return std::pow(distance(i), 2) / rows; }));
    dgamma = rounded<float>(sums([&](size_t i) { return toFloat(dy[i]) * xhat(i); }));
    dbeta = rounded<float>(sums([&](size_t i) { return toFloat(dy[i]); }));
  }

  double distance(size_t i) const { return toFloat(x[i]) - double(mean[i % channels]); }

  double root(size_t i) const { return std::sqrt(variance[i % channels] + double(EPSILON)); }

  double xhat(size_t i) const { return distance(i) / root(i); }

  double y(size_t i) const { return gamma[i % channels] * xhat(i) + beta[i % channels]; }

  double dx(size_t i, double correction) const {
    size_t c = i % channels;
    double corrected = correction == 0 ? 0 : correction * (dbeta[c] + xhat(i) * dgamma[c]);
    return gamma[c] / root(i) * (toFloat(dy[i]) - corrected);
  }

  template <class F>
  Doubles map(F f) const {
    Doubles values;
    for (size_t i = 0; i < n; i++) values.push_back(f(i));
    return values;
  }

 private:
  /** Outliers; of several channels the first is constant, and every third far from 0. */
  Doubles features() const {
    Doubles values = toDoubles(normal<T>(n));
    for (size_t i = 0; i < n; i++) {
      if (i % channels % 3 == 1) values[i] += 100;
      if (i % channels == 0 && channels > 1) values[i] = 2;
    }
    return values;
  }

  template <class F>
  Doubles sums(F term) const {
    Doubles totals(channels);
    for (size_t i = 0; i < n; i++) totals[i % channels] += term(i);
    return totals;
  }
};

/** Roundings of partial sums of up to 100 sqrt(rows), of which at most 10 follow each other. */
inline double slack(int rows) { return 10 * 0x1p-24 * 100 * std::sqrt(rows); }
