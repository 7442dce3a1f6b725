// SPDX-License-Identifier: Apache-2.0
package io.convoy.nn;

import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.ops.AugmentImages;
import io.convoy.ops.Augmentation;
import io.convoy.ops.BatchNorm;
import io.convoy.ops.BatchNormInference;
import io.convoy.ops.Conv2D;
import io.convoy.ops.Conv2DBackpropInput;
import io.convoy.ops.ConvSpec;
import io.convoy.ops.LocalResponseNormalization;
import io.convoy.ops.Padding;
import io.convoy.ops.Pool2D;
import io.convoy.ops.PoolSpec;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Operations on images {@code [N,H,W,C]} as functions, with TensorFlow's names. Each adds nodes to
 * its inputs' graph and returns the output.
 */
public final class Images {
  private Images() {}

  /**
   * Convolution (cross-correlation).
   *
   * @param x {@code [N,H,W,C]}
   * @param filter {@code [kh,kw,C,K]}
   * @param stride rows and columns from one window to the next
   * @param padding {@link Padding#VALID}, {@link Padding#SAME} or explicit
   * @return {@code [N,P,Q,K]}
   */
  public static Value conv2d(Value x, Value filter, int stride, Padding padding) {
    return conv2d(x, filter, ConvSpec.of(stride, padding));
  }

  /**
   * Convolution (cross-correlation) with all its attributes.
   *
   * @param x {@code [N,H,W,C]}
   * @param filter {@code [kh,kw,C/groups,K]}
   * @param spec strides, padding, dilations and groups
   * @return {@code [N,P,Q,K]}
   */
  public static Value conv2d(Value x, Value filter, ConvSpec spec) {
    return Nn.node("Conv2D", new Conv2D(spec), x, filter);
  }

  /**
   * Transposed convolution: the gradient of a convolution by its image, as a layer.
   *
   * @param x {@code [N,P,Q,K]}
   * @param filter {@code [kh,kw,C/groups,K]}: as of the convolution from C to K channels
   * @param height H, rows of the result
   * @param width W, columns of the result
   * @param spec strides, padding, dilations and groups of that convolution
   * @return {@code [N,H,W,C]}
   */
  public static Value conv2dTranspose(Value x, Value filter, int height, int width, ConvSpec spec) {
    Conv2DBackpropInput op = new Conv2DBackpropInput(spec, height, width);
    return Nn.node("Conv2DTranspose", op, x, filter);
  }

  /**
   * Max pooling.
   *
   * @param x {@code [N,H,W,C]}
   * @param window rows and columns of the window
   * @param stride rows and columns from one window to the next
   * @param padding what happens at the edge
   * @return {@code [N,P,Q,C]}
   */
  public static Value maxPool(Value x, int window, int stride, Padding padding) {
    return pool(x, PoolSpec.Kind.MAX, window, stride, padding);
  }

  /**
   * Average pooling; padded elements don't count.
   *
   * @param x {@code [N,H,W,C]}
   * @param window rows and columns of the window
   * @param stride rows and columns from one window to the next
   * @param padding what happens at the edge
   * @return {@code [N,P,Q,C]}
   */
  public static Value avgPool(Value x, int window, int stride, Padding padding) {
    return pool(x, PoolSpec.Kind.AVERAGE, window, stride, padding);
  }

  /**
   * Min pooling.
   *
   * @param x {@code [N,H,W,C]}
   * @param window rows and columns of the window
   * @param stride rows and columns from one window to the next
   * @param padding what happens at the edge
   * @return {@code [N,P,Q,C]}
   */
  public static Value minPool(Value x, int window, int stride, Padding padding) {
    return pool(x, PoolSpec.Kind.MIN, window, stride, padding);
  }

  /**
   * Pooling with all its attributes.
   *
   * @param x {@code [N,H,W,C]}
   * @param spec kind, window, strides and padding
   * @return {@code [N,P,Q,C]}
   */
  public static Value pool2d(Value x, PoolSpec spec) {
    return Nn.node("Pool2D", new Pool2D(spec), x);
  }

