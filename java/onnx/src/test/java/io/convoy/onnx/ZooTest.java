// SPDX-License-Identifier: Apache-2.0
package io.convoy.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.model.Network;
import io.convoy.tensor.Shape;
import io.convoy.zoo.Zoo;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every network of the zoo answers in ONNX Runtime as in Convoy. */
class ZooTest {
  private static final int CLASSES = 10;

  /** Uneven images, so that SAME padding is uneven; gains that keep probabilities from 0 and 1. */
  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("workshop", Shape.of(28, 29, 1), 1),
        Arguments.of("lenet5", Shape.of(29, 28, 1), 1),
        Arguments.of("mlp", Shape.of(7, 8, 3), 1),
        Arguments.of("digits", Shape.of(29, 28, 1), 1),
        Arguments.of("alexnet", Shape.of(99, 67, 3), 1),
        Arguments.of("vgg11", Shape.of(32, 65, 3), 1),
        Arguments.of("vgg16", Shape.of(65, 32, 3), 1),
        Arguments.of("resnet18", Shape.of(65, 71, 3), 0.7f),
        Arguments.of("resnet18", Shape.of(33, 32, 3), 0.7f),
        Arguments.of("resnet34", Shape.of(33, 32, 3), 0.7f),
        Arguments.of("resnet50", Shape.of(65, 71, 3), 0.8f),
        Arguments.of("mobilenet", Shape.of(65, 71, 3), 1));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void answersAreTheSame(String name, Shape instance, float gain) throws Exception {
    Network network = Zoo.byName(name, instance, CLASSES);
    float[] answers = OnnxRuntime.mustAgree(network, gain, 2);
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < CLASSES; i++) {
      largest = Math.max(largest, answers[i]);
      difference = Math.max(difference, Math.abs(answers[i] - answers[CLASSES + i]));
    }
    assertTrue(largest > 0.11 && largest < 0.999, "probabilities up to " + largest);
    assertTrue(difference > 1e-3, "the answer hardly depends on the image: " + difference);
  }

  @Test
  void noNetworkIsLeftOut() {
    Set<Object> tried = networks().map(a -> a.get()[0]).collect(Collectors.toSet());
    assertEquals(Set.<Object>copyOf(Zoo.names()), tried);
  }
}
