// SPDX-License-Identifier: Apache-2.0
package io.convoy.peers;

import io.convoy.contest.Batch;
import io.convoy.contest.Contest;
import io.convoy.contest.Contestant;
import io.convoy.contest.Framework;
import io.convoy.contest.Net;
import java.util.Arrays;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Deeplearning4j on nd4j-native. Its images are NCHW. */
public final class Dl4j implements Framework {
  /**
   * Takes part.
   *
   * @param args see {@link Contest#run}
   */
  public static void main(String[] args) {
    Contest.run(new Dl4j(), args);
  }

  @Override
  public String name() {
    return "deeplearning4j";
  }

  @Override
  public String versions() {
    return "Deeplearning4j 1.0.0-M2.1, nd4j-native, oneDNN helpers on";
  }

  @Override
  public Contestant enter(Net net, int threads) {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    Nd4j.getEnvironment().setMaxThreads(threads);
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    return new Entry(net);
  }

  /** Adds layer behind layer, each named by its number. */
  private static final class Chain {
    private final GraphBuilder builder;
    private String last = "images";
    private int count;

    Chain(Net net) {
      builder =
          new NeuralNetConfiguration.Builder()
              .updater(new Adam(1e-3))
              .weightInit(WeightInit.XAVIER)
              .convolutionMode(ConvolutionMode.Truncate)
              .graphBuilder()
              .addInputs("images")
              .setInputTypes(InputType.convolutional(net.side(), net.side(), net.channels()));
    }

    Chain add(Layer layer) {
      String name = "layer" + count++;
      builder.addLayer(name, layer, last);
      last = name;
      return this;
    }

    Chain conv(int filters, int kernel, int padding, Activation activation) {
      return add(convolution(filters, kernel, 1, padding).activation(activation).build());
    }

    Chain pool(SubsamplingLayer.PoolingType kind) {
      return add(new SubsamplingLayer.Builder(kind).kernelSize(2, 2).stride(2, 2).build());
    }

    Chain dense(int units, Activation activation) {
      return add(new DenseLayer.Builder().nOut(units).activation(activation).build());
    }

    Chain normalized(int filters, int kernel, int stride, Activation activation) {
      add(
          convolution(filters, kernel, stride, kernel / 2)
              .hasBias(false)
              .weightInit(WeightInit.RELU)
              .activation(Activation.IDENTITY)
              .build());
      return add(
          new BatchNormalization.Builder().decay(0.9).eps(1e-5).activation(activation).build());
    }

    Chain residual(int channels, int wanted) {
      String input = last;
      int stride = channels == wanted ? 1 : 2;
      normalized(wanted, 3, stride, Activation.RELU);
      String residual = normalized(wanted, 3, 1, Activation.IDENTITY).last;
      last = input;
      String shortcut =
          stride == 1 ? input : normalized(wanted, 1, stride, Activation.IDENTITY).last;
      last = "sum" + count++;
      builder.addVertex(last, new ElementWiseVertex(ElementWiseVertex.Op.Add), residual, shortcut);
      return add(new ActivationLayer(Activation.RELU));
    }

    ComputationGraph classify() {
      add(
          new OutputLayer.Builder(LossFunction.MCXENT)
              .nOut(Net.CLASSES)
              .activation(Activation.SOFTMAX)
              .build());
      ComputationGraph graph = new ComputationGraph(builder.setOutputs(last).build());
      graph.init();
      return graph;
    }

    private static ConvolutionLayer.Builder convolution(
        int filters, int kernel, int stride, int padding) {
      return new ConvolutionLayer.Builder(kernel, kernel)
          .nOut(filters)
          .stride(stride, stride)
          .padding(padding, padding);
    }
  }

  private static ComputationGraph build(Net net) {
    Chain chain = new Chain(net);
    return switch (net) {
      case WORKSHOP ->
          chain
              .conv(32, 3, 0, Activation.RELU)
              .pool(SubsamplingLayer.PoolingType.MAX)
              .conv(64, 3, 0, Activation.RELU)
              .pool(SubsamplingLayer.PoolingType.MAX)
              .add(new DropoutLayer(0.8)) // the share that is kept
              .dense(1024, Activation.RELU)
              .classify();
      case LENET5 ->
          chain
              .conv(6, 5, 2, Activation.TANH)
              .pool(SubsamplingLayer.PoolingType.AVG)
              .conv(16, 5, 0, Activation.TANH)
              .pool(SubsamplingLayer.PoolingType.AVG)
              .dense(120, Activation.TANH)
              .dense(84, Activation.TANH)
              .classify();
      case MLP -> chain.dense(512, Activation.RELU).dense(256, Activation.RELU).classify();
      case RESNET18 -> resnet18(chain);
    };
  }

  private static ComputationGraph resnet18(Chain chain) {
    chain.normalized(64, 3, 1, Activation.RELU);
    int channels = 64;
    for (int wanted : new int[] {64, 64, 128, 128, 256, 256, 512, 512}) {
      chain.residual(channels, wanted);
      channels = wanted;
    }
    return chain.add(new GlobalPoolingLayer.Builder(PoolingType.AVG).build()).classify();
  }

  private static final class Entry implements Contestant {
    /** Moving averages of batch normalisation, which Deeplearning4j counts as parameters. */
    private static final Set<String> MOVING = Set.of("mean", "var", "log10stdev");

    private final Net net;
    private final ComputationGraph graph;
    private float[] images = {};
    private float[] labels = {};

    Entry(Net net) {
      this.net = net;
      this.graph = build(net);
    }

    @Override
    public long parameters() {
      return Arrays.stream(graph.getLayers())
          .flatMap(layer -> layer.paramTable().entrySet().stream())
          .filter(p -> !MOVING.contains(p.getKey()))
          .mapToLong(p -> p.getValue().length())
          .sum();
    }

    private INDArray imagesOf(Batch batch) {
      if (images.length != batch.size() * net.pixels()) {
        images = new float[batch.size() * net.pixels()];
      }
      batch.nchw().duplicate().get(images);
      return Nd4j.create(
          images, new int[] {batch.size(), net.channels(), net.side(), net.side()}, 'c');
    }

    @Override
    public void train(Batch batch) {
      if (labels.length != batch.size() * Net.CLASSES) {
        labels = new float[batch.size() * Net.CLASSES];
      }
      batch.oneHot().duplicate().get(labels);
      INDArray oneHot = Nd4j.create(labels, new int[] {batch.size(), Net.CLASSES}, 'c');
      graph.fit(new INDArray[] {imagesOf(batch)}, new INDArray[] {oneHot});
    }

    @Override
    public void infer(Batch batch, float[] probabilities) {
      float[] result = graph.outputSingle(imagesOf(batch)).data().asFloat();
      System.arraycopy(result, 0, probabilities, 0, probabilities.length);
    }

    @Override
    public void close() {
      graph.close();
    }
  }
}
