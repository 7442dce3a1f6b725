// SPDX-License-Identifier: Apache-2.0
#include "simt.hpp"

#include "../src/copy.cu"

#include "layouts.hpp"

/** All bits are kept, so the elements are just numbers from 1 on; 0 is padding. */
template <class T>
static std::vector<T> numbered(size_t n) {
  std::vector<T> v(n);
  for (size_t i = 0; i < n; i++) v[i] = static_cast<T>(i % 65535 + 1);
  return v;
}

template <class T>
static auto copyKernel() {
  if constexpr (sizeof(T) == 4) {
    return copy_forward_b32;
  } else {
    return copy_forward_b16;
  }
}

/** Copies x into y where `begin` is the offset in either, and compares all of y. */
template <class T>
static void copies(const Longs& lengths, const Longs& stridesX, i64 beginX, size_t sizeX,
                   const Longs& stridesY, i64 beginY, size_t sizeY, size_t shift) {
  std::vector<T> x = numbered<T>(sizeX), want(sizeY, 0);
  Buffer<T> from("x", x, shift), to("y", want, shift);
  Buffer<i64> layout("layout", tableOf(lengths, {stridesX, stridesY}));
  size_t n = product(lengths);
  for (size_t grid : {size_t(1), ceilDiv(n, BLOCK * PACK<T>) + 1}) {
    launch(blocks(grid), {BLOCK}, copyKernel<T>(), from + beginX, to + beginY, n, layout,
           lengths.size());
  }
  for (size_t i = 0; i < n; i++) {
    want[beginY + offsetOf(i, lengths, stridesY)] = x[beginX + offsetOf(i, lengths, stridesX)];
  }
  check(to.values() == want, "the copy is exact");
}

template <class T>
static void layouts() {
  for (size_t shift : {0, 1}) {
    copies<T>({1500}, {1}, 0, 1500, {1}, 0, 1500, shift);                  // flat, with a tail
    copies<T>({6, 16}, {48, 1}, 16, 288, {16, 1}, 0, 96, shift);           // slice, packs
    copies<T>({6, 15}, {40, 1}, 3, 240, {15, 1}, 0, 90, shift);            // slice, no packs
    copies<T>({6, 16}, {16, 1}, 0, 96, {41, 1}, 0, 246, shift);            // concat, odd stride
    copies<T>({6, 16}, {41, 1}, 0, 246, {16, 1}, 0, 96, shift);            // and its slice
    copies<T>({6, 16}, {16, 1}, 0, 96, {41, 1}, 25, 246, shift);           // the last of a concat
    copies<T>({5, 3, 4, 8}, {96, 8, 24, 1}, 0, 480, {96, 32, 8, 1}, 0, 480, shift); // [N,H,C..]
    copies<T>({5, 7, 8}, {56, 1, 7}, 0, 280, {56, 8, 1}, 0, 280, shift);   // transposed
    copies<T>({0, 8}, {8, 1}, 0, 8, {8, 1}, 0, 8, shift);                  // nothing
  }
}

template <class T>
static void pads() {
  auto kernel = [] {
    if constexpr (sizeof(T) == 4) {
      return pad_forward_b32;
    } else {
      return pad_forward_b16;
    }
  }();
  for (i64 inner : {1, 5, 8, 16}) {
    for (i64 outer : {0, 1, 6}) {
      for (i64 before : {0, 2}) {
        for (size_t shift : {0, 1}) {
          i64 length = 7, after = 3, row = before + length + after;
          std::vector<T> x = numbered<T>(outer * length * inner), want(outer * row * inner, 0);
          Buffer<T> from("x", x, shift), to("y", want.size(), shift);
          launch({2}, {BLOCK}, kernel, from, to, outer, length, before, after, inner);
          for (size_t i = 0; i < x.size(); i++) {
            i64 o = i / (length * inner), rest = i % (length * inner);
            want[(o * row + before) * inner + rest] = x[i];
          }
          check(to.values() == want, "padded");
        }
      }
    }
  }
}

template <class T>
static void transposes() {
  auto kernel = [] {
    if constexpr (sizeof(T) == 4) {
      return transpose_forward_b32;
    } else {
      return transpose_forward_b16;
    }
  }();
  for (i64 batch : {0, 1, 3}) {
    for (i64 rows : {1, 31, 32, 65}) {
      for (i64 columns : {1, 32, 50}) {
        std::vector<T> x = numbered<T>(batch * rows * columns), want(x.size());
        Buffer<T> from("x", x), to("y", x.size());
        launch({2}, {BLOCK}, kernel, from, to, batch, rows, columns);
        for (i64 b = 0; b < batch; b++) {
          for (i64 i = 0; i < rows * columns; i++) {
            want[b * rows * columns + i % columns * rows + i / columns] =
                x[b * rows * columns + i];
          }
        }
        check(to.values() == want, "transposed");
      }
    }
  }
}

template <class T>
static void widens() {
  auto kernel = [] {
    if constexpr (std::is_same<T, bf16>::value) {
      return transpose_forward_bf16_f32;
    } else {
      return transpose_forward_f16_f32;
    }
  }();
  for (i64 rows : {1, 31, 65}) {
    for (i64 columns : {1, 32, 50}) {
      std::vector<T> x = normal<T>(2 * rows * columns);
      Buffer<T> from("x", x);
      Buffer<float> to("y", x.size());
      launch({2}, {BLOCK}, kernel, from, to, 2, rows, columns);
      Doubles want(x.size());
      for (i64 i = 0; i < i64(x.size()); i++) {
        i64 b = i / (rows * columns), place = i % (rows * columns);
        want[b * rows * columns + place % columns * rows + place / columns] = toFloat(x[i]);
      }
      near("widened", to.values(), want, 0, -ROUNDING<float>);
    }
  }
}

int main() {
  return runCases({{"layouts of 32 bits", layouts<u32>},
                   {"layouts of 16 bits", layouts<u16>},
                   {"pads of 32 bits", pads<u32>},
                   {"pads of 16 bits", pads<u16>},
                   {"transposes of 32 bits", transposes<u32>},
                   {"transposes of 16 bits", transposes<u16>},
                   {"transposes of bf16 to fp32", widens<bf16>},
                   {"transposes of fp16 to fp32", widens<f16>}});
}
