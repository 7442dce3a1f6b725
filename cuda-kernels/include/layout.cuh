// SPDX-License-Identifier: Apache-2.0
//
// Where the elements of a tensor lie that is walked in row-major order of other axes: repeated,
// permuted, cut out. A layout is a table in device memory, made when a plan is prepared:
//   [rank] lengths of the axes, outermost first, then for each tensor [rank] strides in elements,
//   0 along an axis that repeats it.
// Axes are merged beforehand where all tensors allow it: equal shapes have rank 1.
#pragma once

#include "vector.cuh"

struct Layout {
  const i64* table;
  int rank;

  __device__ i64 length(int axis) const { return table[axis]; }
  __device__ const i64* strides(int tensor) const { return table + (tensor + 1) * rank; }

  /** The stride along the innermost axis. */
  __device__ i64 innerStride(int tensor) const { return strides(tensor)[rank - 1]; }

  /** Whether packs of N neighbours in the walk never cross the end of the innermost axis. */
  __device__ bool holdsPacks(int n) const { return rank == 1 || length(rank - 1) % n == 0; }

  /** Whether all strides but the innermost are multiples of n, so that packs stay aligned. */
  __device__ bool keepsAlignment(int tensor, int n) const {
    bool kept = true;
    for (int axis = 0; axis < rank - 1; axis++) {
      kept = kept && strides(tensor)[axis] % n == 0;
    }
    return kept;
  }
};

/** a / b and the remainder; a 64-bit division takes about 100 instructions, a 32-bit one 20. */
inline __device__ void divide(i64 a, i64 b, i64& quotient, i64& remainder) {
  if ((((u64)a | (u64)b) >> 32) == 0) {
    quotient = (u32)a / (u32)b;
    remainder = (u32)a % (u32)b;
  } else {
    quotient = a / b;
    remainder = a % b;
  }
}

/** A place in [batch, rows, columns, channels]. */
struct Place {
  i64 image;
  int row, column, channel;
};

inline __device__ Place placeOf(i64 i, int rows, int columns, int channels) {
  i64 channel, column, row;
  divide(i, channels, i, channel);
  divide(i, columns, i, column);
  divide(i, rows, i, row);
  return Place{i, (int)row, (int)column, (int)channel};
}

/** The offsets of element i of the walk in TENSORS tensors. */
template <int TENSORS>
__device__ void offsetsOf(const Layout& layout, i64 i, i64 (&offsets)[TENSORS]) {
#pragma unroll
  for (int t = 0; t < TENSORS; t++) {
    offsets[t] = 0;
  }
  for (int axis = layout.rank - 1; axis >= 0; axis--) {
    i64 position = i;
    if (axis > 0) {
      divide(i, layout.length(axis), i, position);
    }
#pragma unroll
    for (int t = 0; t < TENSORS; t++) {
      offsets[t] += position * layout.strides(t)[axis];
    }
  }
}

/** v = p[0 .. N-1], or N times p[0] if the innermost stride is 0. */
template <int N, class T>
__device__ void loadRepeated(const T* p, i64 stride, float (&v)[N]) {
  if (stride != 0) {
    load(p, v);
  } else {
    float value = toFloat(*p);
#pragma unroll
    for (int k = 0; k < N; k++) {
      v[k] = value;
    }
  }
}
