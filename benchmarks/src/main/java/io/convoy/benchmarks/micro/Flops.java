// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.micro;

import io.convoy.compile.Instruction;
import io.convoy.compile.Program;
import io.convoy.ops.Conv2D;
import io.convoy.ops.Conv2DBackpropFilter;
import io.convoy.ops.Conv2DBackpropInput;
import io.convoy.ops.Fused;
import io.convoy.ops.FusedBiasGrad;
import io.convoy.ops.MatMul;
import io.convoy.ops.Op;
import io.convoy.tensor.Shape;

/**
 * Counts the arithmetic of a program: convolutions and matrix products, an addition and a
 * multiplication as 2. What else there is moves memory more than it computes.
 */
public final class Flops {
  private Flops() {}

  /**
   * Counts.
   *
   * @param program a compiled step
   * @return floating-point operations of one run
   */
  public static double of(Program program) {
    return program.instructions().stream().mapToDouble(i -> of(program, i)).sum();
  }

  private static double of(Program program, Instruction instruction) {
    Op op = instruction.op();
    if (op instanceof Fused fused) {
      op = fused.root();
    } else if (op instanceof FusedBiasGrad fused) {
      op = fused.root();
    }
    Shape first = program.slot(instruction.inputs().get(0)).spec().shape();
    if (op instanceof MatMul product) {
      int depth = first.dim(product.transposeA() ? 0 : 1);
      return 2.0 * depth * elements(program, instruction.outputs().get(0));
    }
    if (op instanceof Conv2D) {
      double filter = elements(program, instruction.inputs().get(1));
      return 2 * pixels(program, instruction.outputs().get(0)) * filter;
    }
    if (op instanceof Conv2DBackpropInput) {
      double filter = elements(program, instruction.inputs().get(1));
      return 2 * pixels(program, instruction.inputs().get(0)) * filter;
    }
    if (op instanceof Conv2DBackpropFilter) {
      double filter = elements(program, instruction.outputs().get(0));
      return 2 * pixels(program, instruction.inputs().get(1)) * filter;
    }
    return 0;
  }

  private static double elements(Program program, int slot) {
    return program.slot(slot).spec().shape().elements();
  }

  /** N P Q of a convolution's output: each pixel takes every weight of the filter once. */
  private static double pixels(Program program, int slot) {
    Shape shape = program.slot(slot).spec().shape();
    return elements(program, slot) / shape.dim(-1);
  }
}
