// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.micro;

import io.convoy.benchmarks.report.Ceiling;
import io.convoy.graph.Value;
import java.util.List;
import java.util.function.Function;

/**
 * An op to time, with the shapes it has in a net.
 *
 * @param name such as {@code conv/resnet18-stage1/forward}
 * @param batch rows of its batched inputs, even
 * @param work floating-point operations, or bytes with each operand counted once
 * @param ceiling what bounds it: {@link Ceiling#GEMM} for operations, {@link Ceiling#COPY} for
 *     bytes
 * @param builder adds it to a graph
 */
public record OpScene(
    String name,
    int batch,
    double work,
    Ceiling ceiling,
    Function<SceneGraph, List<Made>> builder) {

  /**
   * A value that the op makes.
   *
   * @param value the value
   * @param summed whether it is a sum over the batch, as gradients of weights are
   */
  public record Made(Value value, boolean summed) {
    static Made rows(Value value) {
      return new Made(value, false);
    }

    static Made sum(Value value) {
      return new Made(value, true);
    }
  }
}
