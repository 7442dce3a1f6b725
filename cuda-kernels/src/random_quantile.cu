// SPDX-License-Identifier: Apache-2.0
//
// A number from a distribution that is given by its quantiles, by inversion: with
// u = (count - 1) (word 0 of Philox block 0 in (stream, *iterations) >> 8) 2^-24 and i = floor(u)
//   y = quantiles[i] + (u - i) (quantiles[i + 1] - quantiles[i])
//
// quantiles: [count] fp32, at least 2; iterations: [1] i32, in device memory; y: [1] fp32.
// Overwrites. Deterministic.
// Launch: grid 1; block 1.
// Source of the formula: javadoc of io.convoy.ops.RandomQuantile.
#include "philox.cuh"

extern "C" __global__ void random_quantile_forward_f32(
    const float* quantiles, int count, const i32* iterations, u64 seed, u32 stream, float* y) {
  u32 word = philox(seed, 0, stream, (u32)*iterations).x;
  float u = (float)(word >> 8) * 0x1p-24f * (float)(count - 1);
  int i = (int)u;
  *y = quantiles[i] + (u - (float)i) * (quantiles[i + 1] - quantiles[i]);
}
