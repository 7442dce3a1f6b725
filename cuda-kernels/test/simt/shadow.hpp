// SPDX-License-Identifier: Apache-2.0
//
// What the machine knows of a buffer: its guards, what was written, who touched what.
#pragma once

#include "machine.hpp"

namespace simt {

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

extern std::vector<Shadow*> buffers;
extern std::vector<Range> unshadowed; // HugeBuffers, and the fibers' stacks

}  // namespace simt
