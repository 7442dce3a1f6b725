// SPDX-License-Identifier: Apache-2.0
//
// Sums of columns: out[c] = sum over r of value(r, c), for a matrix [rows, columns] whose elements
// are loaded, or computed, by the kernel that uses this.
//
// Grid (tiles, parts), block 256. A block takes a tile of up to 256 packs of columns, and of the
// rows those of its part; each of its threads keeps to one pack of columns. The threads' sums are
// added in shared memory, the parts by the last block of the tile to finish, always in the same
// order: no float atomics, same bits in every run with the same grid.
#pragma once

#include "reduce.cuh"

/** Where a thread of a tile stands. */
struct TilePlace {
  int column;  // of the matrix; the thread's pack begins there
  int row;     // of the rows that the block takes in one pass
  int passRows;
  int width;  // packs in the tile
  bool active;
};

template <int N>
__device__ TilePlace tilePlace(int columns) {
  int packs = columns / N;
  int first = (int)blockIdx.x * BLOCK;
  TilePlace place;
  place.width = packs - first < BLOCK ? packs - first : BLOCK;
  place.passRows = BLOCK / place.width;
  place.row = (int)threadIdx.x / place.width;
  place.column = (first + (int)threadIdx.x % place.width) * N;
  place.active = place.row < place.passRows;
  return place;
}

/** Adds up the sums of the threads that share columns; the total goes to those of row 0. */
template <int N>
__device__ void addRowsOfTile(const TilePlace& place, float (&sum)[N]) {
  __shared__ float sums[N][BLOCK];
#pragma unroll
  for (int k = 0; k < N; k++) {
    sums[k][threadIdx.x] = sum[k];
  }
  __syncthreads();
  for (int live = place.passRows; live > 1; live = (live + 1) / 2) {
    int half = (live + 1) / 2;
    if (place.row + half < live) {
#pragma unroll
      for (int k = 0; k < N; k++) {
        sums[k][threadIdx.x] += sums[k][threadIdx.x + half * place.width];
      }
    }
    __syncthreads();
  }
#pragma unroll
  for (int k = 0; k < N; k++) {
    sum[k] = sums[k][threadIdx.x];  // its own, so that it may write the next sum at once
  }
}

/** Sums every `parts`-th pass of the rows, from pass `part` on. */
template <int N, int UNROLL, class Source>
__device__ void sumTile(
    const TilePlace& place, i64 part, i64 parts, i64 rows, int columns, Source source,
    float (&sum)[N]) {
#pragma unroll
  for (int k = 0; k < N; k++) {
    sum[k] = 0;
  }
  if (place.active) {
#pragma unroll UNROLL
    for (i64 r = part * place.passRows + place.row; r < rows; r += parts * place.passRows) {
      float v[N];
      source(r * columns + place.column, place.column, v);
#pragma unroll
      for (int k = 0; k < N; k++) {
        sum[k] += v[k];
      }
    }
  }
  addRowsOfTile(place, sum);
}

/**
 * The sum of all columns of the tile, handed to sink(first column, sums) by some threads of one
 * block.
 *
 * @param UNROLL rows that a thread loads at once: 4 for a plain load, 1 for long computations
 * @param columns a multiple of N
 * @param partials [parts, columns] fp32 scratch, aligned to 16 bytes; not touched with one part
 * @param counters [tiles], 0 before and after; not touched with one part
 * @param source called as source(index of the first element, its column, values to be filled)
 */
template <int N, int UNROLL, class Source, class Sink>
__device__ void sumColumns(
    i64 rows, int columns, float* partials, u32* counters, Source source, Sink sink) {
  TilePlace place = tilePlace<N>(columns);
  i64 parts = gridDim.y;
  i64 part = blockIdx.y;
  float sum[N];
  sumTile<N, UNROLL>(place, part, parts, rows, columns, source, sum);
  if (parts > 1) {
    if (place.row == 0) {
      store(partials + part * columns + place.column, sum);
    }
    if (!lastBlock(counters + blockIdx.x, gridDim.y)) {
      return;
    }
    auto parted = [=](i64 i, int, float (&v)[N]) { load(partials + i, v); };
    sumTile<N, 4>(place, 0, 1, parts, columns, parted, sum);
  }
  if (place.row == 0) {
    sink(place.column, sum);
  }
}
