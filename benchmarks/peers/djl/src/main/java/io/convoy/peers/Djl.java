// SPDX-License-Identifier: Apache-2.0
package io.convoy.peers;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import io.convoy.contest.Batch;
import io.convoy.contest.Contest;
import io.convoy.contest.Contestant;
import io.convoy.contest.Framework;
import io.convoy.contest.Net;
import java.util.List;

/** DJL with PyTorch. Its images are NCHW. */
public final class Djl implements Framework {
  /**
   * Takes part.
   *
   * @param args see {@link Contest#run}
   */
  public static void main(String[] args) {
    Contest.run(new Djl(), args);
  }

  @Override
  public String name() {
    return "djl-pytorch";
  }

  @Override
  public String versions() {
    return "DJL " + Engine.getDjlVersion() + ", PyTorch " + Engine.getInstance().getVersion();
  }

  @Override
  public Contestant enter(Net net, int threads) {
    // Read when the engine loads: all natives are on the class path, so nothing is downloaded.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true"); // or DJL reports its use to its makers
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    return new Entry(net);
  }

  private static SequentialBlock build(Net net) {
    return switch (net) {
      case WORKSHOP -> workshop();
      case LENET5 -> lenet5();
      case MLP -> mlp();
      case RESNET18 -> resnet18();
    };
  }

  private static SequentialBlock workshop() {
    return new SequentialBlock()
        .add(conv(32, 3, 1, 0, true))
        .add(Activation.reluBlock())
        .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
        .add(conv(64, 3, 1, 0, true))
        .add(Activation.reluBlock())
        .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
        .add(Dropout.builder().optRate(0.2f).build())
        .add(Blocks.batchFlattenBlock())
        .add(linear(1024))
        .add(Activation.reluBlock())
        .add(linear(Net.CLASSES));
  }

  private static SequentialBlock lenet5() {
    return new SequentialBlock()
        .add(conv(6, 5, 1, 2, true))
        .add(Activation.tanhBlock())
        .add(Pool.avgPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
        .add(conv(16, 5, 1, 0, true))
        .add(Activation.tanhBlock())
        .add(Pool.avgPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
        .add(Blocks.batchFlattenBlock())
        .add(linear(120))
        .add(Activation.tanhBlock())
        .add(linear(84))
        .add(Activation.tanhBlock())
        .add(linear(Net.CLASSES));
  }

  private static SequentialBlock mlp() {
    return new SequentialBlock()
        .add(Blocks.batchFlattenBlock())
        .add(linear(512))
        .add(Activation.reluBlock())
        .add(linear(256))
        .add(Activation.reluBlock())
        .add(linear(Net.CLASSES));
  }

  private static SequentialBlock resnet18() {
    SequentialBlock net = new SequentialBlock();
    normalized(net, 64, 3, 1).add(Activation.reluBlock());
    int channels = 64;
    for (int wanted : new int[] {64, 64, 128, 128, 256, 256, 512, 512}) {
      net.add(residual(channels, wanted)).add(Activation.reluBlock());
      channels = wanted;
    }
    return net.add(Pool.globalAvgPool2dBlock()).add(linear(Net.CLASSES));
  }

  private static Block residual(int channels, int wanted) {
    int stride = channels == wanted ? 1 : 2;
    SequentialBlock convolutions = new SequentialBlock();
    normalized(convolutions, wanted, 3, stride).add(Activation.reluBlock());
    normalized(convolutions, wanted, 3, 1);
    Block shortcut =
        channels == wanted
            ? Blocks.identityBlock()
            : normalized(new SequentialBlock(), wanted, 1, stride);
    return new ParallelBlock(
        branches -> new NDList(branches.get(0).head().add(branches.get(1).head())),
        List.of(convolutions, shortcut));
  }

  private static SequentialBlock normalized(
      SequentialBlock block, int filters, int kernel, int stride) {
    return block
        .add(conv(filters, kernel, stride, kernel / 2, false))
        .add(BatchNorm.builder().optEpsilon(1e-5f).optMomentum(0.1f).build());
  }

  private static Conv2d conv(int filters, int kernel, int stride, int padding, boolean bias) {
    return Conv2d.builder()
        .setFilters(filters)
        .setKernelShape(new Shape(kernel, kernel))
        .optStride(new Shape(stride, stride))
        .optPadding(new Shape(padding, padding))
        .optBias(bias)
        .build();
  }

  private static Linear linear(int units) {
    return Linear.builder().setUnits(units).build();
  }

  private static final class Entry implements Contestant {
    private final Net net;
    private final Model model;
    private final Trainer trainer;
    private final Loss loss = new SoftmaxCrossEntropyLoss();

    Entry(Net net) {
      this.net = net;
      model = Model.newInstance(net.id(), Device.cpu());
      model.setBlock(build(net));
      trainer =
          model.newTrainer(
              new DefaultTrainingConfig(loss)
                  .optDevices(new Device[] {Device.cpu()})
                  .optOptimizer(
                      Adam.builder().optLearningRateTracker(Tracker.fixed(1e-3f)).build()));
      trainer.initialize(shape(1));
    }

    private Shape shape(int batch) {
      return new Shape(batch, net.channels(), net.side(), net.side());
    }

    @Override
    public long parameters() {
      return model.getBlock().getParameters().values().stream()
          .filter(p -> p.requiresGradient())
          .mapToLong(p -> p.getArray().size())
          .sum();
    }

    @Override
    public void train(Batch batch) {
      try (NDManager manager = trainer.getManager().newSubManager()) {
        NDArray images = manager.create(batch.nchw().duplicate(), shape(batch.size()));
        NDArray labels = manager.create(batch.labels());
        try (GradientCollector collector = trainer.newGradientCollector()) {
          NDList logits = trainer.forward(new NDList(images));
          collector.backward(loss.evaluate(new NDList(labels), logits));
        }
        trainer.step();
      }
    }

    @Override
    public void infer(Batch batch, float[] probabilities) {
      try (NDManager manager = trainer.getManager().newSubManager()) {
        NDArray images = manager.create(batch.nchw().duplicate(), shape(batch.size()));
        ParameterStore parameters = new ParameterStore(manager, false);
        NDArray logits =
            model.getBlock().forward(parameters, new NDList(images), false).singletonOrThrow();
        float[] result = logits.softmax(-1).toFloatArray();
        System.arraycopy(result, 0, probabilities, 0, result.length);
      }
    }

    @Override
    public void close() {
      trainer.close();
      model.close();
    }
  }
}
