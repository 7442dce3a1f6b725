// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs the command in this process. */
final class Cli {
  private Cli() {}

  /** What a command did. */
  record Result(int code, String out, String err) {
    Result mustSucceed() {
      assertEquals(0, code, this::toString);
      assertEquals("", err);
      return this;
    }

    /** Wants one line of error, with certain texts in it. */
    void mustFail(int wanted, String... texts) {
      assertEquals(wanted, code, this::toString);
      assertEquals(1, err.lines().count(), err);
      assertTrue(err.startsWith("convoy: "), err);
      for (String text : texts) {
        assertTrue(err.contains(text), () -> "no '" + text + "' in: " + err);
      }
    }
  }

  static Result run(Object... args) {
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(out), new PrintWriter(err), words);
    return new Result(code, out.toString(), err.toString());
  }
}
