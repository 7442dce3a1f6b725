// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.emulator;

import io.convoy.cuda.device.Argument;
import io.convoy.cuda.device.KernelStep;

/** A launch, once its arguments were held against the kernel's parameters. */
final class EmulatedKernel {
  private EmulatedKernel() {}

  static void run(KernelStep step, Emulator emulator) {
    String parameters = emulator.signature(step.kernel());
    int count = step.arguments().size();
    if (count != parameters.length()) {
      throw new IllegalArgumentException(
          step.kernel() + " takes " + parameters + ", got " + count + " arguments");
    }
    long[] slots = new long[count];
    for (int i = 0; i < count; i++) {
      Argument argument = step.arguments().get(i);
      if (letter(argument) != parameters.charAt(i)) {
        throw new IllegalArgumentException(
            step.kernel()
                + " takes "
                + parameters
                + ", got "
                + argument.getClass().getSimpleName()
                + " "
                + argument.describe()
                + " as argument "
                + i);
      }
      slots[i] = slot(argument);
    }
    emulator.launch(step.kernel(), step.grid(), step.block(), slots, step.buffers());
  }

  /** The letter of the parameter that takes an argument, as {@link Emulator#signature} has them. */
  private static char letter(Argument argument) {
    if (argument instanceof Argument.Long) {
      return 'l';
    }
    if (argument instanceof Argument.Int) {
      return 'i';
    }
    return argument instanceof Argument.Float ? 'f' : 'p';
  }

  private static long slot(Argument argument) {
    if (argument instanceof Argument.Address a) {
      if (a.offset() < 0 || a.offset() >= a.buffer().bytes()) {
        throw new IllegalArgumentException(
            "byte " + a.offset() + " of a buffer of " + a.buffer().bytes());
      }
      return a.buffer().address() + a.offset();
    }
    if (argument instanceof Argument.Long l) {
      return l.value();
    }
    if (argument instanceof Argument.Int i) {
      return Integer.toUnsignedLong(i.value());
    }
    return argument instanceof Argument.Float f
        ? Integer.toUnsignedLong(Float.floatToRawIntBits(f.value()))
        : 0;
  }
}
