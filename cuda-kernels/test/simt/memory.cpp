// SPDX-License-Identifier: Apache-2.0
//
// Buffers in device memory, with guards around them.
#include "shadow.hpp"

#include <sys/mman.h>

#include <algorithm>

namespace simt {

std::vector<Shadow*> buffers;
std::vector<Range> unshadowed;

namespace {

constexpr size_t GUARD = 256; // bytes on either side, the alignment of CUDA's allocations
constexpr unsigned char PATTERN = 0xA5;

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

void checkGuards() {
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
  unshadowed.push_back({begin, begin + bytes});
  return p;
}

void release(void* p, size_t bytes) {
  uintptr_t begin = reinterpret_cast<uintptr_t>(p);
  unshadowed.erase(std::find_if(unshadowed.begin(), unshadowed.end(),
                                [=](const Range& range) { return range.begin == begin; }));
  munmap(p, bytes);
}

}  // namespace simt
