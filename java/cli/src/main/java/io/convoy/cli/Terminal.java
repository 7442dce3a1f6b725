// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import java.io.Console;

/** Whether someone looks on. */
final class Terminal {
  private Terminal() {}

  /**
   * Tells whether the process has a terminal. Since JDK 22 there is a console without one, too, and
   * Console.isTerminal, which JDK 17 lacks, tells them apart.
   */
  static boolean isThere() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Console.isTerminal of this JDK can't be called", e);
    }
  }
}
