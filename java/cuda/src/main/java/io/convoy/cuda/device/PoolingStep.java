// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.device;

import java.util.List;

/**
 * cuDNN's pooling, forward. Gradients are kernels of ours: they keep the rule that the first of
 * equals gets the gradient, which cuDNN does not state.
 *
 * @param name what it is for
 * @param shape sizes, strides, padding
 * @param x image {@code [N,H,W,C]}
 * @param y result {@code [N,P,Q,C]}
 */
public record PoolingStep(String name, PoolingShape shape, Buffer x, Buffer y) implements Step {
  @Override
  public String kind() {
    return "cudnn pooling";
  }

  @Override
  public List<Access> accesses() {
    return List.of(Access.read(x), Access.write(y));
  }

  @Override
  public String describe() {
    return name + ": " + kind() + " " + shape;
  }
}
