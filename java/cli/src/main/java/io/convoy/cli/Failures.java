// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.backend.BackendException;
import io.convoy.model.NonFiniteLossException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Exceptions as one line for people. */
final class Failures {
  static final String PREFIX = "convoy: ";

  private Failures() {}

  static void print(Throwable failure, boolean verbose, PrintWriter err) {
    err.println(PREFIX + line(failure));
    if (verbose) {
      failure.printStackTrace(err);
    }
  }

  static String line(Throwable failure) {
    return message(failure).replace(System.lineSeparator(), " ");
  }

  private static String message(Throwable failure) {
    if (failure instanceof UncheckedIOException) {
      return message(failure.getCause());
    }
    if (failure instanceof FileSystemException e) {
      return message(e);
    }
    if (failure instanceof OutOfMemoryError) {
      return "memory does not suffice: "
          + failure.getMessage()
          + ". Choose a smaller batch, or start java with a larger -Xmx";
    }
    boolean explained =
        failure instanceof IOException
            || failure instanceof IllegalArgumentException
            || failure instanceof BackendException
            || failure instanceof NonFiniteLossException
            || failure instanceof UsageException;
    return explained
        ? failure.getMessage()
        : "an error in Convoy itself: " + failure + ". Please report it, with what --verbose shows";
  }

  /** The JDK's messages are but the file's name. */
  private static String message(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no '" + e.getFile() + "'. Check the path";
    }
    if (e instanceof AccessDeniedException) {
      return "no permission for '" + e.getFile() + "'. Change it, or choose another place";
    }
    return "'" + e.getFile() + "' can't be used: " + e.getReason() + ". Choose another place";
  }
}
