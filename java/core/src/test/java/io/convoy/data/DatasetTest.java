// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.convoy.tensor.Shape;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DatasetTest {
  private static final Shape PIXEL_PAIR = Shape.of(1, 2, 1);

  /** Instance i has the pixels 2i and 2i + 1, and label i mod 3. */
  private static ImageDataset images(int size) {
    return new ImageDataset(PIXEL_PAIR, 3, IdxBytes.counting(2 * size), labels(size));
  }

  /** Instance i has the features 2i and 2i + 1, and label i mod 3. */
  private static ArrayDataset arrays(int size) {
    float[] features = new float[2 * size];
    for (int i = 0; i < features.length; i++) {
      features[i] = i;
    }
    return new ArrayDataset(PIXEL_PAIR, 3, features, labels(size));
  }

  private static int[] labels(int size) {
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = i % 3;
    }
    return labels;
  }

  @Test
  void scalesEveryByteAsAFloatDivision() {
    FloatBuffer features = FloatBuffer.allocate(256);
    ImageDataset data =
        new ImageDataset(Shape.of(16, 16, 1), 1, IdxBytes.counting(256), new int[1]);
    data.copy(0, 0, features, IntBuffer.allocate(1));
    for (int v = 0; v < 256; v++) {
      assertEquals(v / 255f, features.get(v));
    }
  }

  @Test
  void copiesTheIndexedInstancesToTheFirstRows() {
    FloatBuffer features = FloatBuffer.wrap(filled(8, -1));
    IntBuffer labels = IntBuffer.wrap(new int[] {-1, -1, -1, -1});
    arrays(5).copy(new int[] {0, 4, 1, 3, 2}, 1, 3, features, labels);
    assertArrayEquals(new float[] {8, 9, 2, 3, 6, 7, -1, -1}, features.array());
    assertArrayEquals(new int[] {1, 1, 0, -1}, labels.array());
    assertEquals(0, features.position());
    assertEquals(0, labels.position());
  }

  @Test
  void bothKindsCopyAlike() {
    FloatBuffer bytes = FloatBuffer.allocate(6);
    FloatBuffer floats = FloatBuffer.allocate(6);
    IntBuffer byteLabels = IntBuffer.allocate(3);
    IntBuffer floatLabels = IntBuffer.allocate(3);
    int[] indices = {4, 0, 2};
    images(5).copy(indices, 0, 3, bytes, byteLabels);
    arrays(5).copy(indices, 0, 3, floats, floatLabels);
    for (int i = 0; i < 6; i++) {
      assertEquals(floats.get(i) / 255f, bytes.get(i));
    }
    assertEquals(floatLabels, byteLabels);
  }

  @Test
  void rangesNumberTheirInstancesFromZero() {
    Dataset range = arrays(10).range(2, 8).range(1, 3);
    assertEquals(2, range.size());
    assertEquals(3, range.classes());
    assertEquals(PIXEL_PAIR, range.instanceShape());
    FloatBuffer features = FloatBuffer.allocate(4);
    IntBuffer labels = IntBuffer.allocate(2);
    range.copy(new int[] {1, 0}, 0, 2, features, labels);
    assertArrayEquals(new float[] {8, 9, 6, 7}, features.array());
    assertArrayEquals(new int[] {1, 0}, labels.array());
  }

  @Test
  void refusesIndicesOutside() {
    FloatBuffer features = FloatBuffer.allocate(4);
    IntBuffer labels = IntBuffer.allocate(2);
    for (Dataset data : new Dataset[] {images(5), arrays(5), images(9).range(2, 7)}) {
      for (int index : new int[] {-1, 5}) {
        assertThrows(IndexOutOfBoundsException.class, () -> data.copy(index, 0, features, labels));
      }
      assertThrows(IndexOutOfBoundsException.class, () -> data.copy(0, 2, features, labels));
      assertThrows(IndexOutOfBoundsException.class, () -> data.range(3, 6));
      assertThrows(IndexOutOfBoundsException.class, () -> data.range(-1, 2));
      assertThrows(IllegalArgumentException.class, () -> data.range(2, 2));
    }
  }

  @Test
  void refusesCountsThatDoNotFit() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new ImageDataset(PIXEL_PAIR, 3, new byte[9], new int[5]))
            .getMessage();
    assertEquals("5 labels for instances of shape [1, 2, 1] want 10 values, there are 9", message);
    assertThrows(
        IllegalArgumentException.class,
        () -> new ArrayDataset(PIXEL_PAIR, 3, new float[11], new int[5]));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ArrayDataset(PIXEL_PAIR, 3, new float[0], new int[0]));
  }

  @Test
  void refusesLabelsBeyondTheClasses() {
    for (int label : new int[] {3, -1}) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> new ImageDataset(PIXEL_PAIR, 3, new byte[4], new int[] {0, label}))
              .getMessage();
      assertEquals("instance 1 has label " + label + "; with 3 classes labels are 0 to 2", message);
    }
  }

  @Test
  void copyingAllocatesNothing() {
    int[] indices = {3, 1, 4, 0, 2};
    FloatBuffer features =
        ByteBuffer.allocateDirect(40).order(ByteOrder.nativeOrder()).asFloatBuffer();
    IntBuffer labels = ByteBuffer.allocateDirect(20).order(ByteOrder.nativeOrder()).asIntBuffer();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (Dataset data : new Dataset[] {images(5), arrays(5), images(9).range(2, 7)}) {
      data.copy(indices, 0, 5, features, labels);
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 1000; i++) {
        data.copy(indices, 0, 5, features, labels);
      }
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertTrue(allocated < 1000, allocated + " bytes by 1000 copies of " + data);
    }
  }

  @Test
  void validationIsTheLastPartAsInKeras() {
    assertSplit(60000, 0.1, 54000);
    assertSplit(10, 0.25, 7); // 7.5, rounded down
    assertSplit(3, 0.001, 2);
  }

  private static void assertSplit(int size, double fraction, int train) {
    Dataset data = new ArrayDataset(Shape.of(1), 1, ordinals(size), new int[size]);
    Splits splits = Splits.validation(data, fraction);
    assertEquals(train, splits.train().size());
    assertEquals(size - train, splits.validation().size());
    assertEquals(0, first(splits.train()));
    assertEquals(train, first(splits.validation()));
  }

  private static float first(Dataset data) {
    FloatBuffer feature = FloatBuffer.allocate(1);
    data.copy(0, 0, feature, IntBuffer.allocate(1));
    return feature.get(0);
  }

  @Test
  void refusesSplitsThatLeaveNothing() {
    for (double fraction : new double[] {0, 1, -0.1, 1.5, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> Splits.validation(arrays(10), fraction));
    }
    String message =
        assertThrows(IllegalArgumentException.class, () -> Splits.validation(arrays(2), 0.6))
            .getMessage();
    assertTrue(message.contains("leaves 0 of 2 instances for training and 2"), message);
  }

  private static float[] ordinals(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i;
    }
    return values;
  }

  private static float[] filled(int count, float value) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return values;
  }
}
