// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.emulator;

import io.convoy.cuda.device.Access;
import io.convoy.cuda.device.Argument;
import io.convoy.cuda.device.KernelStep;
import java.util.Arrays;
import java.util.List;

/**
 * A launch: its arguments are held against the kernel's parameters before, and what it was given to
 * read and to write against what it did behind.
 */
final class EmulatedKernel {
  /**
   * What these touch depends on numbers: an image erased, right answers, an overflow, a first step.
   */
  private static final List<String> DEPENDENT =
      List.of("augment", "loss_scaling", "moving_average", "softmax_cross_entropy");

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
    List<Access> given = step.accesses();
    int[] done = emulator.launch(step.kernel(), step.grid(), step.block(), slots, given);
    boolean skipped = Arrays.stream(done).noneMatch(bits -> (bits & Emulator.WRITE) != 0);
    if (!skipped && DEPENDENT.stream().noneMatch(step.kernel()::startsWith)) {
      compare(given, done);
    }
  }

  /** Finds what was given and not done; what was done and not given, the emulator finds. */
  private static void compare(List<Access> given, int[] done) {
    for (int i = 0; i < done.length; i++) {
      int idle = Emulator.bits(given.get(i)) & ~done[i];
      if (idle != 0) {
        throw new IllegalArgumentException(
            given.get(i).buffer().bytes()
                + " bytes, access "
                + i
                + ", were given to be "
                + (idle == Emulator.READ ? "read" : "written")
                + ", and were not");
      }
    }
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
