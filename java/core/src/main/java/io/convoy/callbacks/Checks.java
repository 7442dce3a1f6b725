// SPDX-License-Identifier: Apache-2.0
package io.convoy.callbacks;

/** Checks of settings. */
final class Checks {
  private Checks() {}

  static void notNegative(String name, double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException(name + " must not be negative, is " + value);
    }
  }
}
