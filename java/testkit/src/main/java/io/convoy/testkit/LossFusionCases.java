// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.autodiff.Gradients;
import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import io.convoy.ops.InTopK;
import io.convoy.ops.SoftmaxCrossEntropy;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Softmax cross-entropy with what stands around it in a training step, which the compiler joins
 * where the backend agrees, and look-alikes that it must not join. The judge computes them one by
 * one.
 */
final class LossFusionCases {
  private static final int ROWS = 7;

  private LossFusionCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (int classes : new int[] {1, 10, 33, 300}) {
      cases.add(batch("mean", classes, (s, loss) -> Nn.reduceMean(loss)));
      cases.add(batch("weighted mean", classes, LossFusionCases::weighted));
    }
    cases.add(batch("sum", 10, (s, loss) -> Nn.reduceSum(loss)));
    cases.add(batch("scaled", 10, (s, loss) -> scaled(s, Nn.reduceMean(loss))));
    cases.add(batch("weighted, scaled", 10, (s, loss) -> scaled(s, weighted(s, loss))));
    cases.add(batch("three factors", 10, (s, loss) -> scaled(s, scaled(s, weighted(s, loss)))));
    cases.add(batch("a weight made of the loss", 10, (s, loss) -> focal(loss)));
    cases.add(batch("a weight made behind it", 10, LossFusionCases::madeBehind));
    cases.add(batch("square", 10, (s, loss) -> Nn.reduceMean(Nn.square(loss))));
    cases.add(batch("read twice", 10, (s, loss) -> Nn.add(weighted(s, loss), Nn.reduceSum(loss))));
    cases.add(multiplied("one a row", ROWS, 1));
    cases.add(multiplied("one a column", 1, ROWS));
    cases.add(multiplied("one each", ROWS, ROWS));
    cases.add(fetched());
    for (int classes : new int[] {1, 10, 300}) {
      for (int k : new int[] {1, 3}) {
        cases.add(ranked(classes, k));
      }
    }
    cases.add(rankedOtherwise());
    cases.add(unread());
    return cases;
  }

  private static Value weighted(Scene s, Value loss) {
    return Nn.reduceMean(Nn.multiply(loss, s.fixed(Data.uniform(0, 2), ROWS)));
  }

  private static Value scaled(Scene s, Value loss) {
    return Nn.multiply(loss, s.variable(Data.uniform(1, 4)));
  }

  private static Value madeBehind(Scene s, Value loss) {
    return Nn.reduceMean(Nn.multiply(loss, Nn.tanh(s.fixed(Data.UNIT, ROWS))));
  }

  /** Its factor is not there before the loss. */
  private static Value focal(Value loss) {
    return Nn.reduceMean(Nn.multiply(loss, loss));
  }

  /**
   * The gradient of a batch's loss by the logits, and the losses; of class numbers and of shares.
   */
  private static OpCase batch(String what, int classes, BiFunction<Scene, Value, Value> total) {
    return OpCase.of(
        "fusion/softmax cross-entropy, " + what + " of " + classes + " classes",
        Tolerance.sum(classes).times(8, "factors up to 2 times 4"),
        s -> {
          Value logits = s.fixed(Data.UNIT, ROWS, classes);
          Value labels = labels(s, classes);
          Value shares = s.fixed(Data.distributions(classes), ROWS, classes);
          List<Value> fetches = new ArrayList<>();
          for (Value truth : List.of(labels, shares)) {
            Value loss = s.op(new SoftmaxCrossEntropy(0.1f), logits, truth).get(0);
            fetches.add(loss);
            fetches.addAll(Gradients.of(total.apply(s, loss), List.of(logits)));
          }
          return fetches;
        });
  }

  private static Value labels(Scene s, int classes) {
    int[] labels = new int[ROWS];
    for (int n = 0; n < ROWS; n++) {
      labels[n] = n * 3 % classes;
    }
    return s.integers(labels, ROWS);
  }

  /** As many classes as rows, so that the shapes alone don't tell what is repeated along what. */
  private static OpCase multiplied(String what, int... shape) {
    return OpCase.of(
        "fusion/softmax cross-entropy, gradient times " + what,
        Tolerance.sum(ROWS),
        s -> {
          Value backprop = crossEntropy(s).get(1);
          return List.of(Nn.multiply(backprop, s.fixed(Data.UNIT, shape)));
        });
  }

  private static OpCase fetched() {
    return OpCase.of(
        "fusion/softmax cross-entropy, every value fetched",
        Tolerance.sum(ROWS),
        s -> {
          List<Value> fetches = new ArrayList<>(crossEntropy(s));
          Value weights = Nn.reshape(s.fixed(Data.UNIT, ROWS), Shape.of(ROWS, 1));
          fetches.add(Nn.multiply(fetches.get(1), weights));
          return fetches;
        });
  }

  /** A ranking of the same labels; ties, and a class that does not exist. */
  private static OpCase ranked(int classes, int k) {
    return OpCase.of(
        "fusion/softmax cross-entropy, top " + k + " of " + classes,
        Tolerance.sum(classes),
        s -> {
          Value logits = s.fixed(Data.ties(5), ROWS, classes);
          Value labels = s.integers(new int[] {0, 1, 2, 0, classes, 0, -1}, ROWS);
          Value shares = s.fixed(Data.distributions(classes), ROWS, classes);
          List<Value> fetches = new ArrayList<>();
          for (Value truth : List.of(labels, shares)) {
            Value loss = s.op(new SoftmaxCrossEntropy(0), logits, truth).get(0);
            fetches.addAll(s.op(new InTopK(k), logits, truth));
            fetches.addAll(s.op(new InTopK(2), logits, truth));
            fetches.addAll(Gradients.of(Nn.reduceMean(loss), List.of(logits)));
            fetches.add(loss);
          }
          return fetches;
        });
  }

  /** A ranking of other labels, or of other logits, is not this loss'. */
  private static OpCase rankedOtherwise() {
    return OpCase.of(
        "fusion/softmax cross-entropy, ranked otherwise",
        Tolerance.sum(ROWS),
        s -> {
          Value logits = s.fixed(Data.UNIT, ROWS, ROWS);
          Value labels = labels(s, ROWS);
          Value others = s.integers(new int[] {6, 5, 4, 3, 2, 1, 0}, ROWS);
          Value loss = s.op(new SoftmaxCrossEntropy(0), logits, labels).get(0);
          Value before = s.op(new InTopK(1), logits, others).get(0);
          Value turned = s.op(new InTopK(1), Nn.negative(logits), labels).get(0);
          return List.of(loss, before, turned);
        });
  }

  /** An evaluation: nobody wants the gradient. */
  private static OpCase unread() {
    return OpCase.of(
        "fusion/softmax cross-entropy, without a gradient",
        Tolerance.sum(ROWS),
        s -> {
          Value logits = s.fixed(Data.UNIT, ROWS, ROWS);
          Value labels = labels(s, ROWS);
          Value loss = s.op(new SoftmaxCrossEntropy(0), logits, labels).get(0);
          return List.of(loss, s.op(new InTopK(1), logits, labels).get(0));
        });
  }

  private static List<Value> crossEntropy(Scene s) {
    Value logits = s.fixed(Data.UNIT, ROWS, ROWS);
    return s.op(new SoftmaxCrossEntropy(0), logits, labels(s, ROWS));
  }
}
