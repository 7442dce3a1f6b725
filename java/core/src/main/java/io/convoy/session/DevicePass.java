// SPDX-License-Identifier: Apache-2.0
package io.convoy.session;

import io.convoy.backend.Variables;
import io.convoy.compile.GatherInputs;
import io.convoy.compile.Program;
import io.convoy.compile.Support;
import io.convoy.graph.Value;
import io.convoy.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.function.IntUnaryOperator;

/**
 * A pass over a data set on a session's device: the order of its instances, and how many of them
 * are done. Each run of a step that is prepared with it takes the next batch and counts it, on the
 * device; the host has no part in that.
 */
public final class DevicePass {
  private final DeviceData data;
  private final Variables variables;
  private final GatherInputs.Input order;
  private final GatherInputs.Input position;
  private final ByteBuffer orderBytes;
  private final IntBuffer instances;
  private final ByteBuffer positionBytes;

  /**
   * Makes a pass.
   *
   * @param room how many instances it can have
   */
  DevicePass(DeviceData data, String name, int room, Variables variables) {
    this.data = data;
    this.variables = variables;
    order = new GatherInputs.Input(name + "/order", TensorSpec.i32(room));
    position = new GatherInputs.Input(name + "/position", TensorSpec.i32());
    orderBytes = declare(order);
    instances = orderBytes.asIntBuffer();
    positionBytes = declare(position);
  }

  private ByteBuffer declare(GatherInputs.Input input) {
    variables.declare(input.name(), input.spec());
    return ByteBuffer.allocateDirect(Math.toIntExact(input.spec().bytes()))
        .order(ByteOrder.nativeOrder());
  }

  /**
   * Begins anew, after the runs so far.
   *
   * @param instance tells which instance of the data set is the first, the second, … from 0
   * @param length how many there are; no more may be taken
   * @param done how many of them are passed over, to go on in the middle
   * @throws IllegalArgumentException if there are more instances than the pass was made for
   */
  public void begin(IntUnaryOperator instance, int length, int done) {
    if (length > instances.capacity()) {
      throw new IllegalArgumentException(
          "the pass was made for " + instances.capacity() + " instances, not " + length);
    }
    for (int i = 0; i < length; i++) {
      instances.put(i, instance.applyAsInt(i));
    }
    positionBytes.putInt(0, done);
    variables.write(order.name(), orderBytes);
    variables.write(position.name(), positionBytes);
  }

  /** The program that gathers two placeholders from the data set. */
  Program feed(Program program, Support support, Value features, Value labels) {
    return GatherInputs.apply(
        program,
        support,
        features.name(),
        labels.name(),
        data.pixels(),
        data.labels(),
        order,
        position);
  }
}
