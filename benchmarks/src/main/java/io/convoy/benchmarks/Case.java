// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import io.convoy.benchmarks.report.Row;
import java.util.List;

/**
 * Something to measure.
 *
 * @param name what {@code -Dbench=<regex>} is searched in
 * @param byDefault whether it belongs to the default run
 * @param measurement does it
 */
record Case(String name, boolean byDefault, Measurement measurement) {
  /** Makes rows. */
  interface Measurement {
    List<Row> run() throws Exception;
  }
}
