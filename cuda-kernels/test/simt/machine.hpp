// SPDX-License-Identifier: Apache-2.0
//
// What the parts of the machine behind simt.hpp share: the launch that is going on, one at a time.
//   scheduler.cpp    fibers, blocks and the turns that they get
//   warp.cpp         what the lanes of a warp exchange
//   publication.cpp  fences and atomics: what a block may read of what another wrote
//   memory.cpp       buffers and the guards around them
//   checker.cpp      every access of a kernel, as GCC's -fsanitize=thread announces it
// All are compiled without -fsanitize=thread.
#pragma once

#include "../simt.hpp"

#include <setjmp.h>
#include <ucontext.h>

#include <memory>

namespace simt {

constexpr size_t STACK = 128 * 1024;
constexpr unsigned WARP = 32;

using Clock = uint32_t;

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

extern std::vector<std::unique_ptr<Fiber>> fibers; // of the block; more, if one before was larger
extern Fiber* current;                             // whose turn it is; null outside kernels
extern Dim grid, block, blockAt;
extern uint64_t blockLinear;
extern Clock launchClock; // also counts blocks, so that shared memory is new for each
extern Clock launchOfGrid;
extern Clock barriersPassed; // by the block
extern std::vector<Clock> warpSyncs; // by each warp of it
extern std::vector<Exchange> exchanges; // of each warp of it

std::string name(const Dim& d);

Dim position(uint64_t linear, const Dim& size);

/** Ends the launch from within a kernel's thread. */
[[noreturn]] void fail(const std::string& what);

/** Gives the turn back until the scheduler resumes this fiber. */
void yield();

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

/** Of publication.cpp: begins a launch, and a block of it. */
void forgetPublications();
void forgetAcquired();

/** Tells whether the current thread may read what another block wrote before its atomic. */
bool hasAcquired(uint32_t otherBlock);

/** Of memory.cpp: throws a Fault if something was written around a buffer. */
void checkGuards();

/** Of checker.cpp. */
void access(void* address, size_t size, bool write, bool atomic = false);

}  // namespace simt
