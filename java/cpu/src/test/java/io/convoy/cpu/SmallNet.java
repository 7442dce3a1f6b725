// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static io.convoy.initializers.Initializers.glorotUniform;
import static io.convoy.initializers.Initializers.zeros;
import static io.convoy.nn.Images.conv2d;
import static io.convoy.nn.Images.maxPool;
import static io.convoy.nn.Nn.biasAdd;
import static io.convoy.nn.Nn.dropout;
import static io.convoy.nn.Nn.flatten;
import static io.convoy.nn.Nn.matmul;
import static io.convoy.nn.Nn.reduceMean;
import static io.convoy.nn.Nn.relu;
import static io.convoy.nn.Nn.sparseSoftmaxCrossEntropyWithLogits;
import static io.convoy.ops.Padding.VALID;
import static io.convoy.optimizers.Optimizers.adam;

import io.convoy.backend.Backend;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.session.Session;
import io.convoy.session.Step;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Map;

/** A net with every kind of step: primitives, reorders, loops, shared workspace and mask. */
final class SmallNet {
  static final int BATCH = 16;

  final Graph graph = new Graph(1);
  final Value x = graph.placeholder("x", DType.FLOAT32, Shape.of(-1, 12, 12, 1));
  final Value y = graph.placeholder("y", DType.INT32, Shape.of(-1));
  final Value filter = graph.variable("filter", Shape.of(3, 3, 1, 8), glorotUniform());
  final Value bias = graph.variable("bias", Shape.of(8), zeros());
  final Value weights = graph.variable("weights", Shape.of(200, 10), glorotUniform());
  final Value pooled = maxPool(relu(biasAdd(conv2d(x, filter, 1, VALID), bias)), 2, 2, VALID);
  final Value logits = matmul(flatten(pooled), weights);
  final Value loss =
      reduceMean(
          sparseSoftmaxCrossEntropyWithLogits(y, matmul(flatten(dropout(pooled, 0.2f)), weights)));
  final Value train = adam(1e-3).minimize(loss);

  static Backend backend() {
    return new CpuProvider().open(0);
  }

  Step training(Session session) {
    Step step =
        session.prepare(
            List.of(train, loss), Map.of(x, Shape.of(BATCH, 12, 12, 1), y, Shape.of(BATCH)));
    fill(step);
    for (int i = 0; i < BATCH; i++) {
      step.input(y).putInt(4 * i, i % 10);
    }
    return step;
  }

  Step inference(Session session) {
    Step step = session.prepare(List.of(logits), Map.of(x, Shape.of(BATCH, 12, 12, 1)));
    fill(step);
    return step;
  }

  private void fill(Step step) {
    for (int i = 0; i < BATCH * 12 * 12; i++) {
      step.input(x).putFloat(4 * i, i % 17 / 17f);
    }
  }
}
