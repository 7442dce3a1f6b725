// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import java.util.function.Supplier;

/** The arguments can't be used: which, why, and what would help. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }

  UsageException(IllegalArgumentException cause) {
    super(cause.getMessage(), cause);
  }

  /** Makes something from arguments of the command line; what it refuses is bad usage. */
  static <T> T check(Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }
}
