// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.device;

import io.convoy.compile.Precision;
import java.util.List;

/**
 * A pass of cuDNN's convolution.
 *
 * @param name what it is for
 * @param pass which of the three
 * @param shape sizes, strides, padding
 * @param precision how: of it follows the type of the tensors
 * @param x image {@code [N,H,W,C]}; written by {@link Pass#BACKWARD_DATA}
 * @param w filter {@code [K,kh,kw,C/groups]}; written by {@link Pass#BACKWARD_FILTER}
 * @param y result {@code [N,P,Q,K]}; written by {@link Pass#FORWARD}
 */
public record ConvolutionStep(
    String name,
    Pass pass,
    ConvolutionShape shape,
    Precision precision,
    Buffer x,
    Buffer w,
    Buffer y)
    implements Step {
  /** What is computed from what. */
  public enum Pass {
    /** y of x and w. */
    FORWARD,
    /** dx of dy and w. */
    BACKWARD_DATA,
    /** dw of x and dy. */
    BACKWARD_FILTER
  }

  @Override
  public String kind() {
    return "cudnn convolution " + pass;
  }

  @Override
  public List<Access> accesses() {
    return switch (pass) {
      case FORWARD -> List.of(Access.read(x), Access.read(w), Access.write(y));
      case BACKWARD_DATA -> List.of(Access.write(x), Access.read(w), Access.read(y));
      case BACKWARD_FILTER -> List.of(Access.read(x), Access.write(w), Access.read(y));
    };
  }

  @Override
  public long flops() {
    return shape.flops();
  }

  @Override
  public String describe() {
    return name + ": " + kind() + Step.in(precision) + " " + shape;
  }
}
