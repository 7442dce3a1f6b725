// SPDX-License-Identifier: Apache-2.0
package io.convoy.peers;

import io.convoy.contest.Net;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

/**
 * The nets as TensorFlow graphs. Variables are made by the first pass over a net and found again by
 * name in the second, so that training and inference share them.
 */
final class Layers {
  private static final float MOMENTUM = 0.9f;
  private static final float EPSILON = 1e-5f;

  private final Ops tf;
  private final Map<String, Variable<TFloat32>> variables = new HashMap<>();
  private boolean training;
  private int layer;

  final List<Variable<TFloat32>> trainable = new ArrayList<>();
  final List<Op> initial = new ArrayList<>();

  /** Assignments of a training step besides the optimizer's: moving averages. */
  final List<Op> updates = new ArrayList<>();

  Layers(Ops tf) {
    this.tf = tf;
  }

  /** Logits {@code [N,10]} of images {@code [N,H,W,C]}. */
  Operand<TFloat32> logits(Net net, Operand<TFloat32> x, boolean trainingPass) {
    training = trainingPass;
    layer = 0;
    return switch (net) {
      case WORKSHOP -> workshop(x);
      case LENET5 -> lenet5(x);
      case MLP -> mlp(x);
      case RESNET18 -> resnet18(x);
    };
  }

  private Operand<TFloat32> workshop(Operand<TFloat32> x) {
    Operand<TFloat32> a = tf.nn.relu(biased(conv(x, 1, 32, 3, 1, "VALID"), 32));
    Operand<TFloat32> b = tf.nn.relu(biased(conv(pool("MaxPool", a), 32, 64, 3, 1, "VALID"), 64));
    Operand<TFloat32> flat = flatten(dropout(pool("MaxPool", b), 0.2f), 1600);
    return dense(tf.nn.relu(dense(flat, 1600, 1024)), 1024, Net.CLASSES);
  }

  private Operand<TFloat32> lenet5(Operand<TFloat32> x) {
    Operand<TFloat32> a = tf.math.tanh(biased(conv(x, 1, 6, 5, 1, "SAME"), 6));
    Operand<TFloat32> b = tf.math.tanh(biased(conv(pool("AvgPool", a), 6, 16, 5, 1, "VALID"), 16));
    Operand<TFloat32> flat = flatten(pool("AvgPool", b), 400);
    Operand<TFloat32> c = tf.math.tanh(dense(flat, 400, 120));
    return dense(tf.math.tanh(dense(c, 120, 84)), 84, Net.CLASSES);
  }

  private Operand<TFloat32> mlp(Operand<TFloat32> x) {
    Operand<TFloat32> a = tf.nn.relu(dense(flatten(x, 784), 784, 512));
    return dense(tf.nn.relu(dense(a, 512, 256)), 256, Net.CLASSES);
  }

  private Operand<TFloat32> resnet18(Operand<TFloat32> images) {
    Operand<TFloat32> x = tf.nn.relu(normalized(images, 3, 64, 3, 1));
    int channels = 64;
    for (int wanted : new int[] {64, 64, 128, 128, 256, 256, 512, 512}) {
      int stride = channels == wanted ? 1 : 2;
      Operand<TFloat32> inner = tf.nn.relu(normalized(x, channels, wanted, 3, stride));
      Operand<TFloat32> residual = normalized(inner, wanted, wanted, 3, 1);
      Operand<TFloat32> shortcut = stride == 1 ? x : normalized(x, channels, wanted, 1, stride);
      x = tf.nn.relu(tf.math.add(residual, shortcut));
      channels = wanted;
    }
    return dense(tf.math.mean(x, tf.constant(new int[] {1, 2})), 512, Net.CLASSES);
  }

  private Operand<TFloat32> conv(
      Operand<TFloat32> x, int in, int out, int kernel, long stride, String padding) {
    Operand<TFloat32> filter = weight(kernel * kernel * in, kernel, kernel, in, out);
    return tf.nn.conv2d(x, filter, List.of(1L, stride, stride, 1L), padding);
  }

  /** SAME pads 1 on every side only without a stride; explicit padding has no gradient. */
  private Operand<TFloat32> padded(Operand<TFloat32> x, int kernel, long stride) {
    int[][] one = {{0, 0}, {1, 1}, {1, 1}, {0, 0}};
    boolean byHand = kernel == 3 && stride == 2;
    return byHand ? tf.pad(x, tf.constant(one), tf.constant(0f)) : x;
  }

