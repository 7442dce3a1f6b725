// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import io.convoy.tensor.TensorSpec;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.junit.jupiter.api.Test;

class TensorInstancesTest {
  private static final Tensor LABELS = Tensor.of(new int[] {0, 3}, 2);

  @Test
  void floatsAreTakenAsTheyAre() {
    Dataset data = Dataset.of(Tensor.of(new float[] {1, 2, 3, 400}, 2, 2), LABELS);
    assertEquals(Shape.of(2), data.instanceShape());
    assertEquals(4, data.classes());
    assertFalse(data.packed().isPresent());
    requireInstance(data, 1, 3, 3, 400);
  }

  @Test
  void bytesAreImages() {
    for (int[] dims : new int[][] {{2, 1, 2}, {2, 1, 2, 1}}) {
      Dataset data = Dataset.of(bytes(dims, 0, 255, 51, 102), LABELS);
      assertEquals(Shape.of(1, 2, 1), data.instanceShape());
      assertTrue(data.packed().isPresent());
      requireInstance(data, 1, 3, 51 / 255f, 102 / 255f);
    }
    Dataset colour = Dataset.of(bytes(new int[] {2, 1, 1, 3}, 0, 1, 2, 3, 4, 5), LABELS);
    assertEquals(Shape.of(1, 1, 3), colour.instanceShape());
  }

  @Test
  void labelsMayBeBytesOrAColumn() {
    Tensor features = Tensor.of(new float[2], 2, 1);
    assertEquals(201, Dataset.of(features, bytes(new int[] {2, 1}, 200, 0)).classes());
    assertEquals(2, Dataset.of(features, Tensor.of(new int[2], 2, 1)).classes());
    assertEquals(9, Dataset.of(features, LABELS, 9).classes());
  }

  @Test
  void refusesOtherTypesAndShapes() {
    Tensor features = Tensor.of(new float[2], 2, 1);
    refuses(features, Tensor.of(new float[2], 2), "labels are FLOAT32 [2]; they must be INT32");
    refuses(features, Tensor.of(new int[4], 2, 2), "One-hot labels become such by argmax");
    refuses(features, Tensor.of(new int[3], 3), "features of shape [2, 1] and 3 labels");
    refuses(Tensor.of(new float[2], 2), LABELS, "shape [2, …] is wanted");
    refuses(Tensor.of(new int[2], 2, 1), LABELS, "features are INT32 [2, 1]; they must be FLOAT32");
    refuses(bytes(new int[] {2, 2}, 0, 1, 2, 3), LABELS, "bytes must be images");
    refuses(features, Tensor.of(new int[] {-1, 0}, 2), "instance 0 has label -1");
    refuses(features, Tensor.of(new int[] {0, 1_000_000}, 2), "a label is 1000000; number the");
    refuses(Tensor.of(new float[0], 0, 1), Tensor.of(new int[0], 0), "there is nothing in them");
  }

  private static void refuses(Tensor features, Tensor labels, String expected) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Dataset.of(features, labels));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  private static Tensor bytes(int[] dims, int... values) {
    Tensor tensor = Tensor.zeros(new TensorSpec(DType.UINT8, Shape.of(dims)));
    tensor.bytes().put(IdxBytes.bytes(values));
    return tensor;
  }

  private static void requireInstance(Dataset data, int index, int label, float... expected) {
    FloatBuffer features = FloatBuffer.allocate(expected.length);
    IntBuffer labels = IntBuffer.allocate(1);
    data.copy(index, 0, features, labels);
    assertArrayEquals(expected, features.array());
    assertEquals(label, labels.get(0));
  }
}
