// SPDX-License-Identifier: Apache-2.0
#include "simt.hpp"

#include "../src/dropout.cu"

#include "tensors.hpp"

/** One block of Philox 4x32-10 in 64-bit arithmetic, counter and key as in the paper. */
static std::vector<u32> referencePhilox(std::vector<u32> c, u32 k0, u32 k1) {
  for (int round = 0; round < 10; round++) {
    u64 p0 = 0xD2511F53ull * c[0], p1 = 0xCD9E8D57ull * c[2];
    c = {u32(p1 >> 32) ^ c[1] ^ k0, u32(p1), u32(p0 >> 32) ^ c[3] ^ k1, u32(p0)};
    k0 += 0x9E3779B9;
    k1 += 0xBB67AE85;
  }
  return c;
}

/** The known answers of the paper's own test vectors (kat_vectors of Random123, philox4x32 10). */
static void knownAnswers() {
  std::vector<u32> zeros = referencePhilox({0, 0, 0, 0}, 0, 0);
  check(zeros == std::vector<u32>{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}, "zeros");
  std::vector<u32> pi =
      referencePhilox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0xa4093822, 0x299f31d0);
  check(pi == std::vector<u32>{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}, "digits of pi");
  uint4 ours = philox(0x299f31d0a4093822ull, 0x85a308d3243f6a88ull, 0x13198a2e, 0x03707344);
  check(ours.x == pi[0] && ours.y == pi[1] && ours.z == pi[2] && ours.w == pi[3], "the device's");
}

template <class T>
static void dropout(size_t n, float rate, size_t shift, size_t grid) {
  const u64 seed = 0x123456789abcdef0ull;
  const u32 stream = 0x02000003, step = 77;
  u32 threshold = std::min(std::lround(rate * 65536), 65535l);
  float scale = 65536.0f / (65536 - threshold);
  std::vector<T> x = normal<T>(n);
  if (n > 0) x[0] = fromFloat<T>(NAN);
  Buffer<T> in("x", x, shift), out("y", n, shift);
  Buffer<i32> iterations("iterations", std::vector<i32>{step});
  launch(blocks(grid), {BLOCK}, SELECT(T, dropout_forward), in, out, n, iterations, seed, stream,
         threshold, scale);
  Doubles want;
  size_t dropped = 0;
  for (size_t i = 0; i < n; i++) {
    std::vector<u32> words =
        referencePhilox({u32(i / 8), 0, stream, step}, u32(seed), u32(seed >> 32));
    u32 word = words[i % 8 / 2];
    bool drop = (i % 2 == 0 ? word & 0xffff : word >> 16) < threshold;
    dropped += drop;
    want.push_back(drop ? 0 : toFloat(x[i]) * scale);
  }
  near("y", out.values(), want, 0, std::is_same<T, float>::value ? -ROUNDING<T> : 0);
  check(n < 1000 || std::abs(dropped / double(n) - rate) < 0.05, "the rate is about right");
}

static void masks() {
  forEachDtype([](auto t) {
    using T = decltype(t);
    for (size_t n : {0, 1, 7, 8, 9, 2047, 2049, 5001}) {
      dropout<T>(n, 0.2f, 0, 1);
      dropout<T>(n, 0.5f, 1, 2);
      dropout<T>(n, 0.5f, 0, ceilDiv(n, 2048));
    }
    dropout<T>(100, 0, 0, 1);
    dropout<T>(100, 0.999999f, 0, 1);
  });
}

int main() { return runCases({{"known answers", knownAnswers}, {"masks", masks}}); }
