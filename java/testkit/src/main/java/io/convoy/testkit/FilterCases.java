// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.autodiff.Gradients;
import io.convoy.graph.Value;
import io.convoy.nn.Images;
import io.convoy.nn.Nn;
import io.convoy.ops.Assign;
import io.convoy.ops.Conv2DBackpropFilter;
import io.convoy.ops.ConvSpec;
import io.convoy.ops.GlobalNorm;
import io.convoy.ops.Padding;
import io.convoy.ops.Reverse;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Variables of four axes, which a backend may keep in the layout of its convolutions: read by
 * convolutions and by other ops, written, and fetched.
 */
final class FilterCases {
  private static final ConvSpec SAME = ConvSpec.of(1, Padding.SAME);
  private static final int[][] SHAPES = {
    {3, 3, 2, 5}, {2, 3, 17, 33}, {3, 2, 4, 1}, {1, 1, 4, 3}, {1, 1, 1, 6}
  };

  private FilterCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (int[] shape : SHAPES) {
      String of = " " + Shape.of(shape);
      Tolerance sums = Tolerance.sum(Shape.of(shape).elements() * 30);
      cases.add(OpCase.of("filter/convolved" + of, sums, s -> convolved(s, shape)));
      cases.add(OpCase.of("filter/gradient" + of, sums, s -> gradient(s, shape)));
      cases.add(OpCase.of("filter/penalty" + of, sums, s -> penalty(s, shape)));
      cases.add(OpCase.of("filter/by element" + of, sums, s -> byElement(s, shape)));
      cases.add(OpCase.of("filter/along axes" + of, sums, s -> alongAxes(s, shape)));
    }
    // More than 2^20 bytes.
    cases.add(
        OpCase.of(
            "filter/large",
            Tolerance.elementwise(),
            s -> {
              Value w = s.variable(Data.UNIT, 3, 3, 60, 513);
              return List.of(w, Nn.assignAdd(w, s.fixed(Data.UNIT, 3, 3, 60, 513)));
            }));
    return cases;
  }

  private static List<Value> convolved(Scene s, int... shape) {
    Value w = s.variable(Data.UNIT, shape);
    Value y = Images.conv2d(s.fixed(Data.UNIT, 2, 5, 6, shape[2]), w, SAME);
    return List.of(y, Images.conv2dTranspose(y, w, 5, 6, SAME), w);
  }

  /** What a step makes of a gradient, beside the gradient itself. */
  private static List<Value> gradient(Scene s, int... shape) {
    Value w = s.variable(Data.UNIT, shape);
    Value x = s.fixed(Data.UNIT, 2, 5, 6, shape[2]);
    Value dy = s.fixed(Data.UNIT, 2, 5, 6, shape[3]);
    Value dw = s.op(new Conv2DBackpropFilter(SAME, shape[0], shape[1]), x, dy).get(0);
    Value fed = s.fixed(Data.UNIT, shape);
    Value norm = s.op(new GlobalNorm(), dw, w, fed, s.fixed(Data.UNIT, 7)).get(0);
    Value sum = s.variable(Data.UNIT, shape);
    Value average = s.op(new Assign(0.75f, 0.25f), s.variable(Data.UNIT, shape), dw).get(0);
    return List.of(
        dw, Nn.add(dw, fed), Nn.reshape(dw, Shape.of(-1)), norm, Nn.assignAdd(sum, dw), average);
  }

  /** Gradients of sums over all elements and over some. */
  private static List<Value> penalty(Scene s, int... shape) {
    Value w = s.variable(Data.UNIT, shape);
    Value whole = Nn.scale(Nn.reduceSum(Nn.square(Nn.tanh(w))), 0.1f);
    Value parts = Nn.reduceMean(Nn.square(Nn.reduceSum(w, 0, 2)));
    Value y = Images.conv2d(s.fixed(Data.UNIT, 2, 5, 6, shape[2]), w, SAME);
    Value loss = Nn.add(Nn.add(whole, parts), Nn.reduceMean(y));
    Value dw = Gradients.of(loss, List.of(w)).get(0);
    return List.of(whole, parts, dw, Nn.assignAdd(w, dw));
  }

  private static List<Value> byElement(Scene s, int... shape) {
    Value w = s.variable(Data.UNIT, shape);
    Value fed = s.fixed(Data.UNIT, shape);
    return List.of(
        Nn.sigmoid(w),
        Nn.subtract(w, s.variable(Data.UNIT, shape)),
        Nn.subtract(fed, w),
        Nn.multiply(w, s.fixed(Data.UNIT)),
        Nn.multiply(s.fixed(Data.UNIT, shape[3]), w),
        Nn.add(w, s.fixed(Data.UNIT, 1, shape[1], 1, 1)),
        Nn.maximum(s.fixed(Data.UNIT, 3, 1, 1, 1, 1), w));
  }

  private static List<Value> alongAxes(Scene s, int... shape) {
    Value w = s.variable(Data.UNIT, shape);
    Value fed = s.fixed(Data.UNIT, shape);
    int[] other = Arrays.copyOf(shape, 4);
    other[1] = 2;
    return List.of(
        Nn.reduceSum(w, 0),
        Nn.reduceMean(w, 1, 3),
        Nn.softmax(w),
        Nn.reshape(w, Shape.of(shape[3], (int) w.shape().elements() / shape[3])),
        Nn.concat(List.of(fed, w, s.variable(Data.UNIT, other)), 1),
        Nn.slice(w, 2, 0, 1),
        Nn.pad(w, 1, 2, 1),
        s.op(new Reverse(), w).get(0),
        Images.maxPool(w, 2, 1, Padding.SAME),
        Nn.biasAdd(w, s.fixed(Data.UNIT, shape[3])));
  }
}
