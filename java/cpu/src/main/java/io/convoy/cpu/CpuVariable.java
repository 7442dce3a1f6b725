// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

/** A variable's memory, row-major, and how often it was changed. */
final class CpuVariable {
  private final Buffer buffer;
  private final Memory memory;
  private long version;

  CpuVariable(Buffer buffer) {
    this.buffer = buffer;
    this.memory = Memory.of(buffer);
  }

  Buffer buffer() {
    return buffer;
  }

  Memory memory() {
    return memory;
  }

  /** Grows with every change. */
  long version() {
    return version;
  }

  void changed() {
    version++;
  }
}
