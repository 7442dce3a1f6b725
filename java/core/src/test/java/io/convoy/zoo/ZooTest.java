// SPDX-License-Identifier: Apache-2.0
package io.convoy.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.convoy.layers.LayerJson;
import io.convoy.model.Network;
import io.convoy.tensor.Shape;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The networks for 1000 classes of ImageNet are the published ones. */
class ZooTest {
  /**
   * Counts of {@code torchvision.models} without the moving statistics, which PyTorch keeps in
   * buffers, and of {@code keras.applications.MobileNet}: 4,253,864 in all, 21,888 of them moving
   * statistics.
   */
  @ParameterizedTest
  @CsvSource({
    "vgg11, 132863336",
    "vgg16, 138357544",
    "resnet18, 11689512",
    "resnet34, 21797672",
    "resnet50, 25557032",
    "mobilenet, 4231976"
  })
  void hasAsManyTrainableParametersAsPublished(String name, long published) {
    String summary = summary(name);
    assertTrue(summary.contains(String.format("(%,d trainable)", published)), summary);
  }

  /** Table 1 of each paper, projection shortcuts included; five halvings of 224 leave 7. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vgg11|8|[?, 7, 7, 512]",
        "vgg16|13|[?, 7, 7, 512]",
        "resnet34|36|[?, 7, 7, 512]",
        "resnet50|53|[?, 7, 7, 2048]",
        "mobilenet|14|[?, 7, 7, 1024]"
      })
  void hasThePapersConvolutionsAndFeatureMaps(String name, int convolutions, String last) {
    assertEquals(convolutions, count(name, "Conv2D"));
    assertTrue(summary(name).contains(last), summary(name));
  }

  @Test
  void mobilenetConvolvesDepthwiseThirteenTimes() {
    assertEquals(13, count("mobilenet", "DepthwiseConv2D"));
    assertTrue(summary("mobilenet").contains("Parameters: 4,253,864"), summary("mobilenet"));
  }

  /** As torchvision does: the 1x1 convolution of a stage's first block still sees all pixels. */
  @Test
  void bottlenecksHaveTheirStrideOnTheWindow() {
    assertTrue(summary("resnet50").contains("[?, 56, 56, 128]"), summary("resnet50"));
  }

  @Test
  void vggDropsOutBetweenItsDenseLayers() {
    assertEquals(2, count("vgg16", "Dropout"));
    assertEquals(3, count("vgg16", "Dense"));
  }

  /** Smaller ones are refused by name, not by the pooling that finds nothing left. */
  @ParameterizedTest
  @MethodSource("io.convoy.zoo.Zoo#names")
  void theSmallestImagesAreTaken(String name) {
    int side = 1;
    String refusal = "";
    for (boolean taken = false; !taken; ) {
      try {
        Zoo.byName(name, Shape.of(side, side, 3), 10).summary();
        taken = true;
      } catch (IllegalArgumentException e) {
        assertTrue(e.getMessage().startsWith("model '" + name + "' wants images of"), e.toString());
        refusal = e.getMessage();
        side++;
      }
    }
    assertTrue(side == 1 || refusal.contains("at least " + side + " x " + side), refusal);
  }

  @ParameterizedTest
  @MethodSource("io.convoy.zoo.Zoo#names")
  void layersAreReadBackAsTheyWereWritten(String name) {
    for (Network.Entry entry : network(name).entries()) {
      JsonObject written = LayerJson.write(entry.layer());
      assertEquals(written, LayerJson.write(LayerJson.read(written)), entry.name());
    }
  }

  /**
   * The layers of Krizhevsky et al. 2012 without groups have as many parameters: 34,944 + 614,656 +
   * 885,120 + 1,327,488 + 884,992 of the convolutions, 37,752,832 + 16,781,312 + 4,097,000 of the
   * dense layers.
   */
  @Test
  void alexnetHasAsManyParametersAsThePapersLayersWithoutGroups() {
    Network alexnet = Zoo.byName("alexnet", Shape.of(227, 227, 3), 1000);
    String summary = alexnet.summary();
    assertTrue(summary.contains("(62,378,344 trainable)"), summary);
    assertTrue(summary.contains("[?, 6, 6, 256]"), summary);
    assertEquals(2, count(alexnet, "LocalResponseNormalization"));
  }

  @Test
  void digitsIsTheNetOfTheRaceTo99Percent() {
    String summary = Zoo.byName("digits", Shape.of(28, 28, 1), 10).summary();
    assertTrue(summary.contains("(71,466 trainable)"), summary);
    assertTrue(summary.contains("[?, 3, 3, 64]"), summary);
  }

  private static long count(String name, String className) {
    return count(network(name), className);
  }

  private static long count(Network network, String className) {
    return network.entries().stream().filter(e -> e.layer().className().equals(className)).count();
  }

  private static String summary(String name) {
    return network(name).summary();
  }

  private static Network network(String name) {
    return Zoo.byName(name, Shape.of(224, 224, 3), 1000);
  }

  @Test
  void aSummaryIsTheSameTextWhereverItIsMade() {
    Network mlp = Zoo.byName("mlp", Shape.of(28, 28, 1), 10);
    String here = mlp.summary();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertEquals(here, mlp.summary());
      assertTrue(here.endsWith("Parameters: 535,818 (535,818 trainable)\n"), here);
    } finally {
      Locale.setDefault(before);
    }
  }
}
