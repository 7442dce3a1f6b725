// SPDX-License-Identifier: Apache-2.0
//
// Means and variances of the columns of a matrix, in one pass over it, of which neither a large mean
// nor an outlier costs digits. What a thread has seen is kept as mean and sum of squared distances
// from that mean, not as sums of values and squares. A mean that is large beside the deviation would
// still cost some, by its own rounding, so all values are taken as distances from an origin: the
// median of three rows, which a single outlier is not.
// Source of the formulas: Chan, Golub, LeVeque, "Algorithms for computing the sample variance",
// The American Statistician 37 (1983), 242-247.
#pragma once

#include "columns.cuh"

/** Of some rows of N columns: their number, their means and the squared distances from these. */
template <int N>
struct Moments {
  float count = 0;
  float mean[N] = {};
  float squares[N] = {};

  /** Takes in `more` rows with their means and squares. */
  __device__ void absorb(float more, const float (&means)[N], const float (&others)[N]) {
    float weight = more / (count + more);
#pragma unroll
    for (int k = 0; k < N; k++) {
      float distance = means[k] - mean[k];
      mean[k] += weight * distance;
      squares[k] += others[k] + distance * distance * (count * weight);
    }
    count += more;
  }
};

/** Joins what the threads of a tile that share columns have seen, `rows` rows in all. */
template <int N>
__device__ void joinRowsOfTile(const TilePlace& place, i64 rows, Moments<N>& moments) {
  float mean[N];
#pragma unroll
  for (int k = 0; k < N; k++) {
    mean[k] = moments.count * moments.mean[k];
  }
  addRowsOfTile(place, mean);
#pragma unroll
  for (int k = 0; k < N; k++) {
    mean[k] /= rows;
    float distance = moments.mean[k] - mean[k];
    moments.squares[k] += moments.count * distance * distance;
    moments.mean[k] = mean[k];
  }
  addRowsOfTile(place, moments.squares);
}

/** For each column of the thread the median of its first, its last and the row between them. */
template <int N, class T>
__device__ void originOfColumns(const T* x, i64 rows, int columns, float (&origin)[N]) {
  float middle[N];
  float last[N];
  load(x, origin);
  load(x + rows / 2 * columns, middle);
  load(x + (rows - 1) * columns, last);
#pragma unroll
  for (int k = 0; k < N; k++) {
    float low = fminf(origin[k], middle[k]);
    float high = fmaxf(origin[k], middle[k]);
    origin[k] = fmaxf(low, fminf(high, last[k]));
  }
}

/**
 * Mean and variance, the latter divided by the number of rows, of all columns of the tile, handed
 * to sink(first column, means, variances) by some threads of one block. Launch as sumColumns.
 *
 * @param x [rows, columns], columns a multiple of N
 * @param partials [2, parts, columns] fp32 scratch, aligned to 16 bytes; not touched with one part
 * @param counters [tiles], 0 before and after; not touched with one part
 */
template <int N, int UNROLL, class T, class Sink>
__device__ void momentsOfColumns(
    const T* x, i64 rows, int columns, float* partials, u32* counters, Sink sink) {
  TilePlace place = tilePlace<N>(columns);
  i64 parts = gridDim.y;
  i64 part = blockIdx.y;
  i64 round = parts * place.passRows;  // rows of one pass of all parts
  auto rowsOfPart = [=](i64 p) {
    i64 rest = rows % round - p * place.passRows;
    i64 last = rest < 0 ? 0 : rest < place.passRows ? rest : place.passRows;
    return rows / round * place.passRows + last;
  };
  float origin[N];
  originOfColumns(x + place.column, rows, columns, origin);
  Moments<N> moments;
  forEachRow<UNROLL>(place, part, parts, rows, [&](i64 r) {
    const float none[N] = {};
    float v[N];
    load(x + r * columns + place.column, v);
#pragma unroll
    for (int k = 0; k < N; k++) {
      v[k] -= origin[k];
    }
    moments.absorb(1, v, none);
  });
  joinRowsOfTile(place, rowsOfPart(part), moments);
  if (parts > 1) {
    float* means = partials + place.column;
    float* squares = means + parts * columns;
    if (place.row == 0) {
      store(means + part * columns, moments.mean);
      store(squares + part * columns, moments.squares);
    }
    if (!lastBlock(counters + blockIdx.x, gridDim.y)) {
      return;
    }
    moments = Moments<N>();
    i64 passes = (rows + place.passRows - 1) / place.passRows;
    i64 filled = parts < passes ? parts : passes;  // behind them are blocks that had no row
    forEachRow<1>(place, 0, 1, filled, [&](i64 p) {
      float mean[N];
      float square[N];
      load(means + p * columns, mean);
      load(squares + p * columns, square);
      moments.absorb(rowsOfPart(p), mean, square);
    });
    joinRowsOfTile(place, rows, moments);
  }
  if (place.row == 0) {
#pragma unroll
    for (int k = 0; k < N; k++) {
      moments.mean[k] += origin[k];
      moments.squares[k] /= rows;
    }
    sink(place.column, moments.mean, moments.squares);
  }
}
