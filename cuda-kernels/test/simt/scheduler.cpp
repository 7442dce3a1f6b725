// SPDX-License-Identifier: Apache-2.0
//
// Fibers, blocks and the turns that they get.
#include "machine.hpp"

#include <algorithm>
#include <numeric>
#include <random>
#include <sstream>

namespace simt {

std::vector<std::unique_ptr<Fiber>> fibers;
Fiber* current = nullptr;
Dim grid, block, blockAt;
uint64_t blockLinear;
Clock launchClock = 0;
Clock launchOfGrid = 0;
Clock barriersPassed = 0;
std::vector<Clock> warpSyncs;
std::vector<Exchange> exchanges;

namespace {

Order order = Order::FORWARD;
std::vector<uint64_t> only;
std::mt19937 random(1);

const std::function<void()>* kernel = nullptr;
jmp_buf scheduler;
std::string fault;

}  // namespace

std::string name(const Dim& d) {
  std::ostringstream text;
  text << "(" << d.x << "," << d.y << "," << d.z << ")";
  return text.str();
}

Dim position(uint64_t linear, const Dim& size) {
  return {static_cast<unsigned>(linear % size.x), static_cast<unsigned>(linear / size.x % size.y),
          static_cast<unsigned>(linear / size.x / size.y)};
}

[[noreturn]] void fail(const std::string& what) {
  fault = "thread " + name(current->index) + " of block " + name(blockAt) + " " + what;
  _longjmp(scheduler, 2);
}

void yield() {
  if (_setjmp(current->resume) == 0) {
    _longjmp(scheduler, 1);
  }
}

namespace {

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
  forgetAcquired();
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

}  // namespace

void schedule(Order next) { order = next; }

void onlyBlocks(std::vector<uint64_t> blocks) { only = std::move(blocks); }

void run(Dim blocks, Dim threads, const std::function<void()>& thread) {
  grid = blocks;
  block = threads;
  if (grid.y > 65535 || grid.z > 65535 || grid.x > 2147483647u) {
    throw Fault("a grid of " + name(grid) + " is more than the GPU takes");
  }
  kernel = &thread;
  fault.clear();
  forgetPublications();
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
  checkGuards();
}

void enterKernel() { current->inKernel = true; }
void leaveKernel() { current->inKernel = false; }

Dim threadIndex() { return current->index; }
Dim blockIndex() { return blockAt; }
Dim blockSize() { return block; }
Dim gridSize() { return grid; }

void barrier(const char* file, int line) {
  current->state = State::AT_BARRIER;
  current->file = file;
  current->line = line;
  yield();
}

}  // namespace simt
