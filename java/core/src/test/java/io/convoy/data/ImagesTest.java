// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.tensor.Shape;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {
  private static final Shape ALL_GREYS = Shape.of(16, 16, 1);

  @TempDir Path folder;

  /** What predict sees must be what training saw, to the bit. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB
      })
  void greysAreThoseOfADataset(int type) throws IOException {
    FloatBuffer expected = FloatBuffer.allocate(256);
    new ImageDataset(ALL_GREYS, 1, IdxBytes.counting(256), new int[1])
        .copy(0, 0, expected, IntBuffer.allocate(1));
    assertArrayEquals(expected.array(), Images.read(png(greys(type)), ALL_GREYS));
  }

  private static BufferedImage greys(int type) {
    BufferedImage image = new BufferedImage(16, 16, type);
    for (int v = 0; v < 256; v++) {
      if (type == BufferedImage.TYPE_BYTE_GRAY) {
        image.getRaster().setSample(v % 16, v / 16, 0, v);
      } else if (type == BufferedImage.TYPE_USHORT_GRAY) {
        image.getRaster().setSample(v % 16, v / 16, 0, v * 257);
      } else {
        image.setRGB(v % 16, v / 16, 0xFF << 24 | v << 16 | v << 8 | v);
      }
    }
    return image;
  }

  @Test
  void colourBecomesGreyByLuma() throws IOException {
    Path file = png(pixels(BufferedImage.TYPE_INT_RGB, 3, 0xFF0000, 0x00FF00, 0x0000FF));
    assertArrayEquals(
        new float[] {0.299f, 0.587f, 0.114f}, Images.read(file, Shape.of(1, 3, 1)), 1e-7f);
  }

  @Test
  void colourStaysRedGreenBlue() throws IOException {
    Path file = png(pixels(BufferedImage.TYPE_INT_RGB, 2, 0xFF8000, 0x0000FF));
    assertArrayEquals(
        new float[] {1, 128 / 255f, 0, 0, 0, 1}, Images.read(file, Shape.of(1, 2, 3)));
  }

  @Test
  void greyIsRepeatedForThreeChannels() throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, 51);
    assertArrayEquals(
        new float[] {0.2f, 0.2f, 0.2f}, Images.read(png(image), Shape.of(1, 1, 3)), 1e-7f);
  }

  @Test
  void palettesAreLookedUp() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    image.setRGB(1, 0, 0xFFFFFFFF);
    assertArrayEquals(new float[] {0, 1}, Images.read(png(image), Shape.of(1, 2, 1)));
  }

  @Test
  void transparentPartsLieOnBlack() throws IOException {
    Path file = png(pixels(BufferedImage.TYPE_INT_ARGB, 3, 0xFFFFFFFF, 0x80FFFFFF, 0x00FFFFFF));
    assertArrayEquals(new float[] {1, 128 / 255f, 0}, Images.read(file, Shape.of(1, 3, 1)), 1e-7f);
  }

  @Test
  void transparentGreyLiesOnBlack() throws IOException {
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            true,
            false,
            Transparency.TRANSLUCENT,
            DataBuffer.TYPE_BYTE);
    BufferedImage image =
        new BufferedImage(model, model.createCompatibleWritableRaster(2, 1), false, null);
    image.getRaster().setPixels(0, 0, 2, 1, new int[] {204, 255, 204, 51});
    assertArrayEquals(new float[] {0.8f, 0.16f}, Images.read(png(image), Shape.of(1, 2, 1)), 1e-7f);
  }

  @Test
  void scalesDownByArea() throws IOException {
    // Columns 0 51 102 153 204, each fifth of 255 more, over 2 pixels of 2.5 columns each.
    BufferedImage image = new BufferedImage(5, 2, BufferedImage.TYPE_BYTE_GRAY);
    for (int x = 0; x < 5; x++) {
      image.getRaster().setSample(x, 0, 0, 51 * x);
      image.getRaster().setSample(x, 1, 0, 51 * x + 20);
    }
    float left = (0 + 51 + 102 / 2f) / 2.5f / 255;
    float right = (102 / 2f + 153 + 204) / 2.5f / 255;
    float lower = 20 / 255f;
    assertArrayEquals(
        new float[] {left, right, left + lower, right + lower},
        Images.read(png(image), Shape.of(2, 2, 1)),
        1e-6f);
    assertArrayEquals(
        new float[] {left + lower / 2, right + lower / 2},
        Images.read(png(image), Shape.of(1, 2, 1)),
        1e-6f);
  }

  @Test
  void scalesUpByArea() throws IOException {
    BufferedImage image = new BufferedImage(1, 2, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 1, 0, 255);
    assertArrayEquals(
        new float[] {0, 0, 0.5f, 0.5f, 1, 1}, Images.read(png(image), Shape.of(3, 2, 1)), 1e-7f);
  }

  @Test
  void keepsTheMeanWhateverTheSize() throws IOException {
    Path file = png(greys(BufferedImage.TYPE_BYTE_GRAY));
    for (int size = 1; size < 40; size++) {
      float[] scaled = Images.read(file, Shape.of(size, 41 - size, 1));
      double mean = 0;
      for (float v : scaled) {
        mean += v / scaled.length;
      }
      assertEquals(0.5, mean, 1e-6, "height " + size);
    }
  }

  @Test
  void readsJpeg() throws IOException {
    BufferedImage grey = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSamples(0, 0, 32, 32, 0, filled(1024, 100));
    assertEquals(100 / 255f, Images.read(write(grey, "jpg"), Shape.of(1, 1, 1))[0], 0.01f);
    BufferedImage red = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    red.setRGB(0, 0, 32, 32, filled(1024, 0xFF0000), 0, 32);
    assertArrayEquals(
        new float[] {1, 0, 0}, Images.read(write(red, "jpg"), Shape.of(1, 1, 3)), 0.02f);
  }

  @Test
  void refusesWhatIsNoImage() throws IOException {
    Path text = Files.writeString(folder.resolve("text.png"), "no image");
    refuses(text, "text.png' is no PNG or JPEG image. Convert it");
    Path empty = Files.write(folder.resolve("empty.png"), new byte[0]);
    refuses(empty, "is no PNG or JPEG image");
    refuses(folder.resolve("none.png"), "there is no image file");
    refuses(folder, "there is no image file");
    refuses(write(greys(BufferedImage.TYPE_INT_RGB), "bmp"), "is no PNG or JPEG image");
  }

  @Test
  void refusesImagesThatAreCutOff() throws IOException {
    int[] noise = new Random(1).ints(3600).toArray();
    BufferedImage image = pixels(BufferedImage.TYPE_INT_RGB, 60, noise);
    for (String format : new String[] {"png", "jpg"}) {
      byte[] bytes = Files.readAllBytes(write(image, format));
      int end = 20; // bytes of PNG's last chunk, which is empty, and its checksum before it
      for (int length = 0; length < bytes.length - end; length += 97) {
        Path cut = Files.write(folder.resolve("cut.png"), Arrays.copyOf(bytes, length));
        String message =
            assertThrows(
                    DataException.class,
                    () -> Images.read(cut, ALL_GREYS),
                    format + " cut to " + length + " of " + bytes.length)
                .getMessage();
        assertTrue(message.contains("cut.png"), message);
      }
    }
  }

  /** The JDK's decoder throws an IllegalArgumentException for a grey profile in a colour image. */
  @Test
  void refusesProfilesOfAnotherColourSpace() throws IOException {
    byte[] image = Files.readAllBytes(write(greys(BufferedImage.TYPE_INT_RGB), "jpg"));
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();
    byte[] name = {'I', 'C', 'C', '_', 'P', 'R', 'O', 'F', 'I', 'L', 'E', 0, 1, 1};
    ByteBuffer bytes = ByteBuffer.allocate(image.length + 4 + name.length + profile.length);
    bytes.put(image, 0, 2); // start of image
    bytes.putShort((short) 0xFFE2).putShort((short) (2 + name.length + profile.length));
    bytes.put(name).put(profile).put(image, 2, image.length - 2);
    Path file = Files.write(folder.resolve("profile.jpg"), bytes.array());
    refuses(file, "profile.jpg' can't be read: Numbers of source Raster bands");
  }

  @Test
  void refusesHugeImagesBeforeDecodingThem() throws IOException {
    byte[] image = Files.readAllBytes(png(greys(BufferedImage.TYPE_BYTE_GRAY)));
    ByteBuffer.wrap(image).putInt(16, 100_000).putInt(20, 100_000);
    CRC32 crc = new CRC32();
    crc.update(image, 12, 17);
    ByteBuffer.wrap(image).putInt(29, (int) crc.getValue());
    Path file = Files.write(folder.resolve("huge.png"), image);
    refuses(file, "has 100000 x 100000 pixels; at most 100000000 can be read");
  }

  @Test
  void refusesShapesThatAreNoImages() throws IOException {
    Path file = png(greys(BufferedImage.TYPE_BYTE_GRAY));
    for (Shape shape : new Shape[] {Shape.of(784), Shape.of(28, 28), Shape.of(28, 28, 2)}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> Images.read(file, shape)).getMessage();
      assertTrue(message.contains(shape.toString()), message);
    }
  }

  private static void refuses(Path file, String expected) {
    DataException e = assertThrows(DataException.class, () -> Images.read(file, ALL_GREYS));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  private static BufferedImage pixels(int type, int width, int... argb) {
    BufferedImage image = new BufferedImage(width, argb.length / width, type);
    image.setRGB(0, 0, width, argb.length / width, argb, 0, width);
    return image;
  }

  private static int[] filled(int count, int value) {
    int[] values = new int[count];
    Arrays.fill(values, value);
    return values;
  }

  private Path png(BufferedImage image) throws IOException {
    return write(image, "png");
  }

  private Path write(BufferedImage image, String format) throws IOException {
    Path file = folder.resolve("image." + format);
    assertTrue(ImageIO.write(image, format, file.toFile()));
    return file;
  }
}
