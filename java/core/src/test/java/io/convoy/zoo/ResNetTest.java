// SPDX-License-Identifier: Apache-2.0
package io.convoy.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.model.Network;
import io.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;

/** The residual networks are the published ones. */
class ResNetTest {
  private final Network resnet18 = Zoo.byName("resnet18", Shape.of(32, 32, 3), 10);

  @Test
  void resnet18HasAsManyParametersAsPublished() {
    String summary = resnet18.summary();
    assertTrue(summary.contains("(11,173,962 trainable)"), summary);
  }

  @Test
  void resnet18HasTwentyConvolutionsAndEndsAtFourByFour() {
    long convolutions =
        resnet18.entries().stream().filter(e -> e.layer().className().equals("Conv2D")).count();
    assertEquals(20, convolutions);
    assertTrue(resnet18.summary().contains("[?, 4, 4, 512]"), resnet18.summary());
  }

  @Test
  void theStemIsForTheImagesSize() {
    assertEquals(0, poolings(Shape.of(63, 64, 3)));
    assertEquals(1, poolings(Shape.of(64, 64, 3)));
  }

  private static long poolings(Shape image) {
    return Zoo.byName("resnet50", image, 10).entries().stream()
        .filter(e -> e.layer().className().equals("MaxPooling2D"))
        .count();
  }
}
