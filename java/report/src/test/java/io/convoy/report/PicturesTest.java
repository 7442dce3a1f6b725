// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.ArrayDataset;
import io.convoy.data.Dataset;
import io.convoy.metrics.Mistake;
import io.convoy.model.Model;
import io.convoy.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PicturesTest {
  private static final int WHITE = 0xFFFFFFFF;
  private static final int BLACK = 0xFF000000;

  private static int grey(int level) {
    return 0xFF000000 | level << 16 | level << 8 | level;
  }

  @Test
  void anInstanceIsEnlargedByWholePixels() {
    BufferedImage image = Pictures.instance(Models.images(), 0);
    assertArrayEquals(new int[] {84, 84}, new int[] {image.getWidth(), image.getHeight()});
    assertEquals(WHITE, image.getRGB(41, 83));
    assertEquals(grey(153), image.getRGB(42, 42));
    assertEquals(grey(153), image.getRGB(83, 83));
    BufferedImage other = Pictures.instance(Models.images(), 2);
    assertEquals(BLACK, other.getRGB(83, 0));
    assertEquals(grey(102), other.getRGB(0, 83));
  }

  @Test
  void coloursStayInTheirOrder() {
    Dataset data =
        new ArrayDataset(Shape.of(1, 2, 3), 1, new float[] {1, 0.2f, 0, 0, 0.4f, 1}, new int[] {0});
    BufferedImage image = Pictures.instance(data, 0);
    assertEquals(0xFFFF3300, image.getRGB(0, 0));
    assertEquals(0xFF0066FF, image.getRGB(83, 0));
  }

  @Test
  void numbersOutsideOf0To1AreBroughtThere() {
    Dataset data = new ArrayDataset(Shape.of(1, 3, 1), 1, new float[] {-2, 0, 3}, new int[] {0});
    BufferedImage image = Pictures.instance(data, 0);
    assertEquals(BLACK, image.getRGB(0, 0));
    assertEquals(grey(102), image.getRGB(40, 0));
    assertEquals(WHITE, image.getRGB(83, 0));
  }

  @Test
  void whatIsNoImageIsRefused() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Pictures.instance(Models.tables(), 0))
            .getMessage();
    assertTrue(message.contains("are no images"), message);
  }

  @Test
  void instancesStandInReadingOrder() {
    Dataset data = new ArrayDataset(Shape.of(1, 1, 1), 1, new float[] {0, 0.6f, 1}, new int[3]);
    BufferedImage grid = Pictures.instances(data, new int[] {2, 1, 0}, 2);
    assertEquals(2 * 86 - 2, grid.getWidth());
    assertEquals(WHITE, grid.getRGB(0, 0));
    assertEquals(grey(153), grid.getRGB(86, 0));
    assertEquals(BLACK, grid.getRGB(0, 86));
    assertThrows(IllegalArgumentException.class, () -> Pictures.instances(data, new int[0], 2));
    assertThrows(IllegalArgumentException.class, () -> Pictures.instances(data, new int[] {0}, 0));
  }

  @Test
  void mistakesStandInRowsOfEight() {
    List<Mistake> mistakes = java.util.Collections.nCopies(9, new Mistake(0, 0, 1, 0.1f, 0.9f));
    BufferedImage grid = Pictures.mistakes(mistakes, Models.images());
    assertEquals(8 * 86 - 2, grid.getWidth());
    assertEquals(2 * 86 - 2, grid.getHeight());
    assertEquals(WHITE, grid.getRGB(86, 0));
    assertEquals(0, grid.getRGB(85, 0), "between two it is transparent");
    assertEquals(grey(153), grid.getRGB(83, 86 + 83));
    assertEquals(0, grid.getRGB(86, 86), "there is no tenth");
  }

  @Test
  void filtersAreShownAround0() {
    try (Model model = Models.ofImages()) {
      BufferedImage filters = Pictures.filters(model).orElseThrow();
      assertEquals(2 * 42 - 2, filters.getWidth());
      assertEquals(WHITE, filters.getRGB(0, 0));
      assertEquals(BLACK, filters.getRGB(42, 0));
    }
  }

  @Test
  void aFilterStandsAsItLiesOnTheImage() {
    try (Model model = Models.ofOneFilter(1, 0.5f, 0, -1)) {
      BufferedImage filter = Pictures.filters(model).orElseThrow();
      assertEquals(WHITE, filter.getRGB(0, 0));
      assertEquals(grey(191), filter.getRGB(39, 0));
      assertEquals(grey(128), filter.getRGB(0, 39));
      assertEquals(BLACK, filter.getRGB(39, 39));
    }
  }

  @Test
  void activationsAreThoseOfTheImage() {
    try (Model model = Models.ofImages()) {
      Map<String, BufferedImage> maps = Pictures.activations(model, Models.images(), 0);
      assertEquals(List.of("conv2d"), List.copyOf(maps.keySet()));
      BufferedImage strip = maps.get("conv2d"); // 1 1 1 0.6, and 1 minus that
      assertEquals(2 * 58 - 2, strip.getWidth());
      assertEquals(WHITE, strip.getRGB(0, 0));
      assertEquals(BLACK, strip.getRGB(55, 55));
      assertEquals(BLACK, strip.getRGB(58, 0));
      assertEquals(WHITE, strip.getRGB(58 + 55, 55));
      BufferedImage other = Pictures.activations(model, Models.images(), 2).get("conv2d");
      assertEquals(BLACK, other.getRGB(55, 0));
      assertEquals(WHITE, other.getRGB(0, 55));
    }
  }

  @Test
  void withoutAConvolutionThereAreNone() {
    try (Model model = Models.withoutConvolution()) {
      assertTrue(Pictures.filters(model).isEmpty());
      assertTrue(Pictures.activations(model, Models.images(), 0).isEmpty());
    }
  }

  @Test
  void anAddressHoldsThePicture() throws IOException {
    BufferedImage image = Pictures.instance(Models.images(), 0);
    String address = Pixels.address(image);
    assertTrue(address.startsWith("data:image/png;base64,"));
    byte[] png = Base64.getDecoder().decode(address.substring(address.indexOf(',') + 1));
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(png));
    assertEquals(image.getRGB(42, 42), read.getRGB(42, 42));
  }

  @Test
  void picturesOfAnySizeStandBelowEachOther() {
    BufferedImage small = Pixels.of(1, 1, 1, (y, x, c) -> 1, 0, 1, 5);
    BufferedImage wide = Pixels.of(1, 2, 1, (y, x, c) -> 0.6f, 0, 1, 8);
    BufferedImage column = Pixels.column(List.of(small, wide));
    assertEquals(8, column.getWidth());
    assertEquals(5 + 12 + 4, column.getHeight());
    assertEquals(WHITE, column.getRGB(4, 4));
    assertEquals(0, column.getRGB(5, 0));
    assertEquals(grey(153), column.getRGB(7, 17));
  }
}
