// SPDX-License-Identifier: Apache-2.0
package io.convoy.files.pytorch;

import io.convoy.graph.Value;
import io.convoy.layers.Activation;
import io.convoy.layers.BatchNormalization;
import io.convoy.layers.Dense;
import io.convoy.layers.Dropout;
import io.convoy.layers.Flatten;
import io.convoy.layers.Layer;
import io.convoy.layers.Merge;
import io.convoy.layers.Reshape;
import io.convoy.model.Network;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which layers work on rows that were images, whose features come in another order where images are
 * NCHW.
 */
final class FeatureOrder {
  /** Features that come in one order everywhere. */
  static final Shape PLAIN = Shape.of(1, 1, 1);

  private final Network network;
  private final List<Value> outputs;

  /** What each entry's output was before it was flattened, {@code [height, width, channels]}. */
  private final List<Shape> images = new ArrayList<>();

  private final Map<String, Shape> before = new HashMap<>();

  private FeatureOrder(Network network, List<Value> outputs) {
    this.network = network;
    this.outputs = outputs;
  }

  /**
   * Follows the images of a network.
   *
   * @throws IllegalArgumentException if a layer mixes orders in a way that PyTorch's layouts can't
   *     express; the message names it
   */
  static FeatureOrder of(Network network, List<Value> outputs) {
    FeatureOrder order = new FeatureOrder(network, outputs);
    for (int i = 0; i < outputs.size(); i++) {
      order.images.add(i == 0 ? PLAIN : order.visit(i));
    }
    return order;
  }

  /** What the rows that a layer works on were: {@code [height, width, channels]}, or 1x1x1. */
  Shape before(String layer) {
    return before.get(layer);
  }

  private Shape visit(int index) {
    Network.Entry entry = network.entries().get(index);
    Layer layer = entry.layer();
    int first = entry.inbound().get(0);
    Shape in = images.get(first);
    Shape from = outputs.get(first).shape();
    Shape to = outputs.get(index).shape();
    before.put(entry.name(), in);
    if (layer instanceof Flatten || layer instanceof Reshape) {
      return reshaped(entry, from.rank() == 4 ? image(from) : in, to);
    }
    boolean same = entry.inbound().stream().allMatch(i -> images.get(i).equals(in));
    boolean keeps =
        layer instanceof Dropout
            || layer instanceof Activation
            || layer instanceof BatchNormalization
            || layer instanceof Merge;
    if (same && (in.equals(PLAIN) || keeps)) {
      return in;
    }
    if (same && layer instanceof Dense) {
      return PLAIN;
    }
    throw mixed(entry);
  }

  private static Shape image(Shape batch) {
    Shape image = Shape.of(batch.dim(1), batch.dim(2), batch.dim(3));
    boolean oneOrder = image.dim(2) == 1 || image.dim(0) * image.dim(1) == 1;
    return oneOrder ? PLAIN : image;
  }

  /** Rows stay the image that they were; an image must come back as the one that it was. */
  private static Shape reshaped(Network.Entry entry, Shape in, Shape to) {
    if (to.rank() == 2) {
      return in;
    }
    if (to.rank() == 4 && image(to).equals(in) || to.rank() == 3 && in.equals(PLAIN)) {
      return PLAIN;
    }
    throw mixed(entry);
  }

  private static IllegalArgumentException mixed(Network.Entry entry) {
    return new IllegalArgumentException(
        String.format(
            "layer '%s' (%s) brings pixels and channels into an order that a PyTorch model, whose"
                + " images are NCHW, has not; export as ONNX instead",
            entry.name(), entry.layer().className()));
  }
}
