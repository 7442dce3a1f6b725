// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.tensor.Shape;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StratifiedTest {
  /** 60, 30 and 10 of three classes, one class behind the other; the feature is the index. */
  private static Dataset sorted() {
    float[] features = new float[100];
    int[] labels = new int[100];
    for (int i = 0; i < 100; i++) {
      features[i] = i;
      labels[i] = i < 60 ? 0 : i < 90 ? 1 : 2;
    }
    return new ArrayDataset(Shape.of(1), 3, features, labels);
  }

  @Test
  void countsClasses() {
    assertArrayEquals(new int[] {60, 30, 10}, sorted().classCounts());
    assertArrayEquals(new int[] {0, 5, 10}, sorted().range(85, 100).classCounts());
    Dataset images = new ImageDataset(Shape.of(1, 1, 1), 3, new byte[2], new int[] {2, 2});
    assertArrayEquals(new int[] {0, 0, 2}, images.classCounts());
  }

  @Test
  void labelsCanBeReadOfDatasetsThatOnlyCopy() {
    Dataset whole = sorted();
    Dataset minimal =
        new Dataset() {
          @Override
          public int size() {
            return 15;
          }

          @Override
          public Shape instanceShape() {
            return whole.instanceShape();
          }

          @Override
          public int classes() {
            return 3;
          }

          @Override
          public void copy(int index, int row, FloatBuffer features, IntBuffer labels) {
            whole.copy(index + 85, row, features, labels);
          }
        };
    assertArrayEquals(new int[] {0, 5, 10}, minimal.classCounts());
  }

  @Test
  void everyStretchHasTheSharesOfTheWhole() {
    int[] labels = IntStream.range(0, 100).map(sorted()::label).toArray();
    int[] order = Stratified.order(labels, 3, 5);
    assertArrayEquals(IntStream.range(0, 100).toArray(), Arrays.stream(order).sorted().toArray());
    for (int from = 0; from < 100; from += 10) {
      int[] counts = new int[3];
      for (int i = from; i < from + 10; i++) {
        counts[labels[order[i]]]++;
      }
      assertArrayEquals(new int[] {6, 3, 1}, counts, "from " + from);
    }
  }

  @Test
  void splitsKeepTheSharesAndTheInstances() {
    Splits splits = Splits.stratified(sorted(), 0.2, 5);
    assertArrayEquals(new int[] {48, 24, 8}, splits.train().classCounts());
    assertArrayEquals(new int[] {12, 6, 2}, splits.validation().classCounts());
    boolean[] seen = new boolean[100];
    for (Dataset part : new Dataset[] {splits.train(), splits.validation()}) {
      for (int index : indices(part)) {
        assertFalse(seen[index]);
        seen[index] = true;
      }
    }
    for (int i = 0; i < 20; i++) {
      int index = indices(splits.validation())[i];
      assertEquals(sorted().label(index), splits.validation().label(i));
    }
  }

  @Test
  void theSeedChoosesTheSplit() {
    int[] one = indices(Splits.stratified(sorted(), 0.2, 1).validation());
    assertArrayEquals(one, indices(Splits.stratified(sorted(), 0.2, 1).validation()));
    assertFalse(Arrays.equals(one, indices(Splits.stratified(sorted(), 0.2, 2).validation())));
  }

  @Test
  void smallClassesAndEmptyOnesAreAllowed() {
    int[] labels = {3, 0, 0, 0, 0, 0, 0, 0, 0};
    int[] order = Stratified.order(labels, 5, 0);
    assertArrayEquals(IntStream.range(0, 9).toArray(), Arrays.stream(order).sorted().toArray());
    assertEquals(0, order[4], "the only one of its class comes in the middle");
  }

  @Test
  void refusesSplitsThatLeaveNothing() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Splits.stratified(sorted(), 0.999, 1))
            .getMessage();
    assertTrue(message.contains("leaves 0 of 100 instances for training"), message);
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> Splits.stratified(sorted(), 0.2, 1).validation().label(20));
  }

  private static int[] indices(Dataset data) {
    FloatBuffer features = FloatBuffer.allocate(data.size());
    IntBuffer labels = IntBuffer.allocate(data.size());
    int[] all = IntStream.range(0, data.size()).toArray();
    data.copy(all, 0, all.length, features, labels);
    return IntStream.range(0, data.size()).map(i -> (int) features.get(i)).toArray();
  }
}
