// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.Npy;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import io.convoy.tensor.TensorSpec;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets that are no IDX files. */
class OwnDataTest {
  private static final List<String> CLASSES = List.of("bright", "dark");

  @TempDir Path temp;
  private Path data;
  private Path out;

  @BeforeEach
  void namePaths() {
    data = temp.resolve("data");
    out = temp.resolve("run");
  }

  @Test
  void aFolderOfImagesIsTrainedEvaluatedAndPredicted() throws IOException {
    for (int i = 0; i < 40; i++) {
      image(data.resolve(CLASSES.get(i % 2)).resolve(i + ".png"), i);
    }
    List<String> lines =
        train("--image-shape", "12,12,1", "--epochs", 10, "--validation-split", 0.25);
    assertTrue(lines.get(2).endsWith(", 27 images for training, 9 for validation"), lines.get(2));
    assertEquals("classes     bright: 14, dark: 13", lines.get(3));
    assertTrue(lines.get(lines.size() - 2).contains("accuracy 1.0000, 4 images"), lines::toString);

    Path model = out.resolve("last.safetensors");
    String test = Cli.run("evaluate", model, data).mustSucceed().out();
    assertTrue(test.contains("accuracy 1.0000, 4 images"), test);
    String dark = Cli.run("predict", model, data.resolve("dark/1.png")).mustSucceed().out();
    assertTrue(dark.lines().toList().get(1).startsWith("  dark  "), dark);
    assertTrue(test.contains("true \\ predicted  bright  dark"), test);
    Path csv = temp.resolve("confusion.csv");
    Cli.run("evaluate", model, data, "--csv", csv).mustSucceed();
    assertEquals("true,bright,dark", Files.readAllLines(csv).get(0));
    Cli.run("train", "--resume", out, "--image-shape", "28,28,1")
        .mustFail(2, "begun with --image-shape 12,12,1, not 28,28,1");
  }

  @Test
  void aFolderWithATestSetIsTrained() throws IOException {
    for (int i = 0; i < 40; i++) {
      image(data.resolve("train").resolve(CLASSES.get(i % 2)).resolve(i + ".png"), i);
    }
    image(data.resolve("test/dark/1.png"), 1);
    List<String> lines = train("--image-shape", "12,12,3", "--epochs", 1);
    assertTrue(lines.get(2).endsWith(", 36 images for training, 4 for validation"), lines.get(2));
    assertTrue(lines.get(lines.size() - 2).contains(", 1 images"), lines::toString);
  }

  @Test
  void theTestSetOfAFolderIsAsLargeAsAskedFor() throws IOException {
    for (int i = 0; i < 40; i++) {
      image(data.resolve(CLASSES.get(i % 2)).resolve(i + ".png"), i);
    }
    List<String> lines = train("--image-shape", "12,12,1", "--epochs", 1, "--test-split", 0.25);
    assertTrue(lines.get(2).endsWith(", 27 images for training, 3 for validation"), lines.get(2));
    assertTrue(lines.get(lines.size() - 2).contains(", 10 images"), lines::toString);
    String test =
        Cli.run("evaluate", out.resolve("last.safetensors"), data, "--test-split", 0.25)
            .mustSucceed()
            .out();
    assertTrue(test.contains(", 10 images"), test);
    image(data.resolve("train/dark/1.png"), 1);
    image(data.resolve("train/bright/2.png"), 2);
    image(data.resolve("test/dark/1.png"), 1);
    Cli.run("train", data, "--test-split", 0.25).mustFail(2, "has its own test set", "Leave out");
  }

  @Test
  void classesOfOtherNamesAreNotMeasured() throws IOException {
    for (int i = 0; i < 40; i++) {
      image(data.resolve(CLASSES.get(i % 2)).resolve(i + ".png"), i);
    }
    train("--image-shape", "12,12,1", "--epochs", 1);
    Files.move(data.resolve("bright"), data.resolve("light"));
    Path model = out.resolve("last.safetensors");
    assertTrue(Cli.run("evaluate", model, data).err().startsWith("decoding 40 images in " + data));
    Cli.run("evaluate", model, data)
        .mustFail(1, "knows the classes bright, dark, the data have dark, light");
  }

  @Test
  void anUnreadableImageIsNamed() throws IOException {
    image(data.resolve("dark/1.png"), 1);
    Path bad =
        Files.writeString(Files.createDirectories(data.resolve("light")).resolve("x.jpg"), "");
    Cli.run("train", data, "--out", out).mustFail(1, bad.toString(), "is no PNG or JPEG image");
  }

  @Test
  void anNpzFileIsTrained() throws IOException {
    data = temp.resolve("data.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(data))) {
      add(zip, "x_train", 40, true);
      add(zip, "y_train", 40, false);
      add(zip, "x_test", 6, true);
      add(zip, "y_test", 6, false);
    }
    List<String> lines = train("--epochs", 10);
    assertTrue(lines.get(2).endsWith(", 36 images for training, 4 for validation"), lines.get(2));
    assertEquals("classes     0: 18, 1: 18", lines.get(3));
    assertTrue(lines.get(lines.size() - 2).contains("accuracy 1.0000, 6 images"), lines::toString);
  }

  @Test
  void aDamagedNpzFileIsNamed() throws IOException {
    data = Files.writeString(temp.resolve("data.npz"), "PK");
    Cli.run("train", data, "--out", out).mustFail(1, data.toString(), "can't be read as .npz");
  }

  private List<String> train(Object... more) {
    Object[] first = {
      "train", data, "--out", out, "--model", "lenet5", "--batch-size", 8, "--learning-rate", 0.005
    };
    Object[] words = new Object[first.length + more.length];
    System.arraycopy(first, 0, words, 0, first.length);
    System.arraycopy(more, 0, words, first.length, more.length);
    Stream<String> lines = Cli.run(words).mustSucceed().out().lines();
    return lines.filter(line -> !line.startsWith("decoding ")).toList();
  }

  /** An odd one is dark. */
  private static int grey(int index) {
    return (index % 2 == 0 ? 200 : 50) + index % 7;
  }

  private static void image(Path file, int index) throws IOException {
    BufferedImage image = new BufferedImage(20, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 320; i++) {
      image.setRGB(i % 20, i / 20, grey(index) * 0x010101);
    }
    Files.createDirectories(file.getParent());
    assertTrue(ImageIO.write(image, "png", file.toFile()));
  }

  private void add(ZipOutputStream zip, String name, int count, boolean images) throws IOException {
    Shape shape = images ? Shape.of(count, 12, 12) : Shape.of(count);
    Tensor tensor = Tensor.zeros(new TensorSpec(DType.UINT8, shape));
    int each = shape.elementsPerRow();
    for (int i = 0; i < count * each; i++) {
      tensor.bytes().put(i, (byte) (images ? grey(i / each) : i % 2));
    }
    Path file = temp.resolve(name + ".npy");
    Npy.write(file, tensor);
    zip.putNextEntry(new ZipEntry(name + ".npy"));
    Files.copy(file, zip);
    zip.closeEntry();
  }
}
