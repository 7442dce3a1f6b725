// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.model.Evaluation;

/** Numbers for people. Not {@code String.format}: its first call takes 40 ms of the start-up. */
final class Numbers {
  private Numbers() {}

  /** Writes a whole number with a comma before every third digit from the right. */
  static String grouped(long number) {
    StringBuilder text = new StringBuilder(Long.toString(number));
    int first = number < 0 ? 1 : 0;
    for (int i = text.length() - 3; i > first; i -= 3) {
      text.insert(i, ',');
    }
    return text.toString();
  }

  /** Writes a number with a fixed count of decimals, as long as 18 digits hold it. */
  static String fixed(double number, int decimals) {
    double scale = Math.pow(10, decimals);
    if (!(Math.abs(number) * scale < 1e18)) {
      return Double.toString(number);
    }
    StringBuilder digits = new StringBuilder(Long.toString(Math.round(Math.abs(number) * scale)));
    while (digits.length() <= decimals) {
      digits.insert(0, '0');
    }
    if (decimals > 0) {
      digits.insert(digits.length() - decimals, '.');
    }
    return number < 0 ? "-" + digits : digits.toString();
  }

  /** Writes loss and metrics, such as "loss 0.0321, accuracy 0.9911". */
  static String of(Evaluation evaluation) {
    StringBuilder text = new StringBuilder("loss ").append(fixed(evaluation.loss(), 4));
    evaluation
        .metrics()
        .forEach((name, value) -> text.append(", " + name + " ").append(fixed(value, 4)));
    return text.toString();
  }

  /** Writes a time as minutes and seconds, with hours if there are some. */
  static String clock(double seconds) {
    long all = Math.round(seconds);
    String minutesAndSeconds = all / 60 % 60 + ":" + twoDigits(all % 60);
    return all < 3600
        ? minutesAndSeconds
        : all / 3600 + ":" + twoDigits(all / 60 % 60) + ":" + twoDigits(all % 60);
  }

  static String twoDigits(long number) {
    return number < 10 ? "0" + number : Long.toString(number);
  }
}
