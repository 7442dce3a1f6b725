// SPDX-License-Identifier: Apache-2.0
//
// Kernels over rows: each row is worked on by a warp, or by a whole block where rows are long.
#pragma once

#include "reduce.cuh"

/** Calls body(row, thread) for all rows, where `thread` is 0 .. THREADS-1 of the row's threads. */
template <int THREADS, class Body>
__device__ void forEachRow(i64 rows, Body body) {
  constexpr int GROUPS = BLOCK / THREADS;
  int group = (int)threadIdx.x / THREADS;
  for (i64 row = (i64)blockIdx.x * GROUPS + group; row < rows; row += (i64)gridDim.x * GROUPS) {
    body(row, (int)threadIdx.x % THREADS);
  }
}

/**
 * Reduces map(value) over a row; all of the row's threads get the result.
 *
 * @param row its elements; aligned and of whole packs if `vector`
 */
template <int THREADS, class T, class A, class Map, class Combine>
__device__ A reduceRow(
    const T* row, int length, bool vector, int thread, A start, Map map, Combine combine) {
  A result = start;
  forEach<PACK<T>>(thread, THREADS, length, vector, [&](auto lanes, i64 i) {
    constexpr int N = decltype(lanes)::COUNT;
    float v[N];
    load(row + i, v);
#pragma unroll
    for (int k = 0; k < N; k++) {
      result = combine(result, map(v[k], (int)i + k));
    }
  });
  return reduceThreads<THREADS>(result, combine);
}

/** The largest element of a row, NaN aside. */
template <int THREADS, class T>
__device__ float maxOfRow(const T* row, int length, bool vector, int thread) {
  auto itself = [](float v, int) { return v; };
  return reduceRow<THREADS>(row, length, vector, thread, -infinity(), itself, Max());
}
