// SPDX-License-Identifier: Apache-2.0
package io.convoy.session;

import io.convoy.backend.Variables;
import io.convoy.compile.GatherInputs;
import io.convoy.data.PackedImages;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A data set that lies on a session's device, until the session is closed. */
public final class DeviceData {
  private final String name;
  private final Variables variables;
  private final GatherInputs.Input pixels;
  private final GatherInputs.Input labels;
  private final Map<String, DevicePass> passes = new HashMap<>();

  /**
   * Copies a data set to a device.
   *
   * @param images the data set
   * @param ordinal tells the session's data sets apart
   * @param variables gets them
   */
  DeviceData(PackedImages images, int ordinal, Variables variables) {
    this.name = "data:" + ordinal;
    this.variables = variables;
    int instances = images.labels().length;
    List<Integer> dims = new ArrayList<>(List.of(instances));
    for (int dim : images.instanceShape().dims()) {
      dims.add(dim);
    }
    Shape shape = Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
    pixels = new GatherInputs.Input(name + "/pixels", new TensorSpec(DType.UINT8, shape));
    labels = new GatherInputs.Input(name + "/labels", TensorSpec.i32(instances));
    ByteBuffer classes = ByteBuffer.allocate(Math.toIntExact(labels.spec().bytes()));
    classes.order(ByteOrder.nativeOrder()).asIntBuffer().put(images.labels());
    write(pixels, images.pixels());
    write(labels, classes);
  }

  private void write(GatherInputs.Input input, ByteBuffer value) {
    variables.declare(input.name(), input.spec());
    variables.write(input.name(), value);
  }

  /**
   * Finds a pass, or makes it. Steps that are prepared with different passes don't disturb each
   * other.
   *
   * @param use what it is for, which tells it from others
   * @param length how many instances it may take, repeated ones too
   * @return the pass
   */
  public DevicePass pass(String use, int length) {
    // Not shorter than the data set, so that passes over parts of it share the plans of steps.
    int room = Math.max(length, labels.spec().shape().dim(0));
    return passes.computeIfAbsent(
        name + "/" + use + "/" + room, key -> new DevicePass(this, key, room, variables));
  }

  GatherInputs.Input pixels() {
    return pixels;
  }

  GatherInputs.Input labels() {
    return labels;
  }
}
