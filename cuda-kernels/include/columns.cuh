// SPDX-License-Identifier: Apache-2.0
//
// Sums of columns: out[q][c] = sum over r of value[q](r, c), for a matrix [rows, columns] from whose
// elements the kernel that uses this computes Q values each.
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

/** Adds up the sums of the threads that share columns; all of them get the total. */
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
  int first = (int)threadIdx.x - place.row * place.width;
#pragma unroll
  for (int k = 0; k < N; k++) {
    sum[k] = sums[k][first];
  }
  __syncthreads();  // the next sum may be written
}

/** body(row) for the thread's row of every `parts`-th pass, from pass `part` on. */
template <int UNROLL, class Body>
__device__ void forEachRow(const TilePlace& place, i64 part, i64 parts, i64 rows, Body body) {
  if (place.active) {
#pragma unroll UNROLL
    for (i64 r = part * place.passRows + place.row; r < rows; r += parts * place.passRows) {
      body(r);
    }
  }
}

/** Sums those rows, over all threads of the tile. */
template <int UNROLL, int Q, int N, class Source>
__device__ void sumTile(
    const TilePlace& place, i64 part, i64 parts, i64 rows, int columns, Source source,
    float (&sum)[Q][N]) {
#pragma unroll
  for (int i = 0; i < Q * N; i++) {
    sum[i / N][i % N] = 0;
  }
  forEachRow<UNROLL>(place, part, parts, rows, [&](i64 r) {
    float v[Q][N];
    source(r * columns + place.column, place.column, v);
#pragma unroll
    for (int q = 0; q < Q; q++) {
#pragma unroll
      for (int k = 0; k < N; k++) {
        sum[q][k] += v[q][k];
      }
    }
  });
#pragma unroll
  for (int q = 0; q < Q; q++) {
    addRowsOfTile(place, sum[q]);
  }
}

/**
 * The sums of all columns of the tile, handed to sink(first column, sums) by some threads of one
 * block.
 *
 * @param UNROLL rows that a thread loads at once: 4 for a plain load, 1 for long computations
 * @param Q values of an element
 * @param columns a multiple of N
 * @param partials [Q, parts, columns] fp32 scratch, aligned to 16 bytes; not touched with one part
 * @param counters [tiles], 0 before and after; not touched with one part
 * @param source called as source(index of the first element, its column, values [Q][N] to be filled)
 */
template <int N, int UNROLL, int Q, class Source, class Sink>
__device__ void sumColumns(
    i64 rows, int columns, float* partials, u32* counters, Source source, Sink sink) {
  TilePlace place = tilePlace<N>(columns);
  i64 parts = gridDim.y;
  i64 part = blockIdx.y;
  float sum[Q][N];
  sumTile<UNROLL>(place, part, parts, rows, columns, source, sum);
  if (parts > 1) {
    if (place.row == 0) {
#pragma unroll
      for (int q = 0; q < Q; q++) {
        store(partials + (q * parts + part) * columns + place.column, sum[q]);
      }
    }
    if (!lastBlock(counters + blockIdx.x, gridDim.y)) {
      return;
    }
    auto parted = [=](i64 i, int, float (&v)[Q][N]) {
#pragma unroll
      for (int q = 0; q < Q; q++) {
        load(partials + q * parts * columns + i, v[q]);
      }
    };
    sumTile<4>(place, 0, 1, parts, columns, parted, sum);
  }
  if (place.row == 0) {
    sink(place.column, sum);
  }
}
