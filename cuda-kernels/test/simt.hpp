// SPDX-License-Identifier: Apache-2.0
//
// A small SIMT machine for the host: it runs CUDA kernels, compiled by GCC from the very files that
// nvcc compiles, and finds what a GPU would let pass or crash on.
//
// Every thread of a block is a fiber; blocks run one after the other, in any order. GCC's
// -fsanitize=thread calls a hook before each memory access; the hooks are ours, so that every
// access of a kernel is checked:
//   - it lies inside one buffer (or in shared memory, or on the thread's own stack),
//   - it is aligned to its size, as the GPU demands of 8- and 16-byte accesses,
//   - what is read was written before,
//   - it does not race: two threads touch the same bytes, one of them writing, only if a barrier
//     (or an atomic with __threadfence on the writer's side, between blocks) lies between them.
// Barriers and warp operations that not all threads reach are found as well. A finding is a Fault.
//
// A test includes this header first and then the kernels' file.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

namespace simt {

struct Dim {
  unsigned x = 1;
  unsigned y = 1;
  unsigned z = 1;
};

/** What a kernel did wrong, and which thread did it. */
struct Fault : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/** The order in which a block's threads, and a grid's blocks, get their turns. */
enum class Order { FORWARD, REVERSE, SHUFFLED };

/** The threads' order in launches from now on. */
void schedule(Order order);

/** Runs only these blocks of each grid, by linear index, so that huge grids can be sampled. */
void onlyBlocks(std::vector<uint64_t> blocks);

/** Addresses from `begin` to before `end`, what kernels may do with them, and what they did. */
struct Range {
  uintptr_t begin;
  uintptr_t end;
  bool readable = true;
  bool writable = true;
  bool read = false;
  bool written = false;
};

/** Lets kernels touch only these parts of the buffers, or everything if there are none. */
void onlyRanges(std::vector<Range> ranges);

/** The ranges that were given last, with what was done since. */
const std::vector<Range>& ranges();

void run(Dim grid, Dim block, const std::function<void()>& thread);

/** Switches the memory checker on and off for the current thread. */
void enterKernel();
void leaveKernel();

/** Runs a kernel; throws a Fault, after which the buffers hold what was written until then. */
template <class... P, class... A>
void launch(Dim grid, Dim block, void (*kernel)(P...), A&&... args) {
  std::tuple<P...> values(args...);
  auto call = [kernel](P... p) {
    auto function = kernel;
    enterKernel();
    function(p...);
    leaveKernel();
  };
  run(grid, block, [&] { std::apply(call, values); });
}

// ------------------------------------------------------------------------------- device memory

/** A stretch of device memory with guard bands around it; see Buffer. */
class Memory {
 public:
  /** @param shift elements by which the start misses a 256-byte boundary */
  Memory(std::string name, size_t elementSize, size_t count, size_t shift, bool written);
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  ~Memory();

  void* data() const;
  /** Throws a Fault if an element was never written. */
  void requireWritten() const;

 private:
  struct Shadow* shadow;
};

/** Elements in device memory: made of values, or of a count that a kernel must write. */
template <class T>
class Buffer {
 public:
  Buffer(std::string name, const std::vector<T>& values, size_t shift = 0)
      : count(values.size()), memory(std::move(name), sizeof(T), count, shift, true) {
    if (count > 0) std::memcpy(memory.data(), values.data(), count * sizeof(T));
  }

  Buffer(std::string name, size_t count, size_t shift = 0)
      : count(count), memory(std::move(name), sizeof(T), count, shift, false) {}

  operator T*() const { return static_cast<T*>(memory.data()); }

  size_t size() const { return count; }

  /** The elements; throws a Fault if some are not written yet. */
  std::vector<T> values() const {
    memory.requireWritten();
    const T* begin = *this;
    return std::vector<T>(begin, begin + count);
  }

 private:
  size_t count;
  Memory memory;
};

/** Address space for tensors beyond 2^31 elements; only what is touched takes memory. */
template <class T>
class HugeBuffer {
 public:
  explicit HugeBuffer(size_t count);
  HugeBuffer(const HugeBuffer&) = delete;
  HugeBuffer& operator=(const HugeBuffer&) = delete;
  ~HugeBuffer();
  operator T*() const { return begin; }
  T& operator[](size_t i) { return begin[i]; }

