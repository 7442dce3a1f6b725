// SPDX-License-Identifier: Apache-2.0
// The machine itself: kernels that are wrong in one way each, and what is said about them.
#include "simt.hpp"

#include "check.hpp"

using simt::Buffer;
using simt::launch;

static void copy(const float* x, float* y, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = x[i];
}

static void copyVector(const float* x, float* y) {
  reinterpret_cast<uint4*>(y)[threadIdx.x] = reinterpret_cast<const uint4*>(x)[threadIdx.x];
}

static void reverse(const float* x, float* y, int barrier) {
  __shared__ float tile[64];
  tile[threadIdx.x] = x[threadIdx.x];
  if (barrier == 1) __syncthreads();
  if (barrier == 2) __syncwarp();
  y[threadIdx.x] = tile[blockDim.x - 1 - threadIdx.x];
}

static void halfBarrier() {
  if (threadIdx.x < 32) __syncthreads();
}

static void readShared(float* y) {
  __shared__ float tile[64];
  if (blockIdx.x == 0) tile[threadIdx.x] = 1;
  __syncthreads();
  y[blockIdx.x * 64 + threadIdx.x] = tile[threadIdx.x];
}

static void sumWarp(int* y, unsigned mask) {
  int v = threadIdx.x;
  for (int d = 16; d > 0; d /= 2) v += __shfl_xor_sync(mask, v, d);
  y[threadIdx.x] = v + __ballot_sync(mask, threadIdx.x == 3);
}

static void count(unsigned* total) { atomicAdd(total, 1u); }

static void countPlain(unsigned* total) { *total += 1; }

/** Each block writes one element; the last to finish sums them. */
static void lastSums(float* parts, unsigned* ticket, float* y, int fenced) {
  __shared__ bool last;
  if (threadIdx.x == 1) parts[blockIdx.x] = 1;
  if (fenced) __threadfence();
  __syncthreads();
  if (threadIdx.x == 0) last = atomicInc(ticket, gridDim.x - 1) == gridDim.x - 1;
  __syncthreads();
  if (last && threadIdx.x == 2) {
    float sum = 0;
    for (unsigned i = 0; i < gridDim.x; i++) sum += parts[i];
    *y = sum;
  }
}

static std::vector<float> ramp(int n) {
  std::vector<float> v(n);
  for (int i = 0; i < n; i++) v[i] = i;
  return v;
}

static void faults(const std::string& word, const std::function<void()>& body) {
  try {
    body();
  } catch (const simt::Fault& e) {
    check(std::string(e.what()).find(word) != std::string::npos,
          "'" + std::string(e.what()) + "' does not say '" + word + "'");
    return;
  }
  check(false, "nothing was found where '" + word + "' was expected");
}

static void bounds() {
  Buffer<float> x("x", ramp(70));
  Buffer<float> y("y", 70);
  launch({3}, {32}, copy, x, y, 70);
  check(y.values() == x.values(), "copied");
  Buffer<float> small("small", 69);
  faults("writes 4 bytes at 276 of 'small'", [&] { launch({3}, {32}, copy, x, small, 70); });
  faults("reads 4 bytes at 280 of 'x'", [&] { launch({3}, {32}, copy, x, y, 71); });
  faults("no buffer", [&] { launch({1}, {32}, copy, static_cast<float*>(nullptr), y, 1); });
  Buffer<float> half("half", 32);
  launch({1}, {16}, copy, x, half, 16);
  faults("element 16 of 'half' was never written", [&] { half.values(); });
  faults("which nobody wrote", [&] { launch({1}, {32}, copy, half, y, 32); });
}

static void ranges() {
  Buffer<float> both("both", ramp(64));
  float* x = both;
  float* y = x + 32;
  auto part = [](float* begin, size_t count) {
    uintptr_t at = reinterpret_cast<uintptr_t>(begin);
    return simt::Range{at, at + count * sizeof(float)};
  };
  simt::onlyRanges({part(x, 16), part(y, 15)});
  launch({1}, {32}, copy, x, y, 15);
  faults("writes 4 bytes at 188 of 'both', which is no part",
         [&] { launch({1}, {32}, copy, x, y, 16); });
  faults("reads 16 bytes at 48 of 'both', which is no part", [&] {
    simt::onlyRanges({part(x, 15), part(x + 15, 49)});
    launch({1}, {8}, copyVector, x, y);
  });
  simt::Range from = part(x, 32);
  simt::Range to = part(y, 32);
  from.writable = to.readable = false;
  simt::onlyRanges({from, to});
  launch({1}, {32}, copy, x, y, 32);
  check(simt::ranges()[0].read && !simt::ranges()[0].written, "x was read alone");
  check(!simt::ranges()[1].read && simt::ranges()[1].written, "y was written alone");
  faults("which the launch was given to write alone",
         [&] { launch({1}, {32}, copy, y, x, 32); });
  to.readable = true;
  simt::onlyRanges({from, to});
  faults("which the launch was given to read alone", [&] { launch({1}, {32}, copy, y, x, 32); });
  simt::onlyRanges({});
  launch({1}, {32}, copy, x, y, 32);
}

static void alignment() {
  Buffer<float> x("x", ramp(64)), shifted("shifted", ramp(64), 1);
  Buffer<float> y("y", 64);
  launch({1}, {16}, copyVector, x, y);
  check(y.values() == x.values(), "copied");
  faults("16 does not divide", [&] { launch({1}, {16}, copyVector, shifted, y); });
}

static void sharedMemory() {
  Buffer<float> x("x", ramp(64));
  Buffer<float> y("y", 64);
  launch({1}, {64}, reverse, x, y, 1);
  check(y.values()[0] == 63, "reversed");
  faults("shared memory", [&] { launch({1}, {64}, reverse, x, y, 0); });
  launch({1}, {32}, reverse, x, y, 2);
  faults("shared memory", [&] { launch({1}, {64}, reverse, x, y, 2); });
  Buffer<float> two("two", 128);
  faults("its block did not write", [&] { launch({2}, {64}, readShared, two); });
}

static void divergence() {
  faults("diverges", [&] { launch({1}, {64}, halfBarrier); });
}

static void warps() {
  Buffer<int> y("y", 32);
  launch({1}, {32}, sumWarp, y, ~0u);
  check(y.values()[7] == 496 + 8, "sum and ballot");
  faults("mask lacks", [&] { launch({1}, {32}, sumWarp, y, 0xffffu); });
  faults("never come", [&] { launch({1}, {24}, sumWarp, y, ~0u); });
}

static void atomics() {
  Buffer<unsigned> total("total", std::vector<unsigned>{0});
  launch({5}, {64}, count, total);
  check(total.values()[0] == 320, "counted");
  faults("race", [&] {
    try {
      launch({5}, {64}, countPlain, total);
    } catch (const simt::Fault& e) {
      throw simt::Fault("race: " + std::string(e.what()));
    }
  });
  Buffer<float> parts("parts", 6), y("y", 1);
  Buffer<unsigned> ticket("ticket", std::vector<unsigned>{0});
  launch({6}, {32}, lastSums, parts, ticket, y, 1);
  check(y.values()[0] == 6 && ticket.values()[0] == 0, "the last block summed");
  faults("nothing between them that orders",
         [&] { launch({6}, {32}, lastSums, parts, ticket, y, 0); });
}

int main() {
  return runCases({{"bounds", bounds},
                   {"ranges", ranges},
                   {"alignment", alignment},
                   {"shared memory", sharedMemory},
                   {"divergence", divergence},
                   {"warps", warps},
                   {"atomics", atomics}});
}
