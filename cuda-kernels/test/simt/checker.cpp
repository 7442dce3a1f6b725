// SPDX-License-Identifier: Apache-2.0
//
// The checker: every access of a kernel, as GCC's -fsanitize=thread announces it.
#include "shadow.hpp"

#include <algorithm>

// The linker's bounds of this program's memory: constants lie below __data_start, variables behind.
extern "C" char __executable_start, __data_start, _end;

namespace simt {
namespace {

std::vector<Cell> sharedCells;
std::vector<Range> allowed;

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
  return hasAcquired(earlier.block);
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

/** Notes an access in the ranges that allow it; returns what is against it, if none does. */
const char* refusal(const char* p, size_t size, bool write) {
  uintptr_t at = reinterpret_cast<uintptr_t>(p);
  bool allows = allowed.empty();
  bool holds = false;
  for (Range& range : allowed) {
    if (at >= range.begin && at + size <= range.end) {
      holds = true;
      if (write ? range.writable : range.readable) {
        (write ? range.written : range.read) = allows = true;
      }
    }
  }
  return allows   ? nullptr
         : !holds ? "which is no part that the launch was given"
         : write  ? "which the launch was given to read alone"
                  : "which the launch was given to write alone";
}

/** An atomic operation reads what it writes. */
const char* refusal(const char* p, size_t size, bool write, bool atomic) {
  const char* why = refusal(p, size, write);
  return why == nullptr && atomic ? refusal(p, size, !write) : why;
}

void accessBuffer(Shadow& buffer, char* p, size_t size, bool write, bool atomic) {
  if (p < buffer.begin || p + size > buffer.end()) {
    fail(std::string(write ? "writes " : "reads ") + std::to_string(size) + " bytes at " +
         std::to_string(p - buffer.begin) + " of '" + buffer.name + "', which has " +
         std::to_string(buffer.count * buffer.elementSize));
  }
  if (const char* why = refusal(p, size, write, atomic)) {
    fail(std::string(write ? "writes " : "reads ") + std::to_string(size) + " bytes at " +
         std::to_string(p - buffer.begin) + " of '" + buffer.name + "', " + why);
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

}  // namespace

void onlyRanges(std::vector<Range> ranges) { allowed = std::move(ranges); }

const std::vector<Range>& ranges() { return allowed; }

void access(void* address, size_t size, bool write, bool atomic) {
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
  for (const Range& range : unshadowed) {
    uintptr_t at = reinterpret_cast<uintptr_t>(p);
    if (at >= range.begin && at + size <= range.end) {
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
