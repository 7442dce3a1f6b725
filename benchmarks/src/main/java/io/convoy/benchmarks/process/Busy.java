// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.process;

import java.io.IOException;

/** Takes one core, as another process on a shared machine does, until its standard input ends. */
public final class Busy {
  private Busy() {}

  /**
   * Computes until the parent closes the pipe or dies.
   *
   * @param args none
   * @throws IOException if the pipe breaks, which ends it as well
   */
  public static void main(String[] args) throws IOException {
    Thread spinner = new Thread(Busy::spin);
    spinner.setDaemon(true);
    spinner.start();
    System.in.transferTo(System.out); // the parent writes nothing
  }

  private static void spin() {
    double x = 1;
    while (x > 0) { // always, but the JIT can't know
      x = Math.sqrt(x + 1);
    }
  }
}
