// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** What went wrong: the run goes on, but it ends with an error. */
final class Problems {
  private final List<String> all = new ArrayList<>();

  void add(String where, Exception what) {
    StringBuilder text = new StringBuilder(where + ": " + what.getMessage());
    for (Throwable cause = what.getCause(); cause != null; cause = cause.getCause()) {
      text.append("; ").append(cause.getMessage());
    }
    add(text.toString());
  }

  void add(String text) {
    all.add(text);
    System.err.println("problem: " + text);
  }

  List<String> all() {
    return all;
  }
}
