// SPDX-License-Identifier: Apache-2.0
package io.convoy.losses;

import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import io.convoy.ops.Softmax;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.Optional;

/**
 * -sum over classes of label log prediction. Of a network that ends in softmax it takes the logits,
 * so that softmax and cross-entropy are one op and nothing underflows.
 *
 * @param sparse whether labels are class numbers {@code [N]} or distributions {@code [N,C]}
 * @param fromLogits whether predictions are logits or softmax outputs
 * @param smoothing share of the label spread over all classes, from 0 to below 1
 */
record CategoricalCrossentropy(boolean sparse, boolean fromLogits, float smoothing)
    implements Loss {
  private static final String SMOOTHED = "_smoothing_";

  @Override
  public String name() {
    return (sparse ? "sparse_" : "")
        + "categorical_crossentropy"
        + (fromLogits ? "_from_logits" : "")
        + (smoothing == 0 ? "" : SMOOTHED + smoothing);
  }

  /** The loss whose name ends in a smoothing, if it is one. */
  static Optional<Loss> smoothed(String name) {
    int at = name.indexOf(SMOOTHED);
    if (at < 0) {
      return Optional.empty();
    }
    CategoricalCrossentropy plain = (CategoricalCrossentropy) Losses.byName(name.substring(0, at));
    float smoothing = Float.parseFloat(name.substring(at + SMOOTHED.length()));
    return Optional.of(new CategoricalCrossentropy(plain.sparse, plain.fromLogits, smoothing));
  }

  @Override
  public TensorSpec labels(Shape predictions) {
    if (predictions.rank() != 2) {
      throw new IllegalArgumentException(
          name()
              + " wants predictions [N,C], the network makes "
              + predictions
              + "; end it with flatten() or globalAveragePooling2D() and dense()");
    }
    return sparse
        ? TensorSpec.i32(predictions.dim(0))
        : TensorSpec.f32(predictions.dim(0), predictions.dim(1));
  }

  @Override
  public Value perInstance(Value labels, Value predictions) {
    return Nn.softmaxCrossEntropyWithLogits(labels, logits(predictions), smoothing);
  }

  private Value logits(Value predictions) {
    if (fromLogits) {
      return predictions;
    }
    if (predictions.node().op() instanceof Softmax softmax && !softmax.log()) {
      return predictions.node().input(0);
    }
    throw new IllegalArgumentException(
        name()
            + " wants a network that ends in softmax; this one ends in '"
            + predictions.name()
            + "'. Add activation(SOFTMAX), or use the loss from logits");
  }
}
