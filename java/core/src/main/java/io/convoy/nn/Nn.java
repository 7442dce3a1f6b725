// SPDX-License-Identifier: Apache-2.0
package io.convoy.nn;

import io.convoy.graph.Value;
import io.convoy.ops.Activate;
import io.convoy.ops.Activation;
import io.convoy.ops.Assign;
import io.convoy.ops.BiasAdd;
import io.convoy.ops.Binary;
import io.convoy.ops.Concat;
import io.convoy.ops.Dropout;
import io.convoy.ops.Group;
import io.convoy.ops.InTopK;
import io.convoy.ops.MatMul;
import io.convoy.ops.OneHot;
import io.convoy.ops.Op;
import io.convoy.ops.Pad;
import io.convoy.ops.Reduce;
import io.convoy.ops.Reshape;
import io.convoy.ops.SigmoidCrossEntropy;
import io.convoy.ops.Slice;
import io.convoy.ops.Softmax;
import io.convoy.ops.SoftmaxCrossEntropy;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Operations as functions, with TensorFlow's names. Each adds one node to its inputs' graph and
 * returns the output. Convolutions and pooling are in {@link Images}.
 */
public final class Nn {
  private Nn() {}

  /**
   * Adds a vector to the innermost axis.
   *
   * @param x {@code [..., C]}
   * @param bias {@code [C]}
   * @return {@code [..., C]}
   */
  public static Value biasAdd(Value x, Value bias) {
    return node("BiasAdd", new BiasAdd(), x, bias);
  }

  /**
   * Matrix product.
   *
   * @param a {@code [M,K]}
   * @param b {@code [K,N]}
   * @return {@code [M,N]}
   */
  public static Value matmul(Value a, Value b) {
    return node("MatMul", new MatMul(false, false), a, b);
  }

  /**
   * Applies a function to each element.
   *
   * @param x any shape
   * @param function which function
   * @return x's shape
   */
  public static Value activate(Value x, Activation function) {
    return node(function.kind().name(), new Activate(function), x);
  }

  /**
   * max(x, 0).
   *
   * @param x any shape
   * @return x's shape
   */
  public static Value relu(Value x) {
    return activate(x, Activation.RELU);
  }

  /**
   * min(max(x, 0), 6).
   *
   * @param x any shape
   * @return x's shape
   */
  public static Value relu6(Value x) {
    return activate(x, Activation.RELU6);
  }

  /**
   * 1 / (1 + e^-x).
   *
   * @param x any shape
   * @return x's shape
   */
  public static Value sigmoid(Value x) {
    return activate(x, Activation.SIGMOID);
  }

  /**
   * Hyperbolic tangent.
   *
   * @param x any shape
   * @return x's shape
   */
  public static Value tanh(Value x) {
    return activate(x, Activation.TANH);
  }

  /**
   * The workshop's radial basis function exp(-(e |x - c|)^2).
   *
   * @param x any shape
   * @param e sharpness
   * @param c centre
   * @return x's shape
   */
  public static Value radialBasis(Value x, float e, float c) {
    return activate(x, Activation.radialBasis(e, c));
  }

  /**
   * Softmax over the innermost axis.
   *
   * @param logits {@code [..., C]}
   * @return logits' shape
   */
  public static Value softmax(Value logits) {
    return node("Softmax", new Softmax(false), logits);
  }

  /**
   * Logarithm of softmax over the innermost axis.
   *
   * @param logits {@code [..., C]}
   * @return logits' shape
   */
  public static Value logSoftmax(Value logits) {
    return node("LogSoftmax", new Softmax(true), logits);
  }

  /**
   * Cross-entropy of softmax(logits) with class numbers.
   *
   * @param labels INT32 {@code [N]}, from 0 to C-1
   * @param logits {@code [N,C]}
   * @return {@code [N]}
   */
  public static Value sparseSoftmaxCrossEntropyWithLogits(Value labels, Value logits) {
    return softmaxCrossEntropyWithLogits(labels, logits, 0);
  }

  /**
   * Cross-entropy of softmax(logits) with distributions.
   *
   * @param labels FLOAT32 {@code [N,C]}
   * @param logits {@code [N,C]}
   * @return {@code [N]}
   */
  public static Value softmaxCrossEntropyWithLogits(Value labels, Value logits) {
    return softmaxCrossEntropyWithLogits(labels, logits, 0);
  }

  /**
   * Cross-entropy of softmax(logits) with smoothed labels.
   *
   * @param labels INT32 {@code [N]} or FLOAT32 {@code [N,C]}
   * @param logits {@code [N,C]}
   * @param labelSmoothing share of the label spread over all classes, from 0 to below 1
   * @return {@code [N]}
   */
  public static Value softmaxCrossEntropyWithLogits(
      Value labels, Value logits, float labelSmoothing) {
    return node("SoftmaxCrossEntropy", new SoftmaxCrossEntropy(labelSmoothing), logits, labels);
  }

