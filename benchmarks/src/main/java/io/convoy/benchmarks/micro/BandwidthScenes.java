// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.micro;

import static io.convoy.benchmarks.micro.OpScene.Made.rows;
import static io.convoy.benchmarks.micro.OpScene.Made.sum;

import io.convoy.benchmarks.report.Ceiling;
import io.convoy.nn.Nn;
import io.convoy.ops.ActivateGrad;
import io.convoy.ops.Activation;
import io.convoy.ops.BiasAddGrad;
import java.util.List;
import java.util.function.Function;

/** Ops that are bound by memory, on tensors of any size. */
public final class BandwidthScenes {
  /** Bytes of the largest operand. */
  public static final List<Long> SIZES =
      List.of(1L << 10, 1L << 13, 1L << 16, 1L << 20, 1L << 23, 1L << 26, 1L << 28, 1L << 30);

  /** Of images: as in the first stage of a ResNet. */
  private static final int CHANNELS = 64;

  private BandwidthScenes() {}

  /**
   * Makes the ops of one size.
   *
   * @param bytes of the largest operand
   * @return the scenes, a plain copy first
   */
  public static List<OpScene> of(long bytes) {
    int floats = (int) (bytes / Float.BYTES);
    int pixels = floats / CHANNELS;
    return List.of(
        scene(
            "copy", 2, floats, s -> sum(Nn.assign(s.weight("to", floats), s.weight("x", floats)))),
        scene("relu", 2, floats, s -> rows(Nn.relu(s.weight("x", floats)))),
        scene(
            "relu-gradient",
            3,
            floats,
            s ->
                rows(
                    s.add(
                        new ActivateGrad(Activation.RELU),
                        s.weight("dy", floats),
                        s.weight("y", floats)))),
        scene("add", 3, floats, s -> rows(Nn.add(s.weight("a", floats), s.weight("b", floats)))),
        scene(
            "bias-relu",
            2,
            floats,
            s ->
                rows(
                    Nn.relu(
                        Nn.biasAdd(s.weight("x", pixels, CHANNELS), s.weight("bias", CHANNELS))))),
        scene(
            "bias-gradient",
            1,
            floats,
            s -> sum(s.add(new BiasAddGrad(), s.weight("dy", pixels, CHANNELS)))),
        scene("softmax", 2, floats, s -> rows(Nn.softmax(s.weight("x", pixels, CHANNELS)))),
        scene("dropout", 2, floats, s -> rows(Nn.dropout(s.weight("x", pixels, CHANNELS), 0.5f))));
  }

  private static OpScene scene(
      String name, int passes, double floats, Function<SceneGraph, OpScene.Made> op) {
    return new OpScene(
        name,
        SceneGraph.PERIOD,
        passes * floats * Float.BYTES,
        Ceiling.COPY,
        s -> List.of(op.apply(s)));
  }
}
