// SPDX-License-Identifier: Apache-2.0
package io.convoy.session;

import io.convoy.backend.Variables;
import io.convoy.compile.GatherInputs;
import io.convoy.compile.Program;
import io.convoy.data.PackedImages;
import io.convoy.graph.Value;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A data set that lies on a session's device, until the session is closed. */
public final class DeviceData {
  private final String pixelsName;
  private final String labelsName;
  private final TensorSpec pixels;
  private final TensorSpec labels;

  /**
   * Copies a data set to a device.
   *
   * @param images the data set
   * @param ordinal tells the session's data sets apart
   * @param variables gets them
   */
  DeviceData(PackedImages images, int ordinal, Variables variables) {
    int instances = images.labels().length;
    List<Integer> dims = new ArrayList<>(List.of(instances));
    for (int dim : images.instanceShape().dims()) {
      dims.add(dim);
    }
    Shape shape = Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
    pixels = new TensorSpec(DType.UINT8, shape);
    labels = TensorSpec.i32(instances);
    pixelsName = "data:" + ordinal + "/pixels";
    labelsName = "data:" + ordinal + "/labels";
    variables.declare(pixelsName, pixels);
    variables.write(pixelsName, images.pixels());
    ByteBuffer classes = ByteBuffer.allocate(Math.toIntExact(labels.bytes()));
    classes.order(ByteOrder.nativeOrder()).asIntBuffer().put(images.labels());
    variables.declare(labelsName, labels);
    variables.write(labelsName, classes);
  }

  /** The program that gathers two placeholders from this data set. */
  Program feed(Program program, Value features, Value classes) {
    return GatherInputs.apply(
        program, features.name(), classes.name(), pixelsName, pixels, labelsName, labels);
  }
}
