// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.backend.StepTime;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializers;
import io.convoy.nn.Images;
import io.convoy.nn.Nn;
import io.convoy.ops.Padding;
import io.convoy.optimizers.Optimizers;
import io.convoy.session.Feed;
import io.convoy.session.Session;
import io.convoy.session.Step;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import io.convoy.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a plan consists of. */
class PlanTest {
  @Test
  void textNamesEveryStepWithImplementationLayoutAndBytes() {
    SmallNet net = new SmallNet();
    try (Session session = new Session(net.graph, SmallNet.backend())) {
      Step step = net.training(session);
      String dump = step.dump();
      assertTrue(dump.contains("bias 8 a 32 B"), dump); // bias and ReLU are part of the convolution
      assertTrue(dump.contains("dst 16x8x10x10 acdb 51200 B"), dump);
      assertTrue(dump.contains("workspace"), dump);
      assertTrue(dump.contains("java loop"), dump);
      assertTrue(dump.endsWith("memory " + step.plannedBytes() + " B\n"), dump);
      assertEquals(dump, step.dump());
    }
  }

  @Test
  void fewChannelsTakeTheDirectConvolution() {
    SmallNet net = new SmallNet();
    try (Session session = new Session(net.graph, SmallNet.backend())) {
      String dump = net.training(session).dump();
      assertFalse(dump.contains("brg_conv"), dump);
    }
  }

  @Test
  void imagesLieInBlocksOfChannelsOnlyWhereFiltersAreLearned() {
    Graph graph = new Graph(1);
    Value x = graph.placeholder("x", DType.FLOAT32, Shape.of(2, 9, 9, 1));
    Value filter = graph.variable("filter", Shape.of(3, 3, 1, 32), Initializers.glorotUniform());
    Value y = Nn.relu(Images.conv2d(x, filter, 1, Padding.VALID));
    Value train = Optimizers.sgd(0.1f).minimize(Nn.reduceMean(y));
    try (Session session = new Session(graph, SmallNet.backend())) {
      Step inference = session.prepare(List.of(y), Map.of());
      Step training = session.prepare(List.of(y, train), Map.of());
      assertFalse(inference.dump().contains("aBcd"), inference.dump());
      assertTrue(training.dump().contains("dst 2x32x7x7 aBcd"), training.dump());
      for (int i = 0; i < 2 * 9 * 9; i++) {
        inference.input(x).putFloat(4 * i, i % 17);
        training.input(x).putFloat(4 * i, i % 17);
      }
      assertArrayEquals(run(inference), run(training), 1e-5f); // a fetch is row-major
    }
  }

  @Test
  void anImageIsFlattenedWhereItLies() {
    Graph graph = new Graph(1);
    Value x = graph.placeholder("x", DType.FLOAT32, Shape.of(2, 3, 4));
    Value y = Nn.relu(Nn.flatten(x));
    try (Session session = new Session(graph, SmallNet.backend())) {
      Step step = session.prepare(List.of(y, x), Map.of());
      assertFalse(step.dump().contains("Reshape"), step.dump());
      step.input(x).putFloat(0, 5);
      step.run();
      assertEquals(5, step.output(0).getFloat(0));
      assertEquals(5, step.output(1).getFloat(0));
    }
  }

  @Test
  void profileIsARunThatNamesItsSteps() {
    SmallNet net = new SmallNet();
    try (Session session = new Session(net.graph, SmallNet.backend());
        Session other = new Session(net.graph, SmallNet.backend())) {
      Step step = net.training(session);
      Step plain = net.training(other);
      List<StepTime> times = step.profile();
      plain.run();
      assertEquals(plain.output(1).getFloat(0), step.output(1).getFloat(0));
      assertArrayEquals(other.read(net.filter).floats(), session.read(net.filter).floats());
      assertTrue(times.stream().allMatch(t -> t.nanos() > 0 && step.dump().contains(t.step())));
      assertTrue(times.get(1).step().startsWith("RELU: "), times.toString());
    }
  }

