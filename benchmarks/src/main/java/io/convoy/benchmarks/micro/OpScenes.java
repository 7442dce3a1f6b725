// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.micro;

import static io.convoy.benchmarks.micro.OpScene.Made.rows;
import static io.convoy.benchmarks.micro.OpScene.Made.sum;

import io.convoy.autodiff.Gradients;
import io.convoy.benchmarks.report.Ceiling;
import io.convoy.graph.Node;
import io.convoy.graph.Value;
import io.convoy.nn.Images;
import io.convoy.nn.Nn;
import io.convoy.ops.ActivateGrad;
import io.convoy.ops.Activation;
import io.convoy.ops.BatchNorm;
import io.convoy.ops.BatchNormGrad;
import io.convoy.ops.BiasAddGrad;
import io.convoy.ops.MatMul;
import io.convoy.ops.Padding;
import io.convoy.ops.Pool2DGrad;
import io.convoy.ops.PoolSpec;
import io.convoy.ops.SoftmaxGrad;
import io.convoy.ops.Update;
import io.convoy.ops.UpdateRule;
import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** All ops that are timed, by name. */
public final class OpScenes {
  private static final float EPSILON = 1e-5f;

  private final List<OpScene> scenes = new ArrayList<>();

  private OpScenes() {}

  /**
   * Returns all scenes.
   *
   * @return the scenes in the order of the report
   */
  public static List<OpScene> all() {
    OpScenes ops = new OpScenes();
    ops.scenes.addAll(ConvScenes.all());
    ops.dense("workshop-1", 128, 1600, 1024);
    ops.dense("workshop-2", 128, 1024, 10);
    ops.dense("mlp-1", 128, 784, 512);
    ops.pool("workshop-max", PoolSpec.Kind.MAX, 128, 26, 32);
    ops.pool("lenet5-average", PoolSpec.Kind.AVERAGE, 128, 28, 6);
    ops.biasRelu("workshop", 128, 26, 32);
    ops.softmax(128, 1000);
    ops.crossEntropy(128, 1000);
    ops.batchNorm("resnet18-stage1", 64, 32, 64);
    ops.batchNorm("resnet18-stage4", 64, 4, 512);
    ops.adam("workshop", 1_668_490);
    return ops.scenes;
  }

