// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializers;
import io.convoy.nn.Images;
import io.convoy.nn.Nn;
import io.convoy.ops.ConvSpec;
import io.convoy.ops.Padding;
import io.convoy.ops.PoolSpec;
import io.convoy.ops.Window;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeInferenceTest {
  private final Graph graph = new Graph();
  private final Value image = placeholder("image", -1, 28, 28, 3);
  private final Value matrix = placeholder("matrix", -1, 10);

  private Value placeholder(String name, int... dims) {
    return graph.placeholder(name, DType.FLOAT32, Shape.of(dims));
  }

  private Value weights(int... dims) {
    return graph.variable("weights", Shape.of(dims), Initializers.zeros());
  }

  /** The rules of TensorFlow's guide to {@code tf.nn} padding, for every small geometry. */
  @Test
  void windowsLieWhereTensorFlowPutsThem() {
    for (int in = 1; in <= 12; in++) {
      for (int size = 1; size <= 5; size++) {
        for (int stride = 1; stride <= 4; stride++) {
          for (int dilation = 1; dilation <= 3; dilation++) {
            checkSame(in, size, stride, dilation);
            checkValid(in, size, stride, dilation);
          }
        }
      }
    }
  }

  private static void checkSame(int in, int size, int stride, int dilation) {
    int extent = (size - 1) * dilation + 1;
    Window w = spec(stride, dilation, Padding.SAME).rows(in, size);
    assertEquals((int) Math.ceil(in / (double) stride), w.output());
    int along = in % stride == 0 ? extent - stride : extent - in % stride;
    int total = Math.max(along, 0);
    assertEquals(total / 2, w.before());
    assertEquals(total - total / 2, w.after());
  }

  private static void checkValid(int in, int size, int stride, int dilation) {
    int extent = (size - 1) * dilation + 1;
    ConvSpec spec = spec(stride, dilation, Padding.VALID);
    if (extent > in) {
      assertThrows(IllegalArgumentException.class, () -> spec.rows(in, size));
    } else {
      assertEquals(
          (int) Math.ceil((in - extent + 1) / (double) stride), spec.rows(in, size).output());
    }
  }

  private static ConvSpec spec(int stride, int dilation, Padding padding) {
    return new ConvSpec(stride, stride, padding, dilation, dilation, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "224, 7, 2, 112, 2, 3", // ResNet's first layer
    "112, 3, 2, 56, 0, 1",
    "28, 3, 1, 28, 1, 1",
    "13, 6, 5, 3, 1, 2", // TensorFlow's own example
  })
  void knownLayers(int in, int size, int stride, int out, int before, int after) {
    Window w = ConvSpec.of(stride, Padding.SAME).columns(in, size);
    assertEquals(new Window(in, size, stride, 1, before, after, out), w);
  }

  @Test
  void theBatchStaysOpen() {
    Value y = Images.conv2d(image, weights(3, 3, 3, 8), 1, Padding.VALID);
    assertEquals(Shape.of(-1, 26, 26, 8), y.shape());
    Value p = Images.maxPool(y, 2, 2, Padding.VALID);
    assertEquals(Shape.of(-1, 13, 13, 8), p.shape());
    Value f = Nn.flatten(p);
    assertEquals(Shape.of(-1, 1352), f.shape());
    assertEquals(Shape.of(-1, 10), Nn.matmul(f, weights(1352, 10)).shape());
    assertEquals(Shape.of(-1, 13, 13, 16), Nn.concat(List.of(p, p), -1).shape());
    assertEquals(Shape.of(-1, 8), Images.globalPool(y, PoolSpec.Kind.AVERAGE).shape());
    assertEquals(Shape.of(-1, 28, 28, 3), Nn.add(image, weights(3)).shape());
    assertEquals(Shape.of(28, 28), Nn.reduceMean(image, 0, 3).shape());
  }

  @Test
  void groupsDivideChannels() {
    ConvSpec depthwise = new ConvSpec(1, 1, Padding.SAME, 1, 1, 3);
    Value y = Images.conv2d(image, weights(3, 3, 1, 6), depthwise);
    assertEquals(Shape.of(-1, 28, 28, 6), y.shape());
    refused(
        "7 filters can't be divided into 3 groups",
        () -> Images.conv2d(image, weights(3, 3, 1, 7), depthwise));
  }

  @Test
  void errorsNameTheNodeTheOpAndAllShapes() {
    String message =
        refused(
            "the image has 3 channels, the filter wants 4",
            () -> Images.conv2d(image, weights(3, 3, 4, 8), 1, Padding.VALID));
    assertContains(message, "'Conv2D'", "stride 1x1 VALID", "image FLOAT32 [?, 28, 28, 3]");
    assertContains(message, "weights FLOAT32 [3, 3, 4, 8]");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    refused(
        "a window of 29 elements does not fit 28 elements; use SAME padding",
        () -> Images.conv2d(image, weights(29, 1, 3, 8), 1, Padding.VALID));
    refused(
        "input 0 must be an image [N,H,W,C], is [?, 10]",
        () -> Images.maxPool(matrix, 2, 2, Padding.VALID));
    refused("the inner dimensions differ: 10 and 11", () -> Nn.matmul(matrix, weights(11, 3)));
    refused("a bias of 4 does not fit 10 channels", () -> Nn.biasAdd(matrix, weights(4)));
    refused("shapes [?, 10] and [9] don't broadcast", () -> Nn.add(matrix, weights(9)));
    refused(
        "in more than axis 1", () -> Nn.concat(List.of(image, placeholder("i", -1, 28, 27, 3)), 1));
    refused("range 5+6 leaves axis 1 of [?, 10]", () -> Nn.slice(matrix, 1, 5, 6));
    refused("axis 2 is not one of [?, 10]", () -> Nn.reduceSum(matrix, 2));
    refused("can't become [?, 7]", () -> Nn.reshape(matrix, Shape.of(-1, 7)));
    refused("the open batch axis can't be padded", () -> Nn.pad(matrix, 0, 1, 1));
    refused(
        "wants vectors of FLOAT32 [3], got [4]",
        () -> Images.batchNorm(image, weights(4), weights(3), 1e-3f));
    refused(
        "must be INT32 [N] or FLOAT32 [N,C] for logits [?, 10]",
        () -> Nn.softmaxCrossEntropyWithLogits(placeholder("labels", -1, 9), matrix));
    refused(
        "must be smaller than the window",
        () -> Images.maxPool(image, 2, 2, Padding.explicit(2, 0, 0, 0)));
    refused(
        "input 0 must be an image [N,H,W,C], is [?, 10]",
        () -> Images.localResponseNormalization(matrix, 2, 1, 1, 0.5f));
    refused(
        "bias must be positive, is 0.0",
        () -> Images.localResponseNormalization(image, 2, 0, 1, 0.5f));
    refused(
        "the depth radius must not be negative, is -1",
        () -> Images.localResponseNormalization(image, -1, 1, 1, 0.5f));
    refused("belongs to another graph", () -> Nn.add(matrix, new Graph().constant(1)));
  }

  private static String refused(String why, Runnable action) {
    String message = assertThrows(IllegalArgumentException.class, action::run).getMessage();
    assertContains(message, why);
    return message;
  }

  private static void assertContains(String message, String... parts) {
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }
}
