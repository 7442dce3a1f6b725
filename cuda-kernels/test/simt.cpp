// SPDX-License-Identifier: Apache-2.0
//
// The machine behind simt.hpp: fibers, barriers, warp exchanges, and the memory checker that GCC's
// -fsanitize=thread calls. This file itself is compiled without it.
#include "simt.hpp"

#include <setjmp.h>
#include <sys/mman.h>
#include <ucontext.h>

#include <algorithm>
#include <map>
#include <memory>
#include <numeric>
#include <random>
#include <set>
#include <sstream>

// The linker's bounds of this program's memory: constants lie below __data_start, variables behind.
extern "C" char __executable_start, __data_start, _end;

namespace simt {
namespace {

constexpr size_t STACK = 128 * 1024;
constexpr size_t GUARD = 256;       // bytes on either side, the alignment of CUDA's allocations
constexpr unsigned char PATTERN = 0xA5;
constexpr unsigned WARP = 32;

using Clock = uint32_t;

/** Who touched a piece of memory, and when: 20 bytes, for there are three of them an element. */
struct Access {
  Clock launch = 0;  // or block, for shared memory; 0 is none
  uint32_t block = 0;
  Clock barriers = 0;   // that the block had passed
  Clock warpSyncs = 0;  // that the thread's warp had passed
  uint16_t thread = 0;
  bool atomic = false;
};

/** The history of one element, or of one byte of shared memory. */
struct Cell {
  Access write;
  Access read;
  Access otherRead; // the last one by a thread other than that of `read`
};

enum class State { READY, AT_BARRIER, IN_WARP, DONE };

struct Fiber {
  ucontext_t context;
  jmp_buf resume;
  char* stack = nullptr;
  bool started = false;
  bool inKernel = false;
  State state = State::DONE;
  Dim index;
  unsigned linear = 0;
  const char* file = nullptr; // where it waits
  int line = 0;
  uint64_t result = 0; // of a warp exchange
  bool wrote = false;  // global memory, in this launch
  bool unfenced = false;
  Clock fencedAt = 0; // barriers passed at the last fence
};

struct Exchange {
  unsigned arrived = 0;
  unsigned mask = 0;
  WarpOp op = WarpOp::SYNC;
  uint64_t bits[WARP];
  int source[WARP];
};

std::vector<Shadow*> buffers;
std::vector<std::pair<uintptr_t, uintptr_t>> unshadowed; // HugeBuffers
std::vector<Cell> sharedCells;
std::vector<std::unique_ptr<Fiber>> fibers;

Order order = Order::FORWARD;
std::vector<uint64_t> only;
std::vector<Range> allowed;
std::mt19937 random(1);

// The launch that is going on.
const std::function<void()>* kernel = nullptr;
Fiber* current = nullptr;
jmp_buf scheduler;
std::string fault;
Dim grid, block, blockAt;
uint64_t blockLinear;
Clock launchClock = 0; // also counts blocks, so that shared memory is new for each
Clock launchOfGrid = 0;
Clock barriersPassed = 0;
std::vector<Clock> warpSyncs;
std::vector<Exchange> exchanges;
std::map<uintptr_t, std::set<uint64_t>> releasedBy; // atomic variable -> blocks before it
std::set<uint64_t> acquired;                        // blocks whose writes this one may read
Clock acquiredAt;
unsigned acquirer;

std::string name(const Dim& d) {
  std::ostringstream text;
  text << "(" << d.x << "," << d.y << "," << d.z << ")";
  return text.str();
}

Dim position(uint64_t linear, const Dim& size) {
  return {static_cast<unsigned>(linear % size.x), static_cast<unsigned>(linear / size.x % size.y),
          static_cast<unsigned>(linear / size.x / size.y)};
}

/**
 * While the machine itself is at work: of the standard library's templates the linker may have
 * taken the test's instances, which call the hooks too.
 */
class Unchecked {
 public:
  Unchecked() : fiber(current), inKernel(current->inKernel) { fiber->inKernel = false; }
  ~Unchecked() { fiber->inKernel = inKernel; }

