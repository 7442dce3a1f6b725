// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.tensor.Shape;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What makes one dataset of another. */
class DatasetCompositionTest {
  private static final int SIZE = 10;

  /** Instance i is (i, 100 + i), of class i % 3. */
  private final Dataset data =
      new ArrayDataset(
          Shape.of(2),
          3,
          flat(IntStream.range(0, SIZE).toArray()),
          IntStream.range(0, SIZE).map(i -> i % 3).toArray());

  private final Dataset bytes =
      new ImageDataset(Shape.of(1, 1, 1), 2, new byte[] {0, 1, 2, 3}, new int[] {0, 1, 0, 1});

  private static float[] flat(int... instances) {
    float[] values = new float[2 * instances.length];
    for (int i = 0; i < instances.length; i++) {
      values[2 * i] = instances[i];
      values[2 * i + 1] = 100 + instances[i];
    }
    return values;
  }

  /** Returns which instances of {@link #data} a dataset has, and checks that they are whole. */
  private static int[] instances(Dataset some) {
    float[] values = new float[2 * some.size()];
    int[] labels = new int[some.size()];
    for (int i = 0; i < some.size(); i++) {
      some.copy(i, i, FloatBuffer.wrap(values), IntBuffer.wrap(labels));
      assertEquals(labels[i], some.label(i));
    }
    int[] found = IntStream.range(0, some.size()).map(i -> (int) values[2 * i]).toArray();
    assertArrayEquals(flat(found), values);
    assertArrayEquals(Arrays.stream(found).map(i -> i % 3).toArray(), labels);
    return found;
  }

  @Test
  void takeAndSkipAreThePartsOfTheWhole() {
    assertArrayEquals(new int[] {0, 1, 2, 3}, instances(data.take(4)));
    assertArrayEquals(new int[] {4, 5, 6, 7, 8, 9}, instances(data.skip(4)));
    assertArrayEquals(new int[] {3, 4}, instances(data.skip(3).take(2)));
    assertEquals(SIZE, data.take(SIZE + 1).size());
    assertEquals(SIZE, data.skip(0).size());
    assertThrows(IllegalArgumentException.class, () -> data.take(0));
    assertThrows(IllegalArgumentException.class, () -> data.skip(-1));
    assertEquals(
        "of 10 instances 0 to 9 can be skipped, not 10",
        assertThrows(IllegalArgumentException.class, () -> data.skip(SIZE)).getMessage());
  }

  @Test
  void shuffleIsTheOrderOfAnEpochOfFit() {
    int[] order = new int[SIZE];
    new Shuffle(7).permute(order, 3);
    assertArrayEquals(order, instances(data.shuffle(7, 3)));
    int[] once = instances(data.shuffle(7));
    assertArrayEquals(once, instances(data.shuffle(7)));
    assertNotEquals(Arrays.toString(once), Arrays.toString(instances(data.shuffle(8))));
    assertNotEquals(Arrays.toString(once), Arrays.toString(order));
    assertArrayEquals(data.classCounts(), data.shuffle(7).classCounts());
  }

  @Test
  void mapChangesFeaturesOfItsInstanceAlone() {
    Dataset mapped = data.map(DatasetCompositionTest::negate).map(DatasetCompositionTest::negate);
    assertArrayEquals(instances(data), instances(mapped));
    float[] values = {-1, -1, 5, 6, -1, -1};
    data.map(DatasetCompositionTest::negate)
        .copy(4, 1, FloatBuffer.wrap(values), IntBuffer.allocate(3));
    assertArrayEquals(new float[] {-1, -1, -4, -104, -1, -1}, values);
    assertFalse(bytes.map(DatasetCompositionTest::negate).packed().isPresent());
  }

  private static void negate(FloatBuffer features, int from, int to) {
    for (int i = from; i < to; i++) {
      features.put(i, -features.get(i));
    }
  }

  @Test
  void cacheMakesEachInstanceOnce() {
    AtomicInteger calls = new AtomicInteger();
    Dataset mapped = data.named(List.of("a", "b", "c")).map((f, from, to) -> calls.addAndGet(1));
    Dataset cached = mapped.cache();
    assertArrayEquals(instances(data), instances(cached));
    assertArrayEquals(instances(data), instances(cached));
    assertEquals(SIZE, calls.get());
    assertEquals(List.of("a", "b", "c"), cached.info().classNames());
    assertSame(bytes, bytes.cache());
  }

  @Test
  void batchesHaveAllInstancesInOrder() {
    List<Integer> sizes = new ArrayList<>();
    List<Float> values = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (Batch batch : data.batch(4)) {
      sizes.add(batch.size());
      assertEquals(Shape.of(batch.size(), 2), batch.features().spec().shape());
      for (float value : batch.features().floats()) {
        values.add(value);
      }
      Arrays.stream(batch.labels().ints()).forEach(labels::add);
    }
    assertEquals(List.of(4, 4, 2), sizes);
    assertEquals(SIZE, labels.size());
    for (int i = 0; i < SIZE; i++) {
      assertEquals(i, values.get(2 * i));
      assertEquals(100 + i, values.get(2 * i + 1));
      assertEquals(i % 3, labels.get(i));
    }
  }

  @Test
  void batchesShareTheirTensorsAndBeginAnew() {
    Iterable<Batch> batches = data.batch(5);
    Iterator<Batch> iterator = batches.iterator();
    Batch first = iterator.next();
    assertSame(first, iterator.next());
    assertEquals(5, first.features().floats()[0]);
    assertThrows(NoSuchElementException.class, iterator::next);
    assertEquals(0, batches.iterator().next().features().floats()[0]);
    assertEquals(SIZE, data.batch(64).iterator().next().size());
    assertEquals(
        "a batch has at least 1 instance, not 0",
        assertThrows(IllegalArgumentException.class, () -> data.batch(0)).getMessage());
  }

  @Test
  void packedBytesAreFoundThroughEveryView() {
    Dataset view = bytes.named(List.of("x", "y")).shuffle(5).skip(1).take(2);
    PackedImages.Part part = view.packed().orElseThrow();
    assertSame(bytes.packed().orElseThrow().images(), part.images());
    IntUnaryOperator places = part.places();
    for (int i = 0; i < view.size(); i++) {
      float[] pixel = new float[1];
      view.copy(i, 0, FloatBuffer.wrap(pixel), IntBuffer.allocate(1));
      assertEquals(pixel[0], part.images().pixels().get(places.applyAsInt(i)) / 255f);
      assertEquals(view.label(i), part.images().labels()[places.applyAsInt(i)]);
    }
    assertTrue(part.images().pixels().isReadOnly());
  }

  @Test
  void namesAreKeptByEveryView() {
    Dataset named = data.named(List.of("a", "b", "c"));
    assertEquals(List.of("0", "1", "2"), data.info().classNames());
    for (Dataset view : List.of(named.take(2), named.shuffle(1), named.map((f, from, to) -> {}))) {
      assertEquals(List.of("a", "b", "c"), view.info().classNames());
    }
    assertEquals(
        "2 names do not name 3 classes",
        assertThrows(IllegalArgumentException.class, () -> data.named(List.of("a", "b")))
            .getMessage());
  }
}
