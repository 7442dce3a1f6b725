// SPDX-License-Identifier: Apache-2.0
package io.convoy.backend;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads at once: what backends do whose runs are over when they return. */
final class WaitingReadback implements Readback {
  private final Variables variables;
  private final String name;
  private final ByteBuffer value;

  WaitingReadback(Variables variables, String name, int bytes) {
    this.variables = variables;
    this.name = name;
    this.value = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  @Override
  public void start() {
    variables.read(name, value);
  }

  @Override
  public ByteBuffer await() {
    return value;
  }
}