  @Test
  void reluGradientIsTakenOfThePooledImage() {
    SmallNet net = new SmallNet();
    try (Session session = new Session(net.graph, SmallNet.backend())) {
      String dump = net.training(session).dump();
      int pooled = SmallNet.BATCH * 5 * 5 * 8;
      assertTrue(dump.contains("diff_src " + pooled + " a"), dump);
      assertFalse(dump.contains("diff_src " + SmallNet.BATCH * 10 * 10 * 8 + " a"), dump);
    }
  }

  @Test
  void dropoutMaskIsDrawnOnce() {
    SmallNet net = new SmallNet();
    try (Session session = new Session(net.graph, SmallNet.backend())) {
      long draws =
          net.training(session)
              .dump()
              .lines()
              .filter(l -> l.contains("Dropout") && l.contains("java loop"))
              .count();
      assertEquals(1, draws);
    }
  }

  @Test
  void inferenceReordersFiltersOnlyWhenTheyChange() {
    SmallNet net = new SmallNet();
    try (Session session = new Session(net.graph, SmallNet.backend())) {
      Step inference = net.inference(session);
      assertTrue(inference.dump().startsWith("on change "), inference.dump());
      float[] fresh = run(inference);
      assertArrayEquals(fresh, run(inference));
      net.training(session).run();
      float[] trained = run(inference);
      assertFalse(Arrays.equals(fresh, trained));
      session.write(net.filter, Tensor.zeros(net.filter.spec()));
      session.write(net.bias, Tensor.zeros(net.bias.spec()));
      assertArrayEquals(new float[fresh.length], run(inference));
    }
  }

  @Test
  void inferenceNormalizesInTheConvolutionBeforeIt() {
    Graph graph = new Graph(1);
    Value x = graph.placeholder("x", DType.FLOAT32, Shape.of(2, 5, 5, 3));
    Value filter = graph.variable("filter", Shape.of(3, 3, 3, 4), Initializers.glorotUniform());
    Value gamma = graph.variable("gamma", Shape.of(4), Initializers.ones());
    Value beta = graph.variable("beta", Shape.of(4), Initializers.zeros());
    Value conv = Images.conv2d(x, filter, 1, Padding.SAME);
    Value zeros = graph.constant("zeros", Tensor.zeros(TensorSpec.f32(2, 5, 5, 4)));
    Value y = Nn.relu(Images.batchNormInference(conv, gamma, beta, beta, gamma, 1e-3f));
    try (Session session = new Session(graph, SmallNet.backend())) {
      Step step = session.prepare(List.of(Nn.relu(Nn.add(y, zeros))), Map.of());
      List<String> steps = step.dump().lines().filter(l -> l.contains(": ")).toList();
      assertEquals(4, steps.size(), step.dump()); // vectors, filter; convolution, sum
      assertTrue(steps.get(1).startsWith("on change "), step.dump());
      step.input(x).putFloat(0, 1);
      float[] before = run(step);
      session.write(gamma, Tensor.of(new float[] {2, 2, 2, 2}, 4));
      float[] scaled = run(step);
      assertFalse(Arrays.equals(before, scaled));
      session.write(filter, Tensor.zeros(filter.spec()));
      assertArrayEquals(new float[before.length], run(step));
    }
  }

  private static float[] run(Step step) {
    step.run();
    float[] out = new float[step.output(0).capacity() / 4];
    step.output(0).asFloatBuffer().get(out);
    return out;
  }

  @Test
  void aFetchedVariableIsNotItsMemory() {
    SmallNet net = new SmallNet();
    try (Session session = new Session(net.graph, SmallNet.backend())) {
      Tensor first = session.run(net.bias, new Feed[0]);
      session.write(net.bias, Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 8));
      assertEquals(0, first.floats()[0]);
      assertEquals(8, session.run(net.bias, new Feed[0]).floats()[7]);
    }
  }
}
