// SPDX-License-Identifier: Apache-2.0
//
// The learning rate of a step: rate = base * factor(iterations). The schedule is a table, for
// warm-ups nest: each but the last entry is a WARM_UP, after whose steps the next entry begins.
//   STEP         value^floor(i / steps)
//   EXPONENTIAL  value^(i / steps)
//   COSINE       (1 - value) (1 + cos(pi min(i, steps) / steps)) / 2 + value
//   WARM_UP      (i + 1) / steps while i < steps
// An empty table is a constant 1.
//
// base, rate: [1] fp32, iterations: [1] i32, in device memory; entries: [count]. Computed in fp64 and
// rounded once, as other backends do. Overwrites. Deterministic.
// Launch: grid 1; block 1.
// Source of the formulas: javadoc of io.convoy.schedules.Schedule.
#include "vector.cuh"

enum ScheduleKind { STEP, EXPONENTIAL, COSINE, WARM_UP };

/** 12 bytes. */
struct ScheduleEntry {
  i32 kind;
  i32 steps;
  float value;
};

inline __device__ double scheduleFactor(const ScheduleEntry* entries, int count, i32 iteration) {
  constexpr double PI = 3.14159265358979323846;
  for (int e = 0; e < count; e++) {
    double steps = entries[e].steps;
    double value = entries[e].value;
    switch (entries[e].kind) {
      case STEP:
        return pow(value, (double)(iteration / entries[e].steps));
      case EXPONENTIAL:
        return pow(value, iteration / steps);
      case COSINE: {
        double done = iteration < entries[e].steps ? iteration / steps : 1;
        return (1 - value) * (1 + cos(PI * done)) / 2 + value;
      }
      default:
        if (iteration < entries[e].steps) {
          return (iteration + 1) / steps;
        }
        iteration -= entries[e].steps;
    }
  }
  return 1;
}

extern "C" __global__ void scheduled_rate_forward_f32(
    const float* base, const i32* iterations, const ScheduleEntry* entries, int count,
    float* rate) {
  *rate = (float)(*base * scheduleFactor(entries, count, *iterations));
}
