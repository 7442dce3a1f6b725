// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.autodiff.Gradients;
import io.convoy.graph.Value;
import io.convoy.nn.Images;
import io.convoy.nn.Nn;
import io.convoy.ops.Assign;
import io.convoy.ops.Cast;
import io.convoy.ops.Conv2DBackpropFilter;
import io.convoy.ops.ConvSpec;
import io.convoy.ops.GlobalNorm;
import io.convoy.ops.Padding;
import io.convoy.ops.Reverse;
import io.convoy.ops.Update;
import io.convoy.ops.UpdateRule;
import io.convoy.tensor.DType;
import io.convoy.tensor.HalfFloat;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

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
      cases.add(OpCase.of("filter/gradient" + of, sums, s -> gradient(s, x -> x, shape)));
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

  /** Gradients by images of 16 bits, which a device may store in 16 bits, too. */
  static List<OpCase> all(DType type) {
    double step = HalfFloat.step(type);
    Tolerance rounded =
        new Tolerance(4 * step, 2 * step, "gradients around 4 are rounded on the way");
    List<OpCase> cases = new ArrayList<>();
    for (int[] shape : SHAPES) {
      cases.add(
          OpCase.of(
              "filter/gradient " + Shape.of(shape) + " of " + type,
              rounded,
              s -> gradient(s, x -> s.op(new Cast(type), x).get(0), shape)));
    }
    return cases;
  }

  private static List<Value> convolved(Scene s, int... shape) {
    Value w = s.variable(Data.UNIT, shape);
    Value y = Images.conv2d(s.fixed(Data.UNIT, 2, 5, 6, shape[2]), w, SAME);
    return List.of(y, Images.conv2dTranspose(y, w, 5, 6, SAME), w);
  }

  /** What a step makes of a gradient, beside the gradient itself. */
  private static List<Value> gradient(Scene s, UnaryOperator<Value> stored, int... shape) {
    Value x = stored.apply(s.fixed(Data.UNIT, 2, 5, 6, shape[2]));
    Value dy = stored.apply(s.fixed(Data.UNIT, 2, 5, 6, shape[3]));
    Value dw = s.op(new Conv2DBackpropFilter(SAME, shape[0], shape[1]), x, dy).get(0);
    Value fed = s.fixed(Data.UNIT, shape);
    Value w = s.variable(Data.UNIT, shape);
    return List.of(
        dw,
        Nn.add(dw, fed),
        Nn.multiply(dw, Nn.tanh(dw)),
        Nn.reshape(dw, Shape.of((int) w.shape().elements())),
        Nn.reduceMean(dw),
        s.op(new GlobalNorm(), dw, w, fed, s.fixed(Data.UNIT, 7)).get(0),
        Nn.assignAdd(s.variable(Data.UNIT, shape), dw),
        s.op(new Assign(0.75f, 0.25f), s.variable(Data.UNIT, shape), dw).get(0),
        update(s, new UpdateRule.Sgd(0.9f, false, 0.1f), dw),
        update(s, new UpdateRule.Adam(0.8f, 0.99f, 1e-3f, 0), dw),
        update(s, new UpdateRule.RmsProp(0.8f, 0.5f, 1e-3f, 0), dw));
  }

  /** Of a filter by its gradient, and of a vector. */
  private static Value update(Scene s, UpdateRule rule, Value dw) {
    List<Value> inputs = new ArrayList<>();
    inputs.add(s.variable(Data.of(0.01f)));
    inputs.add(s.iterations(2));
    inputs.add(s.fixed(Data.of(0.75f)));
    for (Value gradient : List.of(dw, s.fixed(Data.UNIT, 33))) {
      int[] shape = gradient.shape().dims();
      inputs.add(s.variable(Data.UNIT, shape));
      inputs.add(gradient);
      for (int slot = 0; slot < rule.slots(); slot++) {
        inputs.add(s.variable(Data.of(0.5f), shape));
      }
    }
    return s.op(new Update(rule), inputs.toArray(Value[]::new)).get(0);
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
