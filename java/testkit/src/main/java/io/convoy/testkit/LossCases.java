// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.graph.Value;
import io.convoy.ops.SigmoidCrossEntropy;
import io.convoy.ops.SoftmaxCrossEntropy;
import java.util.ArrayList;
import java.util.List;

/** Cross-entropies with the gradients that they make in the same pass. */
final class LossCases {
  private static final int[][] SIZES = {{4, 10}, {1, 2}, {3, 1}, {7, 17}, {128, 10}};

  private LossCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (float smoothing : new float[] {0, 0.1f}) {
      for (int[] size : SIZES) {
        cases.add(sparse(smoothing, "", Data.UNIT, size[0], size[1]));
        cases.add(dense(smoothing, "", Data.UNIT, Data.distributions(size[1]), size[0], size[1]));
      }
      cases.add(sparse(smoothing, " many classes", Data.UNIT, 5, 1000));
      cases.add(dense(smoothing, " many classes", Data.UNIT, Data.distributions(300), 3, 300));
      // Right and wrong with certainty: the loss is near 0 or as large as the logit.
      cases.add(sparse(smoothing, " confident", Data.of(30, -30, 0, -30, 30), 6, 4));
      cases.add(sparse(smoothing, " up to 80", Data.uniform(-80, 80), 9, 10));
      cases.add(sparse(smoothing, " outliers", Data.outliers(), 9, 10));
      Data oneHot = Data.each((i, draws) -> i % 5 == i / 5 % 5 ? 1 : 0);
      cases.add(dense(smoothing, " one-hot", Data.uniform(-5, 5), oneHot, 10, 5));
      cases.add(dense(smoothing, " confident", Data.of(30, -30, 0, -30), oneHot, 5, 5));
      Data half = Data.mapped(Data.distributions(5), p -> p / 2);
      cases.add(dense(smoothing, " not adding up to 1", Data.UNIT, half, 6, 5));
    }
    cases.add(
        OpCase.of(
            "softmax cross-entropy/sparse labels that don't exist",
            Tolerance.elementwise(),
            s ->
                crossEntropy(
                    s, 0, s.fixed(Data.UNIT, 4, 3), s.integers(new int[] {0, -1, 3, 2}, 4))));
    addSigmoid(cases);
    return cases;
  }

  private static OpCase sparse(float smoothing, String what, Data logits, int n, int classes) {
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = (i * 7 + 3) % classes;
    }
    return OpCase.smooth(
        name(smoothing, "sparse", what, n, classes),
        tolerance(classes),
        s -> crossEntropy(s, smoothing, s.input(logits, n, classes), s.integers(labels, n)));
  }

  private static OpCase dense(
      float smoothing, String what, Data logits, Data labels, int n, int classes) {
    return OpCase.smooth(
        name(smoothing, "dense", what, n, classes),
        tolerance(classes),
        s -> crossEntropy(s, smoothing, s.input(logits, n, classes), s.fixed(labels, n, classes)));
  }

  private static List<Value> crossEntropy(Scene s, float smoothing, Value logits, Value labels) {
    return s.op(new SoftmaxCrossEntropy(smoothing), logits, labels);
  }

  private static Tolerance tolerance(int classes) {
    return Tolerance.sum(classes);
  }

  private static String name(float smoothing, String labels, String what, int n, int classes) {
    String smooth = smoothing == 0 ? "" : " smoothed";
    return "softmax cross-entropy/" + labels + smooth + what + " " + n + "x" + classes;
  }

  private static void addSigmoid(List<OpCase> cases) {
    Data logits = Data.of(0, -0f, 1e-6f, 1, -1, 10, -10, 30, -30, 100, -100);
    for (int[] shape : new int[][] {{33}, {4, 3}, {2, 3, 1, 5}}) {
      cases.add(sigmoid("labels 0 and 1 " + shape.length, Data.UNIT, Data.ties(2), shape));
      cases.add(sigmoid("between " + shape.length, Data.uniform(-3, 3), Data.uniform(0, 1), shape));
    }
    cases.add(sigmoid("large logits, labels 0", logits, Data.of(0), 11));
    cases.add(sigmoid("large logits, labels 1", logits, Data.of(1), 11));
    cases.add(sigmoid("large logits, labels between", logits, Data.uniform(0, 1), 33));
  }

  private static OpCase sigmoid(String what, Data logits, Data labels, int... shape) {
    return OpCase.smooth(
        "sigmoid cross-entropy/" + what,
        Tolerance.elementwise(),
        s -> s.op(new SigmoidCrossEntropy(), s.input(logits, shape), s.fixed(labels, shape)));
  }
}
