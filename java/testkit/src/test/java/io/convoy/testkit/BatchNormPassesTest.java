// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.compile.Compiler;
import io.convoy.compile.Program;
import io.convoy.compile.Support;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializers;
import io.convoy.nn.Images;
import io.convoy.nn.Nn;
import io.convoy.ops.ActivateGrad;
import io.convoy.ops.Activation;
import io.convoy.ops.BatchNormGrad;
import io.convoy.ops.FusedBatchNorm;
import io.convoy.ops.FusedBatchNormGrad;
import io.convoy.ops.Op;
import io.convoy.ops.Padding;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the passes make of batch normalisation; BatchNormFusionCases shows that it is right. */
class BatchNormPassesTest {
  private static final Support EVERYTHING = (op, inputs) -> Optional.empty();
  private static final Support UNFUSED =
      (op, inputs) ->
          op instanceof FusedBatchNorm || op instanceof FusedBatchNormGrad
              ? Optional.of("one by one")
              : Optional.empty();
  private static final String CONV = "Conv2D stride 1x1 SAME";

  private final Graph graph = new Graph();
  private final Value x = graph.placeholder("x", DType.FLOAT32, Shape.of(2, 5, 5, 4));

  private Value weights(int... dims) {
    return graph.variable("w", Shape.of(dims), Initializers.zeros());
  }

  private Value convolution(Value x) {
    return Images.conv2d(x, weights(3, 3, 4, 4), 1, Padding.SAME);
  }

  private Value normalized(Value x) {
    return Images.batchNorm(x, weights(4), weights(4), 1e-3f).get(0);
  }

  private static List<Op> ops(Support support, Value... fetches) {
    Program program = Compiler.compile(List.of(fetches), Map.of(), support);
    return program.instructions().stream().map(i -> i.op()).toList();
  }

  private static List<String> labels(Support support, Value... fetches) {
    return ops(support, fetches).stream().map(Op::label).toList();
  }

  @Test
  void normalisationSumAndActivationBecomeOne() {
    Value before = Nn.relu(convolution(x));
    Value y = Nn.relu(Nn.add(before, normalized(convolution(x))));
    assertEquals(List.of(CONV + " + RELU", CONV, "BatchNorm + ADD + RELU"), labels(EVERYTHING, y));
    assertEquals(List.of(CONV + " + RELU", CONV, "BatchNorm", "ADD", "RELU"), labels(UNFUSED, y));
  }

  @Test
  void ofTwoNormalisationsTheLastOneAdds() {
    Value y = Nn.relu(Nn.add(normalized(convolution(x)), normalized(convolution(x))));
    assertEquals(List.of(CONV, "BatchNorm", CONV, "BatchNorm + ADD + RELU"), labels(EVERYTHING, y));
  }

  @Test
  void whatIsMadeBehindANormalisationIsNotAddedInIt() {
    Value y = Nn.add(normalized(x), convolution(x));
    assertEquals(List.of("BatchNorm", CONV, "ADD"), labels(EVERYTHING, y));
  }

  @Test
  void whatIsRepeatedIsNotAddedInANormalisation() {
    Value y = Nn.relu(Nn.add(normalized(x), weights(5, 4)));
    assertEquals(List.of("BatchNorm", "ADD", "RELU"), labels(EVERYTHING, y));
  }

  @Test
  void aValueThatIsReadOrFetchedIsWritten() {
    Value z = normalized(x);
    Value y = Nn.relu(z);
    assertEquals(List.of("BatchNorm", "RELU"), labels(EVERYTHING, y, z));
    assertEquals(List.of("BatchNorm", "RELU", "ADD"), labels(EVERYTHING, Nn.add(y, z)));
  }

  /** A residual block: the gradient of the last ReLU goes two ways, that of the first one way. */
  @Test
  void gradientsOfActivationsAreThoseOfNormalisationsToo() {
    Value h = Nn.relu(normalized(convolution(x)));
    Value y = Nn.relu(Nn.add(normalized(convolution(h)), h));
    List<Op> ops = step(y);
    assertTrue(ops.contains(new FusedBatchNormGrad(1e-3f, Activation.RELU, true)), ops.toString());
    assertTrue(ops.contains(new FusedBatchNormGrad(1e-3f, Activation.RELU, false)), ops.toString());
    assertFalse(ops.contains(new ActivateGrad(Activation.RELU)), ops.toString());
  }

  /** The argument need not be kept for the gradient, so the forward ops are joined too. */
  @Test
  void anArgumentIsMadeAgain() {
    List<Op> gelu = step(Nn.activate(normalized(convolution(x)), Activation.GELU));
    assertTrue(gelu.contains(new FusedBatchNormGrad(1e-3f, Activation.GELU, false)));
    assertTrue(gelu.contains(new FusedBatchNorm(1e-3f, false, Optional.of(Activation.GELU))));
  }

  @Test
  void aValueIsRead() {
    List<Op> tanh = step(Nn.tanh(normalized(convolution(x))));
    assertTrue(tanh.contains(new FusedBatchNormGrad(1e-3f, Activation.TANH, true)));
  }

  /** What is told from another normalisation's value must not be made of this one's x. */
  @Test
  void anArgumentOfAnotherNormalisationIsRead() {
    Value gamma = weights(4);
    List<Value> made = Images.batchNorm(x, gamma, weights(4), 1e-3f);
    Value other = Nn.relu(Images.batchNorm(Nn.scale(x, 2), gamma, weights(4), 1e-3f).get(0));
    Value dz = graph.add("dz", new ActivateGrad(Activation.RELU), x, other).output(0);
    Op op = new BatchNormGrad(1e-3f, false);
    Value dx = graph.add("dx", op, x, dz, gamma, made.get(1), made.get(2)).output(0);
    assertTrue(ops(EVERYTHING, dx).contains(new FusedBatchNormGrad(1e-3f, Activation.RELU, true)));
  }

  private static List<Op> step(Value y) {
    Value loss = Nn.reduceSum(Nn.square(y));
    return ops(EVERYTHING, Optimizers.momentum(0.1, 0.9, false).minimize(loss));
  }
}
