// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.graph.Value;
import io.convoy.ops.AugmentImages;
import io.convoy.ops.Augmentation;
import io.convoy.random.Philox;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

/** Each augmentation does to an image what its name says. */
class AugmentByHandTest {
  private static final int SIDE = 5;
  private static final int BATCH = 64;
  private static final int STREAM = 9 << 24;

  private final Scene scene = new Scene("by hand", 0);
  private final Value x = scene.fixed(Data.uniform(0.2f, 0.8f), BATCH, SIDE, SIDE, 1);
  private final double[] before = values(scene.feeds().get(x).bytes().asFloatBuffer());

  private static double[] values(java.nio.FloatBuffer floats) {
    double[] values = new double[floats.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = floats.get(i);
    }
    return values;
  }

  private double[] augment(Augmentation limits) {
    return augment(x, limits);
  }

  private double[] augment(Value images, Augmentation limits) {
    AugmentImages op = new AugmentImages(limits, 0, STREAM);
    List<Value> y = scene.op(op, images, scene.counter(3));
    Judge judge = new Judge(scene, y);
    judge.run();
    return judge.values(y.get(0));
  }

  private static double[] image(double[] batch, int n) {
    return Arrays.copyOfRange(batch, n * SIDE * SIDE, (n + 1) * SIDE * SIDE);
  }

