// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.data.Dataset;
import io.convoy.data.Npy;
import io.convoy.random.Philox;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import io.convoy.tensor.TensorSpec;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnDataTest {
  @TempDir Path folder;

  @Test
  void imagesAndArraysAreRead() throws IOException {
    for (String name : List.of("cat/1", "cat/2", "dog/1", "dog/2")) {
      Path file = folder.resolve("pets/" + name + ".png");
      Files.createDirectories(file.getParent());
      BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(image, "png", file.toFile());
    }
    Tensor images = Tensor.zeros(new TensorSpec(DType.UINT8, Shape.of(2, 28, 28)));
    Tensor labels = Tensor.of(new int[] {0, 9}, 2);
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("digits.npz")))) {
      for (String set : List.of("train", "test")) {
        add(zip, "x_" + set, images);
        add(zip, "y_" + set, labels);
      }
    }
    Npy.write(folder.resolve("features.npy"), Tensor.of(new float[10], 2, 5));
    Npy.write(folder.resolve("labels.npy"), labels);
    List<Dataset> sets = OwnData.read(folder);
    assertEquals(
        List.of(Shape.of(64, 64, 3), Shape.of(28, 28, 1), Shape.of(5)),
        sets.stream().map(Dataset::instanceShape).toList());
    assertEquals(List.of(3, 2, 2), sets.stream().map(Dataset::size).toList());
    assertEquals(3, OwnData.batches(sets.get(0)));
  }

  private void add(ZipOutputStream zip, String name, Tensor tensor) throws IOException {
    Path file = folder.resolve(name + ".npy");
    Npy.write(file, tensor);
    zip.putNextEntry(new ZipEntry(name + ".npy"));
    Files.copy(file, zip);
    zip.closeEntry();
  }

  /** Species differ by their petals, up to noise that does not reach another's. */
  @Test
  void irisesAreLearned() throws IOException {
    StringBuilder table = new StringBuilder("petal length,habitat,species\n");
    Philox noise = new Philox(1, 0, 0);
    for (int i = 0; i < 150; i++) {
      noise.block(i);
      int species = i / 50;
      table.append(2 * species + noise.uniform(0)).append(',');
      table.append(noise.uniform(1) < 0.5 ? "meadow" : "moor").append(',');
      table.append(List.of("setosa", "versicolor", "virginica").get(species)).append('\n');
    }
    Path file = Files.writeString(folder.resolve("iris.csv"), table);
    assertEquals(1, OwnData.irises(file));
  }
}
