// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.callbacks.Callback;
import io.convoy.callbacks.Fit;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;

/** Tells how long the process took to its first finished step; {@code -Dconvoy.timing=true}. */
final class StartTime implements Callback {
  private final PrintWriter out;
  private boolean told;

  StartTime(PrintWriter out) {
    this.out = out;
  }

  static boolean isWanted() {
    return Boolean.getBoolean("convoy.timing");
  }

  @Override
  public void onBatchEnd(Fit fit) {
    if (told) {
      return;
    }
    told = true;
    fit.loss(); // waits for the device
    // Not ProcessHandle's start instant: on Linux it is whole seconds off, as /proc/stat's btime
    // is.
    double seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
    out.println("first step after " + Numbers.fixed(seconds, 2) + " s");
  }
}