  /** The image whose pixel (row, column) is the former one's at the place that is told; -1: 0. */
  private static double[] moved(double[] image, IntBinaryOperator source) {
    double[] moved = new double[image.length];
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        int from = source.applyAsInt(row, column);
        moved[row * SIDE + column] = from < 0 ? 0 : image[from];
      }
    }
    return moved;
  }

  private static double[] shifted(double[] image, int down, int right) {
    return moved(
        image,
        (row, column) -> {
          int r = row - down;
          int c = column - right;
          return r < 0 || r >= SIDE || c < 0 || c >= SIDE ? -1 : r * SIDE + c;
        });
  }

  @Test
  void flipsMirrorEveryFourthImageInEachWay() {
    double[] after = augment(Augmentation.flip(true, true));
    int[] counts = new int[4];
    for (int n = 0; n < BATCH; n++) {
      double[] old = image(before, n);
      double[][] possible = {
        old,
        moved(old, (r, c) -> r * SIDE + SIDE - 1 - c),
        moved(old, (r, c) -> (SIDE - 1 - r) * SIDE + c),
        moved(old, (r, c) -> (SIDE - 1 - r) * SIDE + SIDE - 1 - c)
      };
      for (int i = 0; i < possible.length; i++) {
        counts[i] += Arrays.equals(possible[i], image(after, n)) ? 1 : 0;
      }
    }
    assertEquals(BATCH, Arrays.stream(counts).sum());
    assertTrue(Arrays.stream(counts).allMatch(count -> count > 5), Arrays.toString(counts));
  }

  @Test
  void cropsShiftByWholePixelsInEachWay() {
    double[] after = augment(Augmentation.crop(1));
    Set<List<Integer>> shifts = new HashSet<>();
    for (int n = 0; n < BATCH; n++) {
      int found = shifts.size();
      int matches = 0;
      for (int down = -1; down <= 1; down++) {
        for (int right = -1; right <= 1; right++) {
          if (Arrays.equals(shifted(image(before, n), down, right), image(after, n))) {
            shifts.add(List.of(down, right));
            matches++;
          }
        }
      }
      assertEquals(1, matches, "image " + n + ", of " + found + " shifts so far");
    }
    assertEquals(9, shifts.size());
  }

  /** A share s of the limit, so that the image changes by a known number. */
  private static float drawn(int block, int word) {
    Philox generator = new Philox(0, STREAM, 3);
    generator.block(block);
    return 2 * generator.uniform(word) - 1;
  }

  /** An image whose number at a place is not so small that a limit of 1 can't reach a target. */
  private static int imageThatDraws(int block, int word, double least) {
    for (int n = 0; n < BATCH; n++) {
      if (drawn(3 * n + block, word) > least) {
        return n;
      }
    }
    throw new AssertionError("no image draws more than " + least);
  }

  @Test
  void aQuarterTurnGoesAgainstTheClock() {
    int n = imageThatDraws(0, 1, 0.3);
    float limit = 0.25f / drawn(3 * n, 1);
    double[] after = augment(Augmentation.rotation(limit));
    // The right column becomes the upper row.
    double[] turned = moved(image(before, n), (r, c) -> c * SIDE + SIDE - 1 - r);
    assertArrayEquals(turned, image(after, n), 1e-5);
  }

  @Test
  void translationIsAShareOfTheSide() {
    int n = imageThatDraws(1, 0, 0.5);
    float limit = 0.4f / drawn(3 * n + 1, 0); // 2 of 5 rows
    double right = SIDE * (double) limit * drawn(3 * n + 1, 1);
    int whole = (int) Math.floor(right);
    double[] nearer = shifted(image(before, n), 2, whole);
    double[] further = shifted(image(before, n), 2, whole + 1);
    double[] between = new double[nearer.length];
    for (int i = 0; i < between.length; i++) {
      between[i] = nearer[i] + (right - whole) * (further[i] - nearer[i]);
    }
    assertArrayEquals(between, image(augment(Augmentation.translation(limit)), n), 1e-5);
  }

  @Test
  void zoomingOutHalvesTheImage() {
    int n = imageThatDraws(0, 2, 0.6);
    float limit = 0.5f / drawn(3 * n, 2);
    double[] after = image(augment(Augmentation.zoom(limit)), n);
    double[] old = image(before, n);
    int middle = SIDE / 2;
    // 1.5 times as far from the centre: its neighbours show what is between the first two pixels.
    assertEquals(old[middle * SIDE + middle], after[middle * SIDE + middle], 1e-6);
    double half = (old[middle * SIDE + middle + 1] + old[middle * SIDE + middle + 2]) / 2;
    assertEquals(half, after[middle * SIDE + middle + 1], 1e-5);
    assertEquals(0, after[0], 1e-6, "outside");
  }

  @Test
  void contrastStretchesAboutTheMean() {
    double[] after = augment(Augmentation.contrast(0.5f));
    for (int n = 0; n < BATCH; n++) {
      double[] old = image(before, n);
      double mean = Arrays.stream(old).average().orElseThrow();
      double factor = 1 + 0.5 * drawn(3 * n + 2, 0);
      double[] expected =
          Arrays.stream(old)
              .map(v -> Math.min(Math.max((v - mean) * factor + mean, 0), 1))
              .toArray();
      assertArrayEquals(expected, image(after, n), 1e-6);
    }
  }

  @Test
  void brightnessAddsAndStaysInRange() {
    double[] after = augment(Augmentation.brightness(0.6f));
    Set<Double> limits = new HashSet<>();
    for (int i = 0; i < after.length; i++) {
      double added = 0.6 * drawn(3 * (i / (SIDE * SIDE)), 3);
      assertEquals(Math.min(Math.max(before[i] + added, 0), 1), after[i], 1e-6);
      limits.add(after[i]);
    }
    assertTrue(limits.containsAll(Set.of(0.0, 1.0)), "nothing was clipped");
  }

  @Test
  void erasingTakesASquareAndLeavesTheRest() {
    double[] after = augment(Augmentation.erasing(2));
    Set<Integer> sizes = new HashSet<>();
    for (int n = 0; n < BATCH; n++) {
      int erased = 0;
      for (int i = 0; i < SIDE * SIDE; i++) {
        double value = image(after, n)[i];
        assertTrue(value == 0 || value == image(before, n)[i]);
        erased += value == 0 ? 1 : 0;
      }
      sizes.add(erased);
    }
    assertEquals(Set.of(1, 2, 4), sizes, "whole, and cut by one edge or two");
  }

  /** What one augmentation draws does not depend on which others there are. */
  @Test
  void augmentationsInARowAreJoined() {
    Augmentation flip = Augmentation.flip(true, false);
    Augmentation crop = Augmentation.crop(2);
    Augmentation both = flip.then(crop).orElseThrow();
    assertEquals(new Augmentation(true, false, 2, 0, 0, 0, 0, 0, 0), both);
    assertTrue(crop.then(flip).isEmpty());
    assertTrue(crop.then(crop).isEmpty());
    AugmentImages first = new AugmentImages(flip, 0, STREAM);
    Value counter = scene.counter(3);
    Value flipped = scene.op(first, x, counter).get(0);
    assertArrayEquals(augment(flipped, crop), augment(both));
    assertFalse(Arrays.equals(augment(crop), augment(both)));
  }
}
