// SPDX-License-Identifier: Apache-2.0
#include "simt.hpp"

#include "../src/reduce.cu"

#include "columns.hpp"
#include "layouts.hpp"
#include "tensors.hpp"

template <class T>
static Doubles sums(const std::vector<T>& x, i64 outer, i64 reduced, i64 inner, double factor) {
  Doubles y(outer * inner);
  for (i64 i = 0; i < static_cast<i64>(x.size()); i++) {
    y[i / (reduced * inner) * inner + i % inner] += toFloat(x[i]) * factor;
  }
  return y;
}

/** Roundings of partial sums of up to 20 sqrt(count), of which at most 40 follow each other. */
static double slack(i64 count, double factor) {
  return 40 * 0x1p-24 * 20 * std::sqrt(count + 1.0) * factor;
}

template <class T>
static void rows(i64 outer, i64 reduced, size_t shift, unsigned parts) {
  std::vector<T> x = normal<T>(outer * reduced);
  float factor = parts % 2 == 0 ? 1 : 1.0f / reduced;
  Buffer<T> in("x", x, shift), y("y", outer), split("y", outer);
  Buffer<float> partials("partials", outer * parts);
  Buffer<u32> counters("counters", std::vector<u32>(outer, 0));
  unsigned across = static_cast<unsigned>(std::max(outer - 1, i64(1)));  // one row is strided to
  launch({2}, {BLOCK}, pick<T>(reduce_forward_f32_rows, reduce_forward_bf16_rows,
                               reduce_forward_f16_rows),
         in, y, outer, reduced, factor);
  launch({parts, across}, {BLOCK},
         pick<T>(reduce_forward_f32_split, reduce_forward_bf16_split, reduce_forward_f16_split),
         in, split, partials, counters, outer, reduced, factor);
  Doubles want = sums(x, outer, reduced, 1, factor);
  near("rows", y.values(), want, slack(reduced, factor), 1e-6);
  near("split", split.values(), want, slack(reduced, factor), 1e-6);
  check(counters.values() == std::vector<u32>(outer, 0), "counters are 0 again");
}

static void allRows() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    for (i64 outer : {0, 1, 3, 17}) {
      for (i64 reduced : {1, 10, 64, 2500}) {
        rows<T>(outer, reduced, 0, 1);
        rows<T>(outer, reduced, 1, 2);
        rows<T>(outer, reduced, 0, 3);
      }
    }
  });
}

template <class T>
static void columns(i64 outer, i64 reduced, int inner, size_t shift, int parts) {
  std::vector<T> x = normal<T>(outer * reduced * inner);
  float factor = 1.0f / reduced;
  ColumnLaunch<T> tiles(inner, parts, shift == 0);
  Buffer<T> in("x", x, shift), y("y", outer * inner, shift);
  Buffer<float> partials("partials", outer * parts * inner);
  Buffer<u32> counters("counters", std::vector<u32>(outer * tiles.grid.x, 0));
  unsigned deep = static_cast<unsigned>(std::max(outer - 1, i64(1)));
  launch({tiles.grid.x, tiles.grid.y, deep}, {BLOCK},
         pick<T>(reduce_forward_f32_columns, reduce_forward_bf16_columns,
                 reduce_forward_f16_columns),
         in, y, partials, counters, outer, reduced, inner, factor);
  near("columns", y.values(), sums(x, outer, reduced, inner, factor), slack(reduced, factor), 1e-6);
}

static void allColumns() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    for (i64 outer : {1, 3}) {
      for (int inner : {1, 10, 32, 264}) {
        columns<T>(outer, 49, inner, 0, 1);
        columns<T>(outer, 301, inner, 1, 3);
        columns<T>(outer, 301, inner, 0, 2);
      }
    }
    columns<T>(2, 5, 2100, 0, 2);
  });
}

template <class T>
static void backward(const Longs& lengths, const Longs& dims, size_t shift, float factor) {
  size_t n = product(lengths);
  std::vector<T> dy = normal<T>(product(dims));
  Buffer<T> in("dy", dy, shift), dx("dx", n, shift);
  Buffer<i64> layout("layout", tableOf(lengths, {repeated(dims)}));
  launch({2}, {BLOCK}, SELECT(T, reduce_backward), in, dx, n, layout, lengths.size(), factor);
  Doubles want;
  for (size_t i = 0; i < n; i++) {
    want.push_back(toFloat(dy[offsetOf(i, lengths, repeated(dims))]) * double(factor));
  }
  near("dx", dx.values(), want, 0, 1e-6);
}

static void gradients() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    for (size_t shift : {0, 1}) {
      backward<T>({2500}, {1}, shift, 1.0f / 2500);
      backward<T>({7, 9, 16}, {7, 1, 16}, shift, 1.0f / 9);
      backward<T>({7, 9, 5}, {1, 9, 1}, shift, 1);
      backward<T>({3, 2, 8, 4}, {3, 1, 8, 1}, shift, 0.125f);
    }
  });
}

int main() {
  return runCases({{"rows", allRows}, {"columns", allColumns}, {"gradient", gradients}});
}