 private:
  Fiber* fiber;
  bool inKernel;
};

/** Ends the launch from within a kernel's thread. */
[[noreturn]] void fail(const std::string& what) {
  fault = "thread " + name(current->index) + " of block " + name(blockAt) + " " + what;
  _longjmp(scheduler, 2);
}

/** Gives the turn back until the scheduler resumes this fiber. */
void yield() {
  if (_setjmp(current->resume) == 0) {
    _longjmp(scheduler, 1);
  }
}

void fiberMain() {
  for (;;) {
    (*kernel)();
    current->state = State::DONE;
    yield();
  }
}

void start(Fiber& fiber) {
  if (fiber.stack == nullptr) {
    fiber.stack = static_cast<char*>(reserve(STACK));
  }
  getcontext(&fiber.context);
  fiber.context.uc_stack.ss_sp = fiber.stack;
  fiber.context.uc_stack.ss_size = STACK;
  fiber.context.uc_link = nullptr;
  makecontext(&fiber.context, fiberMain, 0);
  fiber.started = true;
  setcontext(&fiber.context);
}

void resume(Fiber& fiber) {
  current = &fiber;
  int turn = _setjmp(scheduler);
  if (turn == 0) {
    if (fiber.started) {
      _longjmp(fiber.resume, 1);
    }
    start(fiber);
  }
  current = nullptr;
}

/** The order of `count` turns. */
std::vector<uint64_t> turns(uint64_t count) {
  std::vector<uint64_t> turns(count);
  std::iota(turns.begin(), turns.end(), 0);
  if (order == Order::REVERSE) {
    std::reverse(turns.begin(), turns.end());
  } else if (order == Order::SHUFFLED) {
    std::shuffle(turns.begin(), turns.end(), random);
  }
  return turns;
}

const char* stateName(State state) {
  switch (state) {
    case State::AT_BARRIER:
      return "waits at __syncthreads";
    case State::IN_WARP:
      return "waits in a warp operation";
    default:
      return "has left the kernel";
  }
}

void releaseBarrier(unsigned threads) {
  const Fiber& first = *fibers[0];
  for (unsigned t = 0; t < threads; t++) {
    const Fiber& f = *fibers[t];
    if (f.state != first.state || f.line != first.line || f.file != first.file) {
      std::ostringstream text;
      text << "block " << name(blockAt) << " diverges: thread " << name(first.index) << " "
           << stateName(first.state) << ", line " << first.line << ", thread " << name(f.index)
           << " " << stateName(f.state) << ", line " << f.line;
      fault = text.str();
      return;
    }
  }
  if (first.state == State::IN_WARP) {
    fault = "block " + name(blockAt) + " waits for lanes of a warp operation that never come";
    return;
  }
  barriersPassed++;
  for (unsigned t = 0; t < threads; t++) {
    fibers[t]->state = State::READY;
  }
}

void runBlock() {
  unsigned threads = block.x * block.y * block.z;
  launchClock++;
  barriersPassed = 0;
  warpSyncs.assign((threads + WARP - 1) / WARP, 0);
  exchanges.assign(warpSyncs.size(), Exchange());
  acquired.clear();
  while (fibers.size() < threads) {
    fibers.push_back(std::make_unique<Fiber>());
  }
  for (unsigned t = 0; t < threads; t++) {
    Fiber& f = *fibers[t];
    f.state = State::READY;
    f.index = position(t, block);
    f.linear = t;
    f.line = 0;
    f.file = nullptr;
    f.wrote = f.unfenced = false;
  }
  std::vector<uint64_t> sequence = turns(threads);
  for (unsigned alive = threads; alive > 0 && fault.empty();) {
    bool progress = false;
    for (uint64_t t : sequence) {
      Fiber& f = *fibers[t];
      if (f.state == State::READY && fault.empty()) {
        resume(f);
        progress = true;
        alive -= f.state == State::DONE;
      }
    }
    if (!progress && alive > 0) {
      releaseBarrier(threads);
    }
  }
}

// ------------------------------------------------------------------------------- memory checker

/** Whether the earlier access lies before what the current thread does now. */
bool ordered(const Access& earlier, bool shared) {
  if (earlier.launch != (shared ? launchClock : launchOfGrid)) {
    return true;
  }
  if (shared || earlier.block == blockLinear) {
    bool sameWarp = earlier.thread / WARP == current->linear / WARP;
    return earlier.thread == current->linear || earlier.barriers < barriersPassed ||
           (sameWarp && earlier.warpSyncs < warpSyncs[current->linear / WARP]);
  }
  return acquired.count(earlier.block) > 0 &&
         (current->linear == acquirer || acquiredAt < barriersPassed);
}

[[noreturn]] void race(const Access& earlier, const char* before, const char* now,
                       const std::string& where) {
  fail(std::string(now) + " " + where + ", which thread " + name(position(earlier.thread, block)) +
       " of block " + name(position(earlier.block, grid)) + " " + before +
       " with nothing between them that orders the two");
}

/** @param where tells what the cell is, asked only when something is wrong */
template <class Where>
void touch(Cell& cell, bool write, bool atomic, bool shared, Where where) {
  bool bothAtomic = atomic && cell.write.atomic;
  if (cell.write.launch != 0 && !bothAtomic && !ordered(cell.write, shared)) {
    race(cell.write, "wrote", write ? "writes" : "reads", where());
  }
  Access now;
  now.launch = shared ? launchClock : launchOfGrid;
  now.block = static_cast<uint32_t>(blockLinear);
  now.barriers = barriersPassed;
  now.warpSyncs = warpSyncs[current->linear / WARP];
  now.thread = static_cast<uint16_t>(current->linear);
  now.atomic = atomic;
  if (!write) {
    if (cell.read.thread != now.thread || cell.read.block != now.block) {
      cell.otherRead = cell.read;
    }
    cell.read = now;
    return;
  }
  if (!ordered(cell.read, shared)) {
    race(cell.read, "read", "writes", where());
  }
  if (!ordered(cell.otherRead, shared)) {
    race(cell.otherRead, "read", "writes", where());
  }
  cell.write = now;
}

}  // namespace

struct Shadow {
  std::string name;
  size_t elementSize;
  size_t count;
  char* allocation;
  size_t allocated;
  char* begin;
  std::vector<bool> written;
  std::vector<Cell> cells; // none before a kernel touches an element, for they are 30 times as large

