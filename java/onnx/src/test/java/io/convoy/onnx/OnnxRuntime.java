// SPDX-License-Identifier: Apache-2.0
package io.convoy.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.losses.Losses;
import io.convoy.model.CompileOptions;
import io.convoy.model.Model;
import io.convoy.model.Network;
import io.convoy.model.TrainedNetwork;
import io.convoy.random.Philox;
import io.convoy.tensor.Tensor;
import io.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares what ONNX Runtime makes of an exported network with what the CPU backend makes. */
final class OnnxRuntime {
  private static final CompileOptions CPU = CompileOptions.defaults().device("cpu");

  /** Of the largest output. */
  private static final double TOLERANCE = 1e-5;

  private OnnxRuntime() {}

  /** Exports a network with random weights and holds both answers against each other. */
  static float[] mustAgree(Network network, float gain, int batch)
      throws IOException, OrtException {
    Path file = Files.createTempFile("convoy", ".onnx");
    try (Model model = random(network, gain).compile(CPU)) {
      Onnx.write(model, file);
      Tensor input = uniform(model.features().spec().withBatch(batch), 1, -1, 1);
      float[] expected = model.predict(input).floats();
      float[] actual = run(file, input);
      mustBeClose(expected, actual);
      return expected;
    } finally {
      Files.delete(file);
    }
  }

  /** Weights that keep a signal as large as it is, with gamma around a gain. */
  static TrainedNetwork random(Network network, float gain) {
    Graph graph = new Graph();
    network.inference(graph);
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (Value variable : graph.variables()) {
      weights.put(variable.name(), random(variable, gain));
    }
    return new TrainedNetwork(network, Losses.MEAN_SQUARED_ERROR, List.of(), weights);
  }

  private static Tensor random(Value variable, float gain) {
    TensorSpec spec = variable.spec();
    int seed = variable.name().hashCode();
    return switch (variable.name().substring(variable.name().lastIndexOf('/') + 1)) {
      case "kernel" -> {
        double fanIn = (double) spec.shape().elements() / spec.shape().dim(-1);
        float limit = (float) Math.sqrt(6 / fanIn);
        yield uniform(spec, seed, -limit, limit);
      }
      case "gamma" -> uniform(spec, seed, 0.75f * gain, 1.25f * gain);
      case "moving_variance" -> uniform(spec, seed, 0.75f, 1.25f);
      default -> uniform(spec, seed, -0.25f, 0.25f);
    };
  }

  private static Tensor uniform(TensorSpec spec, int seed, float from, float to) {
    Tensor tensor = Tensor.zeros(spec);
    FloatBuffer out = tensor.floatBuffer();
    Philox random = new Philox(seed, 1, 0);
    for (int i = 0; i < out.capacity(); i++) {
      if (i % 4 == 0) {
        random.block(i / 4);
      }
      out.put(i, from + (to - from) * random.uniform(i % 4));
    }
    return tensor;
  }

  static float[] run(Path file, Tensor input) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(2);
      try (OrtSession session = environment.createSession(file.toString(), options)) {
        long[] shape = Arrays.stream(input.spec().shape().dims()).asLongStream().toArray();
        String name = session.getInputNames().iterator().next();
        try (OnnxTensor x = OnnxTensor.createTensor(environment, input.floatBuffer(), shape);
            OrtSession.Result result = session.run(Map.of(name, x))) {
          FloatBuffer y = ((OnnxTensor) result.get(0)).getFloatBuffer();
          float[] values = new float[y.remaining()];
          y.get(values);
          return values;
        }
      }
    }
  }

  private static void mustBeClose(float[] expected, float[] actual) {
    assertTrue(expected.length == actual.length, expected.length + " and " + actual.length);
    double scale = 0;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      assertTrue(Float.isFinite(expected[i]), "output " + i + " is " + expected[i]);
      scale = Math.max(scale, Math.abs(expected[i]));
      worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
    }
    assertTrue(worst <= TOLERANCE * scale, "they differ by " + worst + " of " + scale);
  }
}