 private:
  T* begin;
  size_t count;
};

void* reserve(size_t bytes);
void release(void* begin, size_t bytes);

template <class T>
HugeBuffer<T>::HugeBuffer(size_t count)
    : begin(static_cast<T*>(reserve(count * sizeof(T)))), count(count) {}

template <class T>
HugeBuffer<T>::~HugeBuffer() {
  release(begin, count * sizeof(T));
}

// --------------------------------------------------------------------- what kernels are made of

Dim threadIndex();
Dim blockIndex();
Dim blockSize();
Dim gridSize();

void barrier(const char* file, int line);
void fence();

enum class WarpOp { SYNC, SHUFFLE, BALLOT };

/** Waits for all lanes of the mask; returns the source lane's bits, or the ballot. */
uint64_t exchange(WarpOp op, unsigned mask, uint64_t bits, int source, const char* file, int line);

/** To be called before an atomic operation is carried out. */
void atomicAccess(void* address, size_t size);

int laneIndex();

template <class T>
T shuffle(unsigned mask, T value, int source, const char* file, int line) {
  static_assert(sizeof(T) <= 8, "shuffles move 4 or 8 bytes");
  uint64_t bits = 0;
  __builtin_memcpy(&bits, &value, sizeof(T));
  bits = exchange(WarpOp::SHUFFLE, mask, bits, source, file, line);
  __builtin_memcpy(&value, &bits, sizeof(T));
  return value;
}

template <class To, class From>
To bitCast(From from) {
  static_assert(sizeof(To) == sizeof(From), "sizes differ");
  To to;
  __builtin_memcpy(&to, &from, sizeof(To));
  return to;
}

inline float sinPi(float x) { return static_cast<float>(std::sin(3.14159265358979323846 * x)); }
inline float cosPi(float x) { return static_cast<float>(std::cos(3.14159265358979323846 * x)); }

uint16_t floatToHalf(float x);
float halfToFloat(uint16_t bits);

}  // namespace simt

#define __global__
#define __device__
#define __forceinline__ inline
#define __launch_bounds__(...)
#define __restrict__ __restrict
// One block at a time, so that a static variable is the block's own; the hooks know that any
// variable outside buffers and stack is shared memory.
#define __shared__ static

#define threadIdx simt::threadIndex()
#define blockIdx simt::blockIndex()
#define blockDim simt::blockSize()
#define gridDim simt::gridSize()

#define __syncthreads() simt::barrier(__FILE__, __LINE__)
#define __threadfence() simt::fence()
#define __syncwarp() \
  static_cast<void>(simt::exchange(simt::WarpOp::SYNC, ~0u, 0, 0, __FILE__, __LINE__))
#define __shfl_sync(mask, value, lane) simt::shuffle(mask, value, (lane) & 31, __FILE__, __LINE__)
#define __shfl_xor_sync(mask, value, bits) \
  simt::shuffle(mask, value, simt::laneIndex() ^ (bits), __FILE__, __LINE__)
#define __ballot_sync(mask, predicate)                                                     \
  static_cast<unsigned>(simt::exchange(simt::WarpOp::BALLOT, mask, (predicate) ? 1 : 0, 0, \
                                       __FILE__, __LINE__))
#define __any_sync(mask, predicate) (__ballot_sync(mask, predicate) != 0)

/** Vectors that are copied by one access, as on the GPU, so that their alignment is seen. */
struct alignas(8) uint2 {
  union {
    struct {
      unsigned x, y;
    };
    uint64_t all;
  };
  uint2(unsigned x, unsigned y) : x(x), y(y) {}
  uint2(const uint2& other) : all(other.all) {}
  uint2& operator=(const uint2& other) {
    all = other.all;
    return *this;
  }
};

struct alignas(16) uint4 {
  typedef unsigned Lanes __attribute__((vector_size(16), may_alias));
  union {
    struct {
      unsigned x, y, z, w;
    };
    Lanes all;
  };
  uint4(unsigned x, unsigned y, unsigned z, unsigned w) : x(x), y(y), z(z), w(w) {}
  uint4(const uint4& other) : all(other.all) {}
  uint4& operator=(const uint4& other) {
    all = other.all;
    return *this;
  }
};

inline uint2 make_uint2(unsigned x, unsigned y) { return uint2(x, y); }
inline uint4 make_uint4(unsigned x, unsigned y, unsigned z, unsigned w) {
  return uint4(x, y, z, w);
}

inline float __uint_as_float(unsigned bits) { return simt::bitCast<float>(bits); }
inline unsigned __float_as_uint(float x) { return simt::bitCast<unsigned>(x); }
inline unsigned __umulhi(unsigned a, unsigned b) {
  return static_cast<unsigned>((static_cast<uint64_t>(a) * b) >> 32);
}

inline float rsqrtf(float x) { return 1 / std::sqrt(x); }

template <class T>
__attribute__((no_sanitize("thread"))) T atomicAdd(T* address, T value) {
  static_assert(std::is_integral<T>::value, "sums of floats depend on the order of the threads");
  simt::atomicAccess(address, sizeof(T));
  T old = *address;
  *address = old + value;
  return old;
}

__attribute__((no_sanitize("thread"))) inline unsigned atomicInc(unsigned* address, unsigned limit) {
  simt::atomicAccess(address, sizeof(unsigned));
  unsigned old = *address;
  *address = old >= limit ? 0 : old + 1;
  return old;
}
