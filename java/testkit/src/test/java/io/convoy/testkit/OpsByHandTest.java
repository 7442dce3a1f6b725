// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import static io.convoy.testkit.ByHand.dims;
import static io.convoy.testkit.ByHand.row;

import io.convoy.graph.Value;
import io.convoy.ops.Activate;
import io.convoy.ops.Activation;
import io.convoy.ops.Activation.Kind;
import io.convoy.ops.BatchNorm;
import io.convoy.ops.BatchNormGrad;
import io.convoy.ops.BatchNormInference;
import io.convoy.ops.BiasAdd;
import io.convoy.ops.BiasAddGrad;
import io.convoy.ops.Binary;
import io.convoy.ops.Concat;
import io.convoy.ops.Dropout;
import io.convoy.ops.GlobalNorm;
import io.convoy.ops.InTopK;
import io.convoy.ops.MatMul;
import io.convoy.ops.OneHot;
import io.convoy.ops.Pad;
import io.convoy.ops.Reduce;
import io.convoy.ops.ReduceGrad;
import io.convoy.ops.SigmoidCrossEntropy;
import io.convoy.ops.Slice;
import io.convoy.ops.Softmax;
import io.convoy.ops.SoftmaxCrossEntropy;
import io.convoy.ops.SoftmaxGrad;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpsByHandTest {
  private final ByHand hand = new ByHand();
  private final Value six = hand.in(dims(2, 3), 1, 2, 3, 4, 5, 6);

  @Test
  void matrixProduct() {
    double[] product = row(58, 64, 139, 154);
    Value b = hand.in(dims(3, 2), 7, 8, 9, 10, 11, 12);
    Value sixTransposed = hand.in(dims(3, 2), 1, 4, 2, 5, 3, 6);
    Value bTransposed = hand.in(dims(2, 3), 7, 9, 11, 8, 10, 12);
    hand.expect(new MatMul(false, false), List.of(six, b), product);
    hand.expect(new MatMul(true, false), List.of(sixTransposed, b), product);
    hand.expect(new MatMul(false, true), List.of(six, bTransposed), product);
    hand.expect(new MatMul(true, true), List.of(sixTransposed, bTransposed), product);
  }

  @Test
  void bias() {
    Value b = hand.in(dims(3), 10, 20, 30);
    hand.expect(new BiasAdd(), List.of(six, b), row(11, 22, 33, 14, 25, 36));
    hand.expect(new BiasAddGrad(), List.of(six), row(5, 7, 9));
  }

  @ParameterizedTest
  @CsvSource({
    "RELU, 0, 0, 2, 2",
    "RELU, 0, 0, -2, 0",
    "RELU6, 0, 0, -2, 0",
    "RELU6, 0, 0, 5, 5",
    "RELU6, 0, 0, 7, 6",
    "LEAKY_RELU, 0.25, 0, -2, -0.5",
    "ELU, 2, 0, -1, -1.264241117657115",
    "SIGMOID, 0, 0, 1, 0.731058578630005",
    "TANH, 0, 0, 1, 0.761594155955765",
    "GELU, 0, 0, 1, 0.841344746068543",
    "GELU, 0, 0, -1, -0.158655253931457",
    "SILU, 0, 0, 1, 0.731058578630005",
    "RADIAL_BASIS, 2, 0.5, 1, 0.367879441171442",
    "LINEAR, 3, -1, 2, 5",
    "EXP, 0, 0, 1, 2.718281828459045",
    "LOG, 0, 0, 2, 0.693147180559945",
    "SQRT, 0, 0, 2, 1.414213562373095",
    "SQUARE, 0, 0, -3, 9",
    "ABS, 0, 0, -3, 3",
  })
  void activation(Kind kind, float alpha, float beta, double x, double y) {
    Activate op = new Activate(new Activation(kind, alpha, beta));
    hand.expect(op, List.of(hand.in(dims(1), x)), row(y));
  }

  @Test
  void softmax() {
    Value x = hand.in(dims(1, 3), 0, Math.log(2), Math.log(3));
    hand.expect(new Softmax(false), List.of(x), row(1 / 6., 1 / 3., 1 / 2.));
    double[] logs = row(-Math.log(6), -Math.log(3), -Math.log(2));
    hand.expect(new Softmax(true), List.of(x), logs);
    Value y = hand.in(dims(1, 2), 0.25, 0.75);
    Value dy = hand.in(dims(1, 2), 0.5, 1);
    hand.expect(new SoftmaxGrad(false), List.of(y, dy), row(-0.09375, 0.09375));
    Value logY = hand.in(dims(1, 2), Math.log(0.25), Math.log(0.75));
    hand.expect(new SoftmaxGrad(true), List.of(logY, dy), row(0.125, -0.125));
  }

  @Test
  void crossEntropies() {
    Value logits = hand.in(dims(1, 3), 0, Math.log(2), Math.log(3));
    double[] backprop = row(1 / 6., 1 / 3., -1 / 2.);
    SoftmaxCrossEntropy plain = new SoftmaxCrossEntropy(0);
    hand.expect(plain, List.of(logits, hand.integers(2)), row(Math.log(2)), backprop);
    Value oneHot = hand.in(dims(1, 3), 0, 0, 1);
    hand.expect(plain, List.of(logits, oneHot), row(Math.log(2)), backprop);
    // p = [.1, .1, .8]
    double loss = .1 * Math.log(6) + .1 * Math.log(3) + .8 * Math.log(2);
    double[] smoothed = row(1 / 6. - .1, 1 / 3. - .1, 1 / 2. - .8);
    SoftmaxCrossEntropy smooth = new SoftmaxCrossEntropy(0.3f);
    hand.expect(smooth, List.of(logits, hand.integers(2)), row(loss), smoothed);
    hand.expect(plain, List.of(logits, hand.integers(3)), row(Double.NaN));
    Value z = hand.in(dims(2), 0, 2);
    Value p = hand.in(dims(2), 1, 0);
    double[] losses = row(Math.log(2), 2.126928011042972);
    hand.expect(new SigmoidCrossEntropy(), List.of(z, p), losses, row(-.5, .880797077977882));
  }

  @Test
  void binaries() {
    Value column = hand.in(dims(3, 1), 2, 4, -8);
    Value line = hand.in(dims(2), 4, -2);
    check(Binary.Kind.ADD, column, line, 6, 0, 8, 2, -4, -10);
    check(Binary.Kind.SUBTRACT, column, line, -2, 4, 0, 6, -12, -6);
    check(Binary.Kind.MULTIPLY, column, line, 8, -4, 16, -8, -32, 16);
    check(Binary.Kind.DIVIDE, column, line, .5, -1, 1, -2, -2, 4);
    check(Binary.Kind.MAXIMUM, column, line, 4, 2, 4, 4, 4, -2);
    check(Binary.Kind.MINIMUM, column, line, 2, -2, 4, -2, -8, -8);
    check(Binary.Kind.GREATER_EQUAL, column, line, 0, 1, 1, 1, 0, 0);
  }

  private void check(Binary.Kind kind, Value a, Value b, double... expected) {
    hand.expect(new Binary(kind), List.of(a, b), expected);
  }

  @Test
  void reductions() {
    Reduce meanOfRows = new Reduce(Reduce.Kind.MEAN, List.of(1), false);
    hand.expect(new Reduce(Reduce.Kind.SUM, List.of(0), true), List.of(six), row(5, 7, 9));
    hand.expect(meanOfRows, List.of(six), row(2, 5));
    hand.expect(new Reduce(Reduce.Kind.SUM, List.of(0, 1), false), List.of(six), row(21));
    Value dy = hand.in(dims(2), 3, 6);
    hand.expect(new ReduceGrad(meanOfRows), List.of(dy, six), row(1, 1, 1, 2, 2, 2));
    Value three = hand.in(dims(1), 3);
    hand.expect(new GlobalNorm(), List.of(three, hand.in(dims(2), 4, 12)), row(13));
  }

  @Test
  void moves() {
    Value seven = hand.in(dims(2, 1), 7, 8);
    hand.expect(new Concat(1), List.of(six, seven), row(1, 2, 3, 7, 4, 5, 6, 8));
    hand.expect(new Slice(1, 1, 2), List.of(six), row(2, 3, 5, 6));
    hand.expect(new Pad(1, 1, 0), List.of(six), row(0, 1, 2, 3, 0, 4, 5, 6));
    hand.expect(new Pad(0, 0, 1), List.of(six), row(1, 2, 3, 4, 5, 6, 0, 0, 0));
  }

  @Test
  void batchNormalization() {
    Value x = hand.in(dims(2, 1), 1, 3);
    Value gamma = hand.in(dims(1), 4);
    Value one = hand.in(dims(1), 1);
    hand.expect(new BatchNorm(3), List.of(x, gamma, one), row(-1, 3), row(2), row(1));
    // 4 (x - 1) / sqrt(1 + 3) + 4
    hand.expect(new BatchNormInference(3), List.of(x, gamma, gamma, one, one), row(4, 8));
    Value dy = hand.in(dims(2, 1), 1, 0);
    Value mean = hand.in(dims(1), 2);
    List<Value> inputs = List.of(x, dy, gamma, mean, one);
    hand.expect(new BatchNormGrad(3, false), inputs, row(.75, -.75), row(-.5), row(1));
    hand.expect(new BatchNormGrad(3, true), inputs, row(2, 0), row(-.5), row(1));
  }

  /** Random123's first known answer: the block is 6627e8d5 e169c58d bc57ac4c 9b00dbd8. */
  @Test
  void dropout() {
    Value x = hand.in(dims(8), 1, 2, 3, 4, 5, 6, 7, 8);
    // Dropped below 0xc000: e8d5 6627 c58d e169 ac4c bc57 dbd8 9b00.
    Dropout op = new Dropout(0.75f, 0, 0);
    hand.expect(op, List.of(x, hand.counter(0)), row(4, 0, 12, 16, 0, 0, 28, 0));
  }

  @Test
  void ranking() {
    Value p = hand.in(dims(2, 4), 1, 3, 3, 2, 1, 3, 3, 2);
    hand.expect(new InTopK(1), List.of(p, hand.integers(1, 2)), row(1, 0));
    hand.expect(new InTopK(2), List.of(p, hand.integers(2, 3)), row(1, 0));
    Value q = hand.in(dims(2, 4), 0, 1, 0, 0, 0, 0, 2, 0);
    hand.expect(new InTopK(1), List.of(p, q), row(1, 0));
    hand.expect(new OneHot(4), List.of(p), row(0, 1, 0, 0, 0, 1, 0, 0));
    hand.expect(new OneHot(3), List.of(hand.integers(2, 3)), row(0, 0, 1, 0, 0, 0));
  }
}