  /**
   * Cross-entropy of sigmoid(logits) with labels.
   *
   * @param labels in [0, 1], of logits' shape
   * @param logits any shape
   * @return logits' shape
   */
  public static Value sigmoidCrossEntropyWithLogits(Value labels, Value logits) {
    return node("SigmoidCrossEntropy", new SigmoidCrossEntropy(), logits, labels);
  }

  /**
   * Mean over all elements of (prediction - label)^2.
   *
   * @param labels of predictions' shape
   * @param predictions any shape
   * @return {@code []}
   */
  public static Value meanSquaredError(Value labels, Value predictions) {
    return reduceMean(square(subtract(predictions, labels)));
  }

  /**
   * Sets elements to 0 at random and scales the others by 1 / (1 - rate); the mask follows from the
   * graph's seed and {@link io.convoy.graph.Graph#iterations}.
   *
   * @param x any shape
   * @param rate share of dropped elements, from 0 to below 1
   * @return x's shape
   */
  public static Value dropout(Value x, float rate) {
    return dropout(x, rate, x.graph().iterations());
  }

  /**
   * Sets elements to 0 at random and scales the others by 1 / (1 - rate); the mask follows from the
   * graph's seed and a counter.
   *
   * @param x any shape
   * @param rate share of dropped elements, from 0 to below 1
   * @param counter INT32 {@code []}, which differs where masks shall
   * @return x's shape
   */
  public static Value dropout(Value x, float rate, Value counter) {
    Dropout op = new Dropout(rate, x.graph().seed(), x.graph().nextDropoutStream());
    return node("Dropout", op, x, counter);
  }

  /**
   * The same elements under another shape.
   *
   * @param x any shape
   * @param shape the new one; its first dimension may be open
   * @return of that shape
   */
  public static Value reshape(Value x, Shape shape) {
    return node("Reshape", new Reshape(shape), x);
  }

  /**
   * Makes a matrix of one row an instance.
   *
   * @param x {@code [N, ...]}
   * @return {@code [N, product of the rest]}
   */
  public static Value flatten(Value x) {
    return reshape(x, Shape.of(x.shape().dim(0), x.shape().elementsPerRow()));
  }

  /**
   * a + b, broadcasting.
   *
   * @param a any shape
   * @param b a shape that broadcasts with it
   * @return the broadcast shape
   */
  public static Value add(Value a, Value b) {
    return binary(Binary.Kind.ADD, a, b);
  }

  /**
   * a - b, broadcasting.
   *
   * @param a any shape
   * @param b a shape that broadcasts with it
   * @return the broadcast shape
   */
  public static Value subtract(Value a, Value b) {
    return binary(Binary.Kind.SUBTRACT, a, b);
  }

  /**
   * a b, element by element, broadcasting.
   *
   * @param a any shape
   * @param b a shape that broadcasts with it
   * @return the broadcast shape
   */
  public static Value multiply(Value a, Value b) {
    return binary(Binary.Kind.MULTIPLY, a, b);
  }

  /**
   * a / b, element by element, broadcasting.
   *
   * @param a any shape
   * @param b a shape that broadcasts with it
   * @return the broadcast shape
   */
  public static Value divide(Value a, Value b) {
    return binary(Binary.Kind.DIVIDE, a, b);
  }

  /**
   * The larger of two, element by element, broadcasting.
   *
   * @param a any shape
   * @param b a shape that broadcasts with it
   * @return the broadcast shape
   */
  public static Value maximum(Value a, Value b) {
    return binary(Binary.Kind.MAXIMUM, a, b);
  }

  /**
   * The smaller of two, element by element, broadcasting.
   *
   * @param a any shape
   * @param b a shape that broadcasts with it
   * @return the broadcast shape
   */
  public static Value minimum(Value a, Value b) {
    return binary(Binary.Kind.MINIMUM, a, b);
  }

  /**
   * 1 where a &gt;= b, else 0; has no gradient.
   *
   * @param a any shape
   * @param b a shape that broadcasts with it
   * @return the broadcast shape
   */
  public static Value greaterEqual(Value a, Value b) {
    return binary(Binary.Kind.GREATER_EQUAL, a, b);
  }

  /**
   * factor x.
   *
   * @param x any shape
   * @param factor the factor
   * @return x's shape
   */
  public static Value scale(Value x, float factor) {
    return activate(x, Activation.linear(factor, 0));
  }

