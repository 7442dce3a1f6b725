// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.graph.Value;
import io.convoy.session.Session;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Reads and clears the sums of loss and metrics, without allocating. */
final class Sums {
  private final Session session;
  private final List<Value> variables;
  private final ByteBuffer cell = ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder());

  Sums(Session session, List<Value> variables) {
    this.session = session;
    this.variables = variables;
  }

  void clear() {
    cell.putFloat(0, 0);
    for (int i = 0; i < variables.size(); i++) {
      session.write(variables.get(i), cell);
    }
  }

  /** The mean of sum {@code i} over a number of instances. */
  double mean(int i, long instances) {
    session.read(variables.get(i), cell);
    return cell.getFloat(0) / (double) instances;
  }
}
