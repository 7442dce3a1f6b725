// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static io.convoy.initializers.Initializers.glorotUniform;
import static io.convoy.initializers.Initializers.zeros;
import static io.convoy.nn.Images.conv2d;
import static io.convoy.nn.Images.maxPool;
import static io.convoy.nn.Nn.biasAdd;
import static io.convoy.nn.Nn.dropout;
import static io.convoy.nn.Nn.flatten;
import static io.convoy.nn.Nn.matmul;
import static io.convoy.nn.Nn.reduceMean;
import static io.convoy.nn.Nn.relu;
import static io.convoy.nn.Nn.sparseSoftmaxCrossEntropyWithLogits;
import static io.convoy.ops.Padding.VALID;
import static io.convoy.optimizers.Optimizers.adam;
import static io.convoy.session.Feed.feed;
import static io.convoy.tensor.DType.FLOAT32;
import static io.convoy.tensor.DType.INT32;

import io.convoy.backend.Backend;
import io.convoy.backend.Devices;
import io.convoy.data.Batch;
import io.convoy.data.Dataset;
import io.convoy.data.Mnist;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.session.Session;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The workshop's network in TensorFlow's words: containers, operations, a session. */
public final class TensorFlowWords {
  private TensorFlowWords() {}

  /**
   * Trains with batches of 128.
   *
   * @param data the training set
   * @param epochs how often all its instances are seen
   * @param backend the device, closed at the end
   * @return the loss of each step
   */
  public static List<Float> train(Dataset data, int epochs, Backend backend) {
    Graph g = new Graph();
    Value x = g.placeholder("x", FLOAT32, Shape.of(-1, 28, 28, 1));
    Value y = g.placeholder("y", INT32, Shape.of(-1));

    Value w1 = g.variable("W1", Shape.of(3, 3, 1, 32), glorotUniform());
    Value b1 = g.variable("b1", Shape.of(32), zeros());
    Value conv1 = relu(biasAdd(conv2d(x, w1, 1, VALID), b1));
    Value pool1 = maxPool(conv1, 2, 2, VALID);

    Value w2 = g.variable("W2", Shape.of(3, 3, 32, 64), glorotUniform());
    Value b2 = g.variable("b2", Shape.of(64), zeros());
    Value conv2 = relu(biasAdd(conv2d(pool1, w2, 1, VALID), b2));
    Value pool2 = maxPool(conv2, 2, 2, VALID);

    Value w3 = g.variable("W3", Shape.of(5 * 5 * 64, 1024), glorotUniform());
    Value b3 = g.variable("b3", Shape.of(1024), zeros());
    Value dense = relu(biasAdd(matmul(flatten(dropout(pool2, 0.2f)), w3), b3));

    Value w4 = g.variable("W4", Shape.of(1024, 10), glorotUniform());
    Value b4 = g.variable("b4", Shape.of(10), zeros());
    Value logits = biasAdd(matmul(dense, w4), b4);

    Value loss = reduceMean(sparseSoftmaxCrossEntropyWithLogits(y, logits));
    Value train = adam(1e-3).minimize(loss);

    List<Float> losses = new ArrayList<>();
    try (Session session = new Session(g, backend)) {
      for (int epoch = 1; epoch <= epochs; epoch++) {
        for (Batch batch : data.shuffle(g.seed(), epoch).batch(128)) {
          List<Tensor> results =
              session.run(List.of(train, loss), feed(x, batch.features()), feed(y, batch.labels()));
          losses.add(results.get(1).item());
        }
      }
    }
    return losses;
  }

  /**
   * Trains one epoch on MNIST.
   *
   * @param args none
   * @throws IOException if the data can't be read
   */
  public static void main(String[] args) throws IOException {
    List<Float> losses = train(Mnist.load().train(), 1, Devices.open("auto").backend());
    System.out.println("loss of the last step " + losses.get(losses.size() - 1));
  }
}
