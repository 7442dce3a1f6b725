// SPDX-License-Identifier: Apache-2.0
//
// How the scale of a loss moves, with the norm of the scaled gradients. Finite:
//   gradientScale = min(1 / scale, clip / norm), 1 / scale for clip 0;
//   nextGood = good + 1, or 0 if that is `interval`, and then nextScale = 2 scale, if finite;
//   done = 1
// else gradientScale = 0, nextScale = max(scale / 2, 2^-24), nextGood = 0, done = 0; but for a
// scale of 2^-24, which helps nobody, gradientScale = 1 / scale and done = 1.
//
// norm, scale, good, gradientScale, nextScale, nextGood: [1] fp32; done: [1] i32. Overwrites.
// Deterministic. Launch: grid 1, block 1.
// Source of the rule: javadoc of io.convoy.ops.LossScaling; arXiv 1710.03740.
#include "vector.cuh"

constexpr float LARGEST = 3.40282347e38f;
constexpr float LEAST_SCALE = 1.0f / (1 << 24);

KERNEL loss_scaling_forward_f32(
    const float* norm, const float* scale, const float* good, float* gradientScale,
    float* nextScale, float* nextGood, i32* done, int interval, float clip) {
  float s = *scale;
  bool finite = *norm <= LARGEST;  // false for NaN
  float steps = finite ? *good + 1 : 0.0f;
  bool grows = steps >= (float)interval;
  float limit = clip / *norm;  // infinite for norm 0
  float factor = finite && clip != 0 && limit < 1 / s ? limit : 1 / s;
  float grown = grows && 2 * s <= LARGEST ? 2 * s : s;
  float halved = s / 2 < LEAST_SCALE ? LEAST_SCALE : s / 2;
  bool skips = !finite && s > LEAST_SCALE;
  *gradientScale = skips ? 0.0f : factor;
  *nextScale = finite ? grown : halved;
  *nextGood = grows ? 0.0f : steps;
  *done = skips ? 0 : 1;
}
