// SPDX-License-Identifier: Apache-2.0
package io.convoy.peers;

import io.convoy.contest.Batch;
import io.convoy.contest.Contest;
import io.convoy.contest.Contestant;
import io.convoy.contest.Framework;
import io.convoy.contest.Net;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** TensorFlow Java: graphs and sessions, the style of it that trains. Its images are NHWC. */
public final class TensorFlowJava implements Framework {
  /**
   * Takes part.
   *
   * @param args see {@link Contest#run}
   */
  public static void main(String[] args) {
    Contest.run(new TensorFlowJava(), args);
  }

  @Override
  public String name() {
    return "tensorflow-java";
  }

  @Override
  public String versions() {
    return "TensorFlow Java 1.1.0, TensorFlow " + TensorFlow.version();
  }

  @Override
  public Contestant enter(Net net, int threads) {
    return new Entry(net, threads);
  }

  private static final class Entry implements Contestant {
    private final Net net;
    private final Graph graph = new Graph();
    private final Ops tf = Ops.create(graph);
    private final Session session;
    private final Layers layers = new Layers(tf);
    private final Placeholder<TFloat32> images;
    private final Placeholder<TFloat32> labels;
    private final Operand<TFloat32> probabilities;
    private final Op step;
    private final Map<Integer, TFloat32> imageTensors = new HashMap<>();
    private final Map<Integer, TFloat32> labelTensors = new HashMap<>();

    Entry(Net net, int threads) {
      this.net = net;
      Shape shape = Shape.of(-1, net.side(), net.side(), net.channels());
      images = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
      labels = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, Net.CLASSES)));
      Operand<TFloat32> logits = layers.logits(net, images, true);
      Operand<TFloat32> losses = tf.nn.softmaxCrossEntropyWithLogits(logits, labels).loss();
      step = adam(tf.math.mean(losses, tf.constant(0)));
      probabilities = tf.nn.softmax(layers.logits(net, images, false));
      ConfigProto config =
          ConfigProto.newBuilder()
              .setIntraOpParallelismThreads(threads)
              .setInterOpParallelismThreads(1)
              .build();
      session = new Session(graph, config);
      Session.Runner runner = session.runner();
      layers.initial.forEach(runner::addTarget);
      runner.run().close();
    }

    /** One op that depends on the update of every variable, as TensorFlow 1's AdamOptimizer. */
    private Op adam(Operand<TFloat32> loss) {
      Operand<TFloat32> beta1 = tf.constant(0.9f);
      Operand<TFloat32> beta2 = tf.constant(0.999f);
      Variable<TFloat32> power1 = scalar(beta1);
      Variable<TFloat32> power2 = scalar(beta2);
      Gradients gradients = tf.gradients(loss, layers.trainable);
      List<Op> done = new ArrayList<>(layers.updates);
      for (int i = 0; i < layers.trainable.size(); i++) {
        Variable<TFloat32> variable = layers.trainable.get(i);
        Variable<TFloat32> mean = zeros(variable.shape());
        Variable<TFloat32> square = zeros(variable.shape());
        done.add(
            tf.train.applyAdam(
                variable,
                mean,
                square,
                power1,
                power2,
                tf.constant(1e-3f),
                beta1,
                beta2,
                tf.constant(1e-7f),
                gradients.<TFloat32>dy(i)));
      }
      Ops after = tf.withControlDependencies(done);
      return after
          .withControlDependencies(
              after.assign(power1, after.math.mul(power1, beta1)),
              after.assign(power2, after.math.mul(power2, beta2)))
          .noOp();
    }

    private Variable<TFloat32> scalar(Operand<TFloat32> value) {
      Variable<TFloat32> variable = tf.variable(Shape.scalar(), TFloat32.class);
      layers.initial.add(tf.assign(variable, value));
      return variable;
    }

    private Variable<TFloat32> zeros(Shape shape) {
      Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
      Operand<TFloat32> zeros = tf.fill(tf.constant(shape.asArray()), tf.constant(0f));
      layers.initial.add(tf.assign(variable, zeros));
      return variable;
    }

    @Override
    public long parameters() {
      return layers.trainable.stream().mapToLong(v -> v.shape().size()).sum();
    }

    private TFloat32 imagesOf(Batch batch) {
      Shape shape = Shape.of(batch.size(), net.side(), net.side(), net.channels());
      TFloat32 tensor =
          imageTensors.computeIfAbsent(batch.size(), size -> TFloat32.tensorOf(shape));
      tensor.copyFrom(DataBuffers.of(batch.nhwc().duplicate()));
      return tensor;
    }

    @Override
    public void train(Batch batch) {
      Shape shape = Shape.of(batch.size(), Net.CLASSES);
      TFloat32 oneHot =
          labelTensors.computeIfAbsent(batch.size(), size -> TFloat32.tensorOf(shape));
      oneHot.copyFrom(DataBuffers.of(batch.oneHot().duplicate()));
      session
          .runner()
          .feed(images, imagesOf(batch))
          .feed(labels, oneHot)
          .addTarget(step)
          .run()
          .close();
    }

    @Override
    public void infer(Batch batch, float[] into) {
      try (Result result =
          session.runner().feed(images, imagesOf(batch)).fetch(probabilities).run()) {
        ((TFloat32) result.get(0)).copyTo(DataBuffers.of(into, false, false));
      }
    }

    @Override
    public void close() {
      imageTensors.values().forEach(TFloat32::close);
      labelTensors.values().forEach(TFloat32::close);
      session.close();
      graph.close();
    }
  }
}
