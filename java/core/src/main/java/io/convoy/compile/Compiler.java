// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.graph.Value;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compiles the part of a graph that some fetches need, for one device. */
public final class Compiler {
  private Compiler() {}

  /**
   * Compiles in {@link Precision#FP32}.
   *
   * @param fetches what will be read or done by a run
   * @param bindings the shapes of placeholders
   * @param support what the device can do
   * @return the program
   * @throws IllegalArgumentException as {@link #compile(List, Map, Support, Precision)}
   */
  public static Program compile(List<Value> fetches, Map<Value, Shape> bindings, Support support) {
    return compile(fetches, bindings, support, Precision.FP32);
  }

  /**
   * Compiles.
   *
   * @param fetches what will be read or done by a run
   * @param bindings the shapes that placeholders will be fed with, at least those with an open
   *     dimension
   * @param support what the device can do
   * @param precision how layers compute
   * @return the program: pruned, typed, fused and scheduled
   * @throws IllegalArgumentException if a needed placeholder has no shape, shapes don't fit, or the
   *     device lacks the precision or an op; the message says which, and names the node
   */
  public static Program compile(
      List<Value> fetches, Map<Value, Shape> bindings, Support support, Precision precision) {
    precision.requireOf(support);
    Program program = FuseCrossEntropy.apply(Lowering.lower(fetches, bindings), support);
    program = MixedPrecision.apply(program, precision);
    program = FuseEpilogue.apply(program, support);
    program = FuseBatchNormGrad.apply(program, support);
    program = FuseBatchNorm.apply(program, support);
    program = FusePool.apply(program, support);
    program = FuseActivateGrad.apply(program, support);
    program = FuseBiasGrad.apply(program, support);
    program = FuseSums.apply(program, support);
    program = FuseUpdates.apply(program);
    program = Schedule.apply(program);
    program = FuseAssigns.apply(program, support);
    requireSupport(program, support);
    return program;
  }

  private static void requireSupport(Program program, Support support) {
    List<String> refusals = new ArrayList<>();
    for (Instruction i : program.instructions()) {
      support
          .refuses(i.op(), program.specs(i.inputs()))
          .ifPresent(why -> refusals.add("'" + i.name() + "' (" + i.op().label() + "): " + why));
    }
    if (!refusals.isEmpty()) {
      throw new IllegalArgumentException(
          "the device can't run " + String.join("; ", refusals) + ". Choose another device");
    }
  }
}
