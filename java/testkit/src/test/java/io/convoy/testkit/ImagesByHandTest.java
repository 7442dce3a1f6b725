// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import static io.convoy.testkit.ByHand.dims;
import static io.convoy.testkit.ByHand.row;

import io.convoy.graph.Value;
import io.convoy.ops.Conv2D;
import io.convoy.ops.Conv2DBackpropFilter;
import io.convoy.ops.Conv2DBackpropInput;
import io.convoy.ops.ConvSpec;
import io.convoy.ops.LocalResponseNormalization;
import io.convoy.ops.LocalResponseNormalizationGrad;
import io.convoy.ops.Padding;
import io.convoy.ops.Pool2D;
import io.convoy.ops.Pool2DGrad;
import io.convoy.ops.PoolSpec;
import io.convoy.ops.PoolSpec.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImagesByHandTest {
  private static final ConvSpec VALID = ConvSpec.of(1, Padding.VALID);

  private final ByHand hand = new ByHand();
  private final Value nine = hand.in(dims(1, 3, 3, 1), 1, 2, 3, 4, 5, 6, 7, 8, 9);
  private final Value four = hand.in(dims(2, 2, 1, 1), 1, 2, 3, 4);

  @Test
  void convolutionDoesNotFlipTheFilter() {
    hand.expect(new Conv2D(VALID), List.of(nine, four), row(37, 47, 67, 77));
  }

  @Test
  void samePadsTheOddPixelAtTheBottomAndRight() {
    Value x = hand.in(dims(1, 2, 2, 1), 1, 2, 3, 4);
    ConvSpec same = ConvSpec.of(1, Padding.SAME);
    hand.expect(new Conv2D(same), List.of(x, four), row(30, 14, 11, 4));
  }

  @Test
  void strideAndExplicitPadding() {
    ConvSpec spec = ConvSpec.of(2, Padding.explicit(1, 0, 1, 0));
    hand.expect(new Conv2D(spec), List.of(nine, four), row(4, 18, 36, 77));
  }

  @Test
  void dilation() {
    ConvSpec spec = new ConvSpec(1, 1, Padding.VALID, 2, 2, 1);
    hand.expect(new Conv2D(spec), List.of(nine, four), row(1 + 2 * 3 + 3 * 7 + 4 * 9));
  }

  @Test
  void groupsTakeChannelsAndFiltersInBlocks() {
    Value x = hand.in(dims(1, 1, 1, 4), 1, 2, 3, 4);
    Value w = hand.in(dims(1, 1, 2, 2), 1, 10, 100, 1000);
    ConvSpec spec = new ConvSpec(1, 1, Padding.VALID, 1, 1, 2);
    hand.expect(new Conv2D(spec), List.of(x, w), row(201, 4030));
  }

  @Test
  void imagesAreNhwcAndFiltersHwio() {
    Value x = hand.in(dims(1, 1, 2, 2), 1, 2, 3, 4);
    Value w = hand.in(dims(1, 1, 2, 3), 1, 2, 3, 4, 5, 6);
    hand.expect(new Conv2D(VALID), List.of(x, w), row(9, 12, 15, 19, 26, 33));
  }

  @Test
  void gradientByImage() {
    Value dy = hand.in(dims(1, 2, 2, 1), 1, 1, 1, 1);
    Conv2DBackpropInput op = new Conv2DBackpropInput(VALID, 3, 3);
    hand.expect(op, List.of(dy, four), row(1, 3, 2, 4, 10, 6, 3, 7, 4));
  }

  @Test
  void gradientByFilter() {
    Value dy = hand.in(dims(1, 2, 2, 1), 1, 1, 1, 1);
    Conv2DBackpropFilter op = new Conv2DBackpropFilter(VALID, 2, 2);
    hand.expect(op, List.of(nine, dy), row(12, 16, 24, 28));
  }

  @Test
  void poolingKinds() {
    Value x = hand.in(dims(1, 2, 4, 1), 1, 5, 2, 2, 3, 4, 9, -1);
    hand.expect(pool(Kind.MAX, 2, Padding.VALID), List.of(x), row(5, 9));
    hand.expect(pool(Kind.MIN, 2, Padding.VALID), List.of(x), row(1, -1));
    hand.expect(pool(Kind.AVERAGE, 2, Padding.VALID), List.of(x), row(3.25, 3));
  }

  @Test
  void paddingDoesNotCountInPooling() {
    hand.expect(pool(Kind.AVERAGE, 2, Padding.SAME), List.of(nine), row(3, 4.5, 7.5, 9));
    Value negative = hand.in(dims(1, 3, 3, 1), -1, -2, -3, -4, -5, -6, -7, -8, -9);
    hand.expect(pool(Kind.MAX, 2, Padding.SAME), List.of(negative), row(-1, -3, -7, -9));
    hand.expect(pool(Kind.MIN, 2, Padding.SAME), List.of(nine), row(1, 3, 7, 9));
  }

  @Test
  void poolingGradientGoesToTheFirstOfEquals() {
    Value x = hand.in(dims(1, 2, 2, 1), 7, 7, 7, 7);
    Value y = hand.in(dims(1, 1, 1, 1), 7);
    Value dy = hand.in(dims(1, 1, 1, 1), 3);
    hand.expect(gradient(Kind.MAX, 2), List.of(x, y, dy), row(3, 0, 0, 0));
    hand.expect(gradient(Kind.MIN, 2), List.of(x, y, dy), row(3, 0, 0, 0));
    hand.expect(gradient(Kind.AVERAGE, 2), List.of(x, y, dy), row(.75, .75, .75, .75));
  }

  @Test
  void overlappingWindowsAddUpTheirGradients() {
    Value x = hand.in(dims(1, 1, 3, 1), 1, 3, 2);
    Value y = hand.in(dims(1, 1, 2, 1), 3, 3);
    Value dy = hand.in(dims(1, 1, 2, 1), 10, 20);
    PoolSpec max = new PoolSpec(Kind.MAX, 1, 2, 1, 1, Padding.VALID);
    hand.expect(new Pool2DGrad(max), List.of(x, y, dy), row(0, 30, 0));
    PoolSpec average = new PoolSpec(Kind.AVERAGE, 1, 2, 1, 1, Padding.VALID);
    hand.expect(new Pool2DGrad(average), List.of(x, y, dy), row(5, 15, 10));
  }

  /** Squares 1, 4, 4, 1; sums with a neighbour to each side 5, 9, 9, 5; times 3, plus 9, root. */
  @Test
  void localResponseDividesByTheChannelAndItsNeighbours() {
    Value x = hand.in(dims(1, 1, 1, 4), 1, -2, 2, 1);
    LocalResponseNormalization op = new LocalResponseNormalization(1, 9, 3, 0.5f);
    double[] y = {1 / Math.sqrt(24), -2 / 6.0, 2 / 6.0, 1 / Math.sqrt(24)};
    hand.expect(op, List.of(x), y);
  }

  /** One pixel's channels are no neighbours of the next pixel's. */
  @Test
  void localResponseEndsAtThePixel() {
    Value x = hand.in(dims(1, 1, 2, 1), 3, 4);
    Value dy = hand.in(dims(1, 1, 2, 1), 1, 1);
    LocalResponseNormalization op = new LocalResponseNormalization(1, 1, 1, 1);
    hand.expect(op, List.of(x), row(3 / 10.0, 4 / 17.0));
    // (x / (1 + x^2))' = (1 - x^2) / (1 + x^2)^2
    LocalResponseNormalizationGrad gradient = new LocalResponseNormalizationGrad(op);
    hand.expect(gradient, List.of(x, dy), row(-8 / 100.0, -15 / 289.0));
  }

  private static Pool2D pool(Kind kind, int size, Padding padding) {
    return new Pool2D(new PoolSpec(kind, size, size, size, size, padding));
  }

  private static Pool2DGrad gradient(Kind kind, int size) {
    return new Pool2DGrad(new PoolSpec(kind, size, size, size, size, Padding.VALID));
  }
}