  char* end() const { return begin + count * elementSize; }

  std::string element(size_t i) const {
    return "element " + std::to_string(i) + " of '" + name + "'";
  }
};

namespace {

bool isAllowed(const char* p, size_t size) {
  uintptr_t at = reinterpret_cast<uintptr_t>(p);
  auto holds = [=](const Range& range) { return at >= range.begin && at + size <= range.end; };
  return allowed.empty() || std::any_of(allowed.begin(), allowed.end(), holds);
}

void accessBuffer(Shadow& buffer, char* p, size_t size, bool write, bool atomic) {
  if (p < buffer.begin || p + size > buffer.end()) {
    fail(std::string(write ? "writes " : "reads ") + std::to_string(size) + " bytes at " +
         std::to_string(p - buffer.begin) + " of '" + buffer.name + "', which has " +
         std::to_string(buffer.count * buffer.elementSize));
  }
  if (!isAllowed(p, size)) {
    fail(std::string(write ? "writes " : "reads ") + std::to_string(size) + " bytes at " +
         std::to_string(p - buffer.begin) + " of '" + buffer.name +
         "', which is no part that the launch was given");
  }
  if (buffer.cells.empty()) {
    buffer.cells.resize(buffer.count);
  }
  size_t first = (p - buffer.begin) / buffer.elementSize;
  size_t last = (p + size - 1 - buffer.begin) / buffer.elementSize;
  for (size_t i = first; i <= last; i++) {
    if (!write && !buffer.written[i]) {
      fail("reads " + buffer.element(i) + ", which nobody wrote");
    }
    touch(buffer.cells[i], write, atomic, false, [&] { return buffer.element(i); });
    buffer.written[i] = buffer.written[i] || write;
  }
  if (write) {
    current->wrote = current->unfenced = true;
  }
}

void accessShared(char* p, size_t size, bool write, bool atomic) {
  if (sharedCells.empty()) {
    sharedCells.resize(&_end - &__data_start);
  }
  size_t first = p - &__data_start;
  for (size_t i = first; i < first + size; i++) {
    Cell& cell = sharedCells[i];
    if (!write && cell.write.launch != launchClock) {
      fail("reads shared memory that its block did not write");
    }
    touch(cell, write, atomic, true, [] { return "a byte of shared memory"; });
  }
}

void access(void* address, size_t size, bool write, bool atomic = false) {
  if (current == nullptr || !current->inKernel) {
    return; // the test's own code
  }
  Unchecked machine;
  char* p = static_cast<char*>(address);
  if (p >= current->stack && p < current->stack + STACK) {
    return;
  }
  if (reinterpret_cast<uintptr_t>(p) % size != 0) {
    fail("accesses " + std::to_string(size) + " bytes at an address that " + std::to_string(size) +
         " does not divide");
  }
  for (Shadow* buffer : buffers) {
    if (p >= buffer->allocation && p < buffer->allocation + buffer->allocated) {
      return accessBuffer(*buffer, p, size, write, atomic);
    }
  }
  for (auto& range : unshadowed) {
    uintptr_t at = reinterpret_cast<uintptr_t>(p);
    if (at >= range.first && at + size <= range.second) {
      return;
    }
  }
  if (p >= &__data_start && p < &_end) {
    return accessShared(p, size, write, atomic);
  }
  if (!write && p >= &__executable_start && p < &__data_start) {
    return; // a constant
  }
  fail(std::string(write ? "writes" : "reads") + " memory that is no buffer");
}

/** A second net, for writes that no hook announced. */
void checkGuard(const Shadow& buffer, const char* begin, const char* end) {
  for (const char* p = begin; p < end; p++) {
    if (static_cast<unsigned char>(*p) != PATTERN) {
      throw Fault("the guard around '" + buffer.name + "' was overwritten at byte " +
                  std::to_string(p - buffer.begin));
    }
  }
}

}  // namespace

// ------------------------------------------------------------------------------- the interface

void schedule(Order next) { order = next; }

void onlyBlocks(std::vector<uint64_t> blocks) { only = std::move(blocks); }

void onlyRanges(std::vector<Range> ranges) { allowed = std::move(ranges); }

void run(Dim blocks, Dim threads, const std::function<void()>& thread) {
  grid = blocks;
  block = threads;
  if (grid.y > 65535 || grid.z > 65535 || grid.x > 2147483647u) {
    throw Fault("a grid of " + name(grid) + " is more than the GPU takes");
  }
  kernel = &thread;
  fault.clear();
  releasedBy.clear();
  launchOfGrid = ++launchClock;
  std::vector<uint64_t> sequence =
      only.empty() ? turns(static_cast<uint64_t>(grid.x) * grid.y * grid.z) : only;
  for (uint64_t b : sequence) {
    blockLinear = b;
    blockAt = position(b, grid);
    runBlock();
    if (!fault.empty()) {
      for (auto& fiber : fibers) {
        fiber->started = fiber->inKernel = false; // its stack is stuck inside the kernel
      }
      throw Fault(fault);
    }
  }
  for (const Shadow* buffer : buffers) {
    checkGuard(*buffer, buffer->allocation, buffer->begin);
    checkGuard(*buffer, buffer->end(), buffer->allocation + buffer->allocated);
  }
}

Memory::Memory(std::string name, size_t elementSize, size_t count, size_t shift, bool written)
    : shadow(new Shadow()) {
  shadow->name = std::move(name);
  shadow->elementSize = elementSize;
  shadow->count = count;
  shadow->allocated = (shift + count) * elementSize + 2 * GUARD;
  shadow->allocated += GUARD - shadow->allocated % GUARD;
  shadow->allocation = static_cast<char*>(std::aligned_alloc(GUARD, shadow->allocated));
  shadow->begin = shadow->allocation + GUARD + shift * elementSize;
  std::memset(shadow->allocation, PATTERN, shadow->allocated);
  shadow->written.assign(count, written);
  buffers.push_back(shadow);
}

Memory::~Memory() {
  buffers.erase(std::find(buffers.begin(), buffers.end(), shadow));
  std::free(shadow->allocation);
  delete shadow;
}

void* Memory::data() const { return shadow->begin; }

void Memory::requireWritten() const {
  for (size_t i = 0; i < shadow->count; i++) {
    if (!shadow->written[i]) {
      throw Fault(shadow->element(i) + " was never written");
    }
  }
}

void* reserve(size_t bytes) {
  void* p = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (p == MAP_FAILED) {
    throw std::bad_alloc();
  }
  uintptr_t begin = reinterpret_cast<uintptr_t>(p);
  unshadowed.emplace_back(begin, begin + bytes);
  return p;
}

void release(void* p, size_t bytes) {
  uintptr_t begin = reinterpret_cast<uintptr_t>(p);
  unshadowed.erase(
      std::find(unshadowed.begin(), unshadowed.end(), std::make_pair(begin, begin + bytes)));
  munmap(p, bytes);
}

void enterKernel() { current->inKernel = true; }
void leaveKernel() { current->inKernel = false; }

Dim threadIndex() { return current->index; }
Dim blockIndex() { return blockAt; }
Dim blockSize() { return block; }
Dim gridSize() { return grid; }
int laneIndex() { return static_cast<int>(current->linear % WARP); }

void barrier(const char* file, int line) {
  current->state = State::AT_BARRIER;
  current->file = file;
  current->line = line;
  yield();
}

void fence() {
  current->unfenced = false;
  current->fencedAt = barriersPassed;
}

uint64_t exchange(WarpOp op, unsigned mask, uint64_t bits, int source, const char* file, int line) {
  Unchecked machine;
  Exchange& warp = exchanges[current->linear / WARP];
  int lane = laneIndex();
  if ((mask >> lane & 1) == 0) {
    fail("takes part in a warp operation whose mask lacks it, line " + std::to_string(line));
  }
  if (op == WarpOp::SHUFFLE && (mask >> source & 1) == 0) {
    fail("shuffles from lane " + std::to_string(source) + ", which the mask lacks, line " +
         std::to_string(line));
  }
  if (warp.arrived != 0 && (warp.op != op || warp.mask != mask)) {
    fail("meets its warp in another operation or with another mask, line " + std::to_string(line));
  }
  warp.op = op;
  warp.mask = mask;
  warp.bits[lane] = bits;
  warp.source[lane] = source;
  warp.arrived |= 1u << lane;
  if (warp.arrived != mask) {
    current->state = State::IN_WARP;
    current->file = file;
    current->line = line;
    yield();
    return current->result;
  }
  unsigned ballot = 0;
  for (unsigned l = 0; l < WARP; l++) {
    ballot |= (mask >> l & 1) != 0 && warp.bits[l] != 0 ? 1u << l : 0;
  }
  for (unsigned l = 0; l < WARP; l++) {
    if (mask >> l & 1) {
      Fiber& f = *fibers[current->linear / WARP * WARP + l];
      f.result = op == WarpOp::SHUFFLE ? warp.bits[warp.source[l]] : ballot;
      f.state = State::READY;
    }
  }
  warp.arrived = 0;
  warpSyncs[current->linear / WARP] += op == WarpOp::SYNC;
  return current->result;
}

void atomicAccess(void* address, size_t size) {
  bool hadWritten = current->wrote, wasUnfenced = current->unfenced;
  access(address, size, true, true);
  Unchecked machine;
  current->wrote = hadWritten; // the atomic itself needs no fence
  current->unfenced = wasUnfenced;
  std::set<uint64_t>& before = releasedBy[reinterpret_cast<uintptr_t>(address)];
  acquired.insert(before.begin(), before.end());
  acquiredAt = barriersPassed;
  acquirer = current->linear;
  bool published = true;
  for (unsigned t = 0; t < block.x * block.y * block.z; t++) {
    const Fiber& f = *fibers[t];
    bool seen = !f.unfenced && (&f == current || f.fencedAt < barriersPassed);
    published = published && (!f.wrote || seen);
  }
  if (published) {
    before.insert(blockLinear);
    before.insert(acquired.begin(), acquired.end());
  }
}

uint16_t floatToHalf(float x) { return bitCast<uint16_t>(static_cast<_Float16>(x)); }
float halfToFloat(uint16_t bits) { return static_cast<float>(bitCast<_Float16>(bits)); }

}  // namespace simt

// ------------------------------------------------------- the hooks of GCC's -fsanitize=thread

#define CHECKED(size)                                                                         \
  void __tsan_read##size(void* p) { simt::access(p, size, false); }                           \
  void __tsan_write##size(void* p) { simt::access(p, size, true); }                           \
  void __tsan_unaligned_read##size(void* p) { simt::access(p, size, false); }                 \
  void __tsan_unaligned_write##size(void* p) { simt::access(p, size, true); }

extern "C" {
CHECKED(1)
CHECKED(2)
CHECKED(4)
CHECKED(8)
CHECKED(16)
void __tsan_read_range(void* p, size_t size) {
  for (size_t i = 0; i < size; i++) simt::access(static_cast<char*>(p) + i, 1, false);
}
void __tsan_write_range(void* p, size_t size) {
  for (size_t i = 0; i < size; i++) simt::access(static_cast<char*>(p) + i, 1, true);
}
void __tsan_init() {}
void __tsan_func_entry(void*) {}
void __tsan_func_exit() {}
void __tsan_vptr_update(void**, void*) {}
}
