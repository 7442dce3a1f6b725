// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.compile.Precision;
import io.convoy.data.Dataset;
import io.convoy.data.ImageDataset;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializer;
import io.convoy.losses.Losses;
import io.convoy.metrics.Metrics;
import io.convoy.model.CompileOptions;
import io.convoy.model.Model;
import io.convoy.nn.Images;
import io.convoy.nn.Nn;
import io.convoy.ops.Padding;
import io.convoy.optimizers.Optimizers;
import io.convoy.session.DevicePass;
import io.convoy.session.Session;
import io.convoy.session.Step;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.zoo.Zoo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The steps of the known networks' training on a GPU of 132 multiprocessors: launches with their
 * grids and arguments, library calls with their shapes, and the arena's bytes, against files that
 * are checked in. A change that is meant changes the file too: the message holds the new text.
 */
class KnownPlansTest {
  @ParameterizedTest
  @CsvSource({
    "workshop, 28, 1, 128",
    "lenet5, 28, 1, 128",
    "mlp, 28, 1, 128",
    "resnet18, 32, 3, 64"
  })
  void trainingStepIsTheKnownOne(String name, int size, int channels, int batch)
      throws IOException {
    try (Model model = model(name, size, channels, Precision.FP32)) {
      assertEquals(known(name + "-train-" + batch + ".txt"), model.trainingStep(batch).dump());
    }
  }

  private static Model model(String name, int size, int channels, Precision precision) {
    return Zoo.byName(name, Shape.of(size, size, channels), 10)
        .compile(
            Optimizers.adam(1e-3),
            Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
            List.of(Metrics.ACCURACY),
            CompileOptions.defaults().device(PlanningProvider.NAME).precision(precision));
  }

  @ParameterizedTest
  @CsvSource({
    "workshop, 28, 1, 128, TF32",
    "workshop, 28, 1, 128, BF16",
    "workshop, 28, 1, 128, FP16",
    "resnet18, 32, 3, 64, BF16"
  })
  void inOtherPrecisionsToo(String name, int size, int channels, int batch, Precision precision)
      throws IOException {
    try (Model model = model(name, size, channels, precision)) {
      String file = name + "-train-" + batch + "-" + precision.label() + ".txt";
      assertEquals(known(file), model.trainingStep(batch).dump());
    }
  }

  /** What a data set on the device adds to a step: one launch before it, and one behind. */
  @ParameterizedTest
  @CsvSource({"FP32, gathered-5.txt", "BF16, gathered-5-bf16.txt"})
  void gatheredStepIsTheKnownOne(Precision precision, String file) throws IOException {
    Graph graph = new Graph(1);
    Value images = graph.placeholder("images", DType.FLOAT32, Shape.of(-1, 4, 4, 3));
    Value labels = graph.placeholder("labels", DType.INT32, Shape.of(-1));
    Value w = graph.variable("w", Shape.of(4, 4, 3, 10), Initializer.constant(0));
    Value logits = Nn.reshape(Images.conv2d(images, w, 1, Padding.VALID), Shape.of(-1, 10));
    Value loss = Nn.reduceMean(Nn.sparseSoftmaxCrossEntropyWithLogits(labels, logits));
    Dataset data = new ImageDataset(Shape.of(4, 4, 3), 48, new byte[20 * 48], new int[20]);
    CudaBackend backend = new CudaBackend(new PlanningGpu(1 << 30, new ArrayList<>()));
    try (Session session = new Session(graph, backend, precision)) {
      DevicePass pass =
          session.place(data.packed().orElseThrow().images()).orElseThrow().pass("test", 7);
      Map<Value, Shape> shapes = Map.of(images, Shape.of(5, 4, 4, 3), labels, Shape.of(5));
      Step step = session.prepare(List.of(loss), shapes, images, labels, pass);
      assertEquals(known(file), step.dump());
    }
  }

  private static String known(String file) throws IOException {
    try (InputStream in = KnownPlansTest.class.getResourceAsStream(file)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
