// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.compile.Compiler;
import io.convoy.compile.GatherInputs;
import io.convoy.compile.LeastWork;
import io.convoy.compile.Precision;
import io.convoy.compile.Program;
import io.convoy.compile.Support;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializers;
import io.convoy.nn.Images;
import io.convoy.nn.Nn;
import io.convoy.ops.Op;
import io.convoy.ops.Padding;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The least work of a small net's training step, counted by hand. */
class LeastWorkTest {
  private static final int FLOAT = 4;
  private static final int HALF = 2;
  private static final long X = 3 * 6 * 6 * 2;
  private static final long W = 3 * 3 * 2 * 4;
  private static final long Y = 3 * 6 * 6 * 4;
  private static final long V = 6 * 6 * 4 * 3;
  private static final long LOGITS = 3 * 3;

  /** Of the products' factors: forward, then the gradients of v, of y, and of w. */
  private static final long FACTORS = X + W + Y + V + Y + LOGITS + LOGITS + V + X + Y;

  private static final long RESULTS = Y + LOGITS + V + Y + W;

  /** Kernels and biases, each with Adam's two slots. */
  private static final long STATE = 3 * (W + 4 + V + 3);

  /** 3x3x2 products an element of y, forward and for w; 144 a logit, forward and for v and y. */
  private static final long FLOPS = 2 * (2 * Y * 18 + 3 * LOGITS * 144);

  private static final Support EVERYTHING =
      new Support() {
        @Override
        public Optional<String> refuses(Op op, List<TensorSpec> inputs) {
          return Optional.empty();
        }

        @Override
        public Optional<String> refuses(Precision precision) {
          return Optional.empty();
        }
      };

  private static final Support NOTHING_FUSED =
      (op, inputs) ->
          op.getClass().getSimpleName().startsWith("Fused")
              ? Optional.of("one by one")
              : Optional.empty();

  private static Program trainingStep(Support support, Precision precision) {
    Graph graph = new Graph();
    Value x = graph.placeholder("x", DType.FLOAT32, Shape.of(-1, 6, 6, 2));
    Value conv = Images.conv2d(x, weights(graph, "w", 3, 3, 2, 4), 1, Padding.SAME);
    Value h = Nn.relu(Nn.biasAdd(conv, weights(graph, "b", 4)));
    Value product = Nn.matmul(Nn.flatten(h), weights(graph, "v", 144, 3));
    Value logits = Nn.biasAdd(product, weights(graph, "c", 3));
    Value step = Optimizers.adam(1e-3).minimize(Nn.reduceSum(Nn.square(logits)));
    return Compiler.compile(List.of(step), Map.of(x, Shape.of(3, 6, 6, 2)), support, precision);
  }

  private static Value weights(Graph graph, String name, int... dims) {
    return graph.variable(name, Shape.of(dims), Initializers.zeros());
  }

  @Test
  void isTheSameFusedOrNot() {
    LeastWork byHand = new LeastWork(FLOAT * (FACTORS + STATE), FLOAT * (RESULTS + STATE), FLOPS);
    assertEquals(byHand, LeastWork.of(trainingStep(EVERYTHING, Precision.FP32)));
    assertEquals(byHand, LeastWork.of(trainingStep(NOTHING_FUSED, Precision.FP32)));
  }

  /** No product reads the batch as it is fed, so that it is read once more. */
  @Test
  void inSixteenBitsProductsMoveHalf() {
    assertEquals(
        new LeastWork(FLOAT * (X + STATE) + HALF * FACTORS, FLOAT * STATE + HALF * RESULTS, FLOPS),
        LeastWork.of(trainingStep(EVERYTHING, Precision.BF16)));
  }

  /** Pixels that are gathered are bytes; of what is fed, the labels alone are no product's. */
  @Test
  void theBatchIsReadOnce() {
    Graph graph = new Graph();
    Value x = graph.placeholder("x", DType.FLOAT32, Shape.of(-1, 4, 4, 3));
    Value labels = graph.placeholder("labels", DType.INT32, Shape.of(-1));
    Value logits = Nn.matmul(Nn.flatten(x), weights(graph, "w", 48, 10));
    Value loss = Nn.reduceMean(Nn.sparseSoftmaxCrossEntropyWithLogits(labels, logits));
    Program fed =
        Compiler.compile(
            List.of(loss), Map.of(x, Shape.of(5, 4, 4, 3), labels, Shape.of(5)), EVERYTHING);
    long factors = FLOAT * (5 * 48 + 48 * 10);
    long result = FLOAT * 5 * 10;
    long flops = 2 * 5 * 48 * 10;
    assertEquals(new LeastWork(factors + FLOAT * 5, result, flops), LeastWork.of(fed));
    Program gathered =
        GatherInputs.apply(
            fed,
            EVERYTHING,
            "x",
            "labels",
            new GatherInputs.Input("pixels", new TensorSpec(DType.UINT8, Shape.of(20, 4, 4, 3))),
            new GatherInputs.Input("classes", TensorSpec.i32(20)),
            new GatherInputs.Input("order", TensorSpec.i32(20)),
            new GatherInputs.Input("position", TensorSpec.i32()));
    assertEquals(
        new LeastWork(factors + 5 * 48 + FLOAT * 5, result, flops), LeastWork.of(gathered));
  }
}
