// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.report;

import java.util.Map;

/** Rows for tests. */
final class Rows {
  static final Origin ORIGIN =
      new Origin("abc123def456", false, "2025-01-02T03:04:05Z", "JDK 17", "cpu-2c", "CPU", 2);

  private Rows() {}

  static Row row(String id, Unit unit, double... samples) {
    return Row.of(id, "cpu", "oneDNN", Map.of("batch", "128"), 2, unit, samples, ORIGIN);
  }
}
