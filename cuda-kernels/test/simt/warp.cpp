// SPDX-License-Identifier: Apache-2.0
//
// What the lanes of a warp exchange: shuffles, ballots, and waiting for each other.
#include "machine.hpp"

namespace simt {

int laneIndex() { return static_cast<int>(current->linear % WARP); }

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

}  // namespace simt
