// SPDX-License-Identifier: Apache-2.0
//
// What a block may read of what another wrote: that which all threads of the other fenced before an
// atomic on a variable, for those that come to the variable later.
#include "machine.hpp"

#include <map>
#include <set>

namespace simt {
namespace {

std::map<uintptr_t, std::set<uint64_t>> releasedBy; // atomic variable -> blocks before it
std::set<uint64_t> acquired;                        // blocks whose writes this one may read
Clock acquiredAt;
unsigned acquirer;

}  // namespace

void forgetPublications() { releasedBy.clear(); }

void forgetAcquired() { acquired.clear(); }

bool hasAcquired(uint32_t otherBlock) {
  return acquired.count(otherBlock) > 0 &&
         (current->linear == acquirer || acquiredAt < barriersPassed);
}

void fence() {
  current->unfenced = false;
  current->fencedAt = barriersPassed;
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

}  // namespace simt
