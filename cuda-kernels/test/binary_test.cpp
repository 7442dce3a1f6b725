// SPDX-License-Identifier: Apache-2.0
#include "simt.hpp"

#include "../src/binary.cu"

#include "layouts.hpp"
#include "tensors.hpp"

static double value(int kind, double a, double b) {
  bool nan = std::isnan(a) || std::isnan(b);
  switch (kind) {
    case ADD:
      return a + b;
    case SUBTRACT:
      return a - b;
    case MULTIPLY:
      return a * b;
    case DIVIDE:
      return a / b;
    case MAXIMUM:
      return nan ? NAN : std::max(a, b);
    case MINIMUM:
      return nan ? NAN : std::min(a, b);
    case GREATER_EQUAL:
      return a >= b;
  }
  return NAN;
}

/** Shapes of equal rank; axes of length 1 are repeated. */
template <class T>
static void combine(int kind, const Longs& dimsA, const Longs& dimsB, size_t shift, size_t grid) {
  Longs lengths;
  for (size_t i = 0; i < dimsA.size(); i++) lengths.push_back(dimsA[i] == 1 ? dimsB[i] : dimsA[i]);
  size_t n = product(lengths);
  std::vector<T> a = normal<T>(product(dimsA)), b = normal<T>(product(dimsB));
  for (T& v : b) {
    if (below(9) == 0) v = a[below(a.size())];
    if (below(30) == 0) v = fromFloat<T>(below(2) ? NAN : 0);
  }
  if (!a.empty()) a[0] = fromFloat<T>(NAN);
  Buffer<T> left("a", a, shift), right("b", b, shift), out("y", n, shift);
  Longs table = tableOf(lengths, {repeated(dimsA), repeated(dimsB)});
  Buffer<i64> layout("layout", table);
  launch(blocks(grid), {BLOCK}, SELECT(T, binary_forward), left, right, out, n, layout,
         lengths.size(), kind);
  Doubles want;
  for (size_t i = 0; i < n; i++) {
    want.push_back(value(kind, toFloat(a[offsetOf(i, lengths, repeated(dimsA))]),
                         toFloat(b[offsetOf(i, lengths, repeated(dimsB))])));
  }
  near("kind " + std::to_string(kind), out.values(), want, 0, 2e-7);
}

static void kinds() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    for (int kind = ADD; kind <= GREATER_EQUAL + 1; kind++) {
      combine<T>(kind, {1037}, {1037}, 0, 1);
      combine<T>(kind, {1037}, {1037}, 1, 2);
    }
  });
}

static void broadcasts() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    for (size_t shift : {0, 1}) {
      combine<T>(SUBTRACT, {777}, {1}, shift, 1);               // a scalar
      combine<T>(SUBTRACT, {1}, {777}, shift, 2);
      combine<T>(SUBTRACT, {9, 16}, {1, 16}, shift, 1);         // a row, in packs
      combine<T>(SUBTRACT, {9, 16}, {9, 1}, shift, 1);          // a column, in packs
      combine<T>(SUBTRACT, {9, 7}, {1, 7}, shift, 1);           // no packs
      combine<T>(SUBTRACT, {9, 1}, {1, 24}, shift, 1);          // both repeated
      combine<T>(SUBTRACT, {3, 1, 5, 8}, {1, 4, 5, 1}, shift, 3);
      combine<T>(SUBTRACT, {0, 8}, {1, 8}, shift, 1);           // nothing
    }
  });
}

static void inPlace() {
  std::vector<float> a = normal<float>(100);
  Buffer<float> both("a and y", a), b("b", a);
  Buffer<i64> layout("layout", Longs{100, 1, 1});
  launch({1}, {BLOCK}, binary_forward_f32, both, b, both, 100, layout, 1, ADD);
  Doubles want;
  for (float v : a) want.push_back(2.0 * v);
  near("a + a", both.values(), want, 0, 0);
}

int main() {
  return runCases({{"kinds", kinds}, {"broadcasts", broadcasts}, {"in place", inPlace}});
}
