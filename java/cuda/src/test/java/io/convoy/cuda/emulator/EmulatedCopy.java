// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.emulator;

import io.convoy.cuda.device.CopyStep;
import java.nio.ByteBuffer;

/** A copy of bytes. */
final class EmulatedCopy {
  private EmulatedCopy() {}

  static void run(CopyStep step, Emulator emulator) {
    if (step.from().bytes() != step.to().bytes()) {
      throw new IllegalArgumentException("the target has " + step.to().bytes() + " bytes");
    }
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(step.from().bytes()));
    emulator.read(step.from().address(), bytes);
    emulator.write(step.to().address(), bytes);
  }
}
