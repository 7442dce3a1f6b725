// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.tensor.TensorSpec;

/** A variable's memory, row-major, and how often it was changed. */
final class CpuVariable {
  private final TensorSpec spec;
  private final Buffer buffer;
  private final Memory memory;
  private long version;

  CpuVariable(TensorSpec spec, Buffer buffer) {
    this.spec = spec;
    this.buffer = buffer;
    this.memory = Memory.of(buffer);
  }

  TensorSpec spec() {
    return spec;
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
