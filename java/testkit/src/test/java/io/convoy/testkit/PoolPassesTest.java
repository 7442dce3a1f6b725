// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.compile.Compiler;
import io.convoy.compile.Instruction;
import io.convoy.compile.Program;
import io.convoy.compile.Support;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializers;
import io.convoy.nn.Images;
import io.convoy.nn.Nn;
import io.convoy.ops.Activation;
import io.convoy.ops.FusedPool2D;
import io.convoy.ops.FusedPool2DGrad;
import io.convoy.ops.Op;
import io.convoy.ops.Padding;
import io.convoy.ops.Pool2DGrad;
import io.convoy.ops.PoolSpec;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the passes make of poolings; PoolFusionCases shows that it is right. */
class PoolPassesTest {
  private static final Support EVERYTHING = (op, inputs) -> Optional.empty();
  private static final String CONV = "Conv2D stride 1x1 SAME";
  private static final String POOL = "Pool2D MAX 2x2 stride 2x2 VALID";
  private static final PoolSpec SPEC = new PoolSpec(PoolSpec.Kind.MAX, 2, 2, 2, 2, Padding.VALID);
  private static final Optional<Activation> RELU = Optional.of(Activation.RELU);

  private final Graph graph = new Graph();
  private final Value x = graph.placeholder("x", DType.FLOAT32, Shape.of(2, 6, 6, 4));

  private Value weights(boolean trainable, int... dims) {
    return graph.variable("w", Shape.of(dims), Initializers.zeros(), trainable);
  }

  private Value biased(boolean trainable) {
    Value conv = Images.conv2d(x, weights(true, 3, 3, 4, 4), 1, Padding.SAME);
    return Nn.biasAdd(conv, weights(trainable, 4));
  }

  private static Value pooled(Value y) {
    return Images.maxPool(y, 2, 2, Padding.VALID);
  }

  private static List<Op> ops(Support support, Value... fetches) {
    Program program = Compiler.compile(List.of(fetches), Map.of(), support);
    return program.instructions().stream().map(Instruction::op).toList();
  }

  private static List<String> labels(Support support, Value... fetches) {
    return ops(support, fetches).stream().map(Op::label).toList();
  }

  private static List<Op> step(Value y, Value... others) {
    Value[] fetches = new Value[others.length + 1];
    System.arraycopy(others, 0, fetches, 1, others.length);
    fetches[0] = Optimizers.momentum(0.1, 0.9, false).minimize(Nn.reduceSum(Nn.square(y)));
    return ops(EVERYTHING, fetches);
  }

  private static FusedPool2DGrad gradient(Optional<Activation> f, boolean bias) {
    return new FusedPool2DGrad(SPEC, f, bias);
  }

  @Test
  void inInferenceBiasAndActivationMoveToThePooling() {
    Value y = Nn.relu(biased(true));
    assertEquals(List.of(CONV, "BiasAdd + RELU + " + POOL), labels(EVERYTHING, pooled(y)));
    String mean = "Pool2D AVERAGE 2x2 stride 2x2 VALID";
    Value average = Images.avgPool(y, 2, 2, Padding.VALID);
    assertEquals(List.of(CONV, "BiasAdd + RELU + " + mean), labels(EVERYTHING, average));
    assertEquals(List.of(CONV, "BiasAdd + " + POOL), labels(EVERYTHING, pooled(biased(true))));
    assertEquals(List.of(POOL), labels(EVERYTHING, pooled(x)));
  }

  @Test
  void whatTheBackendRefusesStaysApart() {
    Support none =
        (op, inputs) -> op instanceof FusedPool2D ? Optional.of("apart") : Optional.empty();
    Value y = pooled(Nn.relu(biased(true)));
    assertEquals(List.of(CONV + " + BiasAdd + RELU", POOL), labels(none, y));
  }

  @Test
  void aTrainingStepReadsWhatWasTaken() {
    List<Op> ops = step(pooled(Nn.relu(biased(true))));
    assertTrue(ops.contains(new FusedPool2D(SPEC, true, RELU, true)), ops.toString());
    assertTrue(ops.contains(gradient(RELU, true)), ops.toString());
    assertFalse(ops.contains(new Pool2DGrad(SPEC)), ops.toString());
  }

  @Test
  void aFrozenBiasHasNoSum() {
    List<Op> ops = step(pooled(Nn.relu(biased(false))));
    assertTrue(ops.contains(gradient(RELU, false)), ops.toString());
  }

  @Test
  void withoutActivationOnlyTheBiasJoins() {
    List<Op> ops = step(pooled(biased(true)));
    assertTrue(ops.contains(new FusedPool2D(SPEC, true, Optional.empty(), true)), ops.toString());
    assertTrue(ops.contains(gradient(Optional.empty(), true)), ops.toString());
  }

  /** It is written for its other reader; the gradient does without it. */
  @Test
  void whatIsReadElsewhereIsPooledAsItIs() {
    Value y = Nn.relu(biased(true));
    List<Op> ops = step(pooled(y), y);
    assertTrue(ops.contains(new FusedPool2D(SPEC, false, Optional.empty(), true)), ops.toString());
    assertTrue(ops.contains(gradient(RELU, true)), ops.toString());
  }

  @Test
  void aDerivativeOfTheArgumentIsTakenBehindThePooling() {
    List<Op> ops = step(pooled(Nn.activate(biased(true), Activation.GELU)));
    assertTrue(ops.contains(new FusedPool2D(SPEC, false, Optional.empty(), true)), ops.toString());
    assertTrue(ops.contains(gradient(Optional.empty(), false)), ops.toString());
  }

  @Test
  void meansAndLargeWindowsHaveTheirGradientsApart() {
    Value y = Nn.relu(biased(true));
    PoolSpec mean = new PoolSpec(PoolSpec.Kind.AVERAGE, 2, 2, 2, 2, Padding.VALID);
    assertTrue(step(Images.pool2d(y, mean)).contains(new Pool2DGrad(mean)));
    PoolSpec large = new PoolSpec(PoolSpec.Kind.MAX, 16, 17, 1, 1, Padding.SAME);
    assertTrue(step(Images.pool2d(y, large)).contains(new Pool2DGrad(large)));
  }
}
