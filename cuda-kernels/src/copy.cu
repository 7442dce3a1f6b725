// SPDX-License-Identifier: Apache-2.0
//
// Copies that only move elements, by their size: b32 for fp32 and i32, b16 for bf16 and fp16.
//   copy_forward       for all positions: y[at y's strides] = x[at x's strides]; by the layout
//                      (layout.cuh) with tensors x and y. Concat is one launch an input, with y
//                      moved to where the input begins; slice is one launch with x moved.
//   pad_forward        y [outer, before + length + after, inner] = x [outer, length, inner] between
//                      zeros
//   transpose_forward  y [batch, columns, rows] = x [batch, rows, columns]; with two dtypes in its
//                      name from the first to the second
//
// n counts the elements that are walked. Overwrites; not in place. Deterministic.
// Launch: block 256. copy, pad: grid ceil(n / (256 * PACK)), at least 1; copy uses packs where both
// innermost strides are 1 and all lengths and strides fit, pad where PACK divides inner.
// transpose: grid batch * ceil(rows / 32) * ceil(columns / 32), at least 1; 32 x 33 elements of
// static shared memory, so that both sides move whole lines. Any grid is right.
#include "layout.cuh"

/** N elements as they are, zeros without a source. */
template <int N, class T>
__device__ void move(const T* from, T* to) {
  if constexpr (N == 1) {
    *to = from == nullptr ? 0 : *from;
  } else {
    static_assert(N == PACK<T>, "one pack");
    *reinterpret_cast<uint4*>(to) = from == nullptr
                                        ? make_uint4(0, 0, 0, 0)
                                        : *reinterpret_cast<const uint4*>(from);
  }
}

template <class T>
__device__ void copyForward(const T* x, T* y, i64 n, Layout layout) {
  bool vector = layout.innerStride(0) == 1 && layout.innerStride(1) == 1 &&
                layout.holdsPacks(PACK<T>) && layout.keepsAlignment(0, PACK<T>) &&
                layout.keepsAlignment(1, PACK<T>) && aligned(x, y);
  forEach<PACK<T>>(n, vector, [=](auto lanes, i64 i) {
    i64 at[2];
    offsetsOf(layout, i, at);
    move<decltype(lanes)::COUNT>(x + at[0], y + at[1]);
  });
}

template <class T>
__device__ void padForward(
    const T* x, T* y, i64 outer, i64 length, i64 before, i64 after, i64 inner) {
  i64 row = (before + length + after) * inner;
  bool vector = inner % PACK<T> == 0 && aligned(x, y);
  forEach<PACK<T>>(outer * row, vector, [=](auto lanes, i64 i) {
    i64 o;
    i64 place;
    divide(i, row, o, place);
    place -= before * inner;
    bool inside = place >= 0 && place < length * inner;
    move<decltype(lanes)::COUNT>(inside ? x + o * length * inner + place : nullptr, y + i);
  });
}

/** Side of a square that is turned in shared memory; a warp moves a row of it. */
constexpr int TILE = 32;

template <class From, class To>
__device__ void transposeForward(const From* x, To* y, i64 batch, i64 rows, i64 columns) {
  // One more column, so that the elements of a column lie in different banks.
  __shared__ From tile[TILE][TILE + 1];
  i64 across = (columns + TILE - 1) / TILE;
  i64 down = (rows + TILE - 1) / TILE;
  int lane = threadIdx.x % TILE;
  int line = threadIdx.x / TILE;
  for (i64 t = blockIdx.x; t < batch * down * across; t += gridDim.x) {
    i64 image;
    i64 place;
    divide(t, down * across, image, place);
    i64 tileRow;
    i64 tileColumn;
    divide(place, across, tileRow, tileColumn);
    const From* from = x + image * rows * columns;
    To* to = y + image * rows * columns;
    for (int k = line; k < TILE; k += BLOCK / TILE) {
      i64 r = tileRow * TILE + k;
      i64 c = tileColumn * TILE + lane;
      if (r < rows && c < columns) {
        tile[k][lane] = from[r * columns + c];
      }
    }
    __syncthreads();
    for (int k = line; k < TILE; k += BLOCK / TILE) {
      i64 r = tileRow * TILE + lane;
      i64 c = tileColumn * TILE + k;
      if (r < rows && c < columns) {
        if constexpr (sizeof(From) == sizeof(To)) {
          to[c * rows + r] = tile[lane][k];
        } else {
          to[c * rows + r] = toFloat(tile[lane][k]);
        }
      }
    }
    __syncthreads();
  }
}

#define KERNELS(NAME, T)                                                           \
  KERNEL_4 copy_forward_##NAME(                                                    \
      const T* x, T* y, i64 n, const i64* layout, int rank) {                      \
    copyForward(x, y, n, Layout{layout, rank});                                    \
  }                                                                                \
  KERNEL pad_forward_##NAME(                                                       \
      const T* x, T* y, i64 outer, i64 length, i64 before, i64 after, i64 inner) { \
    padForward(x, y, outer, length, before, after, inner);                         \
  }                                                                                \
  KERNEL transpose_forward_##NAME(                                                 \
      const T* x, T* y, i64 batch, i64 rows, i64 columns) {                        \
    transposeForward(x, y, batch, rows, columns);                                  \
  }
KERNELS(b32, u32)
KERNELS(b16, u16)
#undef KERNELS

#define WIDENED(NAME, T)                                         \
  KERNEL transpose_forward_##NAME##_f32(                         \
      const T* x, float* y, i64 batch, i64 rows, i64 columns) {  \
    transposeForward(x, y, batch, rows, columns);                \
  }
WIDENED(bf16, bf16)
WIDENED(f16, f16)
#undef WIDENED