  /**
   * -x.
   *
   * @param x any shape
   * @return x's shape
   */
  public static Value negative(Value x) {
    return scale(x, -1);
  }

  /**
   * x^2.
   *
   * @param x any shape
   * @return x's shape
   */
  public static Value square(Value x) {
    return activate(x, Activation.of(Activation.Kind.SQUARE));
  }

  /**
   * Sum over all elements.
   *
   * @param x any shape
   * @return {@code []}
   */
  public static Value reduceSum(Value x) {
    return reduce(Reduce.Kind.SUM, x, allAxes(x));
  }

  /**
   * Mean over all elements.
   *
   * @param x any shape
   * @return {@code []}
   */
  public static Value reduceMean(Value x) {
    return reduce(Reduce.Kind.MEAN, x, allAxes(x));
  }

  /**
   * Sum over axes, which are removed.
   *
   * @param x any shape
   * @param axes from 0
   * @return x's shape without the axes
   */
  public static Value reduceSum(Value x, int... axes) {
    return reduce(Reduce.Kind.SUM, x, axes);
  }

  /**
   * Mean over axes, which are removed.
   *
   * @param x any shape
   * @param axes from 0
   * @return x's shape without the axes
   */
  public static Value reduceMean(Value x, int... axes) {
    return reduce(Reduce.Kind.MEAN, x, axes);
  }

  /**
   * Joins tensors along an axis.
   *
   * @param values one or more, whose shapes differ in the axis alone
   * @param axis from the front, or from the back when negative
   * @return the joined tensor
   */
  public static Value concat(List<Value> values, int axis) {
    Value first = values.get(0);
    int positive = axis < 0 ? axis + first.shape().rank() : axis;
    return first.graph().add("Concat", new Concat(positive), values).output(0);
  }

  /**
   * Cuts a range out of an axis.
   *
   * @param x any shape
   * @param axis from 0; not the open one
   * @param begin first index that is kept
   * @param length how many are kept
   * @return the range
   */
  public static Value slice(Value x, int axis, int begin, int length) {
    return node("Slice", new Slice(axis, begin, length), x);
  }

  /**
   * Adds zeros along an axis.
   *
   * @param x any shape
   * @param axis from 0; not the open one
   * @param before zeros in front, in elements
   * @param after zeros behind, in elements
   * @return the longer tensor
   */
  public static Value pad(Value x, int axis, int before, int after) {
    return node("Pad", new Pad(axis, before, after), x);
  }

  /**
   * Tells for each row whether its label is among the k largest predictions; has no gradient.
   *
   * @param labels INT32 {@code [N]} or FLOAT32 {@code [N,C]}
   * @param predictions {@code [N,C]}, probabilities or logits
   * @param k how many, at least 1
   * @return FLOAT32 {@code [N]} of 0 and 1
   */
  public static Value inTopK(Value labels, Value predictions, int k) {
    return node("InTopK", new InTopK(k), predictions, labels);
  }

  /**
   * Makes of the class of each row a row that is 1 there and 0 elsewhere; has no gradient.
   *
   * @param labels INT32 {@code [N]}, or FLOAT32 {@code [N,classes]} whose largest element is meant
   * @param classes how many there are, at least 1
   * @return FLOAT32 {@code [N,classes]}
   */
  public static Value oneHot(Value labels, int classes) {
    return node("OneHot", new OneHot(classes), labels);
  }

  /**
   * Sets a variable at the end of the run.
   *
   * @param variable the variable
   * @param value of its shape
   * @return a token to fetch
   */
  public static Value assign(Value variable, Value value) {
    return node("Assign", new Assign(0, 1), variable, value);
  }

  /**
   * Adds to a variable at the end of the run.
   *
   * @param variable the variable
   * @param value of its shape
   * @return a token to fetch
   */
  public static Value assignAdd(Value variable, Value value) {
    return node("AssignAdd", new Assign(1, 1), variable, value);
  }

  /**
   * Joins tokens and values into one thing to fetch.
   *
   * @param values what to do
   * @return a token to fetch
   */
  public static Value group(List<Value> values) {
    return values.get(0).graph().add("group", new Group(), values).output(0);
  }

  private static Value binary(Binary.Kind kind, Value a, Value b) {
    return node(kind.name(), new Binary(kind), a, b);
  }

  private static Value reduce(Reduce.Kind kind, Value x, int... axes) {
    List<Integer> list = IntStream.of(axes).boxed().toList();
    return node("Reduce" + kind, new Reduce(kind, list, false), x);
  }

  private static int[] allAxes(Value x) {
    return IntStream.range(0, x.shape().rank()).toArray();
  }

  static Value node(String name, Op op, Value... inputs) {
    return inputs[0].graph().add(name, op, inputs).output(0);
  }
}
