// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.graph.Value;
import io.convoy.nn.Images;
import io.convoy.nn.Nn;
import io.convoy.ops.Activate;
import io.convoy.ops.Activation;
import io.convoy.ops.Binary;
import io.convoy.ops.Concat;
import io.convoy.ops.Pad;
import io.convoy.ops.Padding;
import io.convoy.ops.PoolSpec;
import io.convoy.ops.Reshape;
import io.convoy.ops.Slice;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Ops that only move elements, alone and between ops that like layouts of their own. */
final class LayoutCases {
  private static final int[][] SHAPES = {{7}, {3, 5}, {5, 3, 4}, {3, 4, 6, 5}, {3, 4, 5, 16}};

  private LayoutCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (int[] shape : SHAPES) {
      for (int axis = 0; axis < shape.length; axis++) {
        addConcats(cases, axis, shape);
        addSlices(cases, axis, shape);
        for (int[] zeros : new int[][] {{1, 2}, {0, 3}, {2, 0}, {0, 0}}) {
          Pad op = new Pad(axis, zeros[0], zeros[1]);
          cases.add(
              moved(
                  "pad/" + Shape.of(shape) + " " + op.label(),
                  s -> s.op(op, s.input(Data.UNIT, shape))));
        }
      }
    }
    addReshapes(cases);
    addBetween(cases);
    cases.add(
        OpCase.smooth(
            "reshape/read again after the reshaped tensor was changed",
            Tolerance.elementwise(),
            LayoutCases::readAgain));
    return cases;
  }

  /** A backend that lets shapes share memory and works in place must not do both here. */
  private static List<Value> readAgain(Scene s) {
    Value x = s.op(new Activate(Activation.TANH), s.input(Data.UNIT, 3, 5)).get(0);
    Value flat = s.op(new Reshape(Shape.of(15)), x).get(0);
    Value changed = s.op(new Activate(Activation.SIGMOID), flat).get(0);
    Value back = s.op(new Reshape(Shape.of(3, 5)), changed).get(0);
    return s.op(new Binary(Binary.Kind.ADD), back, x);
  }

  private static OpCase moved(String name, Function<Scene, List<Value>> body) {
    return OpCase.smooth(name, Tolerance.exact(), body);
  }

  private static void addConcats(List<OpCase> cases, int axis, int[] shape) {
    for (int parts = 1; parts <= 3; parts++) {
      int count = parts;
      cases.add(
          moved(
              "concat/" + parts + " of " + Shape.of(shape) + " axis " + axis,
              s ->
                  s.op(
                      new Concat(axis),
                      IntStream.range(0, count)
                          .mapToObj(i -> s.input(Data.UNIT, longer(shape, axis, 2 * i)))
                          .toArray(Value[]::new))));
    }
    cases.add(
        moved(
            "concat/with itself " + Shape.of(shape) + " axis " + axis,
            s -> {
              Value x = s.input(Data.UNIT, shape);
              return s.op(new Concat(axis), x, x);
            }));
  }

  private static int[] longer(int[] shape, int axis, int by) {
    int[] dims = shape.clone();
    dims[axis] += by;
    return dims;
  }

  private static void addSlices(List<OpCase> cases, int axis, int[] shape) {
    int size = shape[axis];
    for (int[] range : new int[][] {{0, size}, {0, size - 1}, {1, size - 1}, {1, size / 2}}) {
      Slice op = new Slice(axis, range[0], range[1]);
      cases.add(
          moved(
              "slice/" + Shape.of(shape) + " " + op.label(),
              s -> s.op(op, s.input(Data.UNIT, shape))));
    }
  }

  private static void addReshapes(List<OpCase> cases) {
    int[][][] pairs = {
      {{2, 3, 4, 5}, {2, 60}},
      {{2, 60}, {2, 3, 4, 5}},
      {{6, 5}, {30}},
      {{1}, {}},
      {{}, {1, 1}},
      {{3, 1, 1, 8}, {3, 8}},
      {{4, 6}, {6, 4}},
    };
    for (int[][] pair : pairs) {
      Reshape op = new Reshape(Shape.of(pair[1]));
      cases.add(
          moved(
              "reshape/" + Shape.of(pair[0]) + " to " + op.shape(),
              s -> s.op(op, s.input(Data.UNIT, pair[0]))));
    }
    cases.add(
        moved(
            "reshape/twice, all fetched",
            s -> {
              Value x = s.input(Data.UNIT, 2, 12);
              Value y = Nn.reshape(x, Shape.of(2, 3, 4));
              return List.of(Nn.reshape(y, Shape.of(6, 4)), y, x);
            }));
    cases.add(
        OpCase.of(
            "reshape/class numbers",
            Tolerance.elementwise(),
            s -> {
              Value labels = Nn.reshape(s.integers(new int[] {2, 0, 1}, 3, 1), Shape.of(3));
              return List.of(
                  Nn.sparseSoftmaxCrossEntropyWithLogits(labels, s.fixed(Data.UNIT, 3, 3)));
            }));
  }

  /**
   * A convolution may leave its result in blocks of channels: moving must see NHWC all the same.
   */
  private static void addBetween(List<OpCase> cases) {
    cases.add(between("flatten and dense", x -> x, y -> Nn.flatten(y), true));
    cases.add(between("flatten", x -> x, y -> Nn.flatten(y), false));
    cases.add(between("flatten and relu", x -> x, y -> Nn.relu(Nn.flatten(y)), false));
    cases.add(between("reshape to columns", x -> x, y -> Nn.reshape(y, Shape.of(2, 5, 80)), false));
    cases.add(between("concat channels", x -> x, y -> Nn.concat(List.of(y, Nn.tanh(y)), 3), false));
    cases.add(between("concat rows", x -> x, y -> Nn.concat(List.of(y, y), 1), false));
    cases.add(between("slice channels", x -> x, y -> Nn.slice(y, 3, 3, 9), false));
    cases.add(between("pad channels", x -> x, y -> Nn.pad(y, 3, 1, 2), false));
    cases.add(between("pad columns", x -> x, y -> Nn.pad(y, 2, 1, 0), false));
    cases.add(between("sum over rows", x -> x, y -> Nn.reduceSum(y, 1), false));
    cases.add(
        between("global pooling", x -> x, y -> Images.globalPool(y, PoolSpec.Kind.AVERAGE), true));
    cases.add(between("bias by image", x -> x, y -> Nn.add(y, Nn.slice(y, 1, 0, 1)), false));
    cases.add(between("reshape in front", x -> Nn.reshape(x, Shape.of(2, 5, 5, 3)), y -> y, false));
    cases.add(between("softmax over channels", x -> x, Nn::softmax, false));
  }

  private static OpCase between(
      String what, Function<Value, Value> before, Function<Value, Value> after, boolean dense) {
    return OpCase.smooth(
        "layout/convolution, " + what,
        Tolerance.sum(dense ? 27 * 16 : 27).times(4, "values up to 4"),
        s -> {
          Value x = before.apply(s.input(Data.UNIT, 2, 5, 5, 3));
          Value y = Images.conv2d(x, s.input(Data.UNIT, 3, 3, 3, 16), 1, Padding.SAME);
          Value z = after.apply(y);
          return List.of(dense ? Nn.matmul(z, s.input(Data.UNIT, z.shape().dim(1), 7)) : z);
        });
  }
}