  private Operand<TFloat32> normalized(
      Operand<TFloat32> x, int in, int out, int kernel, long stride) {
    String padding = stride == 1 ? "SAME" : "VALID";
    Operand<TFloat32> y = conv(padded(x, kernel, stride), in, out, kernel, stride, padding);
    Variable<TFloat32> gamma = variable("gamma", 1, true, out);
    Variable<TFloat32> beta = variable("beta", 0, true, out);
    Variable<TFloat32> mean = variable("mean", 0, false, out);
    Variable<TFloat32> variance = variable("variance", 1, false, out);
    layer++;
    FusedBatchNorm.Options[] options = {
      FusedBatchNorm.isTraining(training), FusedBatchNorm.epsilon(EPSILON)
    };
    if (!training) {
      return tf.nn.fusedBatchNorm(y, gamma, beta, mean, variance, options).y();
    }
    Operand<TFloat32> none = tf.constant(new float[0]);
    FusedBatchNorm<TFloat32, TFloat32> norm =
        tf.nn.fusedBatchNorm(y, gamma, beta, none, none, options);
    updates.add(move(mean, norm.batchMean()));
    updates.add(move(variance, norm.batchVariance()));
    return norm.y();
  }

  private Op move(Variable<TFloat32> average, Operand<TFloat32> batch) {
    Operand<TFloat32> gap = tf.math.sub(average, batch);
    return tf.assignSub(average, tf.math.mul(gap, tf.constant(1 - MOMENTUM)));
  }

  /** Version 1 of pooling: oneDNN takes over MaxPool, not MaxPoolV2. */
  private Operand<TFloat32> pool(String kind, Operand<TFloat32> x) {
    long[] two = {1, 2, 2, 1};
    OperationBuilder builder = tf.scope().opBuilder(kind, kind).addInput(x.asOutput());
    builder.setAttr("ksize", two).setAttr("strides", two).setAttr("padding", "VALID");
    return builder.build().output(0);
  }

  private Operand<TFloat32> dropout(Operand<TFloat32> x, float rate) {
    if (!training) {
      return x;
    }
    Operand<TFloat32> uniform = tf.random.randomUniform(tf.shape(x), TFloat32.class);
    Operand<TFloat32> kept =
        tf.dtypes.cast(tf.math.greaterEqual(uniform, tf.constant(rate)), TFloat32.class);
    return tf.math.mul(x, tf.math.mul(kept, tf.constant(1 / (1 - rate))));
  }

  private Operand<TFloat32> flatten(Operand<TFloat32> x, int features) {
    return tf.reshape(x, tf.constant(new int[] {-1, features}));
  }

  private Operand<TFloat32> dense(Operand<TFloat32> x, int in, int out) {
    return biased(tf.linalg.matMul(x, weight(in, in, out)), out);
  }

  private Operand<TFloat32> biased(Operand<TFloat32> x, int channels) {
    Operand<TFloat32> y = tf.nn.biasAdd(x, variable("bias", 0, true, channels));
    layer++;
    return y;
  }

  /** A kernel whose initial values keep the variance behind a ReLU (He et al.). */
  private Variable<TFloat32> weight(int fanIn, long... dims) {
    float deviation = (float) Math.sqrt(2.0 / fanIn);
    Operand<TFloat32> normal = tf.random.truncatedNormal(tf.constant(dims), TFloat32.class);
    return variable("kernel", tf.math.mul(normal, tf.constant(deviation)), true, dims);
  }

  private Variable<TFloat32> variable(String name, float value, boolean trained, long... dims) {
    return variable(name, tf.fill(tf.constant(dims), tf.constant(value)), trained, dims);
  }

  private Variable<TFloat32> variable(
      String name, Operand<TFloat32> value, boolean trained, long... dims) {
    return variables.computeIfAbsent(
        layer + name,
        key -> {
          Variable<TFloat32> variable = tf.variable(Shape.of(dims), TFloat32.class);
          initial.add(tf.assign(variable, value));
          if (trained) {
            trainable.add(variable);
          }
          return variable;
        });
  }
}
