// SPDX-License-Identifier: Apache-2.0
//
// Walks over [rows, channels] in which each element meets vectors [channels].
#pragma once

#include "vector.cuh"

/** From pack `first` to `end`: body(lanes, i, channel of i). */
template <int N, class Body>
__device__ void walkChannels(i64 first, i64 end, u32 channels, Body body) {
  // A 64-bit remainder takes about 100 instructions: one at the start, then a sum per step.
  u32 channel = (u32)((u64)first * N % channels);
  u32 step = (u32)((u64)globalThreads() * N % channels);
  for (i64 p = first; p < end; p += globalThreads()) {
    body(Lanes<N>(), p * N, channel);
    channel += step;
    channel -= channel >= channels ? channels : 0;
  }
}

/** forEach over all threads of the grid, with the channel: body(lanes, i, channel of i). */
template <int N, class Body>
__device__ void forEachChannel(i64 n, u32 channels, bool vector, Body body) {
  i64 packs = vector ? n / N : 0;
  walkChannels<N>(globalThread(), packs, channels, body);
  walkChannels<1>(packs * N + globalThread(), n, channels, body);
}

/**
 * What of a vector belongs to N neighbours: v[k] = p[channel + k], from the start again behind the
 * last channel.
 *
 * @param channel of the first neighbour, whose index N divides
 */
template <int N>
__device__ void loadChannels(const float* p, u32 channel, u32 channels, float (&v)[N]) {
  if constexpr (N == 1) {
    v[0] = p[channel];
  } else if (channels % N == 0 && aligned(p)) {
    load(p + channel, v);
  } else {
#pragma unroll
    for (u32 k = 0; k < N; k++) {
      u32 c = channel + k;
      v[k] = p[c < channels ? c : c % channels];
    }
  }
}