  static OpScene byName(String name) {
    return all().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  private void floats(
      String name, int batch, double count, Function<SceneGraph, List<OpScene.Made>> builder) {
    scenes.add(new OpScene(name, batch, Float.BYTES * count, Ceiling.COPY, builder));
  }

  private void dense(String name, int n, int in, int out) {
    double product = 2.0 * n * in * out;
    scenes.add(
        new OpScene(
            "dense/" + name + "/forward",
            n,
            product,
            Ceiling.GEMM,
            s -> List.of(rows(Nn.matmul(s.batched("x", in), s.weight("w", in, out))))));
    scenes.add(
        new OpScene(
            "dense/" + name + "/backward",
            n,
            2 * product,
            Ceiling.GEMM,
            s -> {
              Value dy = s.batched("dy", out);
              Value dx = s.add(new MatMul(false, true), dy, s.weight("w", in, out));
              return List.of(rows(dx), sum(s.add(new MatMul(true, false), s.batched("x", in), dy)));
            }));
  }

  /** Backward needs what forward left behind, so it is timed with it. */
  private void pool(String name, PoolSpec.Kind kind, int n, int side, int channels) {
    PoolSpec spec = new PoolSpec(kind, 2, 2, 2, 2, Padding.VALID);
    double x = (double) n * side * side * channels;
    floats(
        "pool/" + name + "/forward",
        n,
        x + x / 4,
        s -> List.of(rows(Images.pool2d(s.batched("x", side, side, channels), spec))));
    floats(
        "pool/" + name + "/forward+backward",
        n,
        x + x / 4 + x / 4 + x,
        s -> {
          Value image = s.batched("x", side, side, channels);
          Value y = Images.pool2d(image, spec);
          Value dy = s.batched("dy", side / 2, side / 2, channels);
          return List.of(rows(s.add(new Pool2DGrad(spec), image, y, dy)));
        });
  }

  private void biasRelu(String name, int n, int side, int channels) {
    double x = (double) n * side * side * channels;
    floats(
        "bias-relu/" + name + "/forward",
        n,
        2 * x,
        s -> {
          Value image = s.batched("x", side, side, channels);
          return List.of(rows(Nn.relu(Nn.biasAdd(image, s.weight("b", channels)))));
        });
    floats(
        "bias-relu/" + name + "/backward",
        n,
        3 * x,
        s -> {
          Value y = s.batched("y", side, side, channels);
          Value dy = s.batched("dy", side, side, channels);
          Value dx = s.add(new ActivateGrad(Activation.RELU), dy, y);
          return List.of(rows(dx), sum(s.add(new BiasAddGrad(), dx)));
        });
  }

  private void softmax(int n, int classes) {
    double x = (double) n * classes;
    floats(
        "softmax/" + classes + "/forward",
        n,
        2 * x,
        s -> List.of(rows(Nn.softmax(s.batched("logits", classes)))));
    floats(
        "softmax/" + classes + "/backward",
        n,
        3 * x,
        s -> {
          Value y = s.batched("y", classes);
          return List.of(rows(s.add(new SoftmaxGrad(false), y, s.batched("dy", classes))));
        });
  }

  private void crossEntropy(int n, int classes) {
    double x = (double) n * classes;
    floats(
        "softmax-cross-entropy/" + classes + "/forward",
        n,
        x,
        s -> {
          Value logits = s.batched("logits", classes);
          Value labels = s.labels(classes);
          return List.of(rows(Nn.sparseSoftmaxCrossEntropyWithLogits(labels, logits)));
        });
    floats(
        "softmax-cross-entropy/" + classes + "/forward+backward",
        n,
        2 * x,
        s -> {
          Value logits = s.batched("logits", classes);
          Value labels = s.labels(classes);
          Value losses = Nn.sparseSoftmaxCrossEntropyWithLogits(labels, logits);
          return List.of(rows(Gradients.of(Nn.reduceSum(losses), List.of(logits)).get(0)));
        });
  }

  private void batchNorm(String name, int n, int side, int channels) {
    double x = (double) n * side * side * channels;
    floats(
        "batch-norm/" + name + "/forward",
        n,
        2 * x,
        s -> {
          Value image = s.batched("x", side, side, channels);
          Value gamma = s.positive("gamma", channels);
          Value beta = s.weight("beta", channels);
          Node norm = s.graph().add("norm", new BatchNorm(EPSILON), image, gamma, beta);
          return List.of(rows(norm.output(0)), rows(norm.output(1)), rows(norm.output(2)));
        });
    floats(
        "batch-norm/" + name + "/backward",
        n,
        3 * x,
        s -> {
          Value image = s.batched("x", side, side, channels);
          Value dy = s.batched("dy", side, side, channels);
          Value[] vectors = {
            s.positive("gamma", channels), s.weight("mean", channels), s.positive("var", channels)
          };
          BatchNormGrad op = new BatchNormGrad(EPSILON, false);
          Node grad = s.graph().add("grad", op, image, dy, vectors[0], vectors[1], vectors[2]);
          return List.of(rows(grad.output(0)), sum(grad.output(1)), sum(grad.output(2)));
        });
  }

  /** Reads parameter, gradient and two slots; writes all but the gradient. */
  private void adam(String name, int parameters) {
    floats(
        "adam/" + name + "/update",
        SceneGraph.PERIOD,
        7.0 * parameters,
        s -> {
          UpdateRule rule = new UpdateRule.Adam(0.9f, 0.999f, 1e-7f, 0);
          Value update =
              s.add(
                  new Update(rule),
                  s.graph().constant(1e-3f),
                  s.graph().constant("iterations", Tensor.of(new int[] {0})),
                  s.graph().constant(1),
                  s.weight("parameter", parameters),
                  s.weight("gradient", parameters),
                  s.weight("mean", parameters),
                  s.positive("square", parameters));
          return List.of(sum(update));
        });
  }
}
