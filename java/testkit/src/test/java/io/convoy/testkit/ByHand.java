// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.convoy.graph.Value;
import io.convoy.ops.Op;
import java.util.List;

/**
 * Computes one op of given numbers on the reference and compares with what was worked out by hand.
 */
final class ByHand {
  /** Attributes such as 0.1f are floats, so numbers agree to a float's precision. */
  private static final double TOLERANCE = 1e-7;

  private final Scene scene = new Scene("by hand", 0);

  /** An input of a shape; variable, so that updates can write it. */
  Value in(int[] dims, double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return scene.variable(Data.of(floats), dims);
  }

  Value integers(int... values) {
    return scene.integers(values, values.length);
  }

  Value counter(int value) {
    return scene.counter(value);
  }

  /** Runs once and expects these numbers of the outputs, in order. */
  void expect(Op op, List<Value> inputs, double[]... outputs) {
    List<Value> values = scene.op(op, inputs.toArray(Value[]::new));
    Judge judge = new Judge(scene, values);
    judge.run();
    for (int i = 0; i < outputs.length; i++) {
      assertArrayEquals(outputs[i], judge.values(values.get(i)), TOLERANCE, "output " + i);
    }
  }

  /** Runs once and expects these numbers of the inputs, which the op writes; null for unchanged. */
  void expectWritten(Op op, List<Value> inputs, double[]... written) {
    List<Value> values = scene.op(op, inputs.toArray(Value[]::new));
    Judge judge = new Judge(scene, values);
    judge.run();
    for (int i = 0; i < written.length; i++) {
      if (written[i] != null) {
        assertArrayEquals(written[i], judge.values(inputs.get(i)), TOLERANCE, "input " + i);
      }
    }
  }

  static double[] row(double... values) {
    return values;
  }

  static int[] dims(int... dims) {
    return dims;
  }
}
