// SPDX-License-Identifier: Apache-2.0
#include "simt.hpp"

#include "../src/cast.cu"

#include "segments.hpp"

/** The neighbour of x with `bits` bits of significand and exponents from `least`, ties to even. */
static double roundTo(double x, int bits, int least, double largest) {
  if (x == 0 || !std::isfinite(x)) return x;
  double step = std::ldexp(1, std::max(std::ilogb(x), least) - bits + 1);
  double rounded = std::nearbyint(x / step) * step;
  return std::abs(rounded) > largest ? std::copysign(INFINITY, x) : rounded;
}

template <class T, class Down, class Up>
static void roundTrip(Down down, Up up, int bits, int least, double largest) {
  std::vector<float> x = normal<float>(3001, 100);
  double step = std::ldexp(1, 1 - bits);
  // Ties either way, the last that is finite and the first that is not, subnormals, NaN.
  for (double v : {1 + step / 2, 1 + 3 * step / 2, largest, largest * (1 + step / 2.01),
                   largest * (1 + step), std::ldexp(1, least), std::ldexp(1.37, least - 3),
                   std::ldexp(1, least - bits), std::ldexp(1, least - bits - 2), 0.0, 1e30}) {
    x.push_back(v);
    x.push_back(-v);
  }
  for (u32 bits : {0x7fffffffu, 0x7f800001u, 0xffffffffu}) x.push_back(__uint_as_float(bits));
  x.push_back(INFINITY);
  for (size_t shift : {0, 1}) {
    for (size_t grid : {1, 2, 5}) {
      Buffer<float> in("x", x, shift), back("back", x.size(), shift);
      Buffer<T> stored("stored", x.size(), shift);
      launch(blocks(grid), {BLOCK}, down, in, stored, x.size());
      launch(blocks(grid), {BLOCK}, up, stored, back, x.size());
      Doubles want;
      for (float v : x) want.push_back(roundTo(v, bits, least, largest));
      near("there and back", back.values(), want, 0, -ROUNDING<float>);
    }
  }
}

static void bf16s() {
  roundTrip<bf16>(cast_forward_f32_bf16, cast_forward_bf16_f32, 8, -126, 3.3895313892515355e38);
}

static void f16s() { roundTrip<f16>(cast_forward_f32_f16, cast_forward_f16_f32, 11, -14, 65504); }

/** Many tensors in one launch make the bits of many launches. */
template <class T, class One, class Many>
static void manyAtOnce(One one, Many many) {
  for (size_t shift : {0, 1}) {
    Buffers<float> xs;
    Buffers<T> ys, wanted;
    SegmentTable table;
    for (i64 n : LENGTHS) {
      xs.push_back(std::make_unique<Buffer<float>>("x", normal<float>(n, 100), shift));
      ys.push_back(std::make_unique<Buffer<T>>("y", n, shift));
      wanted.push_back(std::make_unique<Buffer<T>>("wanted", n, shift));
      launch({1}, {BLOCK}, one, *xs.back(), *wanted.back(), n);
      table.add(n, {address(*xs.back()), address(*ys.back())});
    }
    Buffer<Segment> segments("segments", table.segments);
    launch({3}, {BLOCK}, many, segments, LENGTHS.size(), table.chunks);
    for (size_t s = 0; s < LENGTHS.size(); s++) {
      near("y", ys[s]->values(), toDoubles(wanted[s]->values()), 0, -ROUNDING<T>);
    }
  }
}

static void segments() {
  manyAtOnce<bf16>(cast_forward_f32_bf16, cast_segments_forward_f32_bf16);
  manyAtOnce<f16>(cast_forward_f32_f16, cast_segments_forward_f32_f16);
}

int main() { return runCases({{"bf16", bf16s}, {"fp16", f16s}, {"many at once", segments}}); }