  /**
   * Pooling over the whole image.
   *
   * @param x {@code [N,H,W,C]}
   * @param kind what is taken
   * @return {@code [N,C]}
   */
  public static Value globalPool(Value x, PoolSpec.Kind kind) {
    int h = x.shape().dim(1);
    int w = x.shape().dim(2);
    Value pooled = pool2d(x, new PoolSpec(kind, h, w, h, w, Padding.VALID));
    return Nn.reshape(pooled, Shape.of(x.shape().dim(0), x.shape().dim(3)));
  }

  /**
   * Batch normalisation with the batch's own statistics.
   *
   * @param x {@code [N,H,W,C]} or {@code [N,C]}
   * @param gamma {@code [C]}
   * @param beta {@code [C]}
   * @param epsilon added to the variance
   * @return y of x's shape, mean {@code [C]}, variance {@code [C]}
   */
  public static List<Value> batchNorm(Value x, Value gamma, Value beta, float epsilon) {
    return x.graph().add("BatchNorm", new BatchNorm(epsilon), x, gamma, beta).outputs();
  }

  /**
   * Batch normalisation with given statistics.
   *
   * @param x {@code [N,H,W,C]} or {@code [N,C]}
   * @param gamma {@code [C]}
   * @param beta {@code [C]}
   * @param mean {@code [C]}
   * @param variance {@code [C]}
   * @param epsilon added to the variance
   * @return x's shape
   */
  public static Value batchNormInference(
      Value x, Value gamma, Value beta, Value mean, Value variance, float epsilon) {
    BatchNormInference op = new BatchNormInference(epsilon);
    return Nn.node("BatchNormInference", op, x, gamma, beta, mean, variance);
  }

  /**
   * Local response normalisation across channels; {@link LocalResponseNormalization} has the
   * formula.
   *
   * @param x {@code [N,H,W,C]}
   * @param depthRadius neighbours to each side, in channels; at least 0
   * @param bias above 0
   * @param alpha factor of the sum of squares, at least 0
   * @param beta exponent, above 0
   * @return x's shape
   * @throws IllegalArgumentException if a number is out of its range or x is no image
   */
  public static Value localResponseNormalization(
      Value x, int depthRadius, float bias, float alpha, float beta) {
    LocalResponseNormalization op = new LocalResponseNormalization(depthRadius, bias, alpha, beta);
    return Nn.node("LocalResponseNormalization", op, x);
  }

  /**
   * Changes each image of a batch at random, {@link AugmentImages} says how; it follows from the
   * graph's seed and {@link io.convoy.graph.Graph#iterations}. What directly follows another
   * augmentation is joined with it if the order allows it.
   *
   * @param x {@code [N,H,W,C]}
   * @param augmentation the limits
   * @return x's shape
   */
  public static Value augment(Value x, Augmentation augmentation) {
    return augment(x, augmentation, x.graph().iterations());
  }

  /**
   * Changes each image of a batch at random, {@link AugmentImages} says how; it follows from the
   * graph's seed and a counter. What directly follows another augmentation is joined with it if the
   * order allows it, and both count alike.
   *
   * @param x {@code [N,H,W,C]}
   * @param augmentation the limits
   * @param counter INT32 {@code []}, which differs where changes shall
   * @return x's shape
   */
  public static Value augment(Value x, Augmentation augmentation, Value counter) {
    if (x.node().op() instanceof AugmentImages before && x.node().input(1).equals(counter)) {
      Optional<Augmentation> both = before.augmentation().then(augmentation);
      if (both.isPresent()) {
        AugmentImages op = new AugmentImages(both.get(), before.seed(), before.stream());
        return Nn.node("AugmentImages", op, x.node().input(0), counter);
      }
    }
    Graph graph = x.graph();
    int stream = graph.nextAugmentationStream();
    AugmentImages op = new AugmentImages(augmentation, graph.seed(), stream);
    return Nn.node("AugmentImages", op, x, counter);
  }

  private static Value pool(Value x, PoolSpec.Kind kind, int window, int stride, Padding padding) {
    return pool2d(x, new PoolSpec(kind, window, window, stride, stride, padding));
  }
}
