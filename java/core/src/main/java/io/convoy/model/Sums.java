// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.graph.Value;
import io.convoy.session.Session;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Reads and clears the sums of loss and metrics, without allocating. They are FLOAT32, and a step
 * adds the sum over its batch: an addition is off by at most 2^-24 of the sum, and a sum would
 * stand still only after some 2^24 steps of one epoch, not instances.
 */
final class Sums {
  private final Session session;
  private final List<Value> variables;
  private final ByteBuffer[] bytes;
  private final float[][] sums;

  Sums(Session session, List<Value> variables) {
    this.session = session;
    this.variables = variables;
    this.bytes = new ByteBuffer[variables.size()];
    this.sums = new float[variables.size()][];
    for (int i = 0; i < bytes.length; i++) {
      int size = Math.toIntExact(variables.get(i).spec().bytes());
      bytes[i] = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
      sums[i] = new float[size / Float.BYTES];
    }
  }

  void clear() {
    for (int i = 0; i < bytes.length; i++) {
      for (int k = 0; k < sums[i].length; k++) {
        bytes[i].putFloat(k * Float.BYTES, 0);
      }
      session.write(variables.get(i), bytes[i]);
    }
  }

  /** Reads the sums of the loss, for 0, or of a metric; they are overwritten by the next call. */
  float[] read(int i) {
    session.read(variables.get(i), bytes[i]);
    for (int k = 0; k < sums[i].length; k++) {
      sums[i][k] = bytes[i].getFloat(k * Float.BYTES);
    }
    return sums[i];
  }
}
